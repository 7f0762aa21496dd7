package io.tidegate.engine.sync.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.mapping.OverLength;
import io.tidegate.engine.mapping.PayloadType;
import io.tidegate.engine.maxcompute.BlockCodec;
import io.tidegate.engine.plan.LatePolicy;
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

    @Test
    void the_sample_of_the_manual_is_accepted_as_it_stands() throws Exception {
        SyncJob job = parse(Documents.sample());

        assertThat(job.reader())
                .isEqualTo(new KafkaReader(
                        new KafkaSource.Named("kafka_src"),
                        "topicName",
                        ReadRange.window(
                                Instant.parse("2022-11-22T01:00:00Z"),
                                Instant.parse("2022-11-22T02:00:00Z"),
                                Lateness.DEFAULT),
                        LatePolicy.REPORT,
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
                        null,
                        false,
                        "my_job_1",
                        null,
                        Map.of()));
        assertThat(job.writer())
                .isEqualTo(new MaxComputeWriter(
                        new MaxComputeTarget.Named("odps_first"),
                        null,
                        "t",
                        List.of(new PartitionValue("ds", "2022112210")),
                        List.of("k", "v", "p", "o", "ts", "c", "e", "d"),
                        WriteMode.OVERWRITE,
                        false,
                        OverLength.REFUSED,
                        TunnelSettings.DEFAULT));
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

        assertThat(job.reader().range().windowStart()).isEqualTo(Instant.parse("2022-11-22T14:00:00Z"));
    }

    @Test
    void milliseconds_stand_for_date_and_time() throws Exception {
        SyncJob job = parse(Documents.sample()
                .without("/steps/0/parameter/beginDateTime")
                .without("/steps/0/parameter/endDateTime")
                .with("/steps/0/parameter/beginTimestampMillis", "1000")
                .with("/steps/0/parameter/endTimestampMillis", "\"2000\""));

        assertThat(job.reader().range())
                .isEqualTo(ReadRange.window(Instant.ofEpochMilli(1000), Instant.ofEpochMilli(2000), Lateness.DEFAULT));
    }

    @Test
    void offsets_may_be_read_instead_of_a_window() throws Exception {
        SyncJob job = parse(Documents.sample()
                .without("/steps/0/parameter/beginDateTime")
                .without("/steps/0/parameter/endDateTime")
                .with("/steps/0/parameter/beginOffset", "15553274")
                .with("/steps/0/parameter/endOffset", "\"15553300\"")
                .with("/steps/0/parameter/partition", "2"));

        assertThat(job.reader().range()).isEqualTo(ReadRange.offsets(15553274, 15553300));
        assertThat(job.reader().partition()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"PT2H,PT2H", "PT0S,PT0S", "P1D,PT24H"})
    void the_allowed_lateness_is_a_duration(String text, Duration expected) throws Exception {
        SyncJob job = parse(Documents.sample().with("/steps/0/parameter/allowedLateness", '"' + text + '"'));

        assertThat(job.reader().range().lateness().duration()).isEqualTo(expected);
    }

    @Test
    void the_allowed_lateness_may_be_the_log_end() throws Exception {
        SyncJob job = parse(Documents.sample().with("/steps/0/parameter/allowedLateness", "\"log-end\""));

        assertThat(job.reader().range().lateness()).isEqualTo(Lateness.LOG_END);
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
                        "fetch.min.bytes", "1048576"));
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
    void the_writer_may_say_how_to_write() throws Exception {
        SyncJob job = parse(Documents.sample()
                .with("/steps/1/parameter/schema", "\"layer\"")
                .with("/steps/1/parameter/tunnelServer", "\"http://tunnel\"")
                .with("/steps/1/parameter/tunnelQuota", "\"fast\"")
                .with("/steps/1/parameter/compress", "\"zstd\"")
                .with("/steps/1/parameter/consistencyCommit", "\"true\"")
                .with("/steps/1/parameter/overLengthRule", "\"setNull\"")
                .with("/steps/1/parameter/maxOdpsFieldLength", "\"100\""));

        assertThat(job.writer().schema()).isEqualTo("layer");
        assertThat(job.writer().tunnel()).isEqualTo(new TunnelSettings("http://tunnel", "fast", BlockCodec.ZSTD));
        assertThat(job.writer().overLength()).isEqualTo(new OverLength(OverLength.Rule.SET_NULL, 100));
        assertThat(job.notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true,LZ4", "false,NONE", "lz4,LZ4", "none,NONE", "ZSTD,ZSTD"})
    void compression_is_chosen_by_name_or_by_yes_and_no(String compress, BlockCodec codec) throws Exception {
        assertThat(parse(Documents.sample().with("/steps/1/parameter/compress", '"' + compress + '"'))
                        .writer()
                        .tunnel()
                        .codec())
                .isEqualTo(codec);
    }

    @Test
    void what_has_no_effect_is_noted() throws Exception {
        assertThat(parse(Documents.sample()
                                .with("/steps/1/parameter/column", "[\"*\"]")
                                .with("/steps/1/parameter/consistencyCommit", "false")
                                .with("/steps/1/parameter/maxOdpsFieldLength", "100")
                                .with("/steps/1/parameter/project", "\"p\""))
                        .notes())
                .hasSize(4)
                .anyMatch(note -> note.startsWith("The writer's column [\"*\"] means"))
                .anyMatch(note -> note.startsWith("maxOdpsFieldLength has no effect"));
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

        assertThat(job.reader().source()).isEqualTo(new KafkaSource.Server("10.0.0.1:9092", Map.of()));
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
    void a_throttle_has_a_speed() throws Exception {
        assertThat(parse(Documents.sample().with("/setting/speed", "{\"throttle\":true,\"mbps\":\"5\"}"))
                        .settings()
                        .megabytesPerSecond())
                .isEqualTo(5);
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
