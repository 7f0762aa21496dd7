package io.tidegate.engine.sync.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.mapping.PayloadType;
import io.tidegate.engine.mapping.TextFormat;
import io.tidegate.engine.sync.job.BadDocumentException.Problem;
import io.tidegate.engine.sync.job.KafkaReader.KafkaSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not about bounds: bytes, consumer properties, logins, and names that nobody knows. */
class KafkaReaderParserTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String READER = "/steps/0/parameter/";
    private static final String JAAS =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"canary\";";

    private static KafkaReader reader(Documents document) throws BadDocumentException {
        return SyncJobParser.parse(document.text(), ZONE).reader();
    }

    private static List<String> problems(Documents document) {
        return SyncJobParser.check(document.text(), ZONE).stream()
                .map(Problem::toString)
                .toList();
    }

    private static Documents withConfig(String json) {
        return Documents.sample().with(READER + "kafkaConfig", json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "datasource",
                "server",
                "topic",
                "groupId",
                "column",
                "partition",
                "beginType",
                "endType",
                "beginDateTime",
                "endDateTime",
                "beginTimestampMillis",
                "endTimestampMillis",
                "beginOffset",
                "endOffset",
                "timeZone",
                "keyType",
                "valueType",
                "encoding",
                "headerEncoding",
                "dataFormat",
                "fieldDelimiter",
                "skipExceedRecord",
                "stopWhenPollEmpty",
                "stopWhenReachEndOffset",
                "waitTIme",
                "autoOffsetReset",
                "fetchMinBytes",
                "fetchMaxWaitMs",
                "sessionTimeoutMs",
                "kafkaConfig",
                "isolationLevel",
                "allowedLateness",
                "latePolicy"
            })
    void a_misspelt_parameter_is_an_error_that_names_the_right_one(String name) {
        assertThat(problems(Documents.sample().with(READER + name + "Q", "\"x\"")))
                .containsExactly(READER + name + "Q: unknown. Did you mean '" + name + "'?");
    }

    @ParameterizedTest
    @CsvSource({
        "key.deserializer,StringDeserializer,STRING,STRING",
        "key.deserializer,LongDeserializer,LONG,STRING",
        "key.deserializer,ByteArrayDeserializer,BYTEARRAY,STRING",
        "key.deserializer,BytesDeserializer,BYTEARRAY,STRING",
        "key.deserializer,DoubleDeserializer,DOUBLE,STRING",
        "value.deserializer,ByteBufferDeserializer,STRING,BYTEARRAY"
    })
    void kafkas_own_deserializers_stand_for_types(String property, String name, PayloadType key, PayloadType value)
            throws Exception {
        KafkaReader reader =
                reader(withConfig("{\"%s\":\"org.apache.kafka.common.serialization.%s\"}".formatted(property, name))
                        .without(READER + "keyType")
                        .without(READER + "valueType"));

        assertThat(reader.keyType()).isEqualTo(key);
        assertThat(reader.valueType()).isEqualTo(value);
        assertThat(reader.kafkaConfig()).isEmpty();
    }

    @Test
    void other_deserializers_are_refused_and_contradictions_too() {
        assertThat(problems(withConfig("{\"key.deserializer\":\"com.evil.Deserializer\"}")))
                .singleElement()
                .asString()
                .contains("'com.evil.Deserializer' is not taken: it would load code");
        assertThat(problems(withConfig(
                        "{\"key.deserializer\":\"org.apache.kafka.common.serialization.LongDeserializer\"}")))
                .containsExactly(
                        READER + "kafkaConfig/key.deserializer: contradicts keyType 'string'. Keep one of the two.");
    }

    @Test
    void the_isolation_level_may_stand_among_the_properties() throws Exception {
        assertThat(reader(withConfig("{\"isolation.level\":\"read_committed\"}"))
                        .readCommitted())
                .isTrue();
        assertThat(problems(withConfig("{\"isolation.level\":\"read_committed\"}")
                        .with(READER + "isolationLevel", "\"read_uncommitted\"")))
                .containsExactly(
                        READER
                                + "kafkaConfig/isolation.level: 'read_committed' contradicts isolationLevel 'read_uncommitted'. Keep one of the two.");
    }

    @Test
    void what_pasted_documents_say_about_groups_and_commits_is_passed_over_with_a_note() throws Exception {
        SyncJob job = SyncJobParser.parse(
                withConfig(
                                "{\"enable.auto.commit\":\"true\",\"auto.commit.interval.ms\":1000,\"session.timeout.ms\":\"30000\",\"max.poll.interval.ms\":300000,\"fetch.max.bytes\":null}")
                        .text(),
                ZONE);

        assertThat(job.reader().kafkaConfig()).isEmpty();
        assertThat(job.notes())
                .hasSize(4)
                .anyMatch(note -> note.contains("enable.auto.commit has no effect: nothing is committed while"));
    }

    @Test
    void an_empty_text_is_no_kafka_config() throws Exception {
        assertThat(reader(withConfig("\"\"")).kafkaConfig()).isEmpty();
        assertThat(problems(withConfig("\"a=b\""))).singleElement().asString().contains("must be an object");
    }

    @Test
    void a_document_that_names_its_server_brings_its_login_and_is_warned() throws Exception {
        Documents document = withConfig(
                        "{\"security.protocol\":\"SASL_SSL\",\"sasl.mechanism\":\"PLAIN\",\"sasl.jaas.config\":%s,\"max.poll.records\":\"7\"}"
                                .formatted(Documents.tree("[\"" + JAAS.replace("\"", "\\\"") + "\"]")
                                        .get(0)))
                .without(READER + "datasource")
                .with(READER + "server", "\"kafka:9092\"");
        KafkaReader reader = reader(document);

        assertThat(reader.source())
                .isEqualTo(new KafkaSource.Server(
                        "kafka:9092",
                        Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN", "sasl.jaas.config", JAAS)));
        assertThat(reader.kafkaConfig()).isEqualTo(Map.of("max.poll.records", "7"));
        assertThat(reader.toString()).doesNotContain("canary");
        assertThat(SyncJobParser.findings(document.text(), ZONE).warnings())
                .extracting(Problem::path)
                .containsExactly(READER + "kafkaConfig/sasl.jaas.config");
    }

    @Test
    void a_document_that_names_a_data_source_does_not_change_its_login() {
        assertThat(problems(withConfig("{\"security.protocol\":\"PLAINTEXT\"}")))
                .containsExactly(
                        READER
                                + "kafkaConfig/security.protocol: is not taken here: how to connect and log in belongs to the data source.");
    }

    @Test
    void files_of_the_machine_are_for_those_who_run_documents_of_their_own() throws Exception {
        Documents document = withConfig("{\"security.protocol\":\"SSL\",\"ssl.truststore.location\":\"trust.p12\"}")
                .without(READER + "datasource")
                .with(READER + "server", "\"kafka:9092\"");

        assertThat(SyncJobParser.parse(document.text(), ZONE, true).reader().source())
                .isEqualTo(new KafkaSource.Server(
                        "kafka:9092", Map.of("security.protocol", "SSL", "ssl.truststore.location", "trust.p12")));
        assertThatThrownBy(() -> SyncJobParser.parse(document.text(), ZONE))
                .hasMessageContaining("it would read a file of the server");
    }

    @Test
    void delimited_text_has_positions() throws Exception {
        Documents document = Documents.sample()
                .with(READER + "dataFormat", "\"text\"")
                .with(READER + "fieldDelimiter", "\"\\\\u0001\"")
                .with(READER + "column/6", "\"0\"")
                .with(READER + "column/7", "\"12\"");

        assertThat(reader(document).text()).isEqualTo(new TextFormat("\u0001"));
        assertThat(problems(document.with(READER + "column/7", "\"tag.desc\"")))
                .containsExactly(
                        READER
                                + "column/7: 'tag.desc': the fields of values of dataFormat text are named by their position, 0 for the first one.");
        assertThat(problems(document.with(READER + "column/7", "\"1\"").without(READER + "fieldDelimiter")))
                .containsExactly(
                        READER + "column/7: '1': without a fieldDelimiter there is only position 0, the whole value.");
        assertThat(problems(document.with(READER + "fieldDelimiter", "\"\\\\d\"")))
                .singleElement()
                .asString()
                .startsWith(READER + "fieldDelimiter: '\\d' holds a backslash");
    }

    @Test
    void a_delimiter_without_text_is_said() {
        assertThat(SyncJobParser.findings(
                                Documents.sample()
                                        .with(READER + "fieldDelimiter", "\",\"")
                                        .text(),
                                ZONE)
                        .warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        READER + "fieldDelimiter: fieldDelimiter has no effect: it belongs to dataFormat text.");
    }
}
