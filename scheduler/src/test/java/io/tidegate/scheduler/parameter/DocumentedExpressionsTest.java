package io.tidegate.scheduler.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.cycle.Pace;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every worked example of the product that these expressions come from, each in zones that must not matter to it. */
class DocumentedExpressionsTest {

    @ParameterizedTest(name = "{1} at {0} is {2}")
    @CsvFileSource(
            resources = "expressions.tsv",
            delimiter = '\t',
            numLinesToSkip = 1,
            ignoreLeadingAndTrailingWhitespace = false)
    void a_documented_expression_has_its_documented_value(String time, String expression, String value) {
        var local = LocalDateTime.parse(time.replace(' ', 'T'));
        for (String zone : new String[] {"Asia/Shanghai", "UTC", "Asia/Kolkata", "Australia/Adelaide"}) {
            var context = ParameterContext.of(local, ZoneId.of(zone), Pace.every(Duration.ofHours(1)));
            assertThat(ParameterExpression.parse(expression).evaluate(context))
                    .as(zone)
                    .isEqualTo(value);
        }
    }
}
