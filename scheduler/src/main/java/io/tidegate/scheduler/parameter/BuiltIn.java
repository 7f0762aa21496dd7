package io.tidegate.scheduler.parameter;

import io.tidegate.scheduler.cycle.ScheduledTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The values that have a name of their own. */
enum BuiltIn {
    BIZDATE,
    CYCTIME,
    GMTDATE,
    BIZMONTH,
    JOBID,
    NODEID,
    TASKID;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyyMM", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

    /** The name without its dollar sign. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable BuiltIn named(String word) {
        for (BuiltIn builtIn : values()) {
            if (builtIn.word().equals(word)) {
                return builtIn;
            }
        }
        return null;
    }

    String evaluate(ParameterContext context) {
        return switch (this) {
            case BIZDATE -> DAY.format(context.businessDate());
            case CYCTIME ->
                SECOND.format(ScheduledTime.at(context.scheduledTime(), context.zone())
                        .local());
            case GMTDATE -> DAY.format(context.scheduledTime());
            case BIZMONTH -> MONTH.format(businessMonth(context));
            case JOBID, NODEID, TASKID -> context.ids().getOrDefault(word(), "$" + word());
        };
    }

    /** The month of the business date, or the one before while that month is still the current one. */
    private static YearMonth businessMonth(ParameterContext context) {
        YearMonth month = YearMonth.from(context.businessDate());
        return month.equals(YearMonth.from(context.scheduledTime())) ? month.minusMonths(1) : month;
    }
}
