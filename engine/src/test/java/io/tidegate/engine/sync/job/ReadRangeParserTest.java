package io.tidegate.engine.sync.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.plan.Bound;
import io.tidegate.engine.plan.Lateness;
import io.tidegate.engine.plan.OffsetReset;
import io.tidegate.engine.plan.ReadRange;
import io.tidegate.engine.sync.job.BadDocumentException.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReadRangeParserTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final String READER = "/steps/0/parameter/";
    private static final Bound NINE = new Bound.At(Instant.parse("2022-11-22T01:00:00Z"));
    private static final Bound TEN = new Bound.At(Instant.parse("2022-11-22T02:00:00Z"));

    /** The sample, whose reader has these parameters besides topic and columns; each one as name=JSON. */
    private static Documents reading(String... parameters) {
        Documents document = Documents.sample()
                .without(READER + "beginType")
                .without(READER + "beginDateTime")
                .without(READER + "endType")
                .without(READER + "endDateTime");
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            document.with(READER + parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        return document;
    }

    private static SyncJob parsed(Documents document) throws BadDocumentException {
        return SyncJobParser.parse(document.text(), SHANGHAI);
    }

    private static List<String> warnings(Documents document) {
        SyncJobParser.Findings findings = SyncJobParser.findings(document.text(), SHANGHAI);
        assertThat(findings.problems()).isEmpty();
        return findings.warnings().stream().map(Problem::toString).toList();
    }

    private static final List<Arguments> BEGINS = List.of(
            Arguments.of(List.of("beginDateTime=\"20221122090000\""), NINE),
            Arguments.of(List.of("beginType=\"specific\"", "beginDateTime=20221122090000"), NINE),
            Arguments.of(List.of("beginTimestampMillis=\"1669078800000\""), NINE),
            Arguments.of(List.of("beginOffset=15553274"), new Bound.Offset(15553274)),
            Arguments.of(List.of("beginOffset=\"15553274\""), new Bound.Offset(15553274)),
            Arguments.of(List.of("beginOffset=\"seekToBeginning\""), new Bound.Earliest()),
            Arguments.of(List.of("beginType=\"earliest\""), new Bound.Earliest()),
            Arguments.of(List.of("beginOffset=\"seekToEnd\""), new Bound.Latest()),
            Arguments.of(List.of("beginOffset=\"seekToLast\""), new Bound.Committed("my_job_1")),
            Arguments.of(List.of("beginType=\"current\""), new Bound.Committed("my_job_1")));

    private static final List<Arguments> ENDS = List.of(
            Arguments.of(List.of("endDateTime=\"20221122100000\""), TEN),
            Arguments.of(List.of("endTimestampMillis=1669082400000"), TEN),
            Arguments.of(List.of("endOffset=15553300"), new Bound.Offset(15553300)),
            Arguments.of(List.of("endType=\"latest\""), new Bound.Latest()));

    static List<Arguments> pairs() {
        return BEGINS.stream()
                .flatMap(begin -> ENDS.stream()
                        .map(end -> Arguments.of(begin.get()[0], end.get()[0], begin.get()[1], end.get()[1])))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void every_begin_goes_with_every_end(List<String> begins, List<String> ends, Bound begin, Bound end)
            throws Exception {
        String[] parameters =
                java.util.stream.Stream.concat(begins.stream(), ends.stream()).toArray(String[]::new);

        assertThat(parsed(reading(parameters)).reader().range())
                .isEqualTo(new ReadRange(begin, end, Lateness.DEFAULT, OffsetReset.NONE, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "beginOffset=\"seekToStart\" | endType=\"latest\" | beginOffset: 'seekToStart' must be a number, seekToBeginning, seekToLast or seekToEnd.",
                "beginOffset=-1 | endType=\"latest\" | beginOffset: '-1' must be a whole number from 0 to 9223372036854775807.",
                "beginOffset=5 | endOffset=\"seekToEnd\" | endOffset: 'seekToEnd' must be a whole number from 0 to 9223372036854775807.",
                "beginOffset=5 | endOffset=4 | endOffset: '4' must not be below beginOffset '5'.",
                "beginTimestampMillis=2 | endTimestampMillis=2 | endTimestampMillis: '2' must lie after beginTimestampMillis '2': the window would be empty.",
                "beginType=\"Current\" | endType=\"latest\" | beginType: 'Current' must be specific, earliest or current.",
                "beginType=\"earliest\" | - | endDateTime: missing. Write 14 digits, yyyyMMddHHmmss, or a scheduling parameter as ${endTime}.",
                "- | endType=\"latest\" | beginDateTime: missing. Write 14 digits, yyyyMMddHHmmss, or a scheduling parameter as ${startTime}."
            })
    void bounds_that_make_no_sense_are_refused(@Nullable String begin, @Nullable String end, String expected) {
        String[] parameters =
                Arrays.stream(new String[] {begin, end}).filter(p -> p != null).toArray(String[]::new);

        assertThatThrownBy(() -> parsed(reading(parameters)))
                .isInstanceOfSatisfying(
                        BadDocumentException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::toString)
                                .containsExactly(READER + expected));
    }

    @ParameterizedTest
    @CsvSource({"beginType=\"current\",beginType current", "beginOffset=\"seekToLast\",beginOffset seekToLast"})
    void without_a_group_there_is_no_offset_of_a_group(String begin, String named) {
        Documents document = reading(begin, "endType=\"latest\"").without(READER + "groupId");

        assertThat(SyncJobParser.check(document.text(), SHANGHAI))
                .extracting(Problem::toString)
                .containsExactly(READER + "groupId: missing. " + named
                        + " reads on where this consumer group stands; name one that nobody else uses.");
    }

    @Test
    void the_group_may_stand_among_the_consumer_properties() throws Exception {
        Documents document = reading("beginType=\"current\"", "endType=\"latest\"", "kafkaConfig={\"group.id\":\"g\"}")
                .without(READER + "groupId");

        assertThat(parsed(document).reader().range().groupId()).isEqualTo("g");
    }

    @Test
    void the_parameter_wins_over_the_property_and_says_so() throws Exception {
        Documents document = reading("beginType=\"current\"", "endType=\"latest\"", "kafkaConfig={\"group.id\":\"g\"}");

        assertThat(parsed(document).reader().range().groupId()).isEqualTo("my_job_1");
        assertThat(warnings(document))
                .contains(READER
                        + "kafkaConfig/group.id: The property group.id has no effect, because groupId is my_job_1.");
    }

    @Test
    void reading_from_a_groups_offset_is_warned_of_while_the_document_is_written() {
        assertThat(warnings(reading("beginType=\"current\"", "endDateTime=\"${endTime}\"")))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith(READER + "beginType: ")
                                .contains("cannot be repeated", "backfill", "truncate"),
                        second -> assertThat(second).contains("my_job_1", "this node alone", "previous cycle"));
    }

    @Test
    void reading_from_the_log_end_is_warned_of_because_it_reads_nothing() {
        assertThat(warnings(reading("beginOffset=\"seekToEnd\"", "endType=\"latest\"")))
                .singleElement()
                .asString()
                .startsWith(READER + "beginOffset: ")
                .contains("reads nothing");
    }

    @Test
    void what_another_type_has_left_over_is_passed_over_and_said() throws Exception {
        Documents document = reading(
                "beginType=\"earliest\"",
                "beginDateTime=\"20221122090000\"",
                "endType=\"latest\"",
                "endDateTime=\"\"",
                "endOffset=5");

        assertThat(parsed(document).reader().range().begin()).isEqualTo(new Bound.Earliest());
        assertThat(warnings(document))
                .containsExactly(
                        READER + "beginDateTime: beginDateTime has no effect, because beginType is earliest.",
                        READER + "endOffset: endOffset has no effect, because endType is latest.");
    }

    @ParameterizedTest
    @CsvSource({
        "beginType=\"current\",endTimestampMillis=5,goes on there",
        "beginType=\"earliest\",endOffset=5,an end that is a time",
        "beginTimestampMillis=5,endType=\"latest\",an end that is a time"
    })
    void a_lateness_that_has_no_effect_is_said(String begin, String end, String expected) {
        assertThat(warnings(reading(begin, end, "allowedLateness=\"PT2H\"")))
                .anyMatch(w -> w.startsWith(READER + "allowedLateness: ") && w.contains(expected));
    }

    @ParameterizedTest
    @CsvSource({"earliest,EARLIEST,what is left of them", "latest,LATEST,passed over"})
    void the_reset_is_taken_under_both_its_names_with_a_warning(String value, OffsetReset reset, String expected)
            throws Exception {
        Documents byParameter = Documents.sample().with(READER + "autoOffsetReset", '"' + value + '"');
        Documents byProperty = Documents.sample()
                .without(READER + "autoOffsetReset")
                .with(READER + "kafkaConfig", "{\"auto.offset.reset\":\"%s\"}".formatted(value));

        assertThat(parsed(byParameter).reader().range().reset()).isEqualTo(reset);
        assertThat(parsed(byProperty).reader().range().reset()).isEqualTo(reset);
        assertThat(parsed(byProperty).reader().kafkaConfig()).isEmpty();
        assertThat(warnings(byParameter)).singleElement().asString().contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"waitTIme=\"5\",5", "waitTime=7,7", "beginType=\"specific\",60"})
    void ending_at_a_pause_is_taken_with_its_wait_and_a_warning(String wait, long seconds) throws Exception {
        Documents document = reading(
                        "beginDateTime=\"20221122090000\"",
                        "endDateTime=\"20221122100000\"",
                        "stopWhenPollEmpty=\"true\"")
                .without(READER + "waitTIme");
        int equals = wait.indexOf('=');
        document.with(READER + wait.substring(0, equals), wait.substring(equals + 1));

        assertThat(parsed(document).reader().range().quietFor()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(warnings(document))
                .singleElement()
                .asString()
                .startsWith(READER + "stopWhenPollEmpty: ")
                .contains("%d seconds".formatted(seconds));
    }

    @Test
    void seconds_that_were_taken_for_milliseconds_are_warned_of() {
        assertThat(warnings(reading("beginTimestampMillis=1669078800", "endTimestampMillis=1669082400")))
                .containsExactly(
                        READER
                                + "beginTimestampMillis: beginTimestampMillis 1669078800 is 1970-01-20T07:37:58.800Z: the number counts milliseconds since 1970, not seconds.",
                        READER
                                + "endTimestampMillis: endTimestampMillis 1669082400 is 1970-01-20T07:38:02.400Z: the number counts milliseconds since 1970, not seconds.");
    }

    @Test
    void empty_text_is_no_bound() throws Exception {
        Documents document = reading(
                "beginDateTime=\"20221122090000\"",
                "beginTimestampMillis=\"\"",
                "beginOffset=\"\"",
                "endDateTime=\"20221122100000\"",
                "endTimestampMillis=null",
                "endOffset=\"\"",
                "groupId=\"\"",
                "server=\"\"",
                "partition=\"\"",
                "allowedLateness=\"\"",
                "fieldDelimiter=\"\"",
                "autoOffsetReset=\"\"",
                "waitTIme=\"\"");

        assertThat(parsed(document).reader().range())
                .isEqualTo(new ReadRange(NINE, TEN, Lateness.DEFAULT, OffsetReset.NONE, null));
        assertThat(warnings(document)).isEmpty();
    }

    @Test
    void two_waits_that_differ_are_refused() {
        Documents document = Documents.sample().with(READER + "waitTime", "5");

        assertThat(SyncJobParser.check(document.text(), SHANGHAI))
                .extracting(Problem::toString)
                .containsExactly(READER + "waitTime: '5' contradicts waitTIme '60'. Keep one of the two.");
    }

    @Test
    void bounds_may_still_hold_scheduling_parameters() {
        for (String begin :
                List.of("beginOffset=\"${from}\"", "beginTimestampMillis=\"${from}\"", "beginType=\"${from}\"")) {
            for (String end : List.of("endOffset=\"${to}\"", "endDateTime=\"${to}\"", "endType=\"${to}\"")) {
                assertThat(SyncJobParser.check(reading(begin, end).text(), SHANGHAI))
                        .as("%s %s", begin, end)
                        .isEmpty();
            }
        }
    }
}
