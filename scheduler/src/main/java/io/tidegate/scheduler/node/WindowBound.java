package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.parameter.ParameterContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** One end of the window that a batch synchronization reads, as its document writes it. */
final class WindowBound {
    private static final int DIGITS = 14;

    private final SyncJobView job;
    private final String field;
    private final String written;
    private final TextTemplate template;
    /** In which the bound is meant; the scheduled times are in the workspace's. */
    private final ZoneId zone;

    private WindowBound(SyncJobView job, String field, String written, TextTemplate template, ZoneId zone) {
        this.job = job;
        this.field = field;
        this.written = written;
        this.template = template;
        this.zone = zone;
    }

    /** Empty when this end is no time, or a placeholder in it has no value. */
    static Optional<WindowBound> of(SyncJobView job, String field, ResolvedParameters parameters, ZoneId zone) {
        String written = job.reader(field);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        return parameters.template(written).map(template -> new WindowBound(job, field, written, template, zone));
    }

    /** Thrown where the text is no time; carries what to tell the user. */
    static final class NoTime extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Finding finding;

        NoTime(Finding finding) {
            super(finding.message());
            this.finding = finding;
        }

        Finding finding() {
            return finding;
        }
    }

    /** As the engine reads it: a time that the clocks skip is moved on by the gap, of a repeated one the first is meant. */
    Instant at(LocalDateTime scheduled, ParameterContext context) throws NoTime {
        return local(scheduled, context).atZone(zone).toInstant();
    }

    private LocalDateTime local(LocalDateTime scheduled, ParameterContext context) throws NoTime {
        String value = template.at(context);
        boolean digits = value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || value.length() != DIGITS) {
            String becomes = becomes(value, scheduled);
            throw new NoTime(Finding.error(
                    job.readerField(field),
                    digits
                            ? becomes + ": these are " + value.length() + " digits, and yyyymmddhh24miss has 14."
                            : becomes + ", which is not a time of the form yyyymmddhh24miss.",
                    "Correct the scheduling parameters in " + written
                            + ", for example $[yyyymmddhh24]0000 with four zeros."));
        }
        try {
            return LocalDateTime.of(
                    number(value, 0, 4),
                    number(value, 4, 6),
                    number(value, 6, 8),
                    number(value, 8, 10),
                    number(value, 10, 12),
                    number(value, 12, 14));
        } catch (DateTimeException e) {
            throw new NoTime(Finding.error(
                    job.readerField(field),
                    becomes(value, scheduled) + ", and there is no such date or time of day.",
                    "Correct the scheduling parameters in " + written + "."));
        }
    }

    private String becomes(String value, LocalDateTime scheduled) {
        return field + " becomes '" + value + "' at the scheduled time " + Shown.minute(scheduled);
    }

    private static int number(String digits, int from, int to) {
        return Integer.parseInt(digits, from, to, 10);
    }
}
