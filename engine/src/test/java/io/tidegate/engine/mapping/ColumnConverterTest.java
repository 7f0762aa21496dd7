package io.tidegate.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnConverterTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ConversionRules RULES = new ConversionRules(SHANGHAI, false, OverLength.REFUSED, () -> {});

    private static ColumnConverter converter(String type) {
        return Objects.requireNonNull(ColumnConverter.of(ColumnType.parse(type), RULES));
    }

    private static String show(@Nullable Object value) {
        return value instanceof byte[] bytes
                ? "byte[] " + new String(bytes, StandardCharsets.UTF_8)
                : value == null ? "null" : value.getClass().getSimpleName() + " " + value;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TINYINT | -128 | Byte -128",
                "TINYINT | 127 | Byte 127",
                "SMALLINT | 32767 | Short 32767",
                "INT | -2147483648 | Integer -2147483648",
                "BIGINT | 9223372036854775807 | Long 9223372036854775807",
                "BIGINT | -9223372036854775807 | Long -9223372036854775807",
                "BIGINT | 1.0 | Long 1",
                "BIGINT | 12e2 | Long 1200",
                "BIGINT | 1e18 | Long 1000000000000000000",
                "BIGINT | 007 | Long 7",
                "BIGINT | -0 | Long 0",
                "BIGINT | 0.000 | Long 0",
                "FLOAT | 1.5 | Float 1.5",
                "FLOAT | 0.1 | Float 0.1",
                "DOUBLE | 1e308 | Double 1.0E308",
                "DOUBLE | -0.1 | Double -0.1",
                "DOUBLE | 1e-400 | Double 0.0",
                "DECIMAL(10,2) | 12345678.90 | BigDecimal 12345678.90",
                "DECIMAL(10,2) | 1.005 | BigDecimal 1.01",
                "DECIMAL(10,2) | -1.005 | BigDecimal -1.01",
                "DECIMAL(10,2) | 1e-999999999 | BigDecimal 0.00",
                "DECIMAL(10,2) | 0e999999999 | BigDecimal 0.00",
                "DECIMAL(10,2) | 0.004 | BigDecimal 0.00",
                "DECIMAL(10,2) | 0.005 | BigDecimal 0.01",
                "DECIMAL | 1.5 | BigDecimal 1.500000000000000000",
                "DECIMAL(5) | 2.5 | BigDecimal 3",
                "STRING | 1.10 | byte[] 1.10",
                "VARCHAR(4) | 1e10 | String 1e10",
                "BOOLEAN | 1 | Boolean true",
                "BOOLEAN | 0 | Boolean false",
                "JSON | 1.10 | String 1.10",
                "BINARY | 12 | byte[] 12",
                "DATE | 1669082400000 | LocalDate 2022-11-22",
                "DATETIME | 1669082400123 | Instant 2022-11-22T02:00:00.123Z",
                "TIMESTAMP | 1669082400123 | Instant 2022-11-22T02:00:00.123Z",
                "TIMESTAMP_NTZ | 1669082400123 | LocalDateTime 2022-11-22T10:00:00.123"
            })
    void numbers_become(String type, String digits, String expected) throws Exception {
        assertThat(show(converter(type).fromNumber(digits))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TINYINT | 128",
                "TINYINT | -129",
                "SMALLINT | 32768",
                "INT | 2147483648",
                "BIGINT | 9223372036854775808",
                "BIGINT | -9223372036854775808",
                "BIGINT | 1.5",
                "BIGINT | 1e999999999",
                "BIGINT | 1e-999999999",
                "FLOAT | 1e39",
                "DOUBLE | 1e309",
                "DECIMAL(10,2) | 123456789",
                "DECIMAL(10,2) | 99999999.995",
                "DECIMAL(10,2) | 1e999999999",
                "VARCHAR(3) | 1234",
                "BOOLEAN | 2",
                "DATE | 1e30",
                "DATETIME | 999999999999999999",
                "TIMESTAMP | 1.5"
            })
    void numbers_that_do_not_fit_are_refused(String type, String digits) {
        assertThatThrownBy(() -> converter(type).fromNumber(digits)).isInstanceOf(UnfitValueException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "BIGINT | 12 | Long 12",
                "BIGINT | +12 | Long 12",
                "DOUBLE | 1.5 | Double 1.5",
                "DECIMAL(4,1) | 1.25 | BigDecimal 1.3",
                "STRING | grüße | byte[] grüße",
                "VARCHAR(5) | grüße | String grüße",
                "CHAR(5) | abc | String abc",
                "CHAR(1) | 😀 | String 😀",
                "BOOLEAN | TRUE | Boolean true",
                "BOOLEAN | false | Boolean false",
                "BINARY | ä | byte[] ä",
                "JSON | {\"a\":1} | String {\"a\":1}",
                "JSON | 12 | String 12",
                "DATE | 2026-11-22 | LocalDate 2026-11-22",
                "DATE | 2026-11-22 23:59:59 | LocalDate 2026-11-22",
                "DATE | 2026-11-22T23:00:00Z | LocalDate 2026-11-23",
                "DATETIME | 2026-11-22 10:00:00 | Instant 2026-11-22T02:00:00Z",
                "DATETIME | 2026-11-22 10:00 | Instant 2026-11-22T02:00:00Z",
                "DATETIME | 2026-11-22 | Instant 2026-11-21T16:00:00Z",
                "DATETIME | 2026-11-22T10:00:00.5+01:00 | Instant 2026-11-22T09:00:00.500Z",
                "TIMESTAMP | 2026-11-22T10:00:00.123456789Z | Instant 2026-11-22T10:00:00.123456789Z",
                "TIMESTAMP | 2026-11-22 10:00:00.123456789-05:00 | Instant 2026-11-22T15:00:00.123456789Z",
                "TIMESTAMP_NTZ | 2026-11-22 10:00:00.123456789 | LocalDateTime 2026-11-22T10:00:00.123456789",
                "TIMESTAMP_NTZ | 2026-11-22T10:00:00Z | LocalDateTime 2026-11-22T18:00"
            })
    void text_becomes(String type, String text, String expected) throws Exception {
        assertThat(show(converter(type).fromText(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BIGINT | x",
                "BIGINT | ''",
                "BIGINT | ' 1'",
                "BIGINT | 0x10",
                "BIGINT | ١٢",
                "DOUBLE | NaN",
                "DOUBLE | Infinity",
                "DOUBLE | 1d",
                "DOUBLE | 0x1p3",
                "DECIMAL(4,1) | 1,5",
                "VARCHAR(4) | grüße",
                "CHAR(1) | 😀😀",
                "BOOLEAN | yes",
                "JSON | {a:1}",
                "JSON | ''",
                "JSON | 1 2",
                "DATE | 2026-02-30",
                "DATE | 20261122",
                "DATE | 0000-01-01",
                "DATETIME | 2026-11-22 25:00:00",
                "DATETIME | 1669082400000",
                "DATETIME | ''",
                "TIMESTAMP | 99999-01-01 00:00:00",
                "TIMESTAMP_NTZ | tomorrow at ten"
            })
    void text_that_does_not_fit_is_refused(String type, String text) {
        assertThatThrownBy(() -> converter(type).fromText(text)).isInstanceOf(UnfitValueException.class);
    }

    @ParameterizedTest
    @CsvSource({"STRING,byte[] true", "BIGINT,Long 1", "BOOLEAN,Boolean true", "JSON,String true", "DOUBLE,Double 1.0"})
    void true_becomes(String type, String expected) throws Exception {
        assertThat(show(converter(type).fromBoolean(true))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"STRING,byte[] [1]", "VARCHAR(9),String [1]", "JSON,String [1]", "BINARY,byte[] [1]"})
    void objects_and_arrays_become_their_text(String type, String expected) throws Exception {
        assertThat(show(converter(type).fromStructure("[1]"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"BIGINT", "DOUBLE", "BOOLEAN", "DATE", "DATETIME", "TIMESTAMP", "TIMESTAMP_NTZ"})
    void objects_and_arrays_fit_no_other_column(String type) {
        assertThatThrownBy(() -> converter(type).fromStructure("[1]")).isInstanceOf(UnfitValueException.class);
        assertThatThrownBy(() -> converter(type).fromBytes(new byte[1])).isInstanceOf(UnfitValueException.class);
    }

    @Test
    void bytes_are_kept_as_they_are_where_they_fit() throws Exception {
        byte[] bytes = {(byte) 0xff, 0, 1};

        assertThat(converter("STRING").fromBytes(bytes)).isSameAs(bytes);
        assertThat(converter("BINARY").fromBytes(bytes)).isSameAs(bytes);
    }

    @Test
    void a_text_longer_than_a_field_is_refused() {
        byte[] tooLong = new byte[OverLength.BYTES_MAX + 1];

        assertThatThrownBy(() -> converter("STRING").fromUtf8(tooLong)).isInstanceOf(UnfitValueException.class);
        assertThatThrownBy(() -> converter("BINARY").fromBytes(tooLong)).isInstanceOf(UnfitValueException.class);
        assertThatThrownBy(() -> converter("JSON").fromStructure("x".repeat(tooLong.length)))
                .isInstanceOf(UnfitValueException.class);
    }

    @Test
    void digits_without_end_are_refused_quickly() {
        assertThatThrownBy(() -> converter("BIGINT").fromText("1".repeat(5_000_000)))
                .isInstanceOf(UnfitValueException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decimal( 10 , 2 ) | DECIMAL | 10 | 2",
                "DECIMAL | DECIMAL | 54 | 18",
                "VARCHAR(20) | VARCHAR | 20 | 0",
                "bigint | BIGINT | 0 | 0",
                "TIMESTAMP_NTZ | TIMESTAMP_NTZ | 0 | 0",
                "ARRAY<BIGINT> | ARRAY | 0 | 0",
                "map < string , string > | MAP | 0 | 0",
                "ARRAY<BIGINT | OTHER | 0 | 0",
                "VARCHAR(99999999999) | OTHER | 0 | 0",
                "INTERVAL_DAY_TIME | OTHER | 0 | 0"
            })
    void types_are_read_as_the_service_writes_them(String name, ColumnType.Kind kind, int length, int scale) {
        ColumnType type = ColumnType.parse(name);

        assertThat(type.kind()).isEqualTo(kind);
        assertThat(type.length()).isEqualTo(length);
        assertThat(type.scale()).isEqualTo(scale);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"INTERVAL_DAY_TIME", "ARRAY<GEOGRAPHY>", "MAP<ARRAY<INT>,INT>", "MAP<BINARY,INT>"})
    void columns_of_other_types_cannot_be_filled(String type) {
        assertThat(ColumnConverter.of(ColumnType.parse(type), RULES)).isNull();
    }

    @Test
    void floats_are_rounded_once() throws Exception {
        // By way of double this would become the next float above.
        String digits = "1.00000017881393432617187499";

        assertThat(converter("FLOAT").fromNumber(digits)).isEqualTo(new BigDecimal(digits).floatValue());
        assertThat(converter("FLOAT").fromNumber(digits)).isEqualTo(Float.parseFloat(digits));
    }

    @Test
    void times_at_the_edges_of_the_calendar_are_kept() throws Exception {
        assertThat(converter("DATE").fromText("0001-01-01")).isEqualTo(LocalDate.of(1, 1, 1));
        assertThat(converter("DATE").fromText("9999-12-31")).isEqualTo(LocalDate.of(9999, 12, 31));
        assertThat(converter("TIMESTAMP_NTZ").fromText("9999-12-31 23:59:59.999999999"))
                .isEqualTo(LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_999));
        assertThat(converter("DATETIME").fromNumber("-1")).isEqualTo(Instant.ofEpochMilli(-1));
    }
}
