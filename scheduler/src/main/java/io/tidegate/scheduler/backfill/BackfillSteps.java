package io.tidegate.scheduler.backfill;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backfill does next. Pure: told by the states of its instances alone, so that whoever asks, and however often, finds the
 * same, and a server that died in between has left nothing half done that counts.
 */
final class BackfillSteps {
    private BackfillSteps() {}

    /**
     * A business date that has begun and was not over when somebody last looked.
     *
     * @param failed how many of its instances are FAILED
     * @param canGoOn whether an instance of it waits, runs, or has all its parents done: the others wait for a failed one, or
     *     are done
     */
    record DateInHand(LocalDate date, int failed, boolean canGoOn) {}

    /**
     * @param event what happens to the backfill, or null
     * @param over dates that are over
     * @param begin how many of the dates that have not begun begin now
     */
    record Step(@Nullable BackfillEvent event, List<LocalDate> over, int begin) {}

    /**
     * @param groups how many dates run at the same time
     * @param inHand the dates that have begun and are not over
     * @param toCome how many have not begun
     */
    static Step next(BackfillState state, int groups, OnFailure onFailure, List<DateInHand> inHand, int toCome) {
        boolean stops = onFailure == OnFailure.STOP;
        boolean failed = stops && inHand.stream().anyMatch(date -> date.failed() > 0);
        // Where failures stop the backfill, a date with one stays in hand: it may still be mended.
        List<LocalDate> over = inHand.stream()
                .filter(date -> !date.canGoOn() && !(stops && date.failed() > 0))
                .map(DateInHand::date)
                .toList();
        int running = inHand.size() - over.size();
        return switch (state) {
            case PAUSED, CANCELLED, DONE -> new Step(null, over, 0);
            case HALTED -> new Step(failed ? null : BackfillEvent.MEND, over, 0);
            case RUNNING -> {
                if (failed) {
                    yield new Step(BackfillEvent.HALT, over, 0);
                }
                boolean finished = running == 0 && toCome == 0;
                int free = Math.max(0, groups - running);
                yield new Step(finished ? BackfillEvent.FINISH : null, over, Math.min(free, toCome));
            }
        };
    }
}
