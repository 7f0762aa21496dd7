package io.tidegate.engine.sync.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.engine.sync.job.BadDocumentException.Problem;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user reads when a document is wrong. */
class SyncJobProblemsTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static List<String> problemsOf(Documents document) {
        return problemsOf(document.text());
    }

    private static List<String> problemsOf(String document) {
        BadDocumentException e =
                catchThrowableOfType(BadDocumentException.class, () -> SyncJobParser.parse(document, SHANGHAI));
        assertThat(e).as("the document must be refused").isNotNull();
        return e.problems().stream().map(Problem::toString).toList();
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
                "/steps/0/parameter/zzzzzzzzz | 1 | /steps/0/parameter/zzzzzzzzz: unknown. It is not a name that Tidegate knows here; remove it.",
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
                "/steps/0/parameter/beginType | \"latest\" | /steps/0/parameter/beginType: 'latest' must be specific, earliest or current.",
                "/steps/0/parameter/endType | \"earliest\" | /steps/0/parameter/endType: 'earliest' must be specific or latest.",
                "/steps/0/parameter/timeZone | \"Mars\" | /steps/0/parameter/timeZone: 'Mars' is no time zone, as Asia/Shanghai or GMT+8.",
                "/steps/0/parameter/allowedLateness | \"1h\" | /steps/0/parameter/allowedLateness: '1h' must be an ISO-8601 duration, as PT1H, of ten years at most, or log-end.",
                "/steps/0/parameter/allowedLateness | \"P3651D\" | /steps/0/parameter/allowedLateness: 'P3651D' must be an ISO-8601 duration, as PT1H, of ten years at most, or log-end.",
                "/steps/0/parameter/allowedLateness | \"-PT1H\" | /steps/0/parameter/allowedLateness: '-PT1H' must be an ISO-8601 duration, as PT1H, of ten years at most, or log-end.",
                "/steps/0/parameter/keyType | \"json\" | /steps/0/parameter/keyType: 'json' must be string, bytearray, long, integer, short, double or float.",
                "/steps/0/parameter/valueType | \"long\" | /steps/0/parameter/valueType: 'long' values hold no fields. Write string, or remove the fields of the value from column.",
                "/steps/0/parameter/encoding | \"no-such\" | /steps/0/parameter/encoding: 'no-such' is no character set, as UTF-8 or GBK.",
                "/steps/0/parameter/partition | -1 | /steps/0/parameter/partition: '-1' must be a whole number from 0 to 2147483647.",
                "/steps/0/parameter/isolationLevel | \"dirty\" | /steps/0/parameter/isolationLevel: 'dirty' must be read_uncommitted or read_committed.",
                "/steps/0/parameter/dataFormat | \"csv\" | /steps/0/parameter/dataFormat: 'csv' must be json or text.",
                "/steps/0/parameter/sessionTimeoutMs | 0 | /steps/0/parameter/sessionTimeoutMs: '0' must be a whole number from 1 to 2147483647.",
                "/steps/0/parameter/fetchMaxWaitMs | 20001 | /steps/0/parameter/fetchMaxWaitMs: must be a whole number from 0 to 20000.",
                "/steps/0/parameter/fetchMinBytes | \"1 MB\" | /steps/0/parameter/fetchMinBytes: '1 MB' must be a whole number from 0 to 2147483647.",
                "/steps/0/parameter/waitTIme | 0 | /steps/0/parameter/waitTIme: '0' must be a whole number from 1 to 86400.",
                "/steps/0/parameter/stopWhenPollEmpty | \"sometimes\" | /steps/0/parameter/stopWhenPollEmpty: 'sometimes' must be true or false.",
                "/steps/0/parameter/stopWhenReachEndOffset | 1 | /steps/0/parameter/stopWhenReachEndOffset: '1' must be true or false.",
                "/steps/0/parameter/headerEncoding | \"no-such\" | /steps/0/parameter/headerEncoding: 'no-such' is no character set, as UTF-8 or GBK.",
                "/steps/0/parameter/valueType | \"text\" | /steps/0/parameter/valueType: 'text' must be string, bytearray, long, integer, short, double or float.",
                "/steps/0/parameter/partition | \"one\" | /steps/0/parameter/partition: 'one' must be a whole number from 0 to 2147483647.",
                "/steps/0/parameter/autoOffsetReset | \"newest\" | /steps/0/parameter/autoOffsetReset: 'newest' must be none, earliest or latest.",
                "/steps/0/parameter/skipExceedRecord | \"maybe\" | /steps/0/parameter/skipExceedRecord: 'maybe' must be true or false.",
                "/steps/0/parameter/column/7 | \"tag..desc\" | /steps/0/parameter/column/7: 'tag..desc', position 5: expected the name of a JSON key.",
                "/steps/0/parameter/column/0 | \"__keys__\" | /steps/0/parameter/column/0: '__keys__' is no attribute of a record; these are: __key__, __value__, __partition__, __headers__, __offset__, __timestamp__. For a JSON key of that name write ['__keys__'].",
                "/steps/0/parameter/column/0 | 5 | /steps/0/parameter/column/0: must be text that is not empty.",
                "/steps/0/parameter/kafkaConfig | {\"auto.offset.reset\":\"earliest\"} | /steps/0/parameter/kafkaConfig/auto.offset.reset: 'earliest' contradicts autoOffsetReset 'none'. Keep one of the two.",
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
                "/steps/1/parameter/schema | \"a.b\" | /steps/1/parameter/schema: 'a.b' is no schema name: letters, digits and _.",
                "/steps/1/parameter/overLengthRule | \"cut\" | /steps/1/parameter/overLengthRule: 'cut' must be truncate, setNull or keepOn.",
                "/steps/1/parameter/maxOdpsFieldLength | 0 | /steps/1/parameter/maxOdpsFieldLength: '0' must be a whole number from 1 to 8388608.",
                "/steps/1/parameter/compress | \"zip\" | /steps/1/parameter/compress: 'zip' must be true (which is lz4), false, lz4 or zstd.",
                "/steps/1/parameter/partition | \"ds=\" | /steps/1/parameter/partition: 'ds=' must name every partition key, as ds=2022112210,type=1.",
                "/steps/1/parameter/partition | \"ds=a'b\" | /steps/1/parameter/partition: 'ds=a'b' cannot be written to: a partition's value holds letters, digits and _ - : . $ # ! @ or blanks, and stands for one partition.",
                "/steps/1/parameter/tunelQuota | \"q\" | /steps/1/parameter/tunelQuota: unknown. Did you mean 'tunnelQuota'?",
                "/steps/1/parameter/datasource | null | /steps/1/parameter/datasource: missing. Name the MaxCompute data source to write to.",
                "/order/hops/0/from | \"Writer\" | /order/hops/0: leads from 'Writer' to 'Writer'. Write [{\"from\":\"Reader\",\"to\":\"Writer\"}].",
                "/order/hops | [] | /order/hops: must hold one hop. Write [{\"from\":\"Reader\",\"to\":\"Writer\"}].",
                "/setting/speed/concurrent | 33 | /setting/speed/concurrent: '33' must be a whole number from 1 to 32.",
                "/setting/speed | {\"throttle\":true} | /setting/speed/mbps: missing. A throttled job needs its limit in MB/s, a whole number.",
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
}
