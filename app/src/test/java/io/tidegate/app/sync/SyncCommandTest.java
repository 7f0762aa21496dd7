package io.tidegate.app.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.app.CommandLineRun;
import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.maxcompute.DestinationTable;
import io.tidegate.engine.maxcompute.MaxComputeCatalog;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.orders.OrdersTable;
import io.tidegate.sandbox.orders.OrdersTopic;
import io.tidegate.sandbox.orders.OrdersTopic.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncCommandTest {
    private static final String TOPIC = "orders_sync";
    private static final Instant START = Instant.parse("2026-03-01T01:00:00Z");
    private static final Instant END = Instant.parse("2026-03-01T02:00:00Z");
    private static final Sandbox SANDBOX = Sandbox.shared();
    private static long inTopic;

    @TempDir
    Path directory;

    @BeforeAll
    static void fillTopicAndMakeTable() throws Exception {
        try (OrdersTopic topic = new OrdersTopic(SANDBOX.kafka().bootstrapServers(), TOPIC, 3)) {
            topic.send(START.minusSeconds(900), END.plusSeconds(900), 9_000, Instant.EPOCH);
            inTopic = topic.census(List.of(new Span(START, END))).counts().get(0);
        }
        new MaxComputeCatalog(new DataSourceConnection.MaxCompute(
                        SANDBOX.maxCompute().endpoint(),
                        SANDBOX.maxCompute().project(),
                        SANDBOX.maxCompute().accessId(),
                        SANDBOX.maxCompute().accessKey(),
                        null))
                .runDdl(DestinationTable.generate(TOPIC, List.of("order_id")));
    }

    private Path job(String brokers) throws Exception {
        return Files.writeString(directory.resolve("job.json"), """
                {"type": "job", "version": "2.0",
                 "steps": [
                  {"stepType": "kafka", "name": "Reader", "category": "reader", "parameter": {
                    "server": "%s", "topic": "%s", "keyType": "string", "valueType": "string",
                    "beginType": "specific", "beginDateTime": "${startTime}",
                    "endType": "specific", "endDateTime": "${endTime}", "timeZone": "Asia/Shanghai",
                    "column": ["__key__", "__offset__", "__partition__", "order_id"]}},
                  {"stepType": "odps", "name": "Writer", "category": "writer", "parameter": {
                    "endpoint": "%s", "accessId": "%s", "accessKey": "%s", "project": "%s",
                    "table": "%s", "partition": "ds=${partition}", "truncate": true,
                    "column": ["__key__", "__offset__", "__partition__", "order_id"]}}],
                 "order": {"hops": [{"from": "Reader", "to": "Writer"}]},
                 "setting": {"errorLimit": {"record": "0"}, "speed": {"concurrent": 2, "throttle": false}}}
                """.formatted(
                        brokers,
                        TOPIC,
                        SANDBOX.maxCompute().endpoint(),
                        SANDBOX.maxCompute().accessId(),
                        SANDBOX.maxCompute().accessKey(),
                        SANDBOX.maxCompute().project(),
                        TOPIC));
    }

    private static CommandLineRun sync(Path job, String endTime, String... more) {
        String[] fixed = {
            "sync",
            job.toString(),
            "-p",
            "startTime=20260301090000",
            "-p",
            "endTime=" + endTime,
            "-p",
            "partition=2026030109"
        };
        String[] all = new String[fixed.length + more.length];
        System.arraycopy(fixed, 0, all, 0, fixed.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return CommandLineRun.of(all);
    }

    @Test
    void the_partition_holds_what_the_receipt_says_however_often_it_is_run() throws Exception {
        Path receiptFile = directory.resolve("receipt.json");
        for (int run = 1; run <= 2; run++) {
            CommandLineRun ended = sync(
                    job(SANDBOX.kafka().bootstrapServers()), "20260301100000", "--receipt", receiptFile.toString());
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            JsonNode receipt = new ObjectMapper().readTree(receiptFile.toFile());
            assertThat(receipt.path("written").asLong()).isEqualTo(inTopic);
            assertThat(receipt.path("read").asLong())
                    .isEqualTo(receipt.path("written").asLong()
                            + receipt.path("filtered").asLong()
                            + receipt.path("dirty").asLong());
            assertThat(receipt.path("partitions")).hasSize(3);
            assertThat(new OrdersTable(
                                    SANDBOX.maxCompute().endpoint(),
                                    SANDBOX.maxCompute().project(),
                                    SANDBOX.maxCompute().accessId(),
                                    SANDBOX.maxCompute().accessKey(),
                                    TOPIC)
                            .count("2026030109"))
                    .isEqualTo(inTopic);
        }
    }

    @Test
    void with_the_receipt_of_the_window_before_late_records_are_counted() throws Exception {
        Path topicJob = Files.writeString(
                directory.resolve("late.json"),
                Files.readString(job(SANDBOX.kafka().bootstrapServers())).replace("orders_sync", "orders_sync_late"));
        new MaxComputeCatalog(new DataSourceConnection.MaxCompute(
                        SANDBOX.maxCompute().endpoint(),
                        SANDBOX.maxCompute().project(),
                        SANDBOX.maxCompute().accessId(),
                        SANDBOX.maxCompute().accessKey(),
                        null))
                .runDdl(DestinationTable.generate("orders_sync_late", List.of("order_id")));
        Path nine = directory.resolve("nine.json");
        Path ten = directory.resolve("ten.json");
        List<Long> counts;
        try (OrdersTopic topic = new OrdersTopic(SANDBOX.kafka().bootstrapServers(), "orders_sync_late", 2)) {
            topic.send(START, END, 400, Instant.EPOCH);
            assertThat(sync(topicJob, "20260301100000", "--receipt", nine.toString())
                            .exitCode())
                    .isZero();
            topic.send(START.plusSeconds(1200), START.plusSeconds(1800), 25, Instant.EPOCH);
            topic.send(END, END.plusSeconds(3600), 400, Instant.EPOCH);
            counts = topic.census(List.of(new Span(START, END), new Span(END, END.plusSeconds(3600))))
                    .counts();
        }
        JsonNode before = new ObjectMapper().readTree(nine.toFile());
        long late = counts.get(0) - before.path("written").asLong();
        assertThat(late).isGreaterThanOrEqualTo(20);

        CommandLineRun ended = CommandLineRun.of(
                "sync",
                topicJob.toString(),
                "-p",
                "startTime=20260301100000",
                "-p",
                "endTime=20260301110000",
                "-p",
                "partition=2026030110",
                "--after",
                nine.toString(),
                "--receipt",
                ten.toString());

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("late: %d records of older windows".formatted(late));
        assertThat(ended.err())
                .contains("%d records of older windows had arrived after those were read".formatted(late));
        JsonNode receipt = new ObjectMapper().readTree(ten.toFile());
        assertThat(receipt.at("/late/records").asLong()).isEqualTo(late);
        assertThat(receipt.path("written").asLong()).isEqualTo(counts.get(1));

        CommandLineRun wrong = sync(topicJob, "20260301100000", "--after", nine.toString());
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("Give the receipt of the window before");
        CommandLineRun none = sync(topicJob, "20260301100000", "--after", topicJob.toString());
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("is no receipt").doesNotContain("\tat ");
    }

    @Test
    void a_dry_run_says_what_the_copy_would_do_and_writes_nothing() throws Exception {
        Path job = Files.writeString(
                directory.resolve("dry.json"),
                Files.readString(job(SANDBOX.kafka().bootstrapServers())).replace("ds=${partition}", "ds=dry"));

        CommandLineRun ended = sync(job, "20260301100000", "--dry-run");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains(TOPIC + " -> ", "ds=dry (OVERWRITE)", "Window [2026-03-01T01:00:00Z, 2026-03-01T02:00:00Z)")
                .contains("order_id", "<- order_id")
                .contains("100 tried, of which 100 convert and 0 are dirty")
                .containsPattern("Estimate: about [0-9,]+ rows")
                .contains("is not there yet; the copy would make it.")
                .endsWith("Nothing was written.\n");
        assertThat(new OrdersTable(
                                SANDBOX.maxCompute().endpoint(),
                                SANDBOX.maxCompute().project(),
                                SANDBOX.maxCompute().accessId(),
                                SANDBOX.maxCompute().accessKey(),
                                TOPIC)
                        .count("dry"))
                .isZero();
    }

    @Test
    void dirty_records_are_written_where_the_user_says() throws Exception {
        Path dirtyFile = directory.resolve("dirty.jsonl");
        Path job = job(SANDBOX.kafka().bootstrapServers());
        // A customer is an object, which is no number.
        Files.writeString(
                job,
                Files.readString(job)
                        .replace("\"__key__\", \"__offset__\", \"__partition__\", \"order_id\"]}},", "\"customer\"]}},")
                        .replace(
                                "\"column\": [\"__key__\", \"__offset__\", \"__partition__\", \"order_id\"]}}]",
                                "\"column\": [\"__offset__\"]}}]")
                        .replace("\"record\": \"0\"", "\"strategy\": \"Ignore\""));

        Path receiptFile = directory.resolve("receipt.json");
        CommandLineRun ended =
                sync(job, "20260301100000", "--dirty", dirtyFile.toString(), "--receipt", receiptFile.toString());

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        try (var lines = Files.lines(dirtyFile)) {
            long dirty = new ObjectMapper()
                    .readTree(receiptFile.toFile())
                    .path("dirty")
                    .asLong();
            assertThat(dirty).isGreaterThan(inTopic / 2);
            assertThat(lines.filter(line -> line.contains("\"column\":\"__offset__\""))
                            .count())
                    .isEqualTo(dirty);
        }
        assertThat(sync(
                                job,
                                "20260301100000",
                                "--dirty",
                                directory.resolve("no/such/place").toString())
                        .err())
                .contains("--dirty");
    }

    @Test
    void a_time_of_15_digits_ends_with_2_and_names_the_reader_field() throws Exception {
        CommandLineRun ended = sync(job(SANDBOX.kafka().bootstrapServers()), "202603011000000");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("endDateTime").doesNotContain("\tat ");
    }

    @Test
    void a_parameter_without_value_ends_with_2_and_says_how_to_give_it() throws Exception {
        CommandLineRun ended = CommandLineRun.of(
                "sync", job(SANDBOX.kafka().bootstrapServers()).toString(), "-p", "startTime=20260301090000");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("endTime").contains("partition").contains("-p");
    }

    @Test
    void a_data_source_without_a_server_to_know_it_is_told_once_with_the_cure() throws Exception {
        Path named = Files.writeString(
                directory.resolve("named.json"),
                Files.readString(job("unused")).replace("\"server\": \"unused\"", "\"datasource\": \"kafka_shop\""));

        CommandLineRun ended = sync(named, "20260301100000");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).containsOnlyOnce("kafka_shop").contains("server for the reader");
    }

    @Test
    void brokers_that_do_not_answer_end_with_1() throws Exception {
        CommandLineRun ended = sync(job("127.0.0.1:1"), "20260301100000");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("127.0.0.1:1").doesNotContain("\tat ");
    }

    @Test
    void a_document_that_is_no_json_or_not_there_ends_with_2() throws Exception {
        Path broken = Files.writeString(directory.resolve("broken.json"), "{\"type\": \"job\",");

        CommandLineRun ended = CommandLineRun.of("sync", broken.toString());

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).doesNotContain("\tat ");
        assertThat(CommandLineRun.of("sync", directory.resolve("nowhere.json").toString())
                        .exitCode())
                .isEqualTo(2);
    }
}
