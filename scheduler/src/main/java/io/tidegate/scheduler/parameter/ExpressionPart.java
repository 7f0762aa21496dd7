package io.tidegate.scheduler.parameter;

import io.tidegate.scheduler.cycle.ScheduledTime;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** One piece of an expression. {@link #text()} is its canonical spelling, which parses to an equal piece. */
sealed interface ExpressionPart {

    String text();

    /**
     * The moment that a wall-clock time means, where the format asks for one. A date alone is a date of the calendar, also when
     * the clocks skip this time of it past midnight.
     */
    private static LocalDateTime existing(LocalDateTime local, Format format, ParameterContext context) {
        return format.hasTimeOfDay() ? ScheduledTime.at(local, context.zone()).local() : local;
    }

    /** Never throws: whatever parses has a value for every context. */
    String evaluate(ParameterContext context);

    /** Text that stays, never empty. */
    record Constant(String text) implements ExpressionPart {
        @Override
        public String evaluate(ParameterContext context) {
            return text;
        }
    }

    /** {@code $bizdate} and its like; {@code legacy} for the old spelling {@code ${bdp.system.bizdate}}. */
    record BuiltInValue(BuiltIn builtIn, boolean legacy) implements ExpressionPart {
        @Override
        public String text() {
            return legacy ? "${bdp.system." + builtIn.word() + "}" : "$" + builtIn.word();
        }

        @Override
        public String evaluate(ParameterContext context) {
            return builtIn.evaluate(context);
        }
    }

    /** {@code ${yyyymmdd-7*1}}: the business date, moved by whole units of the smallest part that the format names. */
    record BusinessDate(Format format, @Nullable Offset offset) implements ExpressionPart {
        @Override
        public String text() {
            return "${" + format.text() + (offset == null ? "" : offset.text()) + "}";
        }

        @Override
        public String evaluate(ParameterContext context) {
            LocalDate date = context.businessDate();
            long count = offset == null ? 0 : offset.floorTimes(1);
            LocalDate moved = switch (unit()) {
                case DD -> date.plusDays(count);
                case MM -> date.plusMonths(count);
                case YYYY, YY, HH24, MI, SS -> date.plusYears(count);
            };
            return format.print(moved.atStartOfDay());
        }

        FormatToken unit() {
            if (format.has(FormatToken.DD)) {
                return FormatToken.DD;
            }
            return format.has(FormatToken.MM) ? FormatToken.MM : FormatToken.YYYY;
        }
    }

    /**
     * {@code $[yyyymmddhh24mi-8/24/60]}: the scheduled time, moved by days. Whole days are days of the calendar, so that a window
     * of a day is that day also when it has 23 or 25 hours; what is not whole days is a stretch on the clock of the node's
     * cycle, so that its windows meet also when the clocks change.
     */
    record TimeByDays(Format format, @Nullable Offset offset) implements ExpressionPart {
        private static final long DAY_SECONDS = 86_400;

        @Override
        public String text() {
            return "$[" + format.text() + (offset == null ? "" : offset.text()) + "]";
        }

        @Override
        public String evaluate(ParameterContext context) {
            return format.print(moved(context));
        }

        private LocalDateTime moved(ParameterContext context) {
            if (offset == null) {
                return existing(context.scheduledTime(), format, context);
            }
            if (offset.isWhole()) {
                LocalDateTime day = context.scheduledTime().plusDays(offset.floorTimes(1));
                return existing(day, format, context);
            }
            long seconds = offset.floorTimes(DAY_SECONDS);
            return existing(context.pace().move(context.scheduledTime(), seconds, context.zone()), format, context);
        }
    }

    /** {@code $[add_months(yyyymmdd,-1)]}: the scheduled time, moved by months; a day that the month lacks becomes its last. */
    record TimeByMonths(Format format, Offset months) implements ExpressionPart {
        @Override
        public String text() {
            return "$[add_months(" + format.text() + "," + months.text() + ")]";
        }

        @Override
        public String evaluate(ParameterContext context) {
            LocalDateTime moved = context.scheduledTime().plusMonths(months.floorTimes(1));
            return format.print(existing(moved, format, context));
        }
    }
}
