package io.tidegate.engine.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.odps.Odps;
import com.aliyun.odps.OdpsException;
import com.aliyun.odps.account.AliyunAccount;
import com.aliyun.odps.data.Record;
import com.aliyun.odps.task.SQLTask;
import io.tidegate.engine.Cancellation;
import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.NodeType;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.Failed;
import io.tidegate.engine.RunOutcome.Succeeded;
import io.tidegate.engine.RunRequest;
import io.tidegate.engine.maxcompute.MaxComputeCatalog;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.WindowHistory;
import io.tidegate.engine.receipt.LateReceipt;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.sync.SyncLimits;
import io.tidegate.engine.sync.SyncRunner;
import io.tidegate.engine.sync.job.Documents;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.maxcompute.MaxComputeServer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Copies windows of one topic into a table of their own, one partition each, by the runner that copies in production. */
final class WindowCopies {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final DataSourceConnection.Kafka cluster;
    private final String table = "truth_" + NUMBER.incrementAndGet();
    private final Documents document;
    private final Map<Span, Receipt> receipts = new TreeMap<>(Comparator.comparing(Span::start));
    private Instant now;
    private KeptJournal journal = new KeptJournal(WindowHistory.NONE);

    WindowCopies(String bootstrapServers, String topic, Instant now) throws Exception {
        this.cluster = new DataSourceConnection.Kafka(bootstrapServers, Map.of());
        this.now = now;
        new MaxComputeCatalog(project())
                .runDdl("CREATE TABLE %s (p BIGINT, o BIGINT, t BIGINT, v STRING) PARTITIONED BY (w STRING);"
                        .formatted(table));
        document = Documents.sample()
                .with("/steps/0/parameter/topic", '"' + topic + '"')
                .with("/steps/0/parameter/datasource", "\"kafka\"")
                .with("/steps/0/parameter/column", "[\"__partition__\",\"__offset__\",\"__timestamp__\",\"__value__\"]")
                .without("/steps/0/parameter/beginDateTime")
                .without("/steps/0/parameter/endDateTime")
                .with("/steps/1/parameter/datasource", "\"maxcompute\"")
                .with("/steps/1/parameter/table", '"' + table + '"')
                .with("/steps/1/parameter/column", "[\"p\",\"o\",\"t\",\"v\"]");
    }

    WindowCopies(TopicGenerator topic, Instant now) throws Exception {
        this(topic.bootstrapServers(), topic.topic(), now);
    }

    private static DataSourceConnection.MaxCompute project() {
        MaxComputeServer server = Sandbox.shared().maxCompute();
        return new DataSourceConnection.MaxCompute(
                server.endpoint(), server.project(), server.accessId(), server.accessKey(), null);
    }

    WindowCopies readCommitted() {
        document.with("/steps/0/parameter/isolationLevel", "\"read_committed\"");
        return this;
    }

    WindowCopies with(String pointer, String json) {
        document.with(pointer, json);
        return this;
    }

    /** What the copies take for the present. */
    WindowCopies at(Instant time) {
        now = time;
        return this;
    }

    /** One attempt, with the frozen plan of an earlier one or without. */
    RunOutcome run(Span window, @Nullable OffsetPlan frozen) {
        document.with("/steps/0/parameter/beginTimestampMillis", '"' + millis(window.start()) + '"')
                .with("/steps/0/parameter/endTimestampMillis", '"' + millis(window.end()) + '"')
                .with("/steps/1/parameter/partition", "\"w=%s\"".formatted(millis(window.start())));
        return attempt(frozen, history(window));
    }

    /** Copies whatever is in the topic, by no window. */
    RunOutcome runAll() {
        document.without("/steps/0/parameter/beginTimestampMillis")
                .without("/steps/0/parameter/endTimestampMillis")
                .with("/steps/0/parameter/beginType", "\"earliest\"")
                .with("/steps/0/parameter/endType", "\"latest\"")
                .with("/steps/1/parameter/partition", "\"w=all\"");
        return attempt(null, WindowHistory.NONE);
    }

