package io.tidegate.engine.sync;

import static io.tidegate.engine.sync.Copies.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.RunOutcome.Succeeded;
import io.tidegate.engine.maxcompute.MaxComputeCatalog;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every type a column may have, from a JSON value through the Tunnel into the table and back by SQL. */
class ColumnTypesTest {
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
            "JSON");

    private static final List<String> VALUES = List.of(
            "-128",
            "32767",
            "-2147483648",
            "9223372036854775807",
            "0.5",
            "0.1",
            "12345678901234567890.123456789012345678",
            "\"grüße 😀\"",
            "\"varchar\"",
            "\"char\"",
            "true",
            "\"2026-11-22\"",
            "\"2026-11-22 10:00:00\"",
            "\"2026-11-22 10:00:00.123456\"",
            "\"2026-11-22 10:00:00.5\"",
            "\"bytes\"",
            "{\"a\":[1,null]}");

    private static String each(String pattern) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < TYPES.size(); i++) {
            all.append(i == 0 ? "" : ",").append(pattern.formatted(i));
        }
        return all.toString();
    }

    @Test
    void values_of_every_type_arrive_as_they_were_sent() throws Exception {
        try (Copies copies = Copies.of(1)) {
            String columns = each("c%1$d %%s").formatted(TYPES.toArray());
            new MaxComputeCatalog(Copies.project())
                    .runDdl("CREATE TABLE %s_types (%s) PARTITIONED BY (ds STRING)".formatted(copies.table, columns));
            String value = "{" + each("\"f%1$d\":%%s").formatted(VALUES.toArray()) + "}";
            copies.with("/steps/1/parameter/table", "\"" + copies.table + "_types\"")
                    .with("/steps/0/parameter/column", "[" + each("\"f%d\"") + "]")
                    .with("/steps/1/parameter/column", "[" + each("\"c%d\"") + "]")
                    .send(0, NINE, value)
                    .send(0, NINE.plusSeconds(1), "{}")
                    .flush();

            assertThat(copies.run(new RecordedJournal())).isInstanceOf(Succeeded.class);
            String text = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14).stream()
                    .map(i -> "c" + i)
                    .collect(Collectors.joining(", "));
            assertThat(Copies.sql("SELECT %s FROM %s_types WHERE c0 IS NOT NULL;".formatted(text, copies.table)))
                    .containsExactly(String.join(
                            "|",
                            "-128",
                            "32767",
                            "-2147483648",
                            "9223372036854775807",
                            "0.5",
                            "0.1",
                            "12345678901234567890.123456789012345678",
                            "grüße 😀",
                            "varchar",
                            "char",
                            "true",
                            "2026-11-22",
                            "2026-11-22 10:00:00",
                            "2026-11-22 10:00:00.123456000",
                            "2026-11-22 10:00:00.500000000"));
            assertThat(Copies.sql("SELECT COUNT(*) FROM %s_types WHERE %s;"
                            .formatted(
                                    copies.table,
                                    List.of(0, 3, 6, 7, 10, 13, 15, 16).stream()
                                            .map(i -> "c%d IS NULL".formatted(i))
                                            .collect(Collectors.joining(" AND ")))))
                    .containsExactly("1");
        }
    }

    @Test
    void nested_values_arrive_as_they_were_sent() throws Exception {
        try (Copies copies = Copies.of(1)) {
            new MaxComputeCatalog(Copies.project()).runDdl("""
                    CREATE TABLE %s_nested (
                      a ARRAY<BIGINT>, m MAP<STRING,DECIMAL(10,2)>, s STRUCT<`Id`:BIGINT,tags:ARRAY<STRING>,at:DATETIME>,
                      d ARRAY<STRUCT<x:INT,y:MAP<STRING,ARRAY<VARCHAR(5)>>>>, r ARRAY<BINARY>, t ARRAY<TIMESTAMP>,
                      z MAP<BIGINT,DATE>, c ARRAY<CHAR(2)>, n ARRAY<TIMESTAMP_NTZ>, f ARRAY<DOUBLE>, j ARRAY<JSON>
                    ) PARTITIONED BY (ds STRING);""".formatted(copies.table));
            String nested = """
                    {"a":[1,null,3],"m":{"pi":3.14159},"s":{"Id":7,"tags":["ä","😀",null],"at":"2026-11-22 10:00:00"},
                     "d":[{"x":1,"y":{"k":["p","q"]}},null,{"x":2}],"r":["ab"],"t":["2026-11-22 10:00:00.123456"],
                     "z":{"5":"2026-11-22"},"c":["xy"],"n":["2026-11-22 10:00:00.5"],"f":[0.5],"j":[{"q":1}]}""";
            String columns = "[\"a\",\"m\",\"s\",\"d\",\"r\",\"t\",\"z\",\"c\",\"n\",\"f\",\"j\"]";
            copies.with("/steps/1/parameter/table", "\"" + copies.table + "_nested\"")
                    .with("/steps/0/parameter/column", columns)
                    .with("/steps/1/parameter/column", columns)
                    .send(0, NINE, nested.replace("\n", ""))
                    .send(0, NINE.plusSeconds(1), "{\"a\":[],\"m\":{}}")
                    .send(0, NINE.plusSeconds(2), "{}")
                    .flush();

            assertThat(copies.run(new RecordedJournal())).isInstanceOf(Succeeded.class);
            assertThat(Copies.sql("""
                    SELECT CAST(a AS STRING), CAST(m AS STRING), s.id, s.tags[1], s.at, d[0].x, d[0].y['k'][1], d[2].x,
                           CAST(t AS STRING), CAST(z AS STRING), c[0], n[0], f[0], CAST(j AS STRING), size(r)
                    FROM %s_nested WHERE size(a) = 3;""".formatted(copies.table)))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("[1, NULL, 3]|{pi=3.14}|7|😀|2026-11-22 10:00:00|1|")
                    .contains("2026-11-22 02:00:00.123456")
                    .contains("{5=2026-11-22}|xy|2026-11-22 10:00:00.500");
            assertThat(Copies.sql("SELECT COUNT(*) FROM %s_nested WHERE a IS NULL AND m IS NULL AND s IS NULL;"
                            .formatted(copies.table)))
                    .containsExactly("1");
            assertThat(Copies.sql(
                            "SELECT COUNT(*) FROM %s_nested WHERE size(a) = 0 AND d IS NULL;".formatted(copies.table)))
                    .containsExactly("1");
        }
    }

    @Test
    void a_table_without_partitions_is_filled_as_a_whole() throws Exception {
        try (Copies copies = Copies.of(1)) {
            new MaxComputeCatalog(Copies.project()).runDdl("CREATE TABLE %s_flat (v STRING);".formatted(copies.table));
            copies.document.without("/steps/1/parameter/partition");
            copies.with("/steps/1/parameter/table", "\"" + copies.table + "_flat\"")
                    .with("/steps/0/parameter/column", "[\"__value__\"]")
                    .with("/steps/1/parameter/column", "[\"*\"]")
                    .send(0, NINE, "one")
                    .flush();

            assertThat(copies.run(new RecordedJournal())).isInstanceOf(Succeeded.class);
            assertThat(Copies.sql("SELECT v FROM %s_flat;".formatted(copies.table)))
                    .containsExactly("one");
        }
    }

    @Test
    void a_partition_of_two_levels_is_made_and_filled() throws Exception {
        try (Copies copies = Copies.of(1)) {
            new MaxComputeCatalog(Copies.project())
                    .runDdl("CREATE TABLE %s_deep (v STRING) PARTITIONED BY (ds STRING, kind STRING);"
                            .formatted(copies.table));
            copies.with("/steps/1/parameter/table", "\"" + copies.table + "_deep\"")
                    .with("/steps/1/parameter/partition", "\"kind=a,ds='2026'\"")
                    .with("/steps/0/parameter/column", "[\"__value__\"]")
                    .with("/steps/1/parameter/column", "[\"v\"]")
                    .send(0, NINE, "one")
                    .flush();

            assertThat(copies.run(new RecordedJournal())).isInstanceOf(Succeeded.class);
            assertThat(Copies.sql(
                            "SELECT v, ds, kind FROM %s_deep WHERE ds='2026' AND kind='a';".formatted(copies.table)))
                    .containsExactly("one|2026|a");
        }
    }
}
