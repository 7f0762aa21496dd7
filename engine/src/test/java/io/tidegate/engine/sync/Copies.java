package io.tidegate.engine.sync;

import com.aliyun.odps.Odps;
import com.aliyun.odps.OdpsException;
import com.aliyun.odps.account.AliyunAccount;
import com.aliyun.odps.data.Record;
import com.aliyun.odps.task.SQLTask;
import io.tidegate.engine.Cancellation;
import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.NodeType;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunRequest;
import io.tidegate.engine.mapping.ColumnType;
import io.tidegate.engine.mapping.DestinationColumn;
import io.tidegate.engine.maxcompute.BlockCodec;
import io.tidegate.engine.maxcompute.Blocks;
import io.tidegate.engine.maxcompute.MaxComputeCatalog;
import io.tidegate.engine.maxcompute.UploadSession;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.engine.sync.job.Documents;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.maxcompute.MaxComputeServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** One topic, one table and the job between them, on the sandbox's servers. */
final class Copies implements AutoCloseable {
    static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    /** The window is 09:00 to 10:00 of this day in Shanghai. */
    static final Instant NINE = Instant.parse("2026-01-10T01:00:00Z");

    static final Instant TEN = NINE.plus(Duration.ofHours(1));

    /** When the copies run, unless a test says otherwise. */
    static final Instant NOW = NINE.plus(Duration.ofMinutes(75));

    private static final AtomicInteger NUMBER = new AtomicInteger();
    static final SyncLimits LIMITS =
            SyncLimits.DEFAULT.withStall(Duration.ofSeconds(60)).withSliceTries(3, Duration.ofMillis(20));

    final String topic = "orders-" + NUMBER.incrementAndGet();
    final String table = topic.replace('-', '_');
    final Documents document;
    private final KafkaProducer<String, String> producer;
    private @Nullable OffsetPlan plan;
    private @Nullable PreparedCommit prepared;
    private boolean rerunAsked;
    private Cancellation cancellation = Cancellation.NEVER;
    private InstantSource clock = InstantSource.fixed(NOW);
    private SyncLimits limits = LIMITS;

