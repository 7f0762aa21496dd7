package io.tidegate.engine.sync;

import static io.tidegate.engine.sync.Copies.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.Failed;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunOutcome.Succeeded;
import io.tidegate.engine.maxcompute.MaxComputeCatalog;
import io.tidegate.engine.receipt.OverLengthReceipt;
import io.tidegate.engine.receipt.Receipt;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameters of the writer, each as far as the rows in the table. */
class WriterTest {
    private static Receipt receipt(RunOutcome outcome) {
        assertThat(outcome).isInstanceOf(Succeeded.class);
        return Objects.requireNonNull(((Succeeded) outcome).receipt());
    }

    private static void ddl(String statement) throws Exception {
        new MaxComputeCatalog(Copies.project()).runDdl(statement);
    }

    /** The job fails with these words, and nothing was planned before. */
    private static void refused(Copies copies, String words) {
        RecordedJournal journal = new RecordedJournal();
        RunOutcome outcome = copies.run(journal);
        assertThat(outcome).isInstanceOf(Failed.class);
        assertThat(((Failed) outcome).kind()).isEqualTo(FailureKind.BAD_DOCUMENT);
        assertThat(((Failed) outcome).message()).contains(words);
        assertThat(journal.calls).doesNotContain("planned");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void a_table_in_a_schema_is_filled_and_counted_there(boolean truncate) throws Exception {
        try (Copies copies = Copies.of(2)) {
            String project = Copies.maxCompute().project();
            Copies.maxCompute().createSchema(project, "layer");
            ddl("CREATE TABLE %s.layer.%s (v STRING, p BIGINT) PARTITIONED BY (ds STRING);"
                    .formatted(project, copies.table));
            copies.with("/steps/1/parameter/schema", "\"layer\"")
                    .with("/steps/1/parameter/truncate", String.valueOf(truncate))
                    .with("/steps/0/parameter/column", "[\"__value__\",\"__partition__\"]")
                    .with("/steps/1/parameter/column", "[\"v\",\"p\"]")
                    .send(0, NINE, "one")
                    .send(1, NINE, "two")
                    .flush();
            RecordedJournal journal = new RecordedJournal();

            Receipt receipt = receipt(copies.run(journal));

            assertThat(receipt.table()).isEqualTo("%s.layer.%s".formatted(project, copies.table));
            assertThat(Copies.sql(
                            "SELECT v, p FROM %s.layer.%s WHERE ds='2026011009';".formatted(project, copies.table)))
                    .containsExactly("one|0", "two|1");
            assertThat(copies.rows()).isEmpty();
            // A second attempt finds the commit done, there and nowhere else.
            PreparedCommit prepared = journal.prepared();
            Receipt settled = receipt(copies.withPrepared(prepared).run(new RecordedJournal()));
            assertThat(settled.checksum()).isEqualTo(receipt.checksum());
            assertThat(Copies.sql("SELECT COUNT(*) FROM %s.layer.%s;".formatted(project, copies.table)))
                    .containsExactly("2");
        }
    }

    @Test
    void a_schema_that_is_not_there_is_said() throws Exception {
        try (Copies copies = Copies.of(1)) {
            RunOutcome outcome =
                    copies.with("/steps/1/parameter/schema", "\"nowhere\"").run(new RecordedJournal());

            assertThat(outcome).isInstanceOf(Failed.class);
            assertThat(((Failed) outcome).message()).contains("is not in schema nowhere of project");
        }
    }

    @ParameterizedTest
    @CsvSource({"false,''", "true,x-lz4-frame", "zstd,zstd"})
    void every_request_of_an_upload_is_made_in_its_quota_and_blocks_are_compressed(String compress, String encoding)
            throws Exception {
        try (Copies copies = Copies.of(1)) {
            copies.with("/steps/1/parameter/tunnelQuota", "\"quota_" + encoding + "\"")
                    .with("/steps/1/parameter/compress", "\"" + compress + "\"")
                    .with(
                            "/steps/1/parameter/tunnelServer",
                            "\"http://127.0.0.1:" + Copies.maxCompute().port() + "\"")
                    .order(0, NINE, "1.5")
                    .flush();

            assertThat(receipt(copies.run(new RecordedJournal())).written()).isEqualTo(1);
            assertThat(copies.rows()).containsExactly("0:0");
            assertThat(Copies.maxCompute().tunnelUsage().quotas()).contains("quota_" + encoding);
            assertThat(Copies.maxCompute().tunnelUsage().encodings()).contains(encoding);
        }
    }

    @Test
    void another_tunnel_server_is_really_asked() throws Exception {
        try (Copies copies = Copies.of(1)) {
            RunOutcome outcome = copies.with("/steps/1/parameter/tunnelServer", "\"http://127.0.0.1:1\"")
                    .order(0, NINE, "1.5")
                    .flush()
                    .run(new RecordedJournal());

            assertThat(outcome).isInstanceOf(Failed.class);
            assertThat(((Failed) outcome).kind()).isEqualTo(FailureKind.CONNECTION);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"truncate | ab😀|abc|abc", "setNull | \\N|\\N|\\N"})
    void text_that_is_too_long_is_cut_or_left_out_as_the_job_says(
            String rule, String string, String varchar, String character) throws Exception {
        try (Copies copies = Copies.of(1)) {
            ddl("CREATE TABLE %s_long (s STRING, v VARCHAR(3), c CHAR(3)) PARTITIONED BY (ds STRING);"
                    .formatted(copies.table));
            copies.with("/steps/1/parameter/table", "\"" + copies.table + "_long\"")
                    .with("/steps/0/parameter/column", "[\"s\",\"v\",\"c\"]")
                    .with("/steps/1/parameter/column", "[\"s\",\"v\",\"c\"]")
                    .with("/steps/1/parameter/overLengthRule", "\"" + rule + "\"")
                    .with("/steps/1/parameter/maxOdpsFieldLength", "8")
                    .send(0, NINE, "{\"s\":\"ab😀äbcdef\",\"v\":\"abcd\",\"c\":\"abcd\"}")
                    .send(0, NINE, "{\"s\":\"12345678\",\"v\":\"abc\",\"c\":\"abc\"}")
                    .flush();

            RecordedJournal journal = new RecordedJournal();
            Receipt receipt = receipt(copies.run(journal));
            assertThat(receipt.written()).isEqualTo(2);
            assertThat(receipt.overLength())
                    .isEqualTo(new OverLengthReceipt(
                            rule.equals("truncate") ? OverLengthReceipt.Rule.TRUNCATE : OverLengthReceipt.Rule.SET_NULL,
                            new TreeMap<>(Map.of("s", 1L, "v", 1L, "c", 1L))));
            assertThat(journal.lines)
                    .contains(
                            "WARN 3 values were longer than their columns and were %s, as overLengthRule says: 1 of column c, 1 of column s, 1 of column v."
                                    .formatted(rule.equals("truncate") ? "cut" : "set to NULL"));
            assertThat(Copies.sql("SELECT s, v, c FROM %s_long;".formatted(copies.table)))
                    .containsExactlyInAnyOrder(
                            "12345678|abc|abc",
                            (rule.equals("truncate") ? "ab😀ä" : string) + "|" + varchar + "|" + character);
        }
    }

    @Test
    void null_in_a_column_that_takes_none_makes_the_record_dirty() throws Exception {
        try (Copies copies = Copies.of(1)) {
            ddl("CREATE TABLE %s_required (a BIGINT NOT NULL, b STRING) PARTITIONED BY (ds STRING);"
                    .formatted(copies.table));
            copies.with("/steps/1/parameter/table", "\"" + copies.table + "_required\"")
                    .with("/steps/0/parameter/column", "[\"a\"]")
                    .with("/steps/1/parameter/column", "[\"a\"]")
                    .with("/setting/errorLimit", "{\"record\":2}")
                    .send(0, NINE, "{\"a\":1}")
                    .send(0, NINE, "{\"a\":null}")
                    .send(0, NINE, "{}")
                    .flush();
            RecordedJournal journal = new RecordedJournal();

            assertThat(receipt(copies.run(journal)).dirty()).isEqualTo(2);
            assertThat(journal.dirty.get(0).reason()).isEqualTo("a: it is NULL, which the column does not take");
            assertThat(Copies.sql("SELECT a FROM %s_required;".formatted(copies.table)))
                    .containsExactly("1");

            refused(
                    copies.with("/steps/1/parameter/column", "[\"b\"]"),
                    "Column a of table %s_required is NOT NULL, but no source field fills it.".formatted(copies.table));
        }
    }

    @Test
    void names_of_tables_columns_and_keys_know_no_case() throws Exception {
        try (Copies copies = Copies.of(1)) {
            copies.with("/steps/1/parameter/table", "\"" + copies.table.toUpperCase(java.util.Locale.ROOT) + "\"")
                    .with("/steps/0/parameter/column", "[\"amount\",\"__offset__\",\"__partition__\"]")
                    .with("/steps/1/parameter/column", "[\"Amount\",\"O\",\"p\"]")
                    .with("/steps/1/parameter/partition", "\" DS = '2026011009' \"")
                    .order(0, NINE, "1.5")
                    .flush();

            assertThat(receipt(copies.run(new RecordedJournal())).written()).isEqualTo(1);
            assertThat(Copies.sql("SELECT amount, k, o FROM %s WHERE ds='2026011009';".formatted(copies.table)))
                    .containsExactly("1.5|\\N|0");
        }
    }

    @Test
    void what_cannot_be_written_to_is_refused_before_anything_is_read() throws Exception {
        try (Copies copies = Copies.of(1)) {
            String t = copies.table;
            ddl(
                    "CREATE EXTERNAL TABLE %s_far (v STRING) STORED BY 'com.aliyun.odps.CsvStorageHandler' LOCATION 'oss://b/f';"
                            .formatted(t));
            ddl("CREATE TABLE %s_numbered (v STRING) PARTITIONED BY (hh BIGINT, kind STRING);".formatted(t));
            copies.with("/steps/0/parameter/column", "[\"__value__\"]")
                    .with("/steps/1/parameter/column", "[\"v\"]")
                    .order(0, NINE, "1")
                    .flush();

            copies.with("/steps/1/parameter/table", "\"" + t + "_far\"");
            refused(copies, t + "_far is an external table, which the Tunnel does not write to");
            copies.with("/steps/1/parameter/table", "\"" + t + "_numbered\"");
            refused(copies, "is partitioned by hh, kind, but the writer names ds. Name every key, as hh=…,kind=….");
            copies.with("/steps/1/parameter/partition", "\"hh=9\"");
            refused(copies, "but the writer names hh. Name every key");
            copies.with("/steps/1/parameter/partition", "\"hh=9,ds=1\"");
            refused(copies, "is partitioned by hh, kind, but the writer names hh, ds");
            copies.with("/steps/1/parameter/partition", "\"hh=09,kind=a\"");
            refused(copies, "hh=09 of table " + t + "_numbered must be a whole number without leading zeros");
            copies.with("/steps/1/parameter/partition", "\"hh=9,kind=a\"")
                    .with("/steps/1/parameter/column", "[\"nothing\"]");
            refused(copies, "has no column 'nothing'; these are: v.");
            copies.with("/steps/1/parameter/column", "[\"kind\"]");
            refused(copies, "Column kind of table " + t + "_numbered is a partition key");
            copies.with("/steps/0/parameter/column", "[\"__value__\",\"__key__\"]")
                    .with("/steps/1/parameter/column", "[\"*\"]");
            refused(copies, "has 1 columns, but the reader names 2 fields");
        }
    }
}
