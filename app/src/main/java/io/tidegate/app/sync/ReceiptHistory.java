package io.tidegate.app.sync;

import io.tidegate.app.UserErrorException;
import io.tidegate.engine.EngineJson;
import io.tidegate.engine.plan.WindowHistory;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.sync.job.BadDocumentException;
import io.tidegate.engine.sync.job.KafkaReader;
import io.tidegate.engine.sync.job.SyncJobParser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the receipt of the window before knows about the next one. */
final class ReceiptHistory {
    private final Path file;
    private final Receipt receipt;
    private final Instant windowEnd;

    private ReceiptHistory(Path file, Receipt receipt, Instant windowEnd) {
        this.file = file;
        this.receipt = receipt;
        this.windowEnd = windowEnd;
    }

    /**
     * @throws UserErrorException when the file is no receipt of a window
     */
    static ReceiptHistory read(Path file) {
        Receipt receipt;
        try {
            receipt = EngineJson.mapper().readValue(file.toFile(), Receipt.class);
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            throw new UserErrorException(
                    "--after " + file + " is no receipt, as --receipt writes it: " + e.getMessage());
        }
        if (receipt == null || receipt.windowEnd() == null) {
            throw new UserErrorException("--after " + file + " is no receipt of a window with an end.");
        }
        return new ReceiptHistory(file, receipt, receipt.windowEnd());
    }

    /**
     * Checks before the copy that this is the receipt of an earlier window of the job's topic. A document that cannot be read
     * is left to the engine, which names every place that is wrong.
     *
     * @throws UserErrorException when it is not
     */
    ReceiptHistory checkedFor(String code, ZoneId zone) {
        KafkaReader reader;
        try {
            reader = SyncJobParser.parse(code, zone).reader();
        } catch (BadDocumentException e) {
            return this;
        }
        if (!receipt.topic().equals(reader.topic())) {
            throw new UserErrorException("--after %s is the receipt of topic %s, but the job reads %s."
                    .formatted(file, receipt.topic(), reader.topic()));
        }
        Instant start = reader.range().windowStart();
        if (start == null || windowEnd.isAfter(start)) {
            throw new UserErrorException(
                    "--after %s is the receipt of a window that ends at %s, but the job's window starts at %s. Give the receipt of the window before."
                            .formatted(file, windowEnd, start));
        }
        return this;
    }

    WindowHistory of(@Nullable String topicId, Instant windowStart) {
        if (topicId != null && receipt.topicId() != null && !topicId.equals(receipt.topicId())) {
            // Offsets of a topic that is gone say nothing about the one that has its name.
            return WindowHistory.NONE;
        }
        Map<Integer, Long> readUpTo = new HashMap<>();
        receipt.partitions().forEach(p -> readUpTo.put(p.partition(), p.end()));
        return new WindowHistory(readUpTo, windowEnd.equals(windowStart), Map.of(), Map.of());
    }
}
