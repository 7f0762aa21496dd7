package io.tidegate.engine.kafka;

import io.tidegate.engine.EngineFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to make of a look-up by time that finds nothing. Brokers search the first segment whose time index reaches the time,
 * and no other one. Where that index outlives its record, because the record was deleted or compacted away, they find
 * nothing, although what is sought stands in a later segment. Seen with brokers from 0.11 to 3.9.
 */
final class EmptyLookUps {
    private static final Logger LOG = LoggerFactory.getLogger(EmptyLookUps.class);

    private final KafkaAccess access;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Samples samples;

    EmptyLookUps(KafkaAccess access, KafkaConsumer<byte[], byte[]> consumer, Samples samples) {
        this.access = access;
        this.consumer = consumer;
        this.samples = samples;
    }

    /**
     * For partitions whose look-up of a time found nothing although they hold offsets: an offset before which no record at
     * or after the time stands. A partition in which there is no such record at all is left out.
     *
     * @param logStarts where these partitions begin
     */
    Map<TopicPartition, Long> floors(Map<TopicPartition, Long> logStarts, long millis) throws EngineFailure {
        Map<TopicPartition, Long> floors = new HashMap<>();
        if (logStarts.isEmpty()) {
            return floors;
        }
        Map<TopicPartition, Long> youngest = youngest(List.copyOf(logStarts.keySet()));
        List<Bisection> open = new ArrayList<>();
        logStarts.forEach((p, logStart) -> {
            Long max = youngest.get(p);
            if (max == null || max >= millis) {
                open.add(new Bisection(p, logStart, millis));
            }
        });
        bisect(open);
        open.forEach(b -> floors.put(b.partition, b.floor));
        // Usually the floor is the youngest record of an idle partition, and a look at what follows it settles the
        // matter.
        samples.at(floors).forEach((p, records) -> {
            // A record without a timestamp stays in the plan, so that the copy meets it and fails.
            boolean young = records.stream().anyMatch(r -> r.timestamp() >= millis || r.timestamp() < 0);
            boolean all = records.isEmpty() || last(records).offset() + 1 >= samples.end(p);
            if (!young && all) {
                floors.remove(p);
            }
        });
        return floors;
    }

    private static ConsumerRecord<byte[], byte[]> last(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.get(records.size() - 1);
    }

    /** The largest timestamp that the time indexes know of; brokers before 3.0 do not tell. */
    private Map<TopicPartition, Long> youngest(List<TopicPartition> partitions) throws EngineFailure {
        Map<TopicPartition, Long> youngest = new HashMap<>();
        if (access.oldMetadata()) {
            return youngest;
        }
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        partitions.forEach(p -> question.put(p, OffsetSpec.maxTimestamp()));
        try (Admin admin = KafkaClients.admin(access)) {
            ListOffsetsResult answer = admin.listOffsets(question);
            for (TopicPartition p : partitions) {
                long timestamp = answer.partitionResult(p)
                        .get(KafkaClients.ADMIN_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                        .timestamp();
                if (timestamp >= 0) {
                    youngest.put(p, timestamp);
                }
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.debug("the broker does not tell its largest timestamps", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return youngest;
    }

    /** Finds the latest time that the broker does answer. What it answers stands before all that is younger. */
    private void bisect(List<Bisection> all) {
        List<Bisection> open = new ArrayList<>(all);
        while (!open.isEmpty()) {
            Map<TopicPartition, Long> question = new HashMap<>();
            open.forEach(b -> question.put(b.partition, b.middle()));
            Map<TopicPartition, OffsetAndTimestamp> answer = consumer.offsetsForTimes(question);
            open.forEach(b -> b.answered(answer.get(b.partition)));
            open.removeIf(b -> b.low + 1 >= b.high);
        }
    }

    /** The times of one partition: the answered ones up to {@code low}, an unanswered one at {@code high}. */
    private static final class Bisection {
        private final TopicPartition partition;
        private long low = -1;
        private long high;
        private long floor;

        Bisection(TopicPartition partition, long logStart, long millis) {
            this.partition = partition;
            this.floor = logStart;
            this.high = millis;
        }

        /** The start of all time first, then the middle. */
        long middle() {
            return low < 0 ? 0 : low + (high - low) / 2;
        }

        void answered(@Nullable OffsetAndTimestamp found) {
            if (found != null) {
                low = Math.min(Math.max(middle(), found.timestamp()), high - 1);
                floor = found.offset();
            } else {
                high = middle();
                low = Math.max(low, high == 0 ? high : low);
            }
        }
    }
}
