package io.tidegate.web.instance;

import io.tidegate.scheduler.instance.AttemptId;
import io.tidegate.scheduler.instance.AttemptLog;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.Instances;
import io.tidegate.web.live.LiveSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells of one instance, and of the log of its newest attempt from its start. */
final class InstanceSource implements LiveSource {
    private final Instances instances;
    private final InstanceDetails details;
    private final InstanceId id;
    private @Nullable InstanceDetailView told;
    private @Nullable AttemptId following;
    private int lastChunk;
    private boolean complete;

    record LogEvent(AttemptId attempt, int number, String text) {}

    InstanceSource(Instances instances, InstanceDetails details, InstanceId id) {
        this.instances = instances;
        this.details = details;
        this.id = id;
    }

    @Override
    public void poll(Events out) {
        InstanceDetailView present = details.of(id);
        if (!present.equals(told)) {
            told = present;
            out.send("instance", present);
        }
        tellLog(present.attempts(), out);
    }

    private void tellLog(List<AttemptView> attempts, Events out) {
        if (attempts.isEmpty()) {
            return;
        }
        AttemptId newest = attempts.get(0).id();
        if (following == null) {
            follow(newest);
        } else if (complete && !newest.equals(following)) {
            // Only once the older one's last lines are told.
            follow(newest);
        }
        AttemptId attempt = following;
        if (attempt == null || complete) {
            return;
        }
        AttemptLog log = instances.log(attempt, lastChunk);
        for (AttemptLog.Chunk chunk : log.chunks()) {
            out.send("log", new LogEvent(attempt, chunk.number(), chunk.text()));
            lastChunk = chunk.number();
        }
        complete = log.complete();
    }

    private void follow(AttemptId attempt) {
        following = attempt;
        lastChunk = 0;
        complete = false;
    }
}
