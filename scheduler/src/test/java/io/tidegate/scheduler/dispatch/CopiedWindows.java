package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.hourly;

import io.tidegate.engine.NodeType;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.plan.WindowHistory;
import io.tidegate.engine.receipt.LateReceipt;
import io.tidegate.engine.receipt.LateRun;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.receipt.Receipt.PartitionReceipt;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.duty.RepairLateWindows;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.late.LateFilter;
import io.tidegate.scheduler.late.LateRecord;
import io.tidegate.scheduler.late.LateRecords;
import io.tidegate.scheduler.late.LateRepairs;
import io.tidegate.scheduler.late.LateState;
import io.tidegate.scheduler.late.LateSummary;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.workspace.Environment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A node that copies the hour before each full hour of a topic; what its copies read and find is what the test says. The
 * instance of 12:00 has the window [11:00, 12:00).
 */
final class CopiedWindows implements AutoCloseable {
    static final String NODE = "copy";

    final World world = new World();
    final LateRecords late = new LateRecords(world.jdbi);
    final LateRepairs repairs = new LateRepairs(world.jdbi, world.actions, world.clock);
    final RepairLateWindows duty = new RepairLateWindows(repairs);
    final List<WindowHistory> asked = new ArrayList<>();

    CopiedWindows() {
        this(document -> document);
    }

    CopiedWindows(UnaryOperator<NodeDocument> change) {
        // The root's instance first, so that whatever runs from now on is a copy.
        world.settle();
        world.deploy(NODE, NodeType.MAXCOMPUTE_SQL, hourly(0), change);
        world.plan();
        world.clock.setLocal("2022-11-22T10:01");
        world.settle();
        world.runner.requests.clear();
    }

    @Override
    public void close() {
        world.close();
    }

    /** What one copy reads and finds. */
    record Copy(
            @Nullable String topicId,
            WriteMode mode,
            LatePolicy policy,
            Map<Integer, Long> lateFrom,
            Map<Integer, Long> ends,
            List<LateRun> found) {
        /** Reads one partition up to an offset. */
        static Copy upTo(long end) {
            return new Copy("id-1", WriteMode.OVERWRITE, LatePolicy.REPORT, Map.of(), Map.of(0, end), List.of());
        }

        Copy finding(LateRun... runs) {
            return new Copy(topicId, mode, policy, lateFrom, ends, List.of(runs));
        }

        Copy with(LatePolicy other) {
            return new Copy(topicId, mode, other, lateFrom, ends, found);
        }

        Copy with(WriteMode other) {
            return new Copy(topicId, other, policy, lateFrom, ends, found);
        }

        Copy ofTopic(@Nullable String id) {
            return new Copy(id, mode, policy, lateFrom, ends, found);
        }

        Copy and(int partition, long end) {
            Map<Integer, Long> more = new TreeMap<>(ends);
            more.put(partition, end);
            return new Copy(topicId, mode, policy, lateFrom, more, found);
        }

        Copy lateFrom(int partition, long offset) {
            return new Copy(topicId, mode, policy, Map.of(partition, offset), ends, found);
        }

        long records() {
            return found.stream().mapToLong(LateRun::count).sum();
        }
    }

    static Instant at(String local) {
        return WorldClock.local("2022-11-22T" + local);
    }

    /** Late records at offsets without a gap, all of one time. */
    static LateRun run(int partition, long first, long last, String local) {
        return new LateRun(partition, first, last, at(local), at(local));
    }

    static Receipt receipt(Instance instance, Copy copy) {
        Instant end = instance.scheduledTime();
        return new Receipt(
                "orders",
                "lake.orders",
                "ds=x",
                copy.mode(),
                end.minusSeconds(3600),
                end,
                10,
                10,
                0,
                0,
                0,
                0,
                1000,
                end,
                end,
                1,
                "00",
                "upload",
                null,
                copy.ends().entrySet().stream()
                        .map(p -> new PartitionReceipt(
                                p.getKey(),
                                0,
                                p.getValue(),
                                10,
                                10,
                                0,
                                0,
                                null,
                                null,
                                copy.lateFrom().get(p.getKey()),
                                0))
                        .toList(),
                copy.topicId(),
                new LateReceipt(copy.policy(), copy.records(), 0, List.of()));
    }

    /** The next run of the instance at this hour does this. */
    void nextCopies(String hour, Copy copy) {
        world.runner.next((request, journal, cancellation) -> {
            Instance instance = at(hour, request.label());
            Receipt receipt = receipt(instance, copy);
            asked.add(journal.history(
                    "orders",
                    copy.topicId(),
                    Objects.requireNonNull(receipt.windowStart()),
                    Objects.requireNonNull(receipt.windowEnd())));
            journal.prepared(new PreparedCommit("upload", List.of(), receipt, copy.found()));
            return new RunOutcome.Succeeded(receipt, copy.found());
        });
    }

    private Instance at(String hour, String label) {
        Instance instance = instance(hour);
        if (!label.startsWith("instance-" + instance.id().value() + "-")) {
            throw new AssertionError(label + " runs instead of the instance at " + hour);
        }
        return instance;
    }

    /** Runs the instance at an hour for the first time; the clock goes there. */
    InstanceId copies(String hour, Copy copy) {
        nextCopies(hour, copy);
        world.clock.setLocal("2022-11-22T" + hour);
        world.settle();
        return instance(hour).id();
    }

    /** Runs it again, as a user would. */
    void copiesAgain(String hour, Copy copy) {
        nextCopies(hour, copy);
        world.actions.rerun(instance(hour).id(), world.anna);
        world.settle();
    }

    Instance instance(String hour) {
        return world.at(NODE, "2022-11-22T" + hour);
    }

    WindowHistory lastAsked() {
        return asked.get(asked.size() - 1);
    }

    LateSummary summary(String hour) {
        return late.of(instance(hour).id()).orElseThrow();
    }

    List<LateRecord> ledger() {
        return late
                .list(world.workspace.id(), new LateFilter(Environment.PROD, null, false), null, 500)
                .items()
                .stream()
                .sorted((a, b) -> Long.compare(a.firstOffset(), b.firstOffset()))
                .toList();
    }

    List<LateState> states() {
        return ledger().stream().map(LateRecord::state).toList();
    }

    String lastDetail(InstanceId id, String cause) {
        return world.instances.events(id).stream()
                .filter(e -> e.cause().equals(cause))
                .reduce((a, b) -> b)
                .orElseThrow()
                .detail();
    }

    Audit audit() {
        return new Audit(world.jdbi, world.clock);
    }
}
