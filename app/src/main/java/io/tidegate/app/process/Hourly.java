package io.tidegate.app.process;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A chore of this machine alone, once an hour; what is to be done once in the cluster is a duty. */
public final class Hourly implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hourly.class);

    private final String name;
    private final Runnable chore;
    private final ScheduledExecutorService thread;

    public Hourly(String name, Runnable chore) {
        this.name = name;
        this.chore = chore;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, name);
            made.setDaemon(true);
            return made;
        });
    }

    public void start() {
        // The first time soon: a server that is restarted often does it too.
        var unused = thread.scheduleWithFixedDelay(this::guarded, 1, 60, TimeUnit.MINUTES);
    }

    private void guarded() {
        try {
            chore.run();
        } catch (RuntimeException e) {
            LOG.warn("{} is tried again in an hour after: {}", name, e.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
