package io.tidegate.engine.receipt;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a copy read and wrote: {@code read = written + filtered + dirty}, in sum and for each partition.
 *
 * @param topic Kafka topic
 * @param table destination, {@code project.table}
 * @param tablePartition destination partition, {@code ds=2022112210}; null for a table without partitions
 * @param writeMode OVERWRITE or INTO
 * @param windowStart first instant of the window, included; null when no time begins the read
 * @param windowEnd first instant after the window; null when records are not left out by an end
 * @param read records read
 * @param written records in the table
 * @param filtered records read and left out because they lie out of the window
 * @param filteredBefore of these, the ones before the window
 * @param filteredAfter of these, the ones at or after its end
 * @param dirty records left out because they do not convert
 * @param bytesRead bytes of keys, values and headers read
 * @param startedAt when the attempt began
 * @param finishedAt when the commit was confirmed; when it was prepared, in a prepared commit
 * @param recordsPerSecond read, divided by the time of the copy
 * @param checksum {@link RowChecksum} of the rows written, whatever their order: 16 hexadecimal digits
 * @param uploadId the Tunnel session that was committed
 * @param timings where the time of the copy went; null in receipts of versions that did not measure it
 * @param partitions one entry for each Kafka partition of the plan, ascending
 * @param topicId the broker's id of the topic, which changes when it is deleted and made anew; null on old brokers
 * @param late records of older windows that were found; null when it is not known how far those windows were read
 * @param overLength texts that were cut or left out because they were too long; null when the job wants such records to be
 *     dirty, and in receipts of versions that did not count them
 */
public record Receipt(
        String topic,
        String table,
        @Nullable String tablePartition,
        WriteMode writeMode,
        @Nullable Instant windowStart,
        @Nullable Instant windowEnd,
        long read,
        long written,
        long filtered,
        long filteredBefore,
        long filteredAfter,
        long dirty,
        long bytesRead,
        Instant startedAt,
        Instant finishedAt,
        double recordsPerSecond,
        String checksum,
        @Nullable String uploadId,
        @Nullable Timings timings,
        List<PartitionReceipt> partitions,
        @Nullable String topicId,
        @Nullable LateReceipt late,
        @Nullable OverLengthReceipt overLength) {

    public Receipt {
        partitions = List.copyOf(partitions);
    }

    /** A receipt of a job that shortens no texts. */
    public Receipt(
            String topic,
            String table,
            @Nullable String tablePartition,
            WriteMode writeMode,
            @Nullable Instant windowStart,
            @Nullable Instant windowEnd,
            long read,
            long written,
            long filtered,
            long filteredBefore,
            long filteredAfter,
            long dirty,
            long bytesRead,
            Instant startedAt,
            Instant finishedAt,
            double recordsPerSecond,
            String checksum,
            @Nullable String uploadId,
            @Nullable Timings timings,
            List<PartitionReceipt> partitions,
            @Nullable String topicId,
            @Nullable LateReceipt late) {
        this(
                topic,
                table,
                tablePartition,
                writeMode,
                windowStart,
                windowEnd,
                read,
                written,
                filtered,
                filteredBefore,
                filteredAfter,
                dirty,
                bytesRead,
                startedAt,
                finishedAt,
                recordsPerSecond,
                checksum,
                uploadId,
                timings,
                partitions,
                topicId,
                late,
                null);
    }

    /** The same receipt, confirmed at another time. */
    public Receipt finishedAt(Instant when) {
        return new Receipt(
                topic,
                table,
                tablePartition,
                writeMode,
                windowStart,
                windowEnd,
                read,
                written,
                filtered,
                filteredBefore,
                filteredAfter,
                dirty,
                bytesRead,
                startedAt,
                when,
                recordsPerSecond,
                checksum,
                uploadId,
                timings,
                partitions,
                topicId,
                late,
                overLength);
    }

    /** Whether the rows replace what the partition held, or are added to it. */
    public enum WriteMode {
        OVERWRITE,
        INTO
    }

    /**
     * @param partition Kafka partition
     * @param begin first offset of the plan
     * @param end first offset after it
     * @param minTimestamp smallest timestamp among the records written, null when there are none
     * @param maxTimestamp largest timestamp among the records written, null when there are none
     * @param lateFrom records from this offset on that lie before the window count as late; null when that is not known
     * @param late how many of them there were; they count as filtered or, where the policy includes them, as written
     */
    public record PartitionReceipt(
            int partition,
            long begin,
            long end,
            long read,
            long written,
            long filtered,
            long dirty,
            @Nullable Instant minTimestamp,
            @Nullable Instant maxTimestamp,
            @Nullable Long lateFrom,
            long late) {

        /** A partition of which nothing earlier is known. */
        public PartitionReceipt(
                int partition,
                long begin,
                long end,
                long read,
                long written,
                long filtered,
                long dirty,
                @Nullable Instant minTimestamp,
                @Nullable Instant maxTimestamp) {
            this(partition, begin, end, read, written, filtered, dirty, minTimestamp, maxTimestamp, null, 0);
        }
    }
}
