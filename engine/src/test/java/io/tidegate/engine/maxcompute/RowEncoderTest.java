package io.tidegate.engine.maxcompute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.odps.Column;
import com.aliyun.odps.TableSchema;
import com.aliyun.odps.commons.proto.ProtobufRecordStreamReader;
import com.aliyun.odps.commons.proto.ProtobufRecordStreamWriter;
import com.aliyun.odps.data.ArrayRecord;
import com.aliyun.odps.data.Binary;
import com.aliyun.odps.data.Char;
import com.aliyun.odps.data.Record;
import com.aliyun.odps.data.Varchar;
import com.aliyun.odps.tunnel.io.CompressOption;
import com.aliyun.odps.tunnel.io.CompressOption.CompressAlgorithm;
import com.aliyun.odps.type.TypeInfo;
import com.aliyun.odps.type.TypeInfoParser;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.mapping.ColumnType;
import io.tidegate.engine.mapping.DestinationColumn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SDK's own writer and reader are the measure. */
class RowEncoderTest {
    private static final List<String> TYPES = List.of(
            "TINYINT",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL(38,18)",
            "STRING",
            "VARCHAR(10)",
            "CHAR(5)",
            "BOOLEAN",
            "DATE",
            "DATETIME",
            "TIMESTAMP",
            "TIMESTAMP_NTZ",
            "BINARY",
            "JSON",
            "ARRAY<BIGINT>",
            "MAP<STRING,DECIMAL(38,18)>",
            "STRUCT<a:INT,b:ARRAY<STRUCT<x:DATETIME,y:MAP<DATE,BINARY>>>,c:JSON,d:VARCHAR(10)>",
            "ARRAY<ARRAY<TIMESTAMP>>",
            "ARRAY<STRING>",
            "MAP<BIGINT,TIMESTAMP_NTZ>",
            "ARRAY<DOUBLE>",
            "ARRAY<BOOLEAN>",
            "ARRAY<CHAR(5)>",
            "ARRAY<FLOAT>");

    private static List<DestinationColumn> columns(List<String> types) {
        List<DestinationColumn> columns = new ArrayList<>();
        for (String type : types) {
            columns.add(new DestinationColumn("c" + columns.size(), ColumnType.parse(type), ""));
        }
        return columns;
    }

    private static TableSchema schema(List<String> types) {
        TableSchema schema = new TableSchema();
        for (int i = 0; i < types.size(); i++) {
            schema.addColumn(new Column("c" + i, TypeInfoParser.getTypeInfoFromTypeString(types.get(i))));
        }
        return schema;
    }

    private static byte[] encoded(List<String> types, List<@Nullable Object[]> rows, int pageBytes)
            throws EngineFailure {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RowEncoder encoder = new RowEncoder(columns(types), false, new byte[pageBytes], (page, length) -> {
            out.write(page, 0, length);
            return new byte[pageBytes];
        });
        for (@Nullable Object[] row : rows) {
            encoder.write(row);
        }
        encoder.endBlock();
        return out.toByteArray();
    }

    private static byte[] encodedBySdk(TableSchema schema, List<@Nullable Object[]> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CompressOption none = new CompressOption(CompressAlgorithm.ODPS_RAW, 1, 0);
        ProtobufRecordStreamWriter writer = new ProtobufRecordStreamWriter(schema, out, none);
        ArrayRecord record = new ArrayRecord(schema.getColumns().toArray(new Column[0]), false);
        for (@Nullable Object[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                record.set(i, sdkValue(row[i], schema.getColumn(i).getTypeInfo()));
            }
            writer.write(record);
        }
        writer.close();
        return out.toByteArray();
    }

    private static @Nullable Object sdkValue(@Nullable Object value, TypeInfo type) {
        if (value == null) {
            return null;
        }
        return switch (type.getOdpsType()) {
            case VARCHAR -> new Varchar((String) value);
            case CHAR -> new Char((String) value);
            case BINARY -> new Binary((byte[]) value);
            case DATETIME -> ((Instant) value).atZone(ZoneOffset.UTC);
            case ARRAY, MAP, STRUCT -> NestedValues.of(value, type, RowEncoderTest::sdkValue);
            default -> value;
        };
    }

