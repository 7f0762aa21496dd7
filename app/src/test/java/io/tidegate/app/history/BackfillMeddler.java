package io.tidegate.app.history;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.backfill.Backfill;
import io.tidegate.scheduler.backfill.BackfillActions;
import io.tidegate.scheduler.backfill.BackfillId;
import io.tidegate.scheduler.backfill.Backfills;
import io.tidegate.scheduler.backfill.NewBackfill;
import io.tidegate.scheduler.backfill.NewBackfill.DateRange;
import io.tidegate.scheduler.backfill.NewBackfill.NodeChoice;
import io.tidegate.scheduler.backfill.NewBackfill.Order;
import io.tidegate.scheduler.backfill.NewBackfill.Rules;
import io.tidegate.scheduler.backfill.OnFailure;
import io.tidegate.scheduler.cycle.Day;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * A user who makes backfills of nodes that have a resource group of their own, and pauses, resumes and cancels them, and stops
 * what runs of them.
 */
final class BackfillMeddler {
    private static final int BACKFILLS_MAX = 6;
    private static final int DATES_MAX = 7;

    private final Plant plant;
    private final Backfills backfills;
    private final BackfillActions actions;
    private final List<NodeId> chain;
    private final NodeId inOrder;
    private final Map<BackfillId, Told> told = new ConcurrentHashMap<>();
    private int asked;
    private @Nullable NewBackfill unanswered;

    /**
     * What a user was told.
     *
     * @param planned how many instances there would be
     * @param cancelledAt the last event that was written when it had been cancelled; null while it is not
     */
    record Told(int planned, @Nullable Long cancelledAt) {}

    BackfillMeddler(Plant plant) {
        this.plant = plant;
        this.backfills = backfills(plant.jdbi);
        this.actions = new BackfillActions(plant.jdbi, plant.audit(), Clock.systemUTC());
        plant.number(
                "INSERT INTO resource_group (name, kind, slots, description) VALUES ('backfills', 'SCHEDULING', 3, '') RETURNING id");
        // On the calendar they are due late in the evening: every run is one of a backfill.
        NodeDocument daily = NodeDocument.of(WaitingRunner.MAY_FAIL, new Day(LocalTime.of(23, 0)));
        String root = plant.workspace().rootOutput();
        chain = List.of(
                plant.deploy("g", "backfills", daily, root),
                plant.deploy("h", "backfills", daily, "plant.g"),
                plant.deploy("i", "backfills", daily, "plant.g", "plant.h"));
        inOrder = plant.deploy("j", "backfills", daily, root, Plant.SELF);
    }

    static Backfills backfills(Jdbi jdbi) {
        return new Backfills(
                jdbi,
                (workspace, environment, source, topic) -> {
                    throw new IllegalStateException("no node here reads a topic");
                },
                new Audit(jdbi, Clock.systemUTC()),
                Clock.systemUTC());
    }

    Map<BackfillId, Told> told() {
        return Map.copyOf(told);
    }

    int made() {
        return told.size();
    }

    /** One thing that a user does; much is refused, as it should be. */
    void meddle(Random random) {
        try {
            if (unanswered != null) {
                // Asked once more under the same name, as a client does that was not answered.
                make(unanswered);
            } else if (told.isEmpty() || (told.size() < BACKFILLS_MAX && random.nextInt(4) == 0)) {
                make(draw(random));
            } else {
                List<BackfillId> ids = new ArrayList<>(told.keySet());
                operate(ids.get(random.nextInt(ids.size())), random);
            }
        } catch (ConflictException e) {
            // Not in this state.
        } catch (JdbiException e) {
            // PostgreSQL is away for a moment.
        }
    }

    private NewBackfill draw(Random random) {
        LocalDate last = LocalDate.now(plant.zone()).minusDays(2);
        int dates = 3 + random.nextInt(DATES_MAX - 3);
        boolean inItsOrder = random.nextInt(3) == 0;
        List<NodeId> nodes = inItsOrder ? List.of(inOrder) : chain.subList(0, 1 + random.nextInt(chain.size()));
        asked++;
        return new NewBackfill(
                "request-" + asked,
                null,
                NodeChoice.list(nodes),
                List.of(new DateRange(last.minusDays(dates - 1L), last)),
                null,
                null,
                NewBackfill.Which.ALL,
                new Rules(
                        1 + random.nextInt(3),
                        random.nextBoolean() ? Order.ASCENDING : Order.DESCENDING,
                        random.nextBoolean() ? OnFailure.STOP : OnFailure.CONTINUE),
                NewBackfill.Future.WAIT,
                List.of());
    }

    private void make(NewBackfill wanted) {
        unanswered = wanted;
        int planned = backfills.plan(plant.workspace().id(), wanted, null, 1).total();
        Backfill made = backfills.create(plant.workspace().id(), wanted, plant.user());
        told.put(made.id(), new Told(planned, null));
        unanswered = null;
    }

    private void operate(BackfillId id, Random random) {
        switch (random.nextInt(8)) {
            case 0 -> {
                actions.cancelSubmission(id, plant.user(), "");
                cancelled(id);
            }
            case 1 -> {
                actions.stopRunning(id, plant.user(), "");
                cancelled(id);
            }
            case 2, 3, 4 -> actions.pause(id, plant.user(), "");
            default -> actions.resume(id, plant.user(), "");
        }
    }

    private void cancelled(BackfillId id) {
        long last = plant.number("SELECT coalesce(max(id), 0) FROM instance_event");
        told.computeIfPresent(id, (key, was) -> was.cancelledAt() == null ? new Told(was.planned(), last) : was);
    }

    /** As a user does who cleans up: what is paused goes on, and so does what stands still. */
    void cleanUp() {
        if (unanswered != null) {
            make(unanswered);
        }
        for (BackfillId id : told.keySet()) {
            try {
                actions.resume(id, plant.user(), "");
            } catch (ConflictException e) {
                // It goes on already, or never will.
            }
        }
    }

    /** How many are neither done nor cancelled. */
    long open() {
        return plant.number("SELECT count(*) FROM backfill WHERE state NOT IN ('DONE', 'CANCELLED')");
    }
}
