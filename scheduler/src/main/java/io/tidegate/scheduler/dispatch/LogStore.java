package io.tidegate.scheduler.dispatch;

import io.tidegate.scheduler.instance.AttemptId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Chunks of one attempt's log, bounded: the first half of the allowance stays for good, behind it the newest half. Where
 * chunks were cut out, one chunk says how much is missing.
 */
final class LogStore {
    private record Kept(int number, int bytes) {}

    private final AttemptId attempt;
    private final long epoch;
    private final long half;
    private final Deque<Kept> tail = new ArrayDeque<>();
    private int newest;
    private long headBytes;
    private long tailBytes;
    private long cutBytes;
    private int marker;

    LogStore(AttemptId attempt, long epoch, long bytesMax) {
        this.attempt = attempt;
        this.epoch = epoch;
        this.half = bytesMax / 2;
    }

    /** Appends whole lines as one chunk, in the caller's transaction. */
    void append(JournalDao dao, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        newest++;
        dao.log(attempt, epoch, newest, text);
        if (tail.isEmpty() && headBytes + bytes <= half) {
            headBytes += bytes;
            return;
        }
        tail.addLast(new Kept(newest, bytes));
        tailBytes += bytes;
        // The newest chunk stays, however long it is.
        while (tailBytes > half && tail.size() > 1) {
            cut(dao, tail.removeFirst());
        }
    }

    private void cut(JournalDao dao, Kept oldest) {
        tailBytes -= oldest.bytes();
        cutBytes += oldest.bytes();
        if (marker == 0) {
            marker = oldest.number();
        } else {
            dao.deleteLog(attempt, oldest.number());
        }
        dao.replaceLog(
                attempt,
                marker,
                "... %d bytes of this log were cut out here: it grew too long ...\n".formatted(cutBytes));
    }
}
