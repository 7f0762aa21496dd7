package io.tidegate.engine.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the broker said about a topic, from which a plan is made.
 *
 * @param topic Kafka topic
 * @param topicId the broker's id of the topic; null on old brokers
 * @param askedAt when the first question was put
 * @param retention how long the topic keeps its records, as far as the broker tells; never null
 * @param partitions one entry for each partition that is read, ascending
 */
public record BrokerAnswers(
        String topic,
        @Nullable String topicId,
        Instant askedAt,
        Retention retention,
        List<PartitionAnswer> partitions) {

    public BrokerAnswers {
        partitions = List.copyOf(partitions);
    }

    /**
     * One partition. The log's bounds are asked before the look-ups, so that what is appended in between is left out.
     *
     * @param partition Kafka partition
     * @param logStart first offset that is still there
     * @param logEnd first offset that is not there yet, in the isolation level of the read
     * @param atStart answer to: the first record at or after the window's start; null when none was found or it was not
     *     asked
     * @param floor where {@code atStart} is null though there may be such records: an offset before which none of them
     *     stands; null when there are none, or it was not asked
     * @param nearStart answer to: the first record at or after the window's start less the allowed lateness; null when none
     *     was found or it was not asked
     * @param atEnd answer to: the first record at or after {@link ReadRange#endLookUp}; null when there is none or it was
     *     not asked
     * @param held offsets behind the log end that an open transaction keeps from being read; 0 where it is not asked
     * @param timestamps whether the records of the partition carry timestamps
     * @param committed where the consumer group stands; null when it never committed there, or was not asked for
     */
    public record PartitionAnswer(
            int partition,
            long logStart,
            long logEnd,
            @Nullable Lookup atStart,
            @Nullable Long floor,
            @Nullable Lookup nearStart,
            @Nullable EndLookup atEnd,
            long held,
            Timestamps timestamps,
            @Nullable Long committed) {}

    /**
     * An answer to a look-up by time.
     *
     * @param offset the offset found
     * @param timestamp milliseconds since 1970 that stand there
     */
    public record Lookup(long offset, long timestamp) {}

    /**
     * An answer to the look-up of an end, and what it is worth. A record with a wrong clock, or the marker of a transaction
     * with the broker's clock, can give it long before its time.
     *
     * @param offset the offset found
     * @param timestamp milliseconds since 1970 that stand there
     * @param end where most of the records that follow agree that the time has come; at least {@code offset}
     * @param believed whether the records right behind the offset do agree
     */
    public record EndLookup(long offset, long timestamp, long end, boolean believed) {}

    /** Whether records can be found by time. */
    public enum Timestamps {
        PRESENT,
        /** There are records, and they have none. */
        ABSENT,
        /** There is nothing between the log's start and its end. */
        NO_RECORDS
    }

    /**
     * Which records the topic may delete.
     *
     * @param known whether the broker told
     * @param time records older than this may be deleted; null for never
     * @param limitedBySize whether records may be deleted because the log is too large, however young they are
     */
    public record Retention(boolean known, @Nullable Duration time, boolean limitedBySize) {
        /** The broker does not tell, or does not let us ask: its default is assumed. */
        public static final Retention UNKNOWN = new Retention(false, Duration.ofDays(7), false);

        /** Whether records at or after a time may have been deleted by {@code now}; by hand, where the topic keeps all. */
        boolean mayHaveDeleted(Instant from, Instant now) {
            return limitedBySize || time == null || from.isBefore(now.minus(time));
        }

        /** As a part of a sentence. */
        public String text() {
            if (limitedBySize) {
                return "the topic deletes by size";
            }
            if (time == null) {
                return "the topic keeps records for ever, so they were deleted by hand";
            }
            return known
                    ? "the topic keeps records for " + time
                    : "the broker does not tell how long it keeps records; %s is assumed".formatted(time);
        }
    }
}
