package io.tidegate.engine.kafka;

import io.tidegate.engine.plan.BrokerAnswers.EndLookup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks behind the answers to a look-up of a plan's end. The broker answers with the first record at or after a time, and
 * one record from a clock that runs a day ahead, or the marker of a transaction with the broker's own clock, answers for
 * a whole day. So the records that follow are looked at: where older ones prevail among them for a while, the time has not
 * come yet, and the search goes on behind those, in strides that double while they last.
 *
 * <p>Single records that are late do not count. Where more than half of the records come from a wrong clock, or so many in
 * a row that the looks do not reach past them, this sees nothing amiss.
 */
final class EndSearch {
    /** The strides double, so that the longest log is passed in fewer. */
    private static final int ROUNDS_MAX = 120;

    /** By how many records older ones must outnumber the others somewhere to say that the time has not come. */
    private static final int DOUBT_MIN = 3;

    /** How often the end moves behind older records that do not last: a log that is disordered throughout must end somewhere. */
    private static final int NEAR_MAX = 16;

    /** Looks further behind, so that one large batch of a wrong clock does not speak for what follows it. */
    private static final int FAR_MAX = 6;

    private final Samples samples;
    private final long endMillis;
    private final long soughtMillis;
    private final long nowMillis;

    /**
     * @param endMillis first millisecond after the window
     * @param soughtMillis what was looked up: the window's end and the allowed lateness
     * @param nowMillis records after this have a wrong clock and say nothing
     */
    EndSearch(Samples samples, long endMillis, long soughtMillis, long nowMillis) {
        this.samples = samples;
        this.endMillis = endMillis;
        this.soughtMillis = soughtMillis;
        this.nowMillis = nowMillis;
    }

    /** What the answers are worth, for each partition that has one. */
    Map<TopicPartition, EndLookup> judge(Map<TopicPartition, OffsetAndTimestamp> answers) {
        Map<TopicPartition, Search> searches = new HashMap<>();
        answers.forEach((p, at) -> searches.put(p, new Search(at, samples.end(p))));
        for (int round = 0; round < ROUNDS_MAX; round++) {
            Map<TopicPartition, Long> open = new HashMap<>();
            searches.forEach((p, search) -> {
                if (!search.done) {
                    open.put(p, search.look);
                }
            });
            if (open.isEmpty()) {
                break;
            }
            samples.at(open).forEach((p, records) -> {
                Search search = searches.get(p);
                if (search != null) {
                    search.saw(records);
                }
            });
        }
        Map<TopicPartition, EndLookup> judged = new HashMap<>();
        searches.forEach((p, search) -> judged.put(p, search.result()));
        return judged;
    }

    /** The search in one partition. */
    private final class Search {
        private final OffsetAndTimestamp answer;
        private final long logEnd;
        private long end;
        private long look;
        private long stride = 1;
        private int near;
        private int far;
        private boolean anchored;
        private boolean believed = true;
        private boolean done;

        Search(OffsetAndTimestamp answer, long logEnd) {
            this.answer = answer;
            this.logEnd = logEnd;
            this.end = Math.min(answer.offset(), logEnd);
            this.look = end;
            // From the future: the plan reads to the log end in any case.
            this.done = answer.timestamp() > nowMillis || end == logEnd;
        }

        void saw(List<ConsumerRecord<byte[], byte[]>> sample) {
            if (sample.isEmpty()) {
                end = anchored ? end : logEnd;
                done = true;
                return;
            }
            long next = sample.get(sample.size() - 1).offset() + 1;
            List<ConsumerRecord<byte[], byte[]>> records = anchored ? sample : fromFirstRecordSought(sample);
            if (records.isEmpty()) {
                stride = Math.max(stride * 2, next - look);
                moveTo(next + stride);
                return;
            }
            long doubtUpTo = doubtUpTo(records, soughtMillis);
            if (doubtUpTo < 0 || near > NEAR_MAX) {
                lookFurther(next);
                return;
            }
            believed &= doubtUpTo(records, endMillis) < 0;
            if (doubtUpTo == next) {
                stride = Math.max(stride * 2, next - look);
                moveTo(next + stride);
            } else {
                near++;
                moveTo(doubtUpTo);
            }
        }

        /** A marker may have answered, which is no record: whatever stands before the first record sought is read. */
        private List<ConsumerRecord<byte[], byte[]>> fromFirstRecordSought(
                List<ConsumerRecord<byte[], byte[]>> sample) {
            int first = 0;
            while (first < sample.size()
                    && (sample.get(first).timestamp() < soughtMillis
                            || sample.get(first).timestamp() > nowMillis)) {
                first++;
            }
            believed &= doubtUpTo(sample.subList(0, first), endMillis) < 0;
            if (first < sample.size()) {
                anchored = true;
                end = sample.get(first).offset();
                look = end;
            }
            return sample.subList(first, sample.size());
        }

        /** The offset behind the last place where older records prevail; -1 when they do so nowhere. */
        private long doubtUpTo(List<ConsumerRecord<byte[], byte[]>> records, long millis) {
            long upTo = -1;
            long lead = 0;
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.timestamp() > nowMillis) {
                    continue;
                }
                lead = Math.max(0, lead + (record.timestamp() < millis ? 1 : -1));
                if (lead >= DOUBT_MIN) {
                    upTo = record.offset() + 1;
                }
            }
            return upTo;
        }

        private void moveTo(long offset) {
            end = Math.min(offset, logEnd);
            look = end;
            far = 0;
            done = end == logEnd;
        }

        /** Right behind first, then at twice the distance each time. */
        private void lookFurther(long next) {
            if (far == 0) {
                stride = Math.max(1, next - end);
            } else {
                stride *= 2;
            }
            far++;
            look = end + stride;
            done = far > FAR_MAX || look >= logEnd;
        }

        EndLookup result() {
            // Never settled: the log is disordered throughout.
            return new EndLookup(answer.offset(), answer.timestamp(), done ? end : logEnd, believed);
        }
    }
}
