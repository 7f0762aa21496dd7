package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.backfill.Backfill;
import io.tidegate.scheduler.backfill.BackfillDate;
import io.tidegate.scheduler.backfill.BackfillId;
import io.tidegate.scheduler.backfill.NewBackfill;
import io.tidegate.scheduler.backfill.NewBackfill.DateRange;
import io.tidegate.scheduler.backfill.NewBackfill.HourRange;
import io.tidegate.scheduler.backfill.NewBackfill.NodeChoice;
import io.tidegate.scheduler.backfill.NewBackfill.ParameterOverride;
import io.tidegate.scheduler.backfill.OnFailure;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.ParameterAssignment;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Backfills in a {@link World} in which nothing is planned, and attempts end when and how the test says. */
final class BackfillScene implements AutoCloseable {
    final World world = new World();
    private final Claims claims = new Claims(world.jdbi, Set.of(), LeaseSettings.DEFAULT, world.clock);
    private final AttemptEndings endings = new AttemptEndings(world.jdbi, LeaseSettings.DEFAULT, world.clock);

    @Override
    public void close() {
        world.close();
    }

    // ---- given

    /** A node that copies the hour before each scheduled time of a topic. */
    NodeId copying(String name, Cycle cycle, String topic, String reset) {
        String code = """
                {"type": "job", "version": "2.0",
                 "steps": [
                  {"stepType": "kafka", "category": "reader", "name": "Reader", "parameter": {
                    "datasource": "kafka_src", "topic": "%s", "column": ["__key__", "__value__"],
                    "keyType": "string", "valueType": "string", "autoOffsetReset": "%s",
                    "beginType": "specific", "beginDateTime": "${begin}",
                    "endType": "specific", "endDateTime": "${end}"}},
                  {"stepType": "odps", "category": "writer", "name": "Writer", "parameter": {
                    "datasource": "lake", "table": "%s", "partition": "ds=${ds}", "column": ["k", "v"]}}],
                 "order": {"hops": [{"from": "Reader", "to": "Writer"}]},
                 "setting": {"errorLimit": {"record": "0"}}}
                """.formatted(topic, reset, name);
        return world.deploy(
                name,
                NodeType.BATCH_SYNC,
                cycle,
                document -> document.withCode(code)
                        .withParameters(List.of(
                                new ParameterAssignment("begin", "$[yyyymmddhh24-1/24]0000"),
                                new ParameterAssignment("end", "$[yyyymmddhh24]0000"),
                                new ParameterAssignment("ds", "$[yyyymmddhh24]"))));
    }

    static Wish backfillOf(NodeId... nodes) {
        return new Wish(NewBackfill.of(List.of(nodes)));
    }

    /** A request in the making; every word gives a new one. */
    record Wish(NewBackfill request) {
        private static LocalDate day(String text) {
            return LocalDate.parse(text);
        }

        Wish over(String from, String to) {
            List<DateRange> dates = new ArrayList<>(request.dates());
            dates.add(new DateRange(day(from), day(to)));
            return with(request.nodes(), dates, request.rules());
        }

        Wish withDescendants() {
            return choice(NodeChoice.Kind.DESCENDANTS, List.of());
        }

        Wish asChainTo(NodeId end) {
            return choice(NodeChoice.Kind.CHAIN, List.of(end));
        }

        Wish without(NodeId... excluded) {
            NodeChoice nodes = request.nodes();
            return with(
                    new NodeChoice(nodes.kind(), nodes.nodes(), nodes.ends(), List.of(excluded)),
                    request.dates(),
                    request.rules());
        }

        Wish inGroups(int groups) {
            return rules(new NewBackfill.Rules(
                    groups, request.rules().order(), request.rules().onFailure()));
        }

        Wish descending() {
            return rules(new NewBackfill.Rules(
                    request.rules().groups(),
                    NewBackfill.Order.DESCENDING,
                    request.rules().onFailure()));
        }

        Wish goingOnAfterFailures() {
            return rules(new NewBackfill.Rules(
                    request.rules().groups(), request.rules().order(), OnFailure.CONTINUE));
        }

        Wish only(NewBackfill.Which which) {
            return new Wish(copy(request, null, request.hours(), which, request.future(), request.parameters()));
        }

        Wish hours(String from, String to) {
            HourRange hours = new HourRange(LocalTime.parse(from), LocalTime.parse(to));
            return new Wish(copy(request, null, hours, request.which(), request.future(), request.parameters()));
        }

        Wish now() {
            return new Wish(copy(
                    request, null, request.hours(), request.which(), NewBackfill.Future.NOW, request.parameters()));
        }

