package io.tidegate.engine.truth;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * A day of records as producers make them, with hours before and after it: out of order, from clocks that are right and
 * wrong, some late, some in transactions, in partitions that are busy, sparse or idle. The same seed makes the same day.
 */
final class DayTraffic {
    private static final Duration MARGIN_BEFORE = Duration.ofHours(2);
    private static final Duration MARGIN_AFTER = Duration.ofHours(5);
    private static final long YEAR_SECONDS = 365L * 86_400;

    private final TopicGenerator topic;
    private final Random random;
    private final Set<String> dishonest = new HashSet<>();
    private final int partitions;
    private final int disorderMillisMax;
    private final int[] oneInWrong;
    private int number;

    DayTraffic(TopicGenerator topic, long seed, int partitions) {
        this.topic = topic;
        this.random = new Random(seed);
        this.partitions = partitions;
        this.disorderMillisMax = 1 + random.nextInt(3_400_000);
        this.oneInWrong = new int[] {20 + random.nextInt(400), 20 + random.nextInt(400), 20 + random.nextInt(400)};
    }

    /** Writes it all. */
    DayTraffic write(Span day, int records) {
        long from = day.start().minus(MARGIN_BEFORE).toEpochMilli();
        long to = day.end().plus(MARGIN_AFTER).toEpochMilli();
        int left = records;
        while (left > 0) {
            int run = 1 + random.nextInt(Math.min(left, 30));
            boolean transaction = random.nextInt(6) == 0;
            boolean aborted = transaction && random.nextInt(3) == 0;
            if (transaction) {
                topic.begin("t");
            }
            for (int i = 0; i < run; i++) {
                long arrival = from + (to - from) / records * (records - left + i);
                send(transaction, arrival);
            }
            if (aborted) {
                topic.abort("t", run);
            } else if (transaction) {
                topic.commit("t");
            }
            left -= run;
        }
        topic.settle();
        return this;
    }

    private void send(boolean transaction, long arrival) {
        long time = arrival - random.nextInt(disorderMillisMax);
        boolean wrong = true;
        if (random.nextInt(oneInWrong[0]) == 0) {
            time = arrival + 1000L * random.nextInt(3 * 86_400);
        } else if (random.nextInt(oneInWrong[1]) == 0) {
            time = arrival + 1000 * (random.nextLong() % (5 * YEAR_SECONDS));
        } else if (random.nextInt(oneInWrong[2]) == 0) {
            time = random.nextInt(5000);
        } else {
            wrong = false;
        }
        if (wrong) {
            dishonest.add("n" + number);
        }
        number++;
        // Partition 0 is the busiest, the last one all but idle.
        int partition = Math.min(partitions - 1, (int) (Math.abs(random.nextGaussian()) * partitions / 3));
        Instant at = Instant.ofEpochMilli(Math.max(0, time));
        if (transaction) {
            topic.sendIn("t", partition, at);
        } else {
            topic.send(partition, at);
        }
    }

    /** Whether a record carries about the time at which it was written. */
    boolean honest(Stood stood) {
        return !dishonest.contains(stood.value());
    }
}
