package io.tidegate.engine.receipt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sum, modulo 2^64, of one hash for each row. Rows may come in any order and from several slices; the same rows always
 * give the same sum, a row too many or too few another one. Guards against mistakes, not against forgery.
 */
public final class RowChecksum {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long LIST = 0x6c69737400000000L;
    private static final long MAP = 0x6d61700000000000L;

    private static final long WORD_PRIME = 0x9ddfea08eb382d69L;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long sum;

    /** Adds a row: byte arrays, text, numbers, booleans, java.time values, lists and maps of these, null for NULL. */
    public void add(@Nullable Object[] row) {
        long hash = FNV_OFFSET;
        for (Object value : row) {
            hash = (hash ^ hash(value)) * FNV_PRIME;
        }
        sum += mix(hash);
    }

    /** Adds the rows of a slice that was summed up elsewhere. */
    public void add(long sliceSum) {
        sum += sliceSum;
    }

    public long value() {
        return sum;
    }

    /** As it stands in receipts: 16 hexadecimal digits. */
    public static String text(long value) {
        return "%016x".formatted(value);
    }

    private static long hash(@Nullable Object value) {
        if (value == null) {
            return 0x9e3779b97f4a7c15L;
        }
        if (value instanceof byte[] bytes) {
            return hash(bytes);
        }
        if (value instanceof Long number) {
            return mix(number + 1);
        }
        if (value instanceof String text) {
            return hash(text.getBytes(StandardCharsets.UTF_8));
        }
        if (value instanceof List<?> list) {
            return hash(list);
        }
        if (value instanceof Map<?, ?> map) {
            return hash(map);
        }
        // The text of numbers and times is the same on every machine; their hashCode would be short.
        return hash(value.toString().getBytes(StandardCharsets.UTF_8))
                + value.getClass().getSimpleName().length();
    }

    private static long hash(List<?> elements) {
        long hash = LIST + elements.size();
        for (Object element : elements) {
            hash = (hash ^ hash(element)) * FNV_PRIME;
        }
        return mix(hash);
    }

    /** Maps have no order. */
    private static long hash(Map<?, ?> entries) {
        long hash = MAP + entries.size();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            hash += mix((hash(entry.getKey()) ^ FNV_OFFSET) * FNV_PRIME ^ hash(entry.getValue()));
        }
        return mix(hash);
    }

    /** Two lanes of eight bytes each, so that one multiplication does not wait for the other. */
    private static long hash(byte[] bytes) {
        int length = bytes.length;
        long even = length * WORD_PRIME;
        long odd = FNV_OFFSET;
        int at = 0;
        for (; at + 16 <= length; at += 16) {
            even = Long.rotateLeft((even ^ (long) WORDS.get(bytes, at)) * WORD_PRIME, 29);
            odd = Long.rotateLeft((odd ^ (long) WORDS.get(bytes, at + 8)) * WORD_PRIME, 29);
        }
        for (; at < length; at++) {
            even = (even ^ (bytes[at] & 0xffL)) * FNV_PRIME;
        }
        return mix(even + Long.rotateLeft(odd, 32));
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
