package io.tidegate.bench;

import com.aliyun.odps.Column;
import com.aliyun.odps.Odps;
import com.aliyun.odps.account.AliyunAccount;
import com.aliyun.odps.data.ArrayRecord;
import com.aliyun.odps.data.RecordWriter;
import com.aliyun.odps.tunnel.TableTunnel;
import com.aliyun.odps.tunnel.io.CompressOption;
import io.tidegate.engine.mapping.RowMapper;
import io.tidegate.engine.mapping.SourceRecord;
import io.tidegate.engine.maxcompute.BlockWriter;
import io.tidegate.engine.maxcompute.RowEncoder;
import io.tidegate.engine.maxcompute.UploadSession;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.plan.PlanSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** (b) Writes rows that are in memory already, one block for each slice, on one thread for each. */
final class BareWriter {
    /** More than fits into the caches of the processor. */
    private static final int ROWS = 20_000;

    private final UploadTarget target;
    private final Orders.Shape shape;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    BareWriter(UploadTarget target, Orders.Shape shape) throws Exception {
        this.target = target;
        this.shape = shape;
        RowMapper mapper = RowMapper.compile(shape.mapping());
        for (SourceRecord record : Orders.records(ROWS)) {
            @Nullable Object[] row = mapper.newRow();
            if (mapper.map(record, row) != null) {
                throw new IllegalStateException("a record of the benchmark does not fit");
            }
            rows.add(row);
        }
    }

    private @Nullable Object[] row(long number) {
        return rows.get((int) (number % ROWS));
    }

    /** With the engine's encoder. */
    long byEngine(List<PlanSlice> slices, int threads) throws Exception {
        UploadSession session = UploadSession.open(target);
        return Slices.run(slices, threads, slice -> {
            try (BlockWriter block =
                    UploadSession.attach(target, session.id()).openBlock(slice.number(), shape.columns())) {
                RowEncoder encoder = new RowEncoder(shape.columns(), false, new byte[256 << 10], (page, length) -> {
                    block.write(page, length);
                    return page;
                });
                for (long i = slice.begin(); i < slice.end(); i++) {
                    encoder.write(row(i));
                }
                encoder.endBlock();
                block.finish();
                return slice.end() - slice.begin();
            }
        });
    }

    /** As the SDK's documentation says. */
    long bySdk(List<PlanSlice> slices, int threads) throws Exception {
        Odps odps = new Odps(new AliyunAccount(
                target.connection().accessId(), target.connection().accessKey()));
        odps.setEndpoint(target.connection().endpoint());
        odps.setDefaultProject(target.connection().project());
        TableTunnel tunnel = new TableTunnel(odps);
        tunnel.setEndpoint(Objects.requireNonNull(target.connection().tunnelEndpoint()));
        TableTunnel.UploadSession session =
                tunnel.createUploadSession(target.connection().project(), target.table(), true);
        Column[] columns = session.getSchema().getColumns().toArray(new Column[0]);
        CompressOption lz4 = new CompressOption(CompressOption.CompressAlgorithm.ODPS_LZ4_FRAME, 1, 0);
        return Slices.run(slices, threads, slice -> {
            ArrayRecord record = new ArrayRecord(columns, false);
            try (RecordWriter writer = session.openRecordWriter(slice.number(), lz4)) {
                for (long i = slice.begin(); i < slice.end(); i++) {
                    @Nullable Object[] row = row(i);
                    for (int c = 0; c < columns.length; c++) {
                        record.set(c, row[c]);
                    }
                    writer.write(record);
                }
            }
            return slice.end() - slice.begin();
        });
    }
}