    private Copies() {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Sandbox.shared().kafka().bootstrapServers(), "linger.ms", 5),
                new StringSerializer(),
                new StringSerializer());
        document = Documents.sample()
                .with("/steps/0/parameter/topic", '"' + topic + '"')
                .with("/steps/0/parameter/datasource", "\"kafka\"")
                .with(
                        "/steps/0/parameter/column",
                        "[\"__key__\",\"__value__\",\"__partition__\",\"__offset__\",\"__timestamp__\",\"amount\"]")
                .with("/steps/0/parameter/beginDateTime", "\"20260110090000\"")
                .with("/steps/0/parameter/endDateTime", "\"20260110100000\"")
                .with("/steps/1/parameter/datasource", "\"maxcompute\"")
                .with("/steps/1/parameter/table", '"' + table + '"')
                .with("/steps/1/parameter/partition", "\"ds=2026011009\"")
                .with("/steps/1/parameter/column", "[\"k\",\"v\",\"p\",\"o\",\"t\",\"amount\"]");
    }

    static MaxComputeServer maxCompute() {
        return Sandbox.shared().maxCompute();
    }

    static DataSourceConnection.MaxCompute project() {
        return new DataSourceConnection.MaxCompute(
                maxCompute().endpoint(),
                maxCompute().project(),
                maxCompute().accessId(),
                maxCompute().accessKey(),
                null);
    }

    static DataSourceConnection.Kafka cluster() {
        return new DataSourceConnection.Kafka(Sandbox.shared().kafka().bootstrapServers(), Map.of());
    }

    /** A topic of so many partitions, and a table for it. */
    static Copies of(int partitions) throws EngineFailure {
        return of(partitions, Map.of());
    }

    static Copies of(int partitions, Map<String, String> topicConfig) throws EngineFailure {
        Copies copies = new Copies();
        Sandbox.shared().kafka().createTopic(copies.topic, partitions, topicConfig);
        new MaxComputeCatalog(project())
                .runDdl(
                        "CREATE TABLE %s (k STRING, v STRING, p BIGINT, o BIGINT, t BIGINT, amount DECIMAL(10,2), spare STRING) PARTITIONED BY (ds STRING);"
                                .formatted(copies.table));
        return copies;
    }

    /** Deletes the topic with all it holds and makes another one of the same name. */
    void recreateTopic(int partitions) throws Exception {
        try (Admin admin = Admin.create(
                Map.<String, Object>of("bootstrap.servers", cluster().bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get();
            for (int i = 0; i < 300 && admin.listTopics().names().get().contains(topic); i++) {
                Thread.sleep(100);
            }
        }
        Sandbox.shared().kafka().createTopic(topic, partitions, Map.of());
    }

    /** Appends a record. Each is in the log when {@link #flush} returns. */
    Copies send(int partition, Instant time, String value) {
        var unused = producer.send(
                new ProducerRecord<>(topic, partition, time.toEpochMilli(), "key-" + time.toEpochMilli(), value));
        return this;
    }

    /** Appends an order of that amount. */
    Copies order(int partition, Instant time, String amount) {
        return send(partition, time, "{\"amount\":%s,\"currency\":\"CNY\"}".formatted(amount));
    }

    Copies flush() {
        producer.flush();
        return this;
    }

    Copies with(String pointer, String json) {
        document.with(pointer, json);
        return this;
    }

    Copies into() {
        return with("/steps/1/parameter/truncate", "false");
    }

    Copies withPlan(OffsetPlan frozen) {
        plan = frozen;
        return this;
    }

    Copies withPrepared(@Nullable PreparedCommit commit) {
        prepared = commit;
        return this;
    }

    Copies withRerunAsked() {
        rerunAsked = true;
        return this;
    }

    Copies withCancellation(Cancellation asked) {
        cancellation = asked;
        return this;
    }

    Copies withClock(InstantSource now) {
        clock = now;
        return this;
    }

    Copies withLimits(SyncLimits other) {
        limits = other;
        return this;
    }

    RunRequest request() {
        return new RunRequest(
                "test-" + topic,
                NodeType.BATCH_SYNC,
                document.text(),
                Map.of("kafka", cluster(), "maxcompute", project()),
                SHANGHAI,
                plan,
                prepared,
                rerunAsked);
    }

    RunOutcome run(RecordedJournal journal) {
        return new SyncRunner(clock, limits).run(request(), journal, cancellation);
    }

    DryRunReport dryRun(RecordedJournal journal) throws EngineFailure {
        return new DryRun(clock, limits).run(request(), journal, cancellation);
    }

    private UploadTarget target() {
        // The session itself knows whether it overwrites.
        return new UploadTarget(project(), null, table, "ds=2026011009", WriteMode.OVERWRITE, null, BlockCodec.LZ4);
    }

    /** Writes a block of empty rows to a session. */
    void writeBlock(String uploadId, long block, int rows) throws EngineFailure {
        List<DestinationColumn> columns = List.of("k", "v", "p", "o", "t", "amount", "spare").stream()
                .map(name -> new DestinationColumn(name, ColumnType.parse("STRING"), ""))
                .toList();
        Blocks.write(
                UploadSession.attach(target(), uploadId),
                block,
                columns,
                Collections.nCopies(rows, new @Nullable Object[columns.size()]));
    }

    /** Commits as an attempt does that was given up and is still alive. */
    UploadSession.Settled commit(PreparedCommit commit) throws EngineFailure {
        return UploadSession.attach(target(), commit.uploadId()).commit(commit.blocks(), () -> true);
    }

    /** Partition and offset of every row that the table shows, asked for by plain SQL; a row twice is there twice. */
    List<String> rows() throws OdpsException {
        return sql("SELECT CONCAT(CAST(p AS STRING), ':', CAST(o AS STRING)) FROM %s WHERE ds='2026011009';"
                .formatted(table));
    }

    static List<String> sql(String statement) throws OdpsException {
        Odps odps =
                new Odps(new AliyunAccount(maxCompute().accessId(), maxCompute().accessKey()));
        odps.setEndpoint(maxCompute().endpoint());
        odps.setDefaultProject(maxCompute().project());
        var instance = SQLTask.run(odps, statement);
        instance.waitForSuccess();
        List<String> rows = new ArrayList<>();
        for (Record record : SQLTask.getResult(instance)) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < record.getColumnCount(); i++) {
                cells.add(String.valueOf(record.get(i)));
            }
            rows.add(String.join("|", cells));
        }
        return rows.stream().sorted().toList();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        maxCompute().faults().clear();
    }
}
