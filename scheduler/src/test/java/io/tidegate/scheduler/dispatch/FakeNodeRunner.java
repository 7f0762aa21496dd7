package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.NodeRunner;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Does what the test says for the next run, and succeeds when the test says nothing. Remembers what it was asked. */
final class FakeNodeRunner implements NodeRunner {
    /** What one run does. */
    @FunctionalInterface
    interface Behaviour {
        RunOutcome run(RunRequest request, RunJournal journal, Cancellation cancellation);
    }

    final List<RunRequest> requests = new ArrayList<>();
    private final Deque<Behaviour> next = new ArrayDeque<>();

    synchronized FakeNodeRunner next(Behaviour behaviour) {
        next.add(behaviour);
        return this;
    }

    /** Forgets what was said for runs that did not come. */
    synchronized void clear() {
        next.clear();
    }

    FakeNodeRunner nextFails(boolean retryable) {
        return next((request, journal, cancellation) ->
                new RunOutcome.Failed(RunOutcome.FailureKind.TRANSFER, "the network broke off.", retryable));
    }

    synchronized RunRequest lastRequest() {
        return requests.get(requests.size() - 1);
    }

    @Override
    public RunOutcome run(RunRequest request, RunJournal journal, Cancellation cancellation) {
        return nextBehaviour(request).run(request, journal, cancellation);
    }

    private synchronized Behaviour nextBehaviour(RunRequest request) {
        requests.add(request);
        return next.isEmpty() ? (r, j, c) -> new RunOutcome.Succeeded(null) : next.remove();
    }
}
