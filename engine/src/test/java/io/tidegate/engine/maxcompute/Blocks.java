package io.tidegate.engine.maxcompute;

import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.mapping.DestinationColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes whole blocks, for tests that are not about blocks. */
public final class Blocks {
    private Blocks() {}

    public static void write(
            UploadSession session, long block, List<DestinationColumn> columns, List<@Nullable Object[]> rows)
            throws EngineFailure {
        try (BlockWriter writer = session.openBlock(block, columns)) {
            RowEncoder encoder = new RowEncoder(columns, false, new byte[1000], (page, length) -> {
                writer.write(page, length);
                return page;
            });
            for (@Nullable Object[] row : rows) {
                encoder.write(row);
            }
            encoder.endBlock();
            writer.finish();
        }
    }
}
