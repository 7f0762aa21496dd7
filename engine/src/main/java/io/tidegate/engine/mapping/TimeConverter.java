package io.tidegate.engine.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * DATE, DATETIME, TIMESTAMP and TIMESTAMP_NTZ. Text is {@code 2026-11-22}, {@code 2026-11-22 10:00:00.123} or
 * {@code 2026-11-22T10:00:00+08:00}; whole numbers are milliseconds since 1970, as in {@code __timestamp__}.
 */
final class TimeConverter extends ColumnConverter {
    private static final ColumnConverter MILLIS = new IntegerConverter(ColumnType.parse("BIGINT"));

    private final ColumnType type;
    private final ZoneId zone;

    TimeConverter(ColumnType type, ZoneId zone) {
        this.type = type;
        this.zone = zone;
    }

    @Override
    Object fromText(String text) throws UnfitValueException {
        try {
            if (text.length() == 10) {
                LocalDate date = LocalDate.parse(text);
                return ofDate(checked(date));
            }
            if (text.length() > 11) {
                String iso = text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
                return hasOffset(iso) ? ofOffset(OffsetDateTime.parse(iso)) : ofLocal(LocalDateTime.parse(iso));
            }
        } catch (DateTimeException e) {
            throw unreadable();
        }
        throw unreadable();
    }

    /** A date alone is its first moment, which is not midnight where the clocks are put forward over it. */
    private Object ofDate(LocalDate date) {
        return switch (type.kind()) {
            case DATE -> date;
            case TIMESTAMP_NTZ -> date.atStartOfDay();
            default -> kept(date.atStartOfDay(zone).toInstant());
        };
    }

    private static boolean hasOffset(String iso) {
        return iso.endsWith("Z") || iso.indexOf('+', 11) > 0 || iso.indexOf('-', 11) > 0;
    }

    @Override
    Object fromNumber(String digits) throws UnfitValueException {
        return fromLong((Long) Objects.requireNonNull(MILLIS.fromNumber(digits)));
    }

    @Override
    Object fromLong(long millis) throws UnfitValueException {
        return ofInstant(Instant.ofEpochMilli(millis));
    }

    @Override
    Object fromBoolean(boolean value) throws UnfitValueException {
        throw unreadable();
    }

    /** A wall time belongs to the job's zone, and stays the wall time it is where the column has no zone. */
    private Object ofLocal(LocalDateTime local) throws UnfitValueException {
        checked(local.toLocalDate());
        return switch (type.kind()) {
            case DATE -> local.toLocalDate();
            case TIMESTAMP_NTZ -> local;
            default -> kept(zoned(local).toInstant());
        };
    }

    private ZonedDateTime zoned(LocalDateTime local) throws UnfitValueException {
        ZonedDateTime zoned = local.atZone(zone);
        if (!zoned.toLocalDateTime().equals(local)) {
            throw new UnfitValueException(
                    "there was no such time in %s: the clocks were put forward over it".formatted(zone));
        }
        return zoned;
    }

    /** A DATETIME holds milliseconds; what is finer is cut off here, so that the receipt's checksum knows it. */
    private Instant kept(Instant instant) {
        return type.kind() == ColumnType.Kind.DATETIME ? instant.truncatedTo(ChronoUnit.MILLIS) : instant;
    }

    private Object ofOffset(OffsetDateTime time) throws UnfitValueException {
        return ofInstant(time.toInstant());
    }

    private Object ofInstant(Instant instant) throws UnfitValueException {
        LocalDateTime local;
        try {
            local = LocalDateTime.ofInstant(instant, zone);
        } catch (DateTimeException e) {
            throw new UnfitValueException("it is out of the range of " + type.name());
        }
        checked(local.toLocalDate());
        return switch (type.kind()) {
            case DATE -> local.toLocalDate();
            case TIMESTAMP_NTZ -> local;
            default -> kept(instant);
        };
    }

    private LocalDate checked(LocalDate date) throws UnfitValueException {
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new UnfitValueException("it is out of the range of " + type.name());
        }
        return date;
    }

    private UnfitValueException unreadable() {
        return new UnfitValueException(
                "it does not read as a %s, as 2026-11-22 10:00:00, and is no number of milliseconds"
                        .formatted(type.name()));
    }

    @Override
    String typeName() {
        return type.name();
    }
}
