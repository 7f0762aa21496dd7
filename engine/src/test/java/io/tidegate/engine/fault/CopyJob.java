package io.tidegate.engine.fault;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.mapping.ColumnType;
import io.tidegate.engine.mapping.DestinationColumn;
import io.tidegate.engine.maxcompute.BlockCodec;
import io.tidegate.engine.maxcompute.Blocks;
import io.tidegate.engine.maxcompute.MaxComputeCatalog;
import io.tidegate.engine.maxcompute.UploadSession;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.engine.sync.job.Documents;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One topic, one table, and the job between them. The window is 09:00 to 10:00 of a day in Shanghai. */
final class CopyJob {
    static final Instant NINE = Instant.parse("2026-01-10T01:00:00Z");
    static final Instant NOW = NINE.plus(Duration.ofMinutes(75));
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    private static final String PARTITION = "ds=2026011009";
    private static final String OTHER_PARTITION = "ds=2026011008";
    private static final List<DestinationColumn> COLUMNS = List.of(
            column("k", "STRING"),
            column("v", "STRING"),
            column("p", "BIGINT"),
            column("o", "BIGINT"),
            column("t", "BIGINT"),
            column("amount", "DECIMAL(10,2)"),
            column("spare", "STRING"));

    private final FaultWorld world;
    private final RunScript script;
    private final Random random;
    private final String name;

    /** Makes topic and table; the table has another partition, which nobody may touch. */
    CopyJob(FaultWorld world, RunScript script, String name) throws EngineFailure {
        this.world = world;
        this.script = script;
        this.random = new Random(script.seed());
        this.name = name;
        world.broker().createTopic(name, script.partitions(), Map.of());
        MaxComputeCatalog catalog = new MaxComputeCatalog(world.project());
        catalog.runDdl(
                "CREATE TABLE %s (k STRING, v STRING, p BIGINT, o BIGINT, t BIGINT, amount DECIMAL(10,2), spare STRING) PARTITIONED BY (ds STRING);"
                        .formatted(name));
        catalog.createPartition(name, OTHER_PARTITION);
        fill(OTHER_PARTITION, old(5));
    }

    private static DestinationColumn column(String name, String type) {
        return new DestinationColumn(name, ColumnType.parse(type), "");
    }

    /** Rows that were there before; their offsets are not those of the topic. */
    Content fillBefore() throws EngineFailure {
        Content before = old(script.oldRows());
        if (script.oldRows() > 0) {
            new MaxComputeCatalog(world.project()).createPartition(name, PARTITION);
            fill(PARTITION, before);
        }
        return before;
    }

    private static Content old(int rows) {
        return new Content(
                IntStream.range(0, rows)
                        .mapToObj(i -> new Row("old-" + i, null, 77, i, i, new BigDecimal("1.00")))
                        .toList(),
                0);
    }

    private void fill(String partition, Content content) throws EngineFailure {
        UploadSession session = UploadSession.open(
                new UploadTarget(world.project(), null, name, partition, WriteMode.INTO, null, BlockCodec.LZ4));
        Blocks.write(
                session, 0, COLUMNS, content.rows().stream().map(Row::cells).toList());
        session.commit(List.of(0L), () -> true);
    }

    /** Appends records: disordered, a third of them out of the window, some without value, some not JSON. */
    void send(int records) {
        for (int i = 0; i < records; i++) {
            long time = NINE.toEpochMilli() - HOUR_MILLIS / 4 + random.nextLong(HOUR_MILLIS * 3 / 2);
            var unused = world.producer()
                    .send(new ProducerRecord<>(
                            name,
                            random.nextInt(script.partitions()),
                            time,
                            random.nextInt(20) == 0 ? null : "key-" + i,
                            value()));
        }
        world.producer().flush();
    }

    private @Nullable String value() {
        int kind = random.nextInt(50);
        if (kind == 0) {
            return null;
        }
        StringBuilder pad = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            pad.append(Long.toString(random.nextLong(), 36));
        }
        return kind == 1
                ? "no JSON at all " + pad
                : "{\"amount\":%d.%02d,\"pad\":\"%s\"}".formatted(random.nextInt(1000), random.nextInt(100), pad);
    }

    /** The window as a plain consumer sees it now. */
    Content window() {
        KafkaConsumer<String, String> consumer = world.consumer();
        List<TopicPartition> partitions = IntStream.range(0, script.partitions())
                .mapToObj(p -> new TopicPartition(name, p))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<Row> rows = new ArrayList<>();
        long dirty = 0;
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                long intoWindow = record.timestamp() - NINE.toEpochMilli();
                if (intoWindow >= 0 && intoWindow < HOUR_MILLIS) {
                    Row row = Row.of(record);
                    if (row == null) {
                        dirty++;
                    } else {
                        rows.add(row);
                    }
                }
            }
        }
        return new Content(rows, dirty);
    }

    String document() {
        return Documents.sample()
                .with("/steps/0/parameter/topic", '"' + name + '"')
                .with("/steps/0/parameter/datasource", "\"kafka\"")
                .with(
                        "/steps/0/parameter/column",
                        "[\"__key__\",\"__value__\",\"__partition__\",\"__offset__\",\"__timestamp__\",\"amount\"]")
                .with("/steps/0/parameter/beginDateTime", "\"20260110090000\"")
                .with("/steps/0/parameter/endDateTime", "\"20260110100000\"")
                .with("/steps/0/parameter/kafkaConfig", "{\"max.poll.records\":\"100\"}")
                .with("/steps/1/parameter/datasource", "\"maxcompute\"")
                .with("/steps/1/parameter/table", '"' + name + '"')
                .with("/steps/1/parameter/partition", '"' + PARTITION + '"')
                .with("/steps/1/parameter/column", "[\"k\",\"v\",\"p\",\"o\",\"t\",\"amount\"]")
                .with("/steps/1/parameter/truncate", Boolean.toString(script.mode() == WriteMode.OVERWRITE))
                .with("/setting/errorLimit/record", "\"1000\"")
                .with("/setting/speed/concurrent", Integer.toString(script.concurrent()))
                .text();
    }

    /** Every row of the partition, as SQL shows it, sorted. */
    List<String> rows() {
        return world.sql("SELECT k, v, p, o, t, amount FROM %s WHERE %s;".formatted(name, condition(PARTITION)));
    }

    /** See {@link Content#fingerprint}. */
    String fingerprint() {
        return world.sql(
                        "SELECT COUNT(*), COALESCE(SUM(p), 0), COALESCE(SUM(o), 0), COALESCE(SUM(t), 0) FROM %s WHERE %s;"
                                .formatted(name, condition(PARTITION)))
                .get(0);
    }

    /** What there is in the table beside the partition; never anything else than {@link #ELSEWHERE}. */
    List<String> elsewhere() {
        return world.sql(
                "SELECT ds, COUNT(*), MIN(p) FROM %s WHERE NOT %s GROUP BY ds;".formatted(name, condition(PARTITION)));
    }

    static final List<String> ELSEWHERE = List.of("2026011008|5|77");

    private static String condition(String partition) {
        return partition.replace("=", "='") + "'";
    }
}
