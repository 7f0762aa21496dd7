package io.tidegate.engine.maxcompute;

import com.aliyun.odps.commons.util.DateUtils;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.mapping.ColumnType;
import io.tidegate.engine.mapping.DestinationColumn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows in the Tunnel's wire format, uncompressed, onto pages of a fixed size; a row may cross from one page to the
 * next. Each row carries its checksum, and {@link #endBlock} closes a block with the number of its rows and the checksum of
 * their checksums. Not thread-safe.
 *
 * <p>The SDK's own writer gives the same bytes, but costs three times the CPU time.
 */
public final class RowEncoder {
    /** So that a number never has to cross from one page to the next. */
    public static final int PAGE_BYTES_MIN = 64;

    private static final int NUMBER_BYTES_MAX = 20;
    private static final int TAG_END_OF_ROW = 33_553_408;
    private static final int TAG_ROW_COUNT = 33_554_430;
    private static final int TAG_CHECKSUM = 33_554_431;

    private static final int WIRE_VARINT = 0;
    private static final int WIRE_64_BITS = 1;
    private static final int WIRE_BYTES = 2;
    private static final int WIRE_32_BITS = 5;

    private final ColumnType[] types;
    private final int[] tags;
    private final @Nullable Calendar legacyCalendar;
    private final PageSink sink;
    private final RowCrc crc = new RowCrc();
    private final RowCrc crcOfRows = new RowCrc();
    private byte[] page;
    private int at;
    private long rows;

    /**
     * @param columns what the values of a row are, in their order
     * @param legacyDatetimes whether the session wants DATETIME values by the old calendar
     * @param firstPage an empty page
     * @param sink takes the pages that are full
     */
    public RowEncoder(List<DestinationColumn> columns, boolean legacyDatetimes, byte[] firstPage, PageSink sink) {
        this.types = columns.stream().map(DestinationColumn::type).toArray(ColumnType[]::new);
        this.tags = new int[types.length];
        for (int i = 0; i < types.length; i++) {
            tags[i] = ((i + 1) << 3) | wireType(types[i].kind());
        }
        this.legacyCalendar = legacyDatetimes ? (Calendar) DateUtils.LOCAL_CAL.clone() : null;
        this.page = firstPage;
        this.sink = sink;
    }

    private static int wireType(ColumnType.Kind kind) {
        return switch (kind) {
            case TINYINT, SMALLINT, INT, BIGINT, BOOLEAN, DATE, DATETIME -> WIRE_VARINT;
            case DOUBLE -> WIRE_64_BITS;
            case FLOAT -> WIRE_32_BITS;
            case DECIMAL, STRING, VARCHAR, CHAR, TIMESTAMP, TIMESTAMP_NTZ, BINARY, JSON, ARRAY, MAP, STRUCT, OTHER ->
                WIRE_BYTES;
        };
    }

    /**
     * Adds a row: one value for each column, of the Java types that the row mapper makes, or null.
     *
     * @throws EngineFailure of the sink; INTERNAL when a value is of another type
     */
    public void write(@Nullable Object[] row) throws EngineFailure {
        try {
            for (int i = 0; i < types.length; i++) {
                Object value = row[i];
                if (value != null) {
                    crc.add(i + 1);
                    varint(tags[i]);
                    value(value, types[i]);
                }
            }
        } catch (ClassCastException e) {
            throw EngineFailure.lasting(
                    FailureKind.INTERNAL, "A row that was checked does not fit its columns: " + e.getMessage(), e);
        }
        int checksum = crc.take();
        varint((TAG_END_OF_ROW << 3) | WIRE_VARINT);
        varint(checksum & 0xffff_ffffL);
        crcOfRows.add(checksum);
        rows++;
    }

    /** Closes the block; the next row begins another one. */
    public void endBlock() throws EngineFailure {
        varint((TAG_ROW_COUNT << 3) | WIRE_VARINT);
        signed(rows);
        varint((TAG_CHECKSUM << 3) | WIRE_VARINT);
        varint(crcOfRows.take() & 0xffff_ffffL);
        rows = 0;
        turnPage();
    }

    /** Rows since the block began. */
    public long rows() {
        return rows;
    }

    /** Passes on what stands on the page, full or not. */
    public void turnPage() throws EngineFailure {
        if (at > 0) {
            page = sink.turn(page, at);
            at = 0;
        }
    }

    private void value(Object value, ColumnType type) throws EngineFailure {
        switch (type.kind()) {
            case TINYINT, SMALLINT, INT, BIGINT -> number(((Number) value).longValue());
            case BOOLEAN -> {
                crc.add((boolean) value);
                varint((boolean) value ? 1 : 0);
            }
            case DOUBLE -> fixed(Double.doubleToRawLongBits((Double) value));
            case FLOAT -> fixed(Float.floatToRawIntBits((Float) value));
            case DATE -> number(((LocalDate) value).toEpochDay());
            case DATETIME -> number(datetime((Instant) value));
            case TIMESTAMP -> instant((Instant) value);
            case TIMESTAMP_NTZ -> instant(((LocalDateTime) value).toInstant(ZoneOffset.UTC));
            case DECIMAL -> bytes(((BigDecimal) value).toPlainString().getBytes(StandardCharsets.UTF_8));
            case STRING, VARCHAR, CHAR, BINARY, JSON ->
                bytes(value instanceof byte[] raw ? raw : ((String) value).getBytes(StandardCharsets.UTF_8));
            case ARRAY -> elements((List<?>) value, type.members().get(0).type());
            case MAP -> {
                Map<?, ?> entries = (Map<?, ?>) value;
                elements(entries.keySet(), type.members().get(0).type());
                elements(entries.values(), type.members().get(1).type());
            }
            case STRUCT -> {
                List<?> members = (List<?>) value;
                for (int i = 0; i < members.size(); i++) {
                    element(members.get(i), type.members().get(i).type());
                }
            }
            case OTHER ->
                throw EngineFailure.lasting(
                        FailureKind.INTERNAL, "Values of type %s cannot be written.".formatted(type.name()));
        }
    }

    private void elements(Collection<?> values, ColumnType type) throws EngineFailure {
        varint(values.size());
        for (Object element : values) {
            element(element, type);
        }
    }

    /** Inside a value nothing is left out: each element says first whether it is null. */
    private void element(@Nullable Object value, ColumnType type) throws EngineFailure {
        varint(value == null ? 1 : 0);
        if (value != null) {
            value(value, type);
        }
    }

    @SuppressWarnings("JavaUtilDate") // The SDK's own conversion, which cannot be had otherwise.
    private long datetime(Instant value) {
        long millis = value.toEpochMilli();
        return legacyCalendar == null ? millis : DateUtils.date2ms(new Date(millis), legacyCalendar);
    }

    private void number(long value) throws EngineFailure {
        crc.add(value);
        signed(value);
    }

    private void instant(Instant value) throws EngineFailure {
        crc.add(value.getEpochSecond());
        crc.add(value.getNano());
        signed(value.getEpochSecond());
        signed(value.getNano());
    }

    private void bytes(byte[] value) throws EngineFailure {
        crc.add(value);
        varint(value.length);
        int from = 0;
        while (from < value.length) {
            if (at == page.length) {
                turnPage();
            }
            int part = Math.min(value.length - from, page.length - at);
            System.arraycopy(value, from, page, at, part);
            at += part;
            from += part;
        }
    }

    private void signed(long value) throws EngineFailure {
        varint((value << 1) ^ (value >> 63));
    }

    private void varint(long value) throws EngineFailure {
        makeRoom();
        byte[] to = page;
        int i = at;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            to[i++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[i++] = (byte) rest;
        at = i;
    }

    private void fixed(long bits) throws EngineFailure {
        crc.add(bits);
        littleEndian(bits, Long.BYTES);
    }

    private void fixed(int bits) throws EngineFailure {
        crc.add(bits);
        littleEndian(bits, Integer.BYTES);
    }

    private void littleEndian(long bits, int length) throws EngineFailure {
        makeRoom();
        for (int i = 0; i < length; i++) {
            page[at++] = (byte) (bits >>> (8 * i));
        }
    }

    private void makeRoom() throws EngineFailure {
        if (page.length - at < NUMBER_BYTES_MAX) {
            turnPage();
        }
    }
}
