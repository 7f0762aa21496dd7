package io.tidegate.bench;

import com.aliyun.odps.Column;
import com.aliyun.odps.TableSchema;
import com.aliyun.odps.commons.proto.ProtobufRecordStreamWriter;
import com.aliyun.odps.data.ArrayRecord;
import com.aliyun.odps.tunnel.io.CompressOption;
import com.aliyun.odps.tunnel.io.CompressOption.CompressAlgorithm;
import com.aliyun.odps.type.TypeInfoParser;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.mapping.DestinationColumn;
import io.tidegate.engine.mapping.MappingRefused;
import io.tidegate.engine.mapping.RowMapper;
import io.tidegate.engine.mapping.SourceRecord;
import io.tidegate.engine.maxcompute.RowEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Rows of the six attributes and three values to bytes: nanoseconds for each row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EncodingBenchmark {
    private static final int ROWS = 20_000;
    private static final int PAGE_BYTES = 256 << 10;

    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private final List<DestinationColumn> columns = Orders.Shape.json().columns();
    private final TableSchema schema = new TableSchema();

    @Setup
    public void map() throws MappingRefused {
        RowMapper mapper = RowMapper.compile(Orders.Shape.json().mapping());
        for (SourceRecord record : Orders.records(ROWS)) {
            @Nullable Object[] row = mapper.newRow();
            mapper.map(record, row);
            rows.add(row);
        }
        columns.forEach(column -> schema.addColumn(new Column(
                column.name(),
                TypeInfoParser.getTypeInfoFromTypeString(column.type().name()))));
    }

    private void bySdk(CompressAlgorithm algorithm) throws IOException {
        ArrayRecord record = new ArrayRecord(schema.getColumns().toArray(new Column[0]), false);
        ProtobufRecordStreamWriter writer = new ProtobufRecordStreamWriter(
                schema, OutputStream.nullOutputStream(), new CompressOption(algorithm, 1, 0));
        for (@Nullable Object[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                record.set(i, row[i]);
            }
            writer.write(record);
        }
        writer.close();
    }

    private void byEngine(OutputStream out) throws EngineFailure, IOException {
        RowEncoder encoder = new RowEncoder(columns, false, new byte[PAGE_BYTES], (page, length) -> {
            try {
                out.write(page, 0, length);
                return page;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        for (@Nullable Object[] row : rows) {
            encoder.write(row);
        }
        encoder.endBlock();
        out.close();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void sdk() throws IOException {
        bySdk(CompressAlgorithm.ODPS_RAW);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void engine() throws EngineFailure, IOException {
        byEngine(OutputStream.nullOutputStream());
    }

    /** The SDK compresses in blocks of 4 MB. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void sdkWithLz4() throws IOException {
        bySdk(CompressAlgorithm.ODPS_LZ4_FRAME);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void engineWithLz4() throws EngineFailure, IOException {
        byEngine(new LZ4FrameOutputStream(
                OutputStream.nullOutputStream(), BLOCKSIZE.SIZE_256KB, FLG.Bits.BLOCK_INDEPENDENCE));
    }
}
