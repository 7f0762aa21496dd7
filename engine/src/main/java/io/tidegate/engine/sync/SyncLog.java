package io.tidegate.engine.sync;

import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunJournal.Level;
import io.tidegate.engine.kafka.LogWatch;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.plan.Bound;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.OffsetPlan.EndSource;
import io.tidegate.engine.plan.OffsetPlan.PartitionRange;
import io.tidegate.engine.plan.ReadRange;
import io.tidegate.engine.receipt.LateReceipt;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The lines of an attempt's log, for somebody who is woken at night by it. */
final class SyncLog {
    private static final int PARTITION_LINES_MAX = 64;
    private static final int LATE_RUNS_MAX = 5;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final RunJournal journal;
    private final ZoneId zone;

    SyncLog(RunJournal journal, ZoneId zone) {
        this.journal = journal;
        this.zone = zone;
    }

    void info(String line) {
        journal.log(Level.INFO, line);
    }

    void warn(String line) {
        journal.log(Level.WARN, line);
    }

    void error(String line) {
        journal.log(Level.ERROR, line);
    }

    void task(String topic, String cluster, UploadTarget target) {
        info("Copying topic %s of %s into %s, %s."
                .formatted(
                        topic,
                        cluster,
                        target.name(),
                        target.mode() == WriteMode.OVERWRITE
                                ? "replacing what it holds"
                                : "in addition to what it holds"));
    }

    void range(ReadRange range) {
        Instant end = range.windowEnd();
        String late = end == null
                ? ""
                : " Reading on past its end for late records: %s."
                        .formatted(
                                range.lateness().duration() == null
                                        ? "to the log end"
                                        : range.lateness() + ", or to the log end");
        info("%s: %s up to, not including, %s%s.%s"
                .formatted(
                        range.byTime() ? "Window" : "Range",
                        place(range.begin()),
                        place(range.end()),
                        range.byTime() ? " (" + zone + ")" : "",
                        late));
    }

    private String place(Bound bound) {
        if (bound instanceof Bound.At at) {
            return time(at.instant());
        }
        if (bound instanceof Bound.Offset offset) {
            return "offset " + offset.offset();
        }
        if (bound instanceof Bound.Committed committed) {
            return "the offset of consumer group " + committed.groupId();
        }
        return bound instanceof Bound.Earliest ? "the first record that is there" : "the log end";
    }

    void waiting(Duration quietFor, List<Integer> partitions) {
        info("Waiting until each partition has a record at or after the end, or got none for %d seconds: %s."
                .formatted(quietFor.toSeconds(), named(partitions)));
    }

    void quiet(Duration quietFor, LogWatch.Quiet quiet) {
        if (!quiet.quiet().isEmpty()) {
            info("Got no record for %d seconds: %s. What comes later is not in this copy."
                    .formatted(quietFor.toSeconds(), named(quiet.quiet())));
        }
        quiet.young().entrySet().stream()
                .limit(PARTITION_LINES_MAX)
                .forEach(young -> warn(
                        "Partition %d may only be pausing: it got a record at %s, less than ten minutes ago. Ending at a pause is safe only where partitions stay idle for longer."
                                .formatted(young.getKey(), time(young.getValue()))));
    }

    private static String named(List<Integer> partitions) {
        String numbers = partitions.stream()
                .limit(PARTITION_LINES_MAX)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return "partition%s %s%s"
                .formatted(
                        partitions.size() == 1 ? "" : "s",
                        numbers,
                        partitions.size() > PARTITION_LINES_MAX ? " and more" : "");
    }