    private static Object value(ColumnType type, Random random) {
        return switch (type.kind()) {
            case TINYINT -> (byte) random.nextInt();
            case SMALLINT -> (short) random.nextInt();
            case INT -> random.nextInt();
            case BIGINT -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> Float.intBitsToFloat(random.nextInt());
            case DOUBLE -> random.nextGaussian();
            case DECIMAL -> new BigDecimal(new BigInteger(60, random), 18);
            case STRING ->
                random.nextBoolean() ? text(random, 900) : text(random, 30).getBytes(StandardCharsets.UTF_8);
            case VARCHAR -> text(random, 10);
            case CHAR -> text(random, 5);
            case BOOLEAN -> random.nextBoolean();
            case DATE -> LocalDate.ofEpochDay(random.nextInt(60_000) - 20_000L);
            case DATETIME -> Instant.ofEpochMilli(random.nextInt() * 1000L + random.nextInt(1000));
            case TIMESTAMP -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            case TIMESTAMP_NTZ ->
                LocalDateTime.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000), ZoneOffset.UTC);
            case BINARY -> bytes(random);
            case JSON -> "{\"a\":\"" + text(random, 20) + "\"}";
            case ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(perhaps(type.members().get(0).type(), random));
                }
                yield elements;
            }
            // Of more entries the SDK would change the order.
            case MAP ->
                random.nextInt(4) == 0
                        ? Map.of()
                        : Collections.singletonMap(
                                inside(type.members().get(0).type(), random),
                                perhaps(type.members().get(1).type(), random));
            case STRUCT -> {
                List<@Nullable Object> members = new ArrayList<>();
                type.members().forEach(member -> members.add(perhaps(member.type(), random)));
                yield members;
            }
            case OTHER -> throw new IllegalArgumentException(type.name());
        };
    }

    private static @Nullable Object perhaps(ColumnType type, Random random) {
        return random.nextInt(4) == 0 ? null : inside(type, random);
    }

    /** Inside of nested values the mapper makes text of STRING. */
    private static Object inside(ColumnType type, Random random) {
        return type.kind() == ColumnType.Kind.STRING ? text(random, 30) : value(type, random);
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(Random random, int lengthMax) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(lengthMax); text.length() < length; ) {
            text.append(random.nextInt(9) == 0 ? 'ü' : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static List<@Nullable Object[]> rows(int count, Random random) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            @Nullable Object[] row = new @Nullable Object[TYPES.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextInt(5) == 0 ? null : value(ColumnType.parse(TYPES.get(i)), random);
            }
            rows.add(row);
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({"0,262144", "1,64", "500,64", "500,1000", "2000,262144"})
    void the_bytes_are_those_of_the_sdk_whatever_the_pages(int count, int pageBytes) throws Exception {
        long seed = new Random().nextLong();
        List<@Nullable Object[]> rows = rows(count, new Random(seed));

        assertThat(encoded(TYPES, rows, pageBytes)).as("seed %d", seed).isEqualTo(encodedBySdk(schema(TYPES), rows));
    }

    @Test
    void the_sdk_reads_the_rows_and_agrees_with_their_checksums() throws Exception {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (long i = 0; i < 5000; i++) {
            rows.add(new @Nullable Object[] {i, i % 7 == 0 ? null : "text " + i});
        }
        List<String> types = List.of("BIGINT", "STRING");
        byte[] bytes = encoded(types, rows, 4096);
        var reader = new ProtobufRecordStreamReader(
                schema(types), new ByteArrayInputStream(bytes), new CompressOption(CompressAlgorithm.ODPS_RAW, 1, 0));
        long read = 0;
        for (Record record = reader.read(); record != null; record = reader.read()) {
            assertThat(record.getBigint(0)).isEqualTo(read);
            assertThat(record.get(1) == null).isEqualTo(read % 7 == 0);
            read++;
        }
        assertThat(read).isEqualTo(5000);
    }

    @Test
    void a_value_of_ten_megabytes_crosses_its_pages() throws Exception {
        byte[] large = new byte[10 << 20];
        new Random(1).nextBytes(large);
        List<@Nullable Object[]> rows = List.<@Nullable Object[]>of(new @Nullable Object[] {large, 1L});
        List<String> types = List.of("STRING", "BIGINT");

        assertThat(encoded(types, rows, 64 << 10)).isEqualTo(encodedBySdk(schema(types), rows));
    }

    @Test
    void a_value_of_another_type_than_its_column_is_a_defect() {
        List<@Nullable Object[]> rows = List.<@Nullable Object[]>of(new @Nullable Object[] {"text"});

        assertThatThrownBy(() -> encoded(List.of("BIGINT"), rows, 64))
                .isInstanceOfSatisfying(
                        EngineFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.INTERNAL));
    }
}
