package io.tidegate.engine.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tidegate.engine.EngineJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A JSON document in a file that is whole and on the disk, or not there at all, whenever the process is killed. */
final class DurableFile {
    private DurableFile() {}

    static void write(Path file, Object document) {
        Path half = file.resolveSibling(file.getFileName() + ".half");
        try {
            byte[] bytes = EngineJson.mapper().writeValueAsBytes(document);
            try (FileChannel channel = FileChannel.open(half, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(bytes));
                channel.force(true);
            }
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null when the file is not there. */
    static <T> @Nullable T read(Path file, Class<T> type) {
        try {
            return Files.exists(file) ? EngineJson.mapper().readValue(file.toFile(), type) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
