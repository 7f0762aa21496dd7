package io.tidegate.engine.sync;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.maxcompute.UploadSession;
import io.tidegate.engine.maxcompute.UploadSession.Settled;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes calls that cannot be broken off, each in a thread of its own, and leaves them to themselves when the attempt is to
 * stop: a server that does not answer must not keep an attempt that nobody wants any more.
 */
final class CancellableCalls {
    private static final long ASK_MILLIS = 100;

    private final String label;
    private final Cancellation cancellation;

    /**
     * @param label begins the names of the threads
     */
    CancellableCalls(String label, Cancellation cancellation) {
        this.label = label;
        this.cancellation = cancellation;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** A call that makes nothing visible, so that it does not matter when it ends. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws EngineFailure;
    }

    /**
     * Makes a call.
     *
     * @throws StoppedException when the cancellation is requested; the call may go on
     */
    <T> T await(Call<T> call) throws EngineFailure, StoppedException {
        return await(begun(call), () -> true);
    }

    /** Whether a commit was sent. Only one of the threads can turn it away from WAITING. */
    private enum Sending {
        WAITING,
        SENT,
        GIVEN_UP
    }

    /**
     * Commits the blocks. Once the commit is sent, a cancellation comes too late: its outcome is waited for.
     *
     * @throws StoppedException when the cancellation was requested and the commit is not, and never will be, sent
     */
    Settled commit(UploadSession session, List<Long> blocks) throws EngineFailure, StoppedException {
        AtomicReference<Sending> sending = new AtomicReference<>(Sending.WAITING);
        FutureTask<Settled> commit = begun(() -> session.commit(
                blocks, () -> sending.compareAndSet(Sending.WAITING, Sending.SENT) || sending.get() == Sending.SENT));
        return await(commit, () -> sending.compareAndSet(Sending.WAITING, Sending.GIVEN_UP));
    }

    private <T> FutureTask<T> begun(Call<T> call) throws StoppedException {
        stopIfAsked();
        FutureTask<T> made = new FutureTask<>(call::make);
        Thread thread = new Thread(made, label + "-call");
        thread.setDaemon(true);
        thread.start();
        return made;
    }

    void stopIfAsked() throws StoppedException {
        if (cancellation.requested()) {
            throw new StoppedException();
        }
    }

    @FunctionalInterface
    private interface MayStop {
        boolean now();
    }

    private <T> T await(FutureTask<T> made, MayStop mayStop) throws EngineFailure, StoppedException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return made.get(ASK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if ((interrupted || cancellation.requested()) && mayStop.now()) {
                        made.cancel(true);
                        throw new StoppedException();
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw unwrapped(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The failure of a call; defects and fences are thrown as they are. */
    static EngineFailure unwrapped(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof EngineFailure failure) {
            return failure;
        }
        if (cause instanceof RuntimeException defectOrFence) {
            throw defectOrFence;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return EngineFailure.lasting(FailureKind.INTERNAL, "A defect of Tidegate: " + cause, e);
    }
}
