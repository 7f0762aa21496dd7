package io.tidegate.scheduler.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.cycle.Pace;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds for every expression. A failure names its seed; {@code -Dtidegate.seed=N} runs it again. */
class ParameterPropertyTest {
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("Asia/Shanghai"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("Australia/Lord_Howe"));

    private static final List<FormatToken> TOKENS = List.of(FormatToken.values());

    private final long seed = Long.getLong("tidegate.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void what_is_written_out_reads_back_the_same() {
        for (int i = 0; i < 20_000; i++) {
            List<ExpressionPart> parts = randomParts();
            var text = new StringBuilder();
            parts.forEach(part -> text.append(part.text()));

            assertThat(ParameterExpression.parse(text.toString()).parts())
                    .as("seed %d, %s", seed, text)
                    .isEqualTo(parts);
        }
    }

    @Test
    void what_parses_has_a_value_at_every_time() {
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            randomParts().forEach(part -> text.append(part.text()));
            var context = ParameterContext.of(
                    randomTime(1, 9999), ZONES.get(random.nextInt(ZONES.size())), Pace.every(Duration.ofHours(1)));

            assertThat(ParameterExpression.parse(text.toString()).evaluate(context))
                    .as("seed %d, %s", seed, text)
                    .isNotEmpty();
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void any_text_is_read_or_refused_inside_itself() {
        var context = ParameterContext.of(
                LocalDateTime.parse("2026-11-22T10:00"), ZONES.get(0), Pace.every(Duration.ofHours(1)));
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            String text = randomText();
            try {
                var expression = ParameterExpression.parse(text);
                assertThat(expression.evaluate(context)).isNotNull();
                for (ParameterHint hint : expression.hints()) {
                    requireInside(text, hint.column(), hint.length());
                }
                read++;
            } catch (ParameterSyntaxException e) {
                requireInside(text, e.column(), e.length());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", text <" + text + ">", e);
            }
        }
        // A generator that only makes rubbish would prove little.
        assertThat(read).isGreaterThan(1_000);
    }

    @Test
    void the_longest_texts_are_read_quickly() {
        int max = ParameterExpression.CHARACTERS_MAX;
        var hard = List.of(
                "$[yyyymmdd-1" + "*1".repeat((max - 13) / 2) + "]",
                "$[yyyymmdd-1" + "/9".repeat((max - 13) / 2) + "]",
                "$[yyyymmdd" + " ".repeat(max - 13) + "-1]",
                "$[yyyymmdd" + " :".repeat((max - 12) / 2) + "]",
                "$[add_months(yyyy" + ",".repeat(max - 20) + "1)]",
                "$[".repeat(max / 2),
                "${yyyy}".repeat(max / 7),
                "$[hh24-1/24]".repeat(max / 12),
                "$" + "a".repeat(max - 1));
        var context = ParameterContext.of(
                LocalDateTime.parse("2026-11-22T10:00"), ZONES.get(0), Pace.every(Duration.ofHours(1)));
        for (String text : hard) {
            long start = System.nanoTime();
            try {
                ParameterExpression.parse(text).evaluate(context);
            } catch (ParameterSyntaxException expected) {
                assertThat(expected.column()).isBetween(1, text.length() + 1);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as(text.substring(0, 20))
                    .isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void offsets_agree_with_java_time() {
        for (int i = 0; i < 20_000; i++) {
            ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
            ZonedDateTime time = randomTime(1990, 2040).atZone(zone).withEarlierOffsetAtOverlap();
            int minutes = random.nextInt(20_000);
            String text = "$[yyyymmddhh24miss-" + minutes + "/24/60]";
            // Whole days move the calendar, everything else the time line, on which a repeated hour counts once.
            ZonedDateTime moved =
                    minutes % 1440 == 0 ? time.minusDays(minutes / 1440) : minusOnceRepeated(time, minutes);
            boolean skipped = minutes % 1440 == 0
                    && !moved.toLocalDateTime().equals(time.toLocalDateTime().minusDays(minutes / 1440));
            if (!skipped) {
                assertValue(
                        text,
                        time,
                        DateTimeFormatter.ofPattern("yyyyMMddHHmmss").format(moved));
            }
            int months = random.nextInt(200) - 100;
            assertValue(
                    "$[add_months(yyyymmdd," + months + ")]",
                    time,
                    DateTimeFormatter.BASIC_ISO_DATE.format(time.toLocalDate().plusMonths(months)));
            int days = random.nextInt(2_000) - 1_000;
            LocalDate businessDate = time.toLocalDate().minusDays(1);
            assertValue(
                    "${yyyymmdd" + (days < 0 ? "" : "+") + days + "}",
                    time,
                    DateTimeFormatter.BASIC_ISO_DATE.format(businessDate.plusDays(days)));
        }
    }

    private static ZonedDateTime minusOnceRepeated(ZonedDateTime time, int minutes) {
        ZonedDateTime moved = time.minusMinutes(minutes);
        while (true) {
            Duration repeated = Duration.ZERO;
            ZoneOffsetTransition change = time.getZone().getRules().nextTransition(moved.toInstant());
            while (change != null && !change.getInstant().isAfter(time.toInstant())) {
                repeated = change.isOverlap() ? repeated.minus(change.getDuration()) : repeated;
                change = time.getZone().getRules().nextTransition(change.getInstant());
            }
            ZonedDateTime again = time.minusMinutes(minutes).minus(repeated);
            if (again.equals(moved)) {
                return moved;
            }
            moved = again;
        }
    }

    /** A mark may stand one past the end, where something is missing. Plain comparisons: this runs a hundred thousand times. */
    private void requireInside(String text, int column, int length) {
        if (column < 1 || length < 1 || column - 1 + length > text.length() + 1) {
            throw new AssertionError("seed " + seed + ": " + column + "+" + length + " is not inside <" + text + ">");
        }
    }

    private void assertValue(String text, ZonedDateTime time, String expected) {
        var context = ParameterContext.of(time.toLocalDateTime(), time.getZone(), Pace.every(Duration.ofMinutes(30)));
        String value = ParameterExpression.parse(text).evaluate(context);
        if (!value.equals(expected)) {
            throw new AssertionError(
                    "seed " + seed + ": " + text + " at " + time + " is " + value + ", not " + expected);
        }
    }

    private LocalDateTime randomTime(int fromYear, int toYear) {
        return LocalDate.of(fromYear + random.nextInt(toYear - fromYear + 1), 1, 1)
                .plusDays(random.nextInt(365))
                .atTime(LocalTime.ofSecondOfDay(random.nextInt(86_400)));
    }

    private List<ExpressionPart> randomParts() {
        var parts = new ArrayList<ExpressionPart>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            parts.add(randomPart(i > 0 && parts.get(i - 1) instanceof ExpressionPart.Constant));
        }
        return parts;
    }

    private ExpressionPart randomPart(boolean afterConstant) {
        return switch (random.nextInt(afterConstant ? 4 : 5)) {
            case 0 ->
                new ExpressionPart.BuiltInValue(
                        random.nextBoolean() ? BuiltIn.BIZDATE : BuiltIn.CYCTIME, random.nextBoolean());
            case 1 ->
                new ExpressionPart.BusinessDate(
                        randomFormat(4), random.nextBoolean() ? null : randomOffset(1_000, false));
            case 2 ->
                new ExpressionPart.TimeByDays(
                        randomFormat(7), random.nextBoolean() ? null : randomOffset(366_000, true));
            case 3 -> new ExpressionPart.TimeByMonths(randomFormat(7), randomOffset(12_000, false));
            // Starts with a digit, so that it is no part of the name of a built-in before it.
            default ->
                new ExpressionPart.Constant(random.nextInt(10)
                        + List.of("", "_x", "年]", "-/+*", "{}[]()").get(random.nextInt(5)));
        };
    }

    private Format randomFormat(int tokens) {
        var elements = new ArrayList<FormatElement>();
        int count = 1 + random.nextInt(6);
        FormatToken previous = null;
        for (int i = 0; i < count; i++) {
            FormatToken token = TOKENS.get(random.nextInt(tokens));
            // yy yy and yy yyyy written together read as yyyy first.
            if (i > 0 && (random.nextInt(3) == 0 || previous == FormatToken.YY)) {
                elements.add(new FormatElement.Separator(
                        List.of("-", ":", "/", " ", "T", "年", ".", "_", ", ", "- ", "00", "(", "+")
                                .get(random.nextInt(13))));
            }
            elements.add(token);
            previous = token;
        }
        return new Format(elements);
    }

    private Offset randomOffset(int limit, boolean fraction) {
        int first = random.nextInt(limit);
        List<Offset.Factor> factors = new ArrayList<>();
        if (fraction) {
            for (int i = random.nextInt(4); i > 0; i--) {
                factors.add(new Offset.Factor(true, 1 + random.nextInt(100)));
            }
        }
        return new Offset(random.nextBoolean(), first, factors);
    }

    private String randomText() {
        var pieces = List.of(
                "$",
                "[",
                "]",
                "{",
                "}",
                "(",
                ")",
                "yyyy",
                "yy",
                "mm",
                "dd",
                "hh24",
                "mi",
                "ss",
                "-",
                "+",
                "*",
                "/",
                "1",
                "24",
                "60",
                "0",
                "999999999",
                " ",
                "=",
                ",",
                "add_months",
                "add_months(",
                "$bizdate",
                "$[",
                "${",
                "bdp.system.",
                "T",
                "h",
                "M",
                "\t",
                "\n",
                "年",
                "\ud83d",
                "$[yyyymmdd-",
                "${yyyymm",
                "$[add_months(yyyymmdd,",
                "x");
        var text = new StringBuilder();
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(8) == 0) {
                text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
            } else {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
        }
        return text.toString();
    }
}
