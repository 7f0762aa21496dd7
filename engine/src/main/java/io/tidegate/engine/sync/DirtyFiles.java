package io.tidegate.engine.sync;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the side files of attempts go: every dirty record as one line of JSON.
 *
 * @param directory made when it is missing; scratch, nothing is read from it
 * @param file name of the file; null for one named after each attempt
 * @param bytesMax a file that has grown to this takes no more records; they are counted all the same
 */
public record DirtyFiles(Path directory, @Nullable String file, long bytesMax) {
    private static final long BYTES_MAX = 1_000_000_000;

    /** One file for each attempt, of up to 1 GB. */
    public static DirtyFiles in(Path directory) {
        return new DirtyFiles(directory, null, BYTES_MAX);
    }

    /** This one file, of up to 1 GB, which every attempt begins anew. */
    public static DirtyFiles at(Path file) {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        return new DirtyFiles(parent == null ? absolute : parent, String.valueOf(absolute.getFileName()), BYTES_MAX);
    }

    Path of(String label) {
        return directory.resolve(file == null ? label.replaceAll("[^A-Za-z0-9._-]", "_") + ".dirty.jsonl" : file);
    }
}