        Wish parameter(NodeId node, String name, String expression) {
            List<ParameterOverride> parameters = new ArrayList<>(request.parameters());
            parameters.add(new ParameterOverride(node, name, expression));
            return new Wish(copy(request, null, request.hours(), request.which(), request.future(), parameters));
        }

        Wish asRequest(String id) {
            return new Wish(
                    copy(request, id, request.hours(), request.which(), request.future(), request.parameters()));
        }

        private Wish choice(NodeChoice.Kind kind, List<NodeId> ends) {
            NodeChoice nodes = request.nodes();
            return with(new NodeChoice(kind, nodes.nodes(), ends, nodes.excluded()), request.dates(), request.rules());
        }

        private Wish rules(NewBackfill.Rules rules) {
            return with(request.nodes(), request.dates(), rules);
        }

        private Wish with(NodeChoice nodes, List<DateRange> dates, NewBackfill.Rules rules) {
            return new Wish(new NewBackfill(
                    request.requestId(),
                    "winter",
                    nodes,
                    dates,
                    request.times(),
                    request.hours(),
                    request.which(),
                    rules,
                    request.future(),
                    request.parameters()));
        }

        private static NewBackfill copy(
                NewBackfill of,
                @Nullable String requestId,
                @Nullable HourRange hours,
                NewBackfill.Which which,
                NewBackfill.Future future,
                List<ParameterOverride> parameters) {
            return new NewBackfill(
                    requestId == null ? of.requestId() : requestId,
                    of.name(),
                    of.nodes(),
                    of.dates(),
                    of.times(),
                    hours,
                    which,
                    of.rules(),
                    future,
                    parameters);
        }
    }

    BackfillId begin(Wish wish) {
        return world.backfills
                .create(world.workspace.id(), wish.request(), world.anna)
                .id();
    }

    // ---- when

    /** What the duties do. */
    void tick() {
        world.advancer.tick();
        world.opener.tick();
    }

    /** Starts what may start, at most so many. */
    List<ClaimedAttempt> start(int limit) {
        return claims.claim(new WorkerName("w"), limit);
    }

    List<ClaimedAttempt> startAll() {
        return start(1000);
    }

    void succeed(ClaimedAttempt attempt) {
        endings.succeeded(ref(attempt), "w", null, List.of());
    }

    /** No automatic rerun follows. */
    void fail(ClaimedAttempt attempt) {
        endings.failed(ref(attempt), "w", "TRANSFER", "the network broke off.", false);
    }

    void failAndTryAgain(ClaimedAttempt attempt) {
        endings.failed(ref(attempt), "w", "TRANSFER", "the network broke off.", true);
    }

    void stopped(ClaimedAttempt attempt) {
        endings.stopped(ref(attempt), "w");
    }

    private static AttemptRef ref(ClaimedAttempt attempt) {
        return new AttemptRef(attempt.id(), attempt.instanceId(), attempt.number(), attempt.epoch());
    }

    /** Starts and ends with success whatever may start now; duties look before. */
    List<String> round() {
        tick();
        List<ClaimedAttempt> started = startAll();
        started.forEach(this::succeed);
        return names(started);
    }

    /** Everything to its end, as long as something moves. */
    List<List<String>> rounds() {
        List<List<String>> all = new ArrayList<>();
        for (List<String> names = round(); !names.isEmpty(); names = round()) {
            all.add(names);
        }
        return all;
    }

    static List<String> names(List<ClaimedAttempt> attempts) {
        return attempts.stream()
                .map(a -> a.nodeName() + " " + a.scheduledLocal())
                .sorted()
                .toList();
    }

    // ---- then

    Backfill backfill(BackfillId id) {
        return world.backfills.get(id);
    }

    List<BackfillDate> dates(BackfillId id) {
        return world.backfills.dates(id, 0, 200);
    }

    /** In the order in which they run, with a word for each that has begun. */
    List<String> datesInHand(BackfillId id) {
        return dates(id).stream()
                .filter(date -> date.begunAt() != null && date.overAt() == null)
                .map(date -> date.businessDate().toString())
                .toList();
    }

    List<Instance> instances(BackfillId id, String node) {
        return world.of(node).stream()
                .filter(i -> i.originKey().equals(Long.toString(id.value())))
                .toList();
    }

    Instance instance(BackfillId id, String node, String local) {
        return instances(id, node).stream()
                .filter(i -> i.scheduledLocal().toString().equals(local))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no instance of " + node + " at " + local));
    }

    /** Not submitted, waiting, running, succeeded, failed, cancelled. */
    List<Integer> progress(BackfillId id) {
        Backfill.Progress p = backfill(id).progress();
        return List.of(p.notSubmitted(), p.waiting(), p.running(), p.succeeded(), p.failed(), p.cancelled());
    }
}
