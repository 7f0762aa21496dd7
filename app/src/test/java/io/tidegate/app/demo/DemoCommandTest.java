package io.tidegate.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.app.CommandLineRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    Path data;

    @Test
    void copies_three_hours_agrees_on_its_counts_and_goes_on_at_the_second_start() throws Exception {
        JsonNode first =
                report(CommandLineRun.of("demo", "--once", "--json", "--port", "0", "--data", data.toString()));
        JsonNode second =
                report(CommandLineRun.of("demo", "--once", "--json", "--port", "0", "--data", data.toString()));

        // The hour may have turned between the two; what both looked at must be the same.
        for (JsonNode before : first.path("windows")) {
            for (JsonNode after : second.path("windows")) {
                if (before.path("partition").equals(after.path("partition"))) {
                    assertThat(after).isEqualTo(before);
                }
            }
        }
    }

    private static JsonNode report(CommandLineRun run) throws Exception {
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(run.lastLine());
        assertThat(report.path("agree").asBoolean()).isTrue();
        assertThat(report.path("windows")).hasSize(3);
        for (JsonNode window : report.path("windows")) {
            Instant start = Instant.parse(window.path("start").asText());
            Instant end = Instant.parse(window.path("end").asText());
            assertThat(Duration.between(start, end)).isEqualTo(Duration.ofHours(1));
            assertThat(window.path("topicRecords").asLong()).isGreaterThan(15_000);
            assertThat(window.path("tableRows")).isEqualTo(window.path("topicRecords"));
            assertThat(window.path("receiptWritten")).isEqualTo(window.path("topicRecords"));
        }
        return report;
    }
}
