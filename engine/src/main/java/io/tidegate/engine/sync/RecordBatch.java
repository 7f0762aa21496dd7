package io.tidegate.engine.sync;

import io.tidegate.engine.mapping.SourceRecord;
import java.util.List;

/**
 * Records of the window on their way from the thread that reads a slice to the one that maps it, with what stood behind them.
 *
 * @param records in the order of their offsets; none where nothing but records out of the window was read
 * @param position the next offset to read
 * @param read records read since the slice began
 * @param filtered those of them that lie out of the window
 * @param bytes bytes of keys, values and headers of all of them
 * @param last whether the slice ends here
 */
record RecordBatch(List<SourceRecord> records, long position, long read, long filtered, long bytes, boolean last) {}
