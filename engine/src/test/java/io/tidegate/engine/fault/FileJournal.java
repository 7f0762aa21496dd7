package io.tidegate.engine.fault;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.FencedException;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.Progress;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.plan.OffsetPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The journal of one attempt in the files of its directory. Whoever starts the attempt can halt it right behind a durable
 * write, by the files {@link #HOLD_PLAN} and {@link #HOLD_PREPARED}, and can take its lease away by {@link #FENCED}.
 */
final class FileJournal implements RunJournal {
    static final String PLAN = "plan.json";
    static final String PREPARED = "prepared.json";
    static final String HOLD_PLAN = "hold-plan";
    static final String HOLD_PREPARED = "hold-prepared";
    static final String FENCED = "fenced";
    static final String LOG = "log.txt";

    private final Path directory;

    FileJournal(Path directory) {
        this.directory = directory;
    }

    @Override
    public synchronized void log(Level level, String line) {
        try {
            Files.write(
                    directory.resolve(LOG),
                    List.of(level + " " + line),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void progress(Progress progress) {}

    @Override
    public void dirty(DirtyRecord record) {}

    @Override
    public void planned(OffsetPlan plan) {
        keep(PLAN, plan, HOLD_PLAN);
    }

    @Override
    public void prepared(PreparedCommit prepared) {
        keep(PREPARED, prepared, HOLD_PREPARED);
    }

    private void keep(String file, Object document, String hold) {
        DurableFile.write(directory.resolve(file), document);
        Waiting.until(() -> !Files.exists(directory.resolve(hold)));
        // Looked at behind the write: who takes the lease away first and reads then either finds the document, or this
        // attempt finds itself fenced.
        if (Files.exists(directory.resolve(FENCED))) {
            throw new FencedException("The lease of %s was taken away.".formatted(directory.getFileName()));
        }
    }
}
