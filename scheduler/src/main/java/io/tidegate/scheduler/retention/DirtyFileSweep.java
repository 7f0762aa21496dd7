package io.tidegate.scheduler.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the side files of dirty records on this machine that are older than the dirty records of their workspace are kept. To
 * be ticked on each machine that runs attempts: the disk is its own. Touches nothing but files with the names of attempts.
 */
public final class DirtyFileSweep {
    private static final Logger LOG = LoggerFactory.getLogger(DirtyFileSweep.class);
    private static final Pattern NAME = Pattern.compile("instance-(\\d{1,18})-attempt-\\d+\\.dirty\\.jsonl");
    /** An attempt that still runs writes into its file; what is a day old and belongs to no instance is nobody's. */
    private static final Duration YOUNGEST = Duration.ofDays(1);

    private static final int AT_ONCE = 1000;

    private final Jdbi jdbi;
    private final Path directory;
    private final InstantSource clock;

    public DirtyFileSweep(Jdbi jdbi, Path directory, InstantSource clock) {
        this.jdbi = jdbi;
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * @return how many files were deleted
     * @throws UncheckedIOException when the directory cannot be read or a file not deleted
     */
    public int tick() {
        int deleted = 0;
        if (!Files.isDirectory(directory)) {
            return deleted;
        }
        Map<Path, Long> old = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.dirty.jsonl")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches() && changedAt(file).isBefore(clock.instant().minus(YOUNGEST))) {
                    old.put(file, Long.parseLong(name.group(1)));
                }
                if (old.size() == AT_ONCE) {
                    deleted += deleteExpired(old);
                    old.clear();
                }
            }
            deleted += deleteExpired(old);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (deleted > 0) {
            LOG.info("{} side files of dirty records in {} had expired and were deleted.", deleted, directory);
        }
        return deleted;
    }

    private int deleteExpired(Map<Path, Long> old) throws IOException {
        long[] ids = old.values().stream().mapToLong(Long::longValue).distinct().toArray();
        List<RetentionDao.OfInstance> found = jdbi.withExtension(RetentionDao.class, dao -> dao.dirtyRecordDays(ids));
        Map<Long, Integer> days = new HashMap<>();
        found.forEach(of -> days.put(of.id(), of.dirtyRecordDays()));
        int deleted = 0;
        for (Map.Entry<Path, Long> file : old.entrySet()) {
            Duration kept = Duration.ofDays(days.getOrDefault(file.getValue(), 0));
            if (changedAt(file.getKey()).isBefore(clock.instant().minus(kept)) && Files.deleteIfExists(file.getKey())) {
                deleted++;
            }
        }
        return deleted;
    }

    private static Instant changedAt(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }
}
