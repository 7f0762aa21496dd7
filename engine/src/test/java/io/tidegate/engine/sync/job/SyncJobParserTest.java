package io.tidegate.engine.sync.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.mapping.PayloadType;
import io.tidegate.engine.plan.Lateness;
import io.tidegate.engine.plan.ReadRange;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.engine.sync.job.BadDocumentException.Problem;
import io.tidegate.engine.sync.job.KafkaReader.KafkaSource;
import io.tidegate.engine.sync.job.MaxComputeWriter.MaxComputeTarget;
import io.tidegate.engine.sync.job.MaxComputeWriter.PartitionValue;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncJobParserTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static SyncJob parse(Documents document) throws BadDocumentException {
        return SyncJobParser.parse(document.text(), SHANGHAI);
    }

    private static List<String> problemsOf(Documents document) {
        return problemsOf(document.text());
    }

    private static List<String> problemsOf(String document) {
        BadDocumentException e =
                catchThrowableOfType(BadDocumentException.class, () -> SyncJobParser.parse(document, SHANGHAI));
        assertThat(e).as("the document must be refused").isNotNull();
        return e.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void the_sample_of_the_manual_is_accepted_as_it_stands() throws Exception {
        SyncJob job = parse(Documents.sample());

        assertThat(job.reader())
                .isEqualTo(new KafkaReader(
                        new KafkaSource.Named("kafka_src"),
                        "topicName",
                        new ReadRange.Window(
                                Instant.parse("2022-11-22T01:00:00Z"),
                                Instant.parse("2022-11-22T02:00:00Z"),
                                Lateness.DEFAULT),
                        List.of(
                                "__key__",
                                "__value__",
                                "__partition__",
                                "__offset__",
                                "__timestamp__",
                                "'123'",
                                "event_id",
                                "tag.desc"),
                        PayloadType.STRING,
                        PayloadType.STRING,
                        StandardCharsets.UTF_8,
                        StandardCharsets.UTF_8,
                        false,
                        "my_job_1",
                        null,
                        Map.of()));
        assertThat(job.writer())
                .isEqualTo(new MaxComputeWriter(
                        new MaxComputeTarget.Named("odps_first"),
                        "t",
                        List.of(new PartitionValue("ds", "2022112210")),
                        List.of("k", "v", "p", "o", "ts", "c", "e", "d"),
                        WriteMode.OVERWRITE,
                        false));
        assertThat(job.settings()).isEqualTo(new JobSettings(0L, 3, null, SHANGHAI));
        assertThat(job.notes()).isEmpty();
    }

    @Test
    void the_writer_may_stand_before_the_reader() throws Exception {
        assertThat(parse(Documents.sample().withWriterFirst()).reader().topic()).isEqualTo("topicName");
    }

    @Test
    void version_1_is_taken_and_extend_is_left_alone() throws Exception {
        assertThat(parse(Documents.sample()
                        .with("/version", "\"1.0\"")
                        .with("/extend", "{\"mode\":\"wizard\",\"cu\":0.5}")))
                .isNotNull();
    }

    @Test
    void a_missing_order_is_taken_because_two_steps_have_only_one() throws Exception {
        assertThat(parse(Documents.sample().without("/order"))).isNotNull();
    }

    @Test
    void numbers_and_booleans_may_be_text_or_not() throws Exception {
        SyncJob job = parse(Documents.sample()
                .with("/steps/0/parameter/skipExceedRecord", "true")
                .with("/steps/0/parameter/waitTIme", "60")
                .with("/steps/1/parameter/truncate", "\"false\"")
                .with("/setting/speed/concurrent", "\"8\"")
                .with("/setting/errorLimit/record", "5"));

        assertThat(job.writer().mode()).isEqualTo(WriteMode.INTO);
        assertThat(job.settings().concurrent()).isEqualTo(8);
        assertThat(job.settings().dirtyRecordsMax()).isEqualTo(5);
    }

    @Test
    void the_readers_time_zone_wins_over_the_nodes() throws Exception {
        SyncJob job = parse(Documents.sample().with("/steps/0/parameter/timeZone", "\"America/New_York\""));

        assertThat(((ReadRange.Window) job.reader().range()).start()).isEqualTo(Instant.parse("2022-11-22T14:00:00Z"));
    }

    @Test
    void milliseconds_stand_for_date_and_time() throws Exception {
        SyncJob job = parse(Documents.sample()
                .without("/steps/0/parameter/beginDateTime")
                .without("/steps/0/parameter/endDateTime")
                .with("/steps/0/parameter/beginTimestampMillis", "1000")
                .with("/steps/0/parameter/endTimestampMillis", "\"2000\""));

        assertThat(job.reader().range())
                .isEqualTo(
                        new ReadRange.Window(Instant.ofEpochMilli(1000), Instant.ofEpochMilli(2000), Lateness.DEFAULT));
    }

    @Test
    void offsets_may_be_read_instead_of_a_window() throws Exception {
        SyncJob job = parse(Documents.sample()
                .without("/steps/0/parameter/beginDateTime")
                .without("/steps/0/parameter/endDateTime")
                .with("/steps/0/parameter/beginOffset", "15553274")
                .with("/steps/0/parameter/endOffset", "\"15553300\"")
                .with("/steps/0/parameter/partition", "2"));

        assertThat(job.reader().range()).isEqualTo(new ReadRange.Offsets(15553274, 15553300));
        assertThat(job.reader().partition()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"PT2H,PT2H", "PT0S,PT0S", "P1D,PT24H"})
    void the_allowed_lateness_is_a_duration(String text, Duration expected) throws Exception {
        SyncJob job = parse(Documents.sample().with("/steps/0/parameter/allowedLateness", '"' + text + '"'));

        assertThat(((ReadRange.Window) job.reader().range()).lateness().duration())
                .isEqualTo(expected);
    }

    @Test
    void the_allowed_lateness_may_be_the_log_end() throws Exception {
        SyncJob job = parse(Documents.sample().with("/steps/0/parameter/allowedLateness", "\"log-end\""));

        assertThat(((ReadRange.Window) job.reader().range()).lateness()).isEqualTo(Lateness.LOG_END);
    }

    @ParameterizedTest
    @CsvSource({
        "ByteArray,BYTEARRAY",
        "LONG,LONG",
        "integer,INTEGER",
        "int,INTEGER",
        "Short,SHORT",
        "double,DOUBLE",
        "FLOAT,FLOAT",
        "String,STRING"
    })
    void key_types_are_taken_in_any_case(String name, PayloadType expected) throws Exception {
        assertThat(parse(Documents.sample().with("/steps/0/parameter/keyType", '"' + name + '"'))
                        .reader()
                        .keyType())
                .isEqualTo(expected);
    }

    @Test
    void consumer_properties_pass_and_the_group_is_taken_from_them() throws Exception {
        KafkaReader reader = parse(
                        Documents.sample()
                                .without("/steps/0/parameter/groupId")
                                .with("/steps/0/parameter/fetchMinBytes", "1048576")
                                .with(
                                        "/steps/0/parameter/kafkaConfig",
                                        "{\"group.id\":\"g\",\"fetch.max.wait.ms\":1000,\"enable.auto.commit\":false,\"auto.offset.reset\":\"none\"}"))
                .reader();

        assertThat(reader.groupId()).isEqualTo("g");
        assertThat(reader.kafkaConfig())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "fetch.max.wait.ms", "1000",
                        "fetch.min.bytes", "1048576",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "none"));
    }

    @Test
    void read_committed_is_chosen_by_its_own_parameter() throws Exception {
        assertThat(parse(Documents.sample().with("/steps/0/parameter/isolationLevel", "\"read_committed\""))
                        .reader()
                        .readCommitted())
                .isTrue();
    }

    @Test
    void another_character_set_is_taken() throws Exception {
        assertThat(parse(Documents.sample().with("/steps/0/parameter/encoding", "\"GBK\""))
                        .reader()
                        .encoding())
                .isEqualTo(Charset.forName("GBK"));
    }

    @Test
    void addresses_may_stand_in_the_document() throws Exception {
        SyncJob job = parse(Documents.sample()
                .without("/steps/0/parameter/datasource")
                .with("/steps/0/parameter/server", "\"10.0.0.1:9092\"")
                .without("/steps/1/parameter/datasource")
                .with("/steps/1/parameter/odpsServer", "\"http://service/api\"")
                .with("/steps/1/parameter/tunnelServer", "\"http://tunnel\"")
                .with("/steps/1/parameter/project", "\"p\"")
                .with("/steps/1/parameter/accessId", "\"id\"")
                .with("/steps/1/parameter/accessKey", "\"secret\""));

        assertThat(job.reader().source()).isEqualTo(new KafkaSource.Server("10.0.0.1:9092"));
        assertThat(job.writer().target())
                .isEqualTo(new MaxComputeTarget.Inline(new DataSourceConnection.MaxCompute(
                        "http://service/api", "p", "id", "secret", "http://tunnel")));
        assertThat(job.toString()).doesNotContain("secret");
    }

    @Test
    void partitions_of_several_levels_are_read_with_and_without_quotes() throws Exception {
        assertThat(parse(Documents.sample().with("/steps/1/parameter/partition", "\"pt='20150101',type=1/biz=2\""))
                        .writer()
                        .partition())
                .containsExactly(
                        new PartitionValue("pt", "20150101"),
                        new PartitionValue("type", "1"),
                        new PartitionValue("biz", "2"));
    }

    @Test
    void a_star_stands_for_all_columns() throws Exception {
        assertThat(parse(Documents.sample().with("/steps/1/parameter/column", "[\"*\"]"))
                        .writer()
                        .columns())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "{},0",
                "{\"record\":\"7\"},7",
                "{\"strategy\":\"Ignore\"},none",
                "{\"strategy\":\"ZeroTolerance\"},0",
                "'{\"strategy\":\"Tolerance\",\"record\":10}',10"
            })
    void the_error_limit_says_how_many_dirty_records_are_allowed(String limit, Long expected) throws Exception {
        assertThat(parse(Documents.sample().with("/setting/errorLimit", limit))
                        .settings()
                        .dirtyRecordsMax())
                .isEqualTo(expected);
    }

    @Test
    void without_settings_nothing_dirty_is_allowed_and_three_slices_run_at_once() throws Exception {
        assertThat(parse(Documents.sample().without("/setting")).settings())
                .isEqualTo(new JobSettings(0L, 3, null, SHANGHAI));
    }

    @Test
    void a_throttle_needs_its_speed() throws Exception {
        assertThat(parse(Documents.sample().with("/setting/speed", "{\"throttle\":true,\"mbps\":\"5\"}"))
                        .settings()
                        .megabytesPerSecond())
                .isEqualTo(5);
        assertThat(problemsOf(Documents.sample().with("/setting/speed", "{\"throttle\":true}")))
                .containsExactly(
                        "/setting/speed/mbps: missing. A throttled job needs its limit in MB/s, a whole number.");
    }

    @Test
    void settings_without_effect_are_named() throws Exception {
        SyncJob job = parse(Documents.sample()
                .with("/steps/0/parameter/skipExceedRecord", "\"false\"")
                .with("/steps/0/parameter/stopWhenReachEndOffset", "\"true\"")
                .with("/steps/1/parameter/consistencyCommit", "false")
                .with("/setting/jvmOption", "\"-Xmx1024m\""));

        assertThat(job.notes()).hasSize(4).anyMatch(note -> note.contains("skipExceedRecord"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/type | \"flow\" | /type: 'flow' must be job.",
                "/version | \"3.0\" | /version: '3.0' must be 2.0 (1.0 is taken too).",
                "/stepz | [] | /stepz: unknown. Did you mean 'steps'?",
                "/steps | [] | /steps: missing. Write one reader step and one writer step.",
                "/steps/0/stepType | \"mysql\" | /steps/0/stepType: 'mysql' is not supported. A reader is of type kafka.",
                "/steps/1/stepType | \"oss\" | /steps/1/stepType: 'oss' is not supported. A writer is of type odps.",
                "/steps/0/category | \"source\" | /steps/0/category: 'source' must be reader or writer.",
                "/steps/0/parameter/topic | null | /steps/0/parameter/topic: missing. Name the Kafka topic to read.",
                "/steps/0/parameter/topic | \"\" | /steps/0/parameter/topic: missing. Name the Kafka topic to read.",
                "/steps/0/parameter/topic | [\"a\"] | /steps/0/parameter/topic: must be text. Name the Kafka topic to read.",
                "/steps/0/parameter/topik | \"a\" | /steps/0/parameter/topik: unknown. Did you mean 'topic'?",
                "/steps/0/parameter/begindatetime | \"a\" | /steps/0/parameter/begindatetime: unknown. Did you mean 'beginDateTime'?",
                "/steps/0/parameter/zzzzzzzzz | 1 | /steps/0/parameter/zzzzzzzzz: unknown. It is not a parameter that Tidegate knows here; remove it.",
                "/steps/0/parameter/server | \"h:1\" | /steps/0/parameter/server: contradicts datasource. Keep one of the two.",
                "/steps/0/parameter/beginDateTime | \"202211220900000\" | /steps/0/parameter/beginDateTime: '202211220900000' has 15 digits, not 14 (yyyyMMddHHmmss). Check the zeros after the scheduling parameter.",
                "/steps/0/parameter/endDateTime | \"2022112210000\" | /steps/0/parameter/endDateTime: '2022112210000' has 13 digits, not 14 (yyyyMMddHHmmss). Check the zeros after the scheduling parameter.",
                "/steps/0/parameter/endDateTime | \"2022-11-22 10:00\" | /steps/0/parameter/endDateTime: '2022-11-22 10:00' must be 14 digits, yyyyMMddHHmmss.",
                "/steps/0/parameter/endDateTime | \"20221322100000\" | /steps/0/parameter/endDateTime: '20221322100000' is no point in time: yyyyMMddHHmmss.",
                "/steps/0/parameter/endDateTime | \"20230229100000\" | /steps/0/parameter/endDateTime: '20230229100000' is no point in time: yyyyMMddHHmmss.",
                "/steps/0/parameter/endDateTime | \"${endTime}\" | /steps/0/parameter/endDateTime: '${endTime}' still holds a scheduling parameter that has no value. Assign it in the node's parameters.",
                "/steps/0/parameter/endDateTime | \"20221122090000\" | /steps/0/parameter/endDateTime: '20221122090000' must lie after beginDateTime '20221122090000': the window would be empty.",
                "/steps/0/parameter/beginDateTime | null | /steps/0/parameter/beginDateTime: missing. Write 14 digits, yyyyMMddHHmmss, or a scheduling parameter as ${startTime}.",
                "/steps/0/parameter/endOffset | 5 | /steps/0/parameter/endDateTime: keep one of endDateTime, endTimestampMillis and endOffset.",
                "/steps/0/parameter/beginType | \"earliest\" | /steps/0/parameter/beginType: 'earliest': only specific is supported (earliest and current are not supported yet). Write specific and the times of the window.",
                "/steps/0/parameter/endType | \"latest\" | /steps/0/parameter/endType: 'latest': only specific is supported (latest is not supported yet). Write specific and the times of the window.",
                "/steps/0/parameter/timeZone | \"Mars\" | /steps/0/parameter/timeZone: 'Mars' is no time zone, as Asia/Shanghai or GMT+8.",
                "/steps/0/parameter/allowedLateness | \"1h\" | /steps/0/parameter/allowedLateness: '1h' must be an ISO-8601 duration, as PT1H, or log-end.",
                "/steps/0/parameter/allowedLateness | \"-PT1H\" | /steps/0/parameter/allowedLateness: '-PT1H' must be an ISO-8601 duration, as PT1H, or log-end.",
                "/steps/0/parameter/keyType | \"json\" | /steps/0/parameter/keyType: 'json' must be string, bytearray, long, integer, short, double or float.",
                "/steps/0/parameter/valueType | \"long\" | /steps/0/parameter/valueType: 'long' values hold no JSON fields. Write string, or remove the JSON fields from column.",
                "/steps/0/parameter/encoding | \"no-such\" | /steps/0/parameter/encoding: 'no-such' is no character set, as UTF-8 or GBK.",
                "/steps/0/parameter/partition | -1 | /steps/0/parameter/partition: '-1' must be a whole number from 0 to 2147483647.",
                "/steps/0/parameter/isolationLevel | \"dirty\" | /steps/0/parameter/isolationLevel: 'dirty' must be read_uncommitted or read_committed.",
                "/steps/0/parameter/dataFormat | \"text\" | /steps/0/parameter/dataFormat: only json is supported. Remove it, and map __value__ as a whole.",
                "/steps/0/parameter/autoOffsetReset | \"latest\" | /steps/0/parameter/autoOffsetReset: must be none: with another value Kafka would silently skip or repeat records whose offsets are gone.",
                "/steps/0/parameter/skipExceedRecord | \"maybe\" | /steps/0/parameter/skipExceedRecord: 'maybe' must be true or false.",
                "/steps/0/parameter/column/7 | \"tag..desc\" | /steps/0/parameter/column/7: 'tag..desc', position 5: expected the name of a JSON key.",
                "/steps/0/parameter/column/0 | \"__keys__\" | /steps/0/parameter/column/0: '__keys__' is no attribute of a record; these are: __key__, __value__, __partition__, __headers__, __offset__, __timestamp__. For a JSON key of that name write ['__keys__'].",
                "/steps/0/parameter/column/0 | 5 | /steps/0/parameter/column/0: must be text that is not empty.",
                "/steps/0/parameter/kafkaConfig | {\"isolation.level\":\"read_committed\"} | /steps/0/parameter/kafkaConfig/isolation.level: is not taken here. Write the reader parameter isolationLevel.",
                "/steps/0/parameter/kafkaConfig | {\"enable.auto.commit\":\"true\"} | /steps/0/parameter/kafkaConfig/enable.auto.commit: must be false: offsets are kept with the instance, not in Kafka.",
                "/steps/0/parameter/kafkaConfig | {\"auto.offset.reset\":\"earliest\"} | /steps/0/parameter/kafkaConfig/auto.offset.reset: must be none: with another value Kafka would silently skip or repeat records.",
                "/steps/0/parameter/kafkaConfig | {\"interceptor.classes\":\"a.B\"} | /steps/0/parameter/kafkaConfig/interceptor.classes: is not taken: it would load code into the server.",
                "/steps/0/parameter/kafkaConfig | {\"a\":{}} | /steps/0/parameter/kafkaConfig/a: must be text, a number, true or false.",
                "/steps/1/parameter/table | null | /steps/1/parameter/table: missing. Name the MaxCompute table to write.",
                "/steps/1/parameter/table | \"a-b\" | /steps/1/parameter/table: 'a-b' is no table name: letters, digits and _.",
                "/steps/1/parameter/partition | \"ds\" | /steps/1/parameter/partition: 'ds' must name every partition key, as ds=2022112210,type=1.",
                "/steps/1/parameter/partition | \"ds=1,ds=2\" | /steps/1/parameter/partition: 'ds=1,ds=2' names ds twice.",
                "/steps/1/parameter/partition | \"ds=2022*\" | /steps/1/parameter/partition: 'ds=2022*' cannot be written to: a partition's value holds letters, digits and _ - : . $ # ! @ or blanks, and stands for one partition.",
                "/steps/1/parameter/partition | \"ds=${partition}\" | /steps/1/parameter/partition: 'ds=${partition}' still holds a scheduling parameter that has no value.",
                "/steps/1/parameter/column | [\"k\"] | /steps/1/parameter/column: names 1 columns, but the reader names 8 fields. They are matched by position, so both must be as many.",
                "/steps/1/parameter/column/1 | \"K\" | /steps/1/parameter/column/1: 'K' stands there twice; a column takes one source field.",
                "/steps/1/parameter/schema | \"s\" | /steps/1/parameter/schema: projects with schemas are not supported yet. Remove it.",
                "/steps/1/parameter/datasource | null | /steps/1/parameter/datasource: missing. Name the MaxCompute data source to write to.",
                "/order/hops/0/from | \"Writer\" | /order/hops/0: leads from 'Writer' to 'Writer'. Write [{\"from\":\"Reader\",\"to\":\"Writer\"}].",
                "/order/hops | [] | /order/hops: must hold one hop. Write [{\"from\":\"Reader\",\"to\":\"Writer\"}].",
                "/setting/speed/concurrent | 33 | /setting/speed/concurrent: '33' must be a whole number from 1 to 32.",
                "/setting/speed/concurent | 3 | /setting/speed/concurent: unknown. Did you mean 'concurrent'?",
                "/setting/errorLimit/strategy | \"Some\" | /setting/errorLimit/strategy: 'Some' must be ZeroTolerance, Tolerance or Ignore.",
                "/setting/errorLimit/strategy | \"Tolerance\" | /setting/errorLimit/record: missing. Strategy Tolerance needs a number of records above 0.",
                "/setting/executeMode | \"distribute\" | /setting/executeMode: distributed execution is not supported yet. Remove it.",
                "/setting/failoverEnable | true | /setting/failoverEnable: a copy that failed is rerun by the node's rerun settings, without duplicates. Remove it.",
                "/setting/common | {\"column\":{\"timeZone\":\"Mars\"}} | /setting/common/column/timeZone: 'Mars' is no time zone, as Asia/Shanghai or GMT+8."
            })
    void what_is_wrong_is_named_with_its_place_and_its_cure(String pointer, String json, String expected) {
        assertThat(problemsOf(Documents.sample().with(pointer, json))).containsExactly(expected);
    }

    @Test
    void stopping_at_an_empty_poll_is_refused_because_it_can_lose_records() {
        assertThat(problemsOf(Documents.sample().with("/steps/0/parameter/stopWhenPollEmpty", "\"true\"")))
                .singleElement()
                .asString()
                .startsWith(
                        "/steps/0/parameter/stopWhenPollEmpty: leaving when a poll returns nothing is not supported");
    }

    @Test
    void all_problems_are_named_at_once() {
        assertThat(problemsOf(Documents.sample()
                        .with("/steps/0/parameter/topic", "null")
                        .with("/steps/1/parameter/table", "null")
                        .with("/setting/speed/concurrent", "0")))
                .hasSize(3);
    }

    @Test
    void what_is_no_json_is_named_with_its_line() {
        assertThat(problemsOf("{\n \"type\":job}"))
                .singleElement()
                .asString()
                .startsWith(": not JSON: ")
                .contains("line 2");
        assertThat(problemsOf("{} x")).singleElement().asString().contains("not JSON");
        assertThat(problemsOf("")).singleElement().asString().contains("must be a script-mode document");
        assertThat(problemsOf("[]")).singleElement().asString().contains("must be a script-mode document");
    }

    @Test
    void a_key_that_stands_there_twice_is_refused() {
        assertThat(problemsOf("{\"type\":\"job\",\"type\":\"job\"}"))
                .singleElement()
                .asString()
                .contains("Duplicate field 'type'");
    }

    @Test
    void a_draft_may_hold_scheduling_parameters() {
        String draft = Documents.sample()
                .with("/steps/0/parameter/beginDateTime", "\"${startTime}\"")
                .with("/steps/0/parameter/endDateTime", "\"${endTime}\"")
                .with("/steps/0/parameter/topic", "\"orders_${env}\"")
                .with("/steps/0/parameter/timeZone", "\"${zone}\"")
                .with("/steps/1/parameter/partition", "\"ds=${partition},h=${hour}\"")
                .with("/setting/speed/concurrent", "\"${n}\"")
                .text();

        assertThat(SyncJobParser.check(draft, SHANGHAI)).isEmpty();
        assertThat(SyncJobParser.check(Documents.sample().text(), SHANGHAI)).isEmpty();
    }

    @Test
    void a_draft_is_checked_where_no_scheduling_parameter_stands() {
        String draft = Documents.sample()
                .with("/steps/0/parameter/beginDateTime", "\"${startTime}\"")
                .with("/steps/0/parameter/endDateTime", "\"2022\"")
                .with("/steps/0/parameter/topc", "1")
                .text();

        assertThat(SyncJobParser.check(draft, SHANGHAI))
                .extracting(Problem::path)
                .containsExactly("/steps/0/parameter/endDateTime", "/steps/0/parameter/topc");
    }
}
