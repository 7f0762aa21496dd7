package io.tidegate.engine.sync;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.kafka.KafkaAccess;
import io.tidegate.engine.kafka.PartitionReader;
import io.tidegate.engine.mapping.MappingRefused;
import io.tidegate.engine.mapping.MappingSpec;
import io.tidegate.engine.mapping.RowMapper;
import io.tidegate.engine.mapping.SourceRecord;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.plan.OffsetPlan.PartitionRange;
import io.tidegate.engine.sync.DryRunReport.Row;
import io.tidegate.engine.sync.DryRunReport.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads some records of a plan from places spread over it, and turns a hundred of them into rows. */
final class RecordSample {
    private static final int CONVERTED_MAX = 100;
    private static final int ROWS_SHOWN_MAX = 5;
    private static final int SPOTS_MAX = 24;
    private static final int SPOTS_PER_PARTITION_MAX = 4;

    private final OffsetPlan plan;
    private final KafkaAccess access;
    private final Cancellation cancellation;
    private final RowMapper mapper;
    private final @Nullable Object[] row;
    private final List<DirtyRecord> dirty = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private long looked;
    private long inWindow;
    private long bytes;
    private long offsetsPassed;
    private int converted;

    private RecordSample(OffsetPlan plan, KafkaAccess access, RowMapper mapper, Cancellation cancellation) {
        this.plan = plan;
        this.access = access;
        this.mapper = mapper;
        this.row = mapper.newRow();
        this.cancellation = cancellation;
    }

    static Sample take(OffsetPlan plan, KafkaAccess access, MappingSpec mapping, Cancellation cancellation)
            throws EngineFailure, StoppedException {
        RowMapper mapper;
        try {
            mapper = RowMapper.compile(mapping);
        } catch (MappingRefused e) {
            throw EngineFailure.lasting(FailureKind.BAD_DOCUMENT, String.valueOf(e.getMessage()), e);
        }
        return new RecordSample(plan, access, mapper, cancellation).take();
    }

    private Sample take() throws EngineFailure, StoppedException {
        List<PartitionRange> filled =
                plan.partitions().stream().filter(p -> p.end() > p.begin()).toList();
        int partitions = Math.min(filled.size(), SPOTS_MAX);
        int spots = partitions == 0 ? 0 : Math.min(SPOTS_PER_PARTITION_MAX, SPOTS_MAX / partitions);
        int left = partitions * spots;
        // From the last to the first: behind the window's end there may be none to try, and the earlier places make up.
        for (int spot = spots - 1; spot >= 0; spot--) {
            for (int i = 0; i < partitions; i++) {
                // Where there are more partitions than places, every second or third is looked at.
                PartitionRange range = filled.get((int) ((long) i * filled.size() / partitions));
                int share = (CONVERTED_MAX - converted - dirty.size()) / left--;
                look(range.partition(), place(range, spot, spots), place(range, spot + 1, spots), share);
            }
        }
        double rowsPerOffset = offsetsPassed == 0 ? 0 : (double) inWindow / offsetsPassed;
        double clean = converted + dirty.size() == 0 ? 1 : (double) converted / (converted + dirty.size());
        double records = rowsPerOffset * plan.offsets();
        return new Sample(
                looked,
                inWindow,
                converted,
                dirty,
                mapper.shortened(),
                rows,
                Math.round(records * clean),
                inWindow == 0 ? 0 : Math.round(records * bytes / inWindow));
    }

    private static long place(PartitionRange range, int spot, int spots) {
        return range.begin()
                + (range.end() - range.begin()) / spots * spot
                + (range.end() - range.begin()) % spots * spot / spots;
    }

    /** What one poll brings tells how dense the window is there; a few of these records are converted. */
    private void look(int partition, long from, long end, int share) throws EngineFailure, StoppedException {
        try (PartitionReader reader = PartitionReader.open(access, plan.topic(), partition, from, end)) {
            List<SourceRecord> records = List.of();
            while (records.isEmpty() && !reader.atEnd()) {
                if (cancellation.requested()) {
                    throw new StoppedException();
                }
                records = reader.poll();
            }
            offsetsPassed += Math.min(reader.position(), end) - from;
            looked += records.size();
            int left = share;
            for (SourceRecord record : records) {
                if (isInWindow(record)) {
                    inWindow++;
                    bytes += record.bytes();
                    if (left > 0) {
                        left--;
                        convert(record);
                    }
                }
            }
        }
    }

    private boolean isInWindow(SourceRecord record) {
        return (plan.windowStart() == null
                        || record.timestamp() >= plan.windowStart().toEpochMilli())
                && (plan.windowEnd() == null
                        || record.timestamp() < plan.windowEnd().toEpochMilli());
    }

    private void convert(SourceRecord record) {
        DirtyRecord unfit = mapper.map(record, row);
        if (unfit != null) {
            dirty.add(unfit);
            return;
        }
        converted++;
        if (rows.size() < ROWS_SHOWN_MAX) {
            rows.add(new Row(
                    record.partition(),
                    record.offset(),
                    Arrays.stream(row)
                            .map(RecordSample::text)
                            .collect(java.util.stream.Collectors.toCollection(ArrayList::new))));
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof byte[] utf8
                ? new String(utf8, StandardCharsets.UTF_8)
                : value == null ? null : value.toString();
    }
}