    void plan(OffsetPlan plan, boolean reused, int slices, int concurrent) {
        int lines = 0;
        for (PartitionRange range : plan.partitions()) {
            if (lines++ == PARTITION_LINES_MAX) {
                info("… and %d more partitions.".formatted(plan.partitions().size() - PARTITION_LINES_MAX));
                break;
            }
            info(
                    range.begin() == range.end()
                            ? "Partition %d: nothing to read (offset %d).".formatted(range.partition(), range.begin())
                            : "Partition %d: offsets %d to %d, %d in all, %s."
                                    .formatted(
                                            range.partition(),
                                            range.begin(),
                                            range.end() - 1,
                                            range.end() - range.begin(),
                                            why(range.endSource())));
        }
        info("%s: %d offsets in %d partitions, cut into %d slices, %d at a time. Planned at %s."
                .formatted(
                        reused ? "Plan of an earlier attempt" : "Plan",
                        plan.offsets(),
                        plan.partitions().size(),
                        slices,
                        Math.min(concurrent, Math.max(slices, 1)),
                        time(plan.plannedAt())));
    }

    private static String why(EndSource source) {
        return switch (source) {
            case TIMESTAMP -> "up to the first record past the allowed lateness";
            case LOG_END -> "to the log end as it was";
            case OFFSET -> "as the job says";
            case HISTORY -> "as far as the window's known records reach";
            case TAKEN -> "up to what the following window has written";
        };
    }

    void copied(Receipt receipt, double seconds) {
        info(
                "Read %d records (%s) in %.1f s, %.0f a second: %d written, %d out of the window (%d before, %d after), %d dirty."
                        .formatted(
                                receipt.read(),
                                bytes(receipt.bytesRead()),
                                seconds,
                                receipt.recordsPerSecond(),
                                receipt.written(),
                                receipt.filtered(),
                                receipt.filteredBefore(),
                                receipt.filteredAfter(),
                                receipt.dirty()));
        if (receipt.timings() != null && receipt.read() > 0) {
            info(receipt.timings().sentence());
        }
    }

    void shortened(Receipt receipt) {
        if (receipt.overLength() != null && receipt.overLength().values() > 0) {
            warn(receipt.overLength().sentence());
        }
    }

    void late(Receipt receipt) {
        LateReceipt late = receipt.late();
        if (late == null || late.records() == 0) {
            return;
        }
        warn("%d records of older windows had arrived after those were read%s. %s"
                .formatted(
                        late.records(),
                        late.runs().stream()
                                .limit(LATE_RUNS_MAX)
                                .map(run -> "partition %d, offsets %d to %d, from %s"
                                        .formatted(
                                                run.partition(),
                                                run.firstOffset(),
                                                run.lastOffset(),
                                                time(run.minTimestamp())))
                                .collect(Collectors.joining("; ", ": ", "")),
                        switch (late.policy()) {
                            case REPORT -> "They are left out and noted as late.";
                            case REPAIR ->
                                "They are left out; their windows are run again. Instances that have read the table since are not run again.";
                            case INCLUDE -> "They are written with this window.";
                        }));
        if (late.unlisted() > 0) {
            warn("%d of them are counted only, because they are scattered too widely to be noted one by one."
                    .formatted(late.unlisted()));
        }
    }

    void committed(Receipt receipt) {
        info("Committed: %d rows are visible in %s%s. Checksum %s."
                .formatted(
                        receipt.written(),
                        receipt.table(),
                        receipt.tablePartition() == null ? "" : " (" + receipt.tablePartition() + ")",
                        receipt.checksum()));
    }

    /**
     * @param wanted partition to where the group was to stand
     * @param standing partition to where it stands
     */
    void groupMoved(String group, Map<Integer, Long> wanted, Map<Integer, Long> standing) {
        info("Consumer group %s goes on behind what was copied, at %s."
                .formatted(
                        group,
                        wanted.entrySet().stream()
                                .limit(PARTITION_LINES_MAX)
                                .map(p -> "offset %d of partition %d".formatted(p.getValue(), p.getKey()))
                                .collect(Collectors.joining(", "))));
        standing.forEach((partition, offset) -> {
            long end = wanted.getOrDefault(partition, offset);
            if (offset > end) {
                warn(
                        "Consumer group %s already stands at offset %d of partition %d, behind the end of this copy (%d): another copy of the group has read there. It stays."
                                .formatted(group, offset, partition, end));
            }
        });
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    private static String bytes(long bytes) {
        return bytes < 10_000 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