    /** What the receipts so far say about a window, as a ledger of them would. */
    private WindowHistory history(Span window) {
        Map<Integer, Long> readUpTo = new HashMap<>();
        Map<Integer, Long> reach = new HashMap<>();
        boolean adjacent = false;
        for (Map.Entry<Span, Receipt> earlier : receipts.entrySet()) {
            if (earlier.getKey().start().isBefore(window.start())) {
                readUpTo.clear();
                earlier.getValue().partitions().forEach(p -> readUpTo.put(p.partition(), p.end()));
                adjacent = earlier.getKey().end().equals(window.start());
            }
        }
        for (Receipt receipt : receipts.values()) {
            LateReceipt late = receipt.late();
            if (late != null) {
                late.runs().stream()
                        .filter(run ->
                                new Span(run.minTimestamp(), run.maxTimestamp().plusMillis(1)).meets(window))
                        .forEach(run -> reach.merge(run.partition(), run.lastOffset() + 1, Math::max));
            }
        }
        return new WindowHistory(readUpTo, adjacent, reach, Map.of());
    }

    private RunOutcome attempt(@Nullable OffsetPlan frozen, WindowHistory history) {
        RunRequest request = new RunRequest(
                "truth",
                NodeType.BATCH_SYNC,
                document.text(),
                Map.of("kafka", cluster, "maxcompute", project()),
                ZoneId.of("UTC"),
                frozen,
                null);
        journal = new KeptJournal(history);
        return new SyncRunner(InstantSource.fixed(now), SyncLimits.DEFAULT).run(request, journal, Cancellation.NEVER);
    }

    private static String millis(Instant time) {
        return Long.toString(time.toEpochMilli());
    }

    /** Copies a window that must succeed. */
    Receipt copy(Span window) {
        RunOutcome outcome = run(window, null);
        assertThat(outcome).as(() -> String.join("\n", journal.lines)).isInstanceOf(Succeeded.class);
        Receipt receipt = Objects.requireNonNull(((Succeeded) outcome).receipt());
        receipts.put(window, receipt);
        return receipt;
    }

    /** Tries to copy a window that must not succeed. */
    Failed refused(Span window) {
        RunOutcome outcome = run(window, null);
        assertThat(outcome).as(() -> String.join("\n", journal.lines)).isInstanceOf(Failed.class);
        return (Failed) outcome;
    }

    WindowCopies copyAll(List<Span> windows) {
        windows.forEach(this::copy);
        return this;
    }

    /** What the last attempt wrote down. */
    KeptJournal journal() {
        return journal;
    }

    /** The receipts of the copies, by window. */
    Map<Span, Receipt> receipts() {
        return receipts;
    }

    Receipt receipt(Span window) {
        return Objects.requireNonNull(receipts.get(window));
    }

    /** What the table shows for a window, by plain SQL; a row that is there twice is twice in the list. */
    List<Stood> rows(Span window) throws OdpsException {
        return rows("WHERE w='%s'".formatted(millis(window.start())));
    }

    /** What the whole table shows. */
    List<Stood> rows() throws OdpsException {
        return rows("WHERE w>''");
    }

    private List<Stood> rows(String where) throws OdpsException {
        MaxComputeServer server = Sandbox.shared().maxCompute();
        Odps odps = new Odps(new AliyunAccount(server.accessId(), server.accessKey()));
        odps.setEndpoint(server.endpoint());
        odps.setDefaultProject(server.project());
        var instance =
                SQLTask.run(odps, "SELECT p, o, t, v FROM %s %s ORDER BY p, o LIMIT 10000;".formatted(table, where));
        instance.waitForSuccess();
        List<Stood> rows = new ArrayList<>();
        for (Record row : SQLTask.getResult(instance)) {
            rows.add(new Stood(
                    Integer.parseInt(String.valueOf(row.get(0))),
                    Long.parseLong(String.valueOf(row.get(1))),
                    Long.parseLong(String.valueOf(row.get(2))),
                    String.valueOf(row.get(3))));
        }
        return rows;
    }
}
