package io.tidegate.app.history;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.NodeRunner;
import io.tidegate.engine.NodeType;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunRequest;
import java.util.concurrent.TimeUnit;

/** Does nothing for a moment, as its label decides, or for as long as its program is held; and sometimes fails. */
final class WaitingRunner implements NodeRunner {
    /** Long enough to be killed or frozen in the middle. */
    private static final int LONG_MILLIS_MAX = 2_500;
    /** So short that workers get into each other's way when they claim. */
    private static final int SHORT_MILLIS_MAX = 120;

    private static final int FAILS_ONE_OF = 23;

    /** The code of a node whose runs fail now and then, always or never. */
    static final String MAY_FAIL = "SELECT 1";

    static final String FAILS = "SELECT 1/0";
    static final String SUCCEEDS = "SELECT 2";

    private final Steering steering;

    WaitingRunner(Steering steering) {
        this.steering = steering;
    }

    @Override
    public RunOutcome run(RunRequest request, RunJournal journal, Cancellation cancellation) {
        if (request.type() == NodeType.VIRTUAL) {
            return new RunOutcome.Succeeded(null);
        }
        int hash = request.label().hashCode() * 31;
        int draw = Math.floorMod(hash, hash % 3 == 0 ? LONG_MILLIS_MAX : SHORT_MILLIS_MAX);
        journal.log(RunJournal.Level.INFO, "waits for " + draw + " ms");
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(draw);
        while (System.nanoTime() - end < 0 || steering.holds()) {
            if (cancellation.requested()) {
                return new RunOutcome.Cancelled();
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new RunOutcome.Cancelled();
            }
        }
        return request.code().equals(FAILS) || (request.code().equals(MAY_FAIL) && draw % FAILS_ONE_OF == 0)
                ? new RunOutcome.Failed(RunOutcome.FailureKind.TRANSFER, "The draw was a blank.", false)
                : new RunOutcome.Succeeded(null);
    }
}
