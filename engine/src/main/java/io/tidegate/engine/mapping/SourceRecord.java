package io.tidegate.engine.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka record. The arrays are not copied: do not change them.
 *
 * @param partition Kafka partition
 * @param offset offset in that partition
 * @param timestamp milliseconds since 1970
 * @param key bytes of the key, or null
 * @param value bytes of the value, or null for a tombstone
 * @param headers in the order of the record
 */
@SuppressWarnings("ArrayRecordComponent") // Millions a minute: copies would cost more than they protect.
public record SourceRecord(
        int partition,
        long offset,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers) {

    /**
     * @param name name of the header, which may occur several times
     * @param value its bytes, or null
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Header(String name, byte @Nullable [] value) {}

    /** Bytes of key, value and headers. */
    public long bytes() {
        long bytes = (key == null ? 0 : key.length) + (long) (value == null ? 0 : value.length);
        for (Header header : headers) {
            byte[] headerValue = header.value();
            bytes += header.name().length() + (headerValue == null ? 0 : headerValue.length);
        }
        return bytes;
    }
}
