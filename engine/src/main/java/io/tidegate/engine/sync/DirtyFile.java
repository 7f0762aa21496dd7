package io.tidegate.engine.sync;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.EngineJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The side file of an attempt. What is to be kept of a try of a slice stands in the file once; a try that broke off leaves
 * nothing. A disk that is full or not writable costs the file, never the copy: counting is done elsewhere. Thread-safe.
 */
final class DirtyFile implements AutoCloseable {
    /** A try with more dirty text than this keeps it on disk until it has ended. */
    private static final int MEMORY_BYTES_MAX = 1 << 16;

    private final @Nullable Path path;
    private final long bytesMax;
    private final SyncLog log;
    private final AtomicInteger parts = new AtomicInteger();
    private @Nullable OutputStream out;
    private long bytes;
    private long records;
    private long left;
    private boolean givenUp;

    private DirtyFile(@Nullable Path path, long bytesMax, SyncLog log) {
        this.path = path;
        this.bytesMax = bytesMax;
        this.log = log;
    }

    /** Begins the file of an attempt anew; without a place, nothing is kept. */
    static DirtyFile open(@Nullable DirtyFiles files, String label, SyncLog log) {
        if (files == null) {
            return new DirtyFile(null, 0, log);
        }
        DirtyFile file = new DirtyFile(files.of(label), files.bytesMax(), log);
        try {
            Files.createDirectories(files.directory());
            file.out = Files.newOutputStream(files.of(label));
        } catch (IOException e) {
            file.giveUp(e);
        }
        return file;
    }

    /** Begins to collect the records of one try of one slice. */
    Part begin() {
        return new Part();
    }

    /** One warning, however many slices meet the same disk. */
    private synchronized void giveUp(IOException e) {
        if (!givenUp) {
            givenUp = true;
            log.warn("Dirty records cannot be written to %s: %s. They are counted all the same, and the copy goes on."
                    .formatted(path, e));
        }
        closeFile();
    }

    private synchronized boolean takes(long more) {
        if (out == null) {
            return false;
        }
        if (bytes + more > bytesMax) {
            left++;
            return false;
        }
        bytes += more;
        return true;
    }

    private synchronized void giveBack(long less) {
        bytes -= less;
    }

    private synchronized void append(Part part) {
        OutputStream file = out;
        if (file == null) {
            return;
        }
        try {
            if (part.spilled != null) {
                Files.copy(part.spilled, file);
            }
            part.memory.writeTo(file);
            file.flush();
            records += part.count;
        } catch (IOException e) {
            giveUp(e);
        }
    }

    private void closeFile() {
        OutputStream file = out;
        out = null;
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                log.warn("The file of dirty records %s could not be closed: %s.".formatted(path, e));
            }
        }
    }

    /** Ends the file and says where it is. */
    @Override
    public synchronized void close() {
        boolean whole = out != null;
        closeFile();
        if (whole && records > 0) {
            log.info("%d dirty records are in %s%s."
                    .formatted(
                            records,
                            path,
                            left > 0 ? "; %d more did not fit into its %d bytes".formatted(left, bytesMax) : ""));
        }
    }

    /** The dirty records of one try of one slice. Used by one thread at a time. */
    final class Part {
        private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
        private @Nullable Path spilled;
        private @Nullable OutputStream spill;
        private long reserved;
        private long count;

        void add(DirtyRecord record) {
            if (path == null) {
                return;
            }
            try {
                byte[] line = (EngineJson.mapper().writeValueAsString(record) + "\n").getBytes(StandardCharsets.UTF_8);
                if (!takes(line.length)) {
                    return;
                }
                reserved += line.length;
                memory.writeBytes(line);
                count++;
                if (memory.size() > MEMORY_BYTES_MAX) {
                    spill(path);
                }
            } catch (IOException e) {
                giveUp(e);
            }
        }

        private void spill(Path beside) throws IOException {
            OutputStream file = spill;
            if (file == null) {
                Path place = beside.resolveSibling(beside.getFileName() + ".part-" + parts.incrementAndGet());
                spilled = place;
                file = Files.newOutputStream(place);
                spill = file;
            }
            memory.writeTo(file);
            memory.reset();
        }

        /** Puts the records into the file. */
        void keep() {
            closeSpill();
            append(this);
            forget();
        }

        /** Leaves nothing of the records. */
        void drop() {
            closeSpill();
            giveBack(reserved);
            forget();
        }

        private void closeSpill() {
            OutputStream file = spill;
            spill = null;
            if (file != null) {
                try {
                    file.close();
                } catch (IOException e) {
                    giveUp(e);
                }
            }
        }

        private void forget() {
            memory.reset();
            reserved = 0;
            count = 0;
            Path file = spilled;
            spilled = null;
            if (file != null) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    giveUp(e);
                }
            }
        }
    }
}
