package io.tidegate.bench;

import io.tidegate.engine.mapping.MappingRefused;
import io.tidegate.engine.mapping.RowMapper;
import io.tidegate.engine.mapping.SourceRecord;
import io.tidegate.engine.receipt.RowChecksum;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Records to rows: nanoseconds for each record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MappingBenchmark {
    private static final int RECORDS = 1000;
    private static final int WIDE_KEYS = 60;

    /** attributes: none from inside the value; json: three paths; wide: thirty paths of an object with sixty keys. */
    @Param({"attributes", "json", "wide"})
    public String shape = "";

    private final List<SourceRecord> records = new ArrayList<>();
    private @Nullable RowMapper mapper;
    private @Nullable Object[] row = new @Nullable Object[0];

    @Setup
    public void compile() throws MappingRefused {
        boolean wide = shape.equals("wide");
        mapper = RowMapper.compile((wide ? Orders.Shape.wide(WIDE_KEYS / 2) : Orders.Shape.named(shape)).mapping());
        row = mapper.newRow();
        for (long i = 0; i < RECORDS; i++) {
            byte[] value = wide ? Orders.wideValue(i, WIDE_KEYS) : Orders.value(i);
            records.add(new SourceRecord(0, i, Orders.timestamp(i), Orders.key(i), value, List.of()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int mapping() {
        RowMapper compiled = java.util.Objects.requireNonNull(mapper);
        int dirty = 0;
        for (SourceRecord record : records) {
            dirty += compiled.map(record, row) == null ? 0 : 1;
        }
        return dirty;
    }

    /** With the checksum of the receipt. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long mappingAndChecksum() {
        RowMapper compiled = java.util.Objects.requireNonNull(mapper);
        RowChecksum checksum = new RowChecksum();
        for (SourceRecord record : records) {
            if (compiled.map(record, row) == null) {
                checksum.add(row);
            }
        }
        return checksum.value();
    }
}
