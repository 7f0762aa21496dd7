package io.tidegate.sandbox.maxcompute;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.odps.Instance;
import com.aliyun.odps.TableSchema;
import com.aliyun.odps.data.ArrayRecord;
import com.aliyun.odps.data.Binary;
import com.aliyun.odps.data.Char;
import com.aliyun.odps.data.Record;
import com.aliyun.odps.data.SimpleJsonValue;
import com.aliyun.odps.data.SimpleStruct;
import com.aliyun.odps.data.Struct;
import com.aliyun.odps.data.Varchar;
import com.aliyun.odps.task.SQLTask;
import com.aliyun.odps.tunnel.TableTunnel.UploadSession;
import com.aliyun.odps.type.ArrayTypeInfo;
import com.aliyun.odps.type.StructTypeInfo;
import com.aliyun.odps.type.TypeInfo;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every type: uploaded, downloaded, selected. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypesTest {
    private static final Instant MOMENT = Instant.parse("2022-11-22T01:02:03.456Z");

    private MaxComputeServer server;
    private Client client;

    @BeforeAll
    void fill(@TempDir Path directory) throws Exception {
        server = MaxComputeServer.start(directory);
        client = Client.of(server);
        client.sql("""
                create table types (
                  c_tinyint tinyint, c_smallint smallint, c_int int, c_bigint bigint, c_float float, c_double double,
                  c_decimal decimal(20,5), c_string string, c_varchar varchar(10), c_char char(4), c_binary binary,
                  c_boolean boolean, c_date date, c_datetime datetime, c_timestamp timestamp,
                  c_timestamp_ntz timestamp_ntz, c_json json, c_array array<bigint>, c_strings array<string>,
                  c_map map<string,bigint>, c_struct struct<a:bigint,b:string>,
                  c_deep array<struct<x:int,y:array<string>>>, c_bare decimal);
                """);
        UploadSession session = client.open("types", "", false);
        Client.write(session, 0, 2, (row, i) -> {
            if (i == 0) {
                fill((ArrayRecord) row, session.getSchema());
            } else {
                for (int column = 0; column < row.getColumnCount(); column++) {
                    row.set(column, null);
                }
            }
        });
        session.commit();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static void fill(ArrayRecord row, TableSchema schema) {
        row.setTinyint(0, (byte) -7);
        row.setSmallint(1, (short) 300);
        row.setInt(2, 70_000);
        row.setBigint(3, Long.MAX_VALUE);
        row.setFloat(4, 1.5f);
        row.setDouble(5, Math.PI);
        row.setDecimal(6, new BigDecimal("123456789012345.6789"));
        row.setString(7, "grüße, 世界\n\"quoted\"");
        row.setVarchar(8, new Varchar("short"));
        row.setChar(9, new Char("ab"));
        row.setBinary(10, new Binary(new byte[] {0, -1, 2}));
        row.setBoolean(11, true);
        row.setDateAsLocalDate(12, LocalDate.of(1969, 12, 31));
        row.setDatetimeAsZonedDateTime(13, MOMENT.atZone(ZoneOffset.UTC));
        row.setTimestampAsInstant(14, MOMENT.plusNanos(789));
        row.setTimestampNtz(15, LocalDateTime.of(2022, 11, 22, 1, 2, 3, 456_789_123));
        row.setJsonValue(16, new SimpleJsonValue("{\"a\":{\"b\":[1,2]}}"));
        row.setArray(17, Arrays.asList(1L, null, 3L));
        row.setArray(18, List.of("x", "y"));
        row.setMap(19, Map.of("one", 1L));
        row.setStruct(20, struct(schema.getColumn(20).getTypeInfo(), 5L, "five"));
        TypeInfo element = ((ArrayTypeInfo) schema.getColumn(21).getTypeInfo()).getElementTypeInfo();
        row.setArray(21, List.of(struct(element, 1, List.of("p", "q"))));
        row.setDecimal(22, new BigDecimal("0.5"));
    }

    private static Struct struct(TypeInfo type, Object... values) {
        return new SimpleStruct((StructTypeInfo) type, List.of(values));
    }

    @Test
    void a_download_gives_back_what_was_written() throws Exception {
        List<Record> rows = client.download("types", "");
        assertThat(rows).hasSize(2);
        check((ArrayRecord) rows.get(0));
        for (int i = 0; i < rows.get(1).getColumnCount(); i++) {
            assertThat(rows.get(1).get(i)).isNull();
        }
    }

    @Test
    void the_instance_tunnel_gives_the_same() throws Exception {
        Instance instance = SQLTask.run(client.odps(), "select * from types where c_int is not null");
        instance.waitForSuccess(50);
        List<Record> rows = SQLTask.getResultByInstanceTunnel(instance);
        assertThat(rows).hasSize(1);
        check((ArrayRecord) rows.get(0));
    }

    private static void check(ArrayRecord row) {
        assertThat(row.getTinyint(0)).isEqualTo((byte) -7);
        assertThat(row.getSmallint(1)).isEqualTo((short) 300);
        assertThat(row.getInt(2)).isEqualTo(70_000);
        assertThat(row.getBigint(3)).isEqualTo(Long.MAX_VALUE);
        assertThat(row.getFloat(4)).isEqualTo(1.5f);
        assertThat(row.getDouble(5)).isEqualTo(Math.PI);
        assertThat(row.getDecimal(6)).isEqualByComparingTo("123456789012345.6789");
        assertThat(row.getString(7)).isEqualTo("grüße, 世界\n\"quoted\"");
        // A query gives STRING where the table has VARCHAR or CHAR.
        assertThat(text(row.get(8))).isEqualTo("short");
        assertThat(text(row.get(9)).strip()).isEqualTo("ab");
        assertThat(row.getBinary(10).data()).containsExactly(0, -1, 2);
        assertThat(row.getBoolean(11)).isTrue();
        assertThat(row.getDateAsLocalDate(12)).isEqualTo(LocalDate.of(1969, 12, 31));
        assertThat(row.getDatetimeAsZonedDateTime(13).toInstant()).isEqualTo(MOMENT);
        assertThat(row.getTimestampAsInstant(14)).isEqualTo(MOMENT.plusNanos(789));
        assertThat(row.getTimestampNtz(15)).isEqualTo(LocalDateTime.of(2022, 11, 22, 1, 2, 3, 456_789_123));
        assertThat(row.getJsonValue(16)).hasToString("{\"a\":{\"b\":[1,2]}}");
        assertThat(text(row.getArray(17))).isEqualTo("[1, null, 3]");
        assertThat(text(row.getArray(18))).isEqualTo("[x, y]");
        assertThat(text(row.getMap(19))).isEqualTo("{one=1}");
        Struct struct = row.getStruct(20);
        assertThat(struct.getFieldValue("a")).isEqualTo(5L);
        assertThat(text(struct.getFieldValue("b"))).isEqualTo("five");
        Struct deep = (Struct) row.getArray(21).get(0);
        assertThat(deep.getFieldValue("x")).isEqualTo(1);
        assertThat(text(deep.getFieldValue("y"))).isEqualTo("[p, q]");
        assertThat(row.getDecimal(22)).isEqualByComparingTo("0.5");
    }

    /** Strings inside arrays and maps may be bytes, as the SDK reads them. */
    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(e -> e == null ? null : text(e)).toList().toString();
        }
        if (value instanceof Map<?, ?> map) {
            StringBuilder all = new StringBuilder();
            map.forEach((k, v) -> all.append(text(k)).append('=').append(text(v)));
            return "{" + all + "}";
        }
        return value.toString();
    }

    @Test
    void a_select_shows_dates_in_the_zone_of_the_project() throws Exception {
        Record row = client.sql("select c_datetime, c_timestamp, c_timestamp_ntz, c_date, c_decimal, c_struct.b,"
                        + " c_array[0], c_map['one'], to_char(c_datetime, 'yyyymmddhhmiss'), c_boolean from types"
                        + " where c_int is not null")
                .get(0);
        List<String> cells = IntStream.range(0, row.getColumnCount())
                .mapToObj(i -> String.valueOf(row.get(i)))
                .toList();
        assertThat(cells)
                .containsExactly(
                        "2022-11-22 09:02:03",
                        "2022-11-22 09:02:03.456000789",
                        "2022-11-22 01:02:03.456789123",
                        "1969-12-31",
                        "123456789012345.6789",
                        "five",
                        "1",
                        "1",
                        "20221122090203",
                        "true");
    }

    @Test
    void insert_select_copies_every_type() throws Exception {
        String columns = client.odps().tables().get("types").getSchema().getColumns().stream()
                .map(c -> c.getName() + " " + c.getTypeInfo().getTypeName())
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
        client.sql("create table copied (" + columns + ")");
        client.sql("insert into table copied select * from types where c_int is not null");
        check((ArrayRecord) client.download("copied", "").get(0));
    }

    @Test
    void bytes_that_are_no_text_do_not_harm_the_store() throws Exception {
        client.sql("create table bytes (s string)");
        UploadSession session = client.open("bytes", "", false);
        Client.write(session, 0, 1, (row, i) -> row.setString(0, new byte[] {(byte) 0xC3, 'x', (byte) 0xFF}));
        session.commit();
        assertThat(client.cell("select length(s) from bytes")).isEqualTo("3");
    }
}
