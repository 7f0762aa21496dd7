package io.tidegate.scheduler.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.scheduler.cycle.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of docs/scheduling-parameters.md say what the code does. */
class ManualTest {

    private static List<String[]> rows(String heading) throws IOException {
        String manual = Files.readString(Path.of("..", "docs", "scheduling-parameters.md"));
        String section = manual.substring(manual.indexOf("\n## " + heading) + 1);
        section = section.substring(0, section.indexOf("\n## "));
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.substring(2, line.length() - 2).split(" \\| ", -1))
                        .map(cell -> cell.startsWith("`") ? cell.substring(1, cell.length() - 1) : cell)
                        .toArray(String[]::new))
                .toList();
    }

    @Test
    void the_examples_have_their_values() throws IOException {
        var context = ParameterContext.of(
                LocalDateTime.parse("2026-11-22T10:05:00"),
                ZoneId.of("Asia/Shanghai"),
                Pace.every(Duration.ofHours(1)));

        assertThat(rows("Examples")).hasSizeGreaterThan(10).allSatisfy(row -> {
            var expression = ParameterExpression.parse(row[0]);
            assertThat(expression.evaluate(context)).as(row[0]).isEqualTo(row[1]);
        });
    }

    @Test
    void the_refusals_have_their_reasons() throws IOException {
        assertThat(rows("Refusals")).hasSizeGreaterThan(5).allSatisfy(row -> {
            var refusal = catchThrowableOfType(ParameterSyntaxException.class, () -> ParameterExpression.parse(row[0]));
            assertThat(refusal).as(row[0]).isNotNull();
            assertThat(refusal.reason()).isEqualTo(row[1]);
        });
    }
}
