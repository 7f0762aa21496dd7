package io.tidegate.sandbox.maxcompute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.odps.Column;
import com.aliyun.odps.Instance;
import com.aliyun.odps.OdpsException;
import com.aliyun.odps.PartitionSpec;
import com.aliyun.odps.Table;
import com.aliyun.odps.TableSchema;
import com.aliyun.odps.data.Record;
import com.aliyun.odps.data.ResultSet;
import com.aliyun.odps.task.SQLTask;
import com.aliyun.odps.tunnel.TableTunnel.UploadSession;
import com.aliyun.odps.type.TypeInfoFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlTest {
    private MaxComputeServer server;
    private Client client;

    @BeforeAll
    void fill(@TempDir Path directory) throws Exception {
        server = MaxComputeServer.start(
                directory, MaxComputeOptions.defaults().withProjects(List.of("test_project", "other_project")));
        client = Client.of(server);
        client.sql("create table test_table (__key__ string, __value__ string, `__offset__` bigint)"
                + " partitioned by (ds string)");
        client.sql("alter table test_table add partition (ds='2022112200') partition (ds='not a number')");
        UploadSession session = client.open("test_table", "ds=2022112200", false);
        Client.write(session, 0, 25, (row, i) -> {
            row.setString(0, "k" + i);
            row.setString(1, "{\"a\":{\"b\":" + i + "}}");
            row.setBigint(2, (long) i);
        });
        session.commit();
        client.sql("insert into table test_table partition (ds='not a number') values ('x', null, 1)");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void the_two_statements_of_the_manual_answer() throws Exception {
        assertThat(client.sql("select * from test_project.test_table where ds=2022112200 limit 10;"))
                .hasSize(10)
                .allSatisfy(row -> {
                    assertThat(row.getColumnCount()).isEqualTo(4);
                    assertThat(row.get("ds")).isEqualTo("2022112200");
                });
        assertThat(client.cell("select count(*) from test_project.test_table where ds=2022112200;"))
                .isEqualTo("25");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            nvl(null, 'x') | x
            "double quoted" | double quoted
            "it's" | it's
            'it\\'s a\\\\b' | it's a\\b
            concat('a', "b", 1) | ab1
            concat('a', null) | \\N
            get_json_object('{"a":{"b":[1,{"c":"d"}]}}', '$.a.b[1].c') | d
            get_json_object('no json', '$.a') | \\N
            to_char(dateadd(to_date('20221122', 'yyyymmdd'), -1, 'dd'), 'yyyy-mm-dd hh:mi:ss') | 2022-11-21 00:00:00
            to_char(dateadd(datetime '2022-01-31 10:00:00', 1, 'mm'), 'yyyymmddhhmi') | 202202281000
            datediff(datetime '2022-11-22 01:00:00', datetime '2022-11-21 23:00:00', 'dd') | 1
            to_char(from_unixtime(1669048962), 'yyyymmddhhmiss') | 20221122004242
            unix_timestamp(cast('2022-11-22 00:42:42' as datetime)) | 1669048962
            to_char(123) | 123
            date_format(cast('2022-11-22 01:02:03' as datetime), 'yyyy/MM/dd HH:mm') | 2022/11/22 01:02
            cast('abc' as bigint) | \\N
            cast('12' as bigint) + 1 | 13
            if(1 = 2, 'a', 'b') | b
            7 div 2 | 3
            size(split('a,b,c', ',')) | 3
            array(10, 20, 30)[1] | 20
            case when 'kafka' rlike 'k.f' then 1 else 0 end | 1
            datepart(datetime '2022-11-22 09:02:03', 'hh') | 9
            extract(year from date '2022-11-22') | 2022
            substr('abcdef', 2, 3) | bcd
            instr('abc', 'c') | 3
            /* a hint */ length('中文') | 2
            """)
    void an_expression_means_what_it_means_in_maxcompute(String expression, String value) throws Exception {
        Object cell = client.sql("select " + expression + " as x").get(0).get(0);
        assertThat(String.valueOf(cell)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ds = 2022112200 | 25
            2022112200 = t.ds | 25
            t.ds in (2022112200, 1) | 25
            ds between 2022112200 and 2022112299 | 25
            ds >= 2022112200 | 25
            ds != 2022112200 | 0
            ds = '2022112200' and `__offset__` < 5 | 5
            ds = max_pt('test_project.test_table') | 1
            __key__ like 'k1%' | 11
            """)
    void a_partition_of_text_is_compared_with_numbers(String condition, String count) throws Exception {
        assertThat(client.cell("select count(*) from test_table t where " + condition))
                .isEqualTo(count);
    }

    @Test
    void joins_subqueries_and_with_find_their_tables() throws Exception {
        assertThat(client.cell("""
                        -- a comment
                        with big as (select __offset__ as o from test_table where ds=2022112200 and __offset__ > 20)
                        select count(*) from big a join (select * from test_project.test_table where ds=2022112200) b
                        on a.o = b.__offset__, test_table c where c.ds = 'not a number'
                        """)).isEqualTo("4");
    }

    @Test
    void expressions_without_a_name_are_named_by_their_place() throws Exception {
        Record row = client.sql("select ds, count(*), max(__offset__) as top from test_table group by ds order by ds")
                .get(0);
        assertThat(List.of(row.getColumns()).stream().map(Column::getName)).containsExactly("ds", "_c1", "top");
        assertThat(row.get(1)).isEqualTo("25");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            selec 1 | ODPS-0130161:[1,1] Parse exception - invalid token 'selec'
            select * from nowhere | ODPS-0130131:[1,15] Table not found - table test_project.nowhere cannot be resolved
            select 1,\\n  nothing from test_table | ODPS-0130071:[2,3] Semantic analysis exception - column nothing cannot be resolved
            select nofunction(1) | ODPS-0130071:[1,8] Semantic analysis exception - function or view 'nofunction' cannot be resolved
            select * from test_table where ds = | ODPS-0130161:[1,35] Parse exception
            select 'open | ODPS-0130161:[1,8] Parse exception - the string is not closed
            drop table nowhere | ODPS-0130131:[1,12] Table not found
            create table test_table (a bigint) | ODPS-0130131:[1,14] Table or view already exists
            create table t (a nonsense) | ODPS-0130071:[1,19] Semantic analysis exception - type 'nonsense' is not known
            create table t (a bigint, A string) | ODPS-0130071
            insert into table test_table partition (ds='1') select 1 | wrong columns count 1 in data source, requires 3
            alter table test_table drop partition (ds='9') | partition ds=9 does not exist
            alter table test_table add partition (ds='2022112200') | partition already exists
            truncate table nowhere | ODPS-0130131:[1,16] Table not found
            select 1; select 2 | ODPS-0130161:[1,11] Parse exception - invalid token 'select'
            select * from read_csv('/etc/passwd') | cannot be resolved
            attach '/tmp/x' | ODPS-0130161:[1,1] Parse exception
            """)
    void a_refusal_says_where_and_why(String statement, String message) {
        assertThatThrownBy(() -> client.sql(statement.replace("\\n", "\n")))
                .isInstanceOf(OdpsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void the_sdk_makes_and_drops_tables_and_partitions() throws Exception {
        var tables = client.odps().tables();
        TableSchema schema = new TableSchema();
        schema.addColumn(new Column("id", TypeInfoFactory.BIGINT, "the id"));
        schema.addColumn(new Column("name", TypeInfoFactory.STRING));
        schema.addPartitionColumn(new Column("ds", TypeInfoFactory.STRING));
        tables.newTableCreator("test_project", "made", schema)
                .withComment("it's made")
                .withLifeCycle(30L)
                .ifNotExists()
                .create();
        assertThat(tables.exists("made")).isTrue();
        Table table = tables.get("made");
        assertThat(table.getComment()).isEqualTo("it's made");
        assertThat(table.getLife()).isEqualTo(30);
        assertThat(table.getSchema().getColumn("id").getComment()).isEqualTo("the id");
        assertThat(table.isPartitioned()).isTrue();

        table.createPartition(new PartitionSpec("ds=20221122"), true);
        assertThat(table.hasPartition(new PartitionSpec("ds='20221122'"))).isTrue();
        assertThat(table.hasPartition(new PartitionSpec("ds='20221123'"))).isFalse();
        client.sql("insert overwrite table made partition (ds='20221122') select 1, 'a'");
        assertThat(table.getPartition(new PartitionSpec("ds='20221122'")).getRecordNum())
                .isEqualTo(1);
        assertThat(table.getPartitions())
                .singleElement()
                .satisfies(p -> assertThat(p.getPartitionSpec().get("ds")).isEqualTo("20221122"));
        assertThat(table.getPartitionSpecs()).hasSize(1);
        client.sql("alter table made set lifecycle 3");
        table.reload();
        assertThat(table.getLife()).isEqualTo(3);
        table.deletePartition(new PartitionSpec("ds='20221122'"));
        assertThat(table.getPartitions()).isEmpty();
        assertThat(StreamSupport.stream(tables.spliterator(), false).map(Table::getName))
                .contains("made", "test_table");
        tables.delete("made");
        assertThat(tables.exists("made")).isFalse();
    }

    @Test
    void insert_fills_fixed_and_dynamic_partitions() throws Exception {
        client.sql("create table dynamic (n bigint, s string) partitioned by (ds string, hh string)");
        client.sql("insert into dynamic partition (ds='1', hh='2') (s) select 'only s'");
        client.sql("insert into table dynamic partition (ds='1', hh) select __offset__, __key__, __offset__ % 2"
                + " from test_table where ds=2022112200");
        assertThat(client.text("show partitions dynamic")).isEqualTo("ds=1/hh=0\nds=1/hh=1\nds=1/hh=2\n");
        assertThat(client.cell("select count(*) from dynamic where hh='0'")).isEqualTo("13");

        client.sql("insert overwrite table dynamic partition (ds, hh) select 1, 'new', '1', '0'");

        assertThat(client.cell("select count(*) from dynamic where hh='0'")).isEqualTo("1");
        assertThat(client.cell("select count(*) from dynamic where hh='1'")).isEqualTo("12");
        assertThat(client.sql("select n, s from dynamic where hh='2'").get(0).get(0))
                .isEqualTo("\\N");
    }

    @Test
    void truncate_and_added_columns_change_what_is_seen() throws Exception {
        client.sql("create table changing (a bigint)");
        client.sql("insert into changing values (1), (2)");
        client.sql("alter table changing add columns (b string comment 'new')");
        client.sql("insert into changing values (3, 'three')");
        assertThat(client.cell("select concat(count(*), '/', count(b)) from changing"))
                .isEqualTo("3/1");
        client.odps().tables().get("changing").truncate();
        assertThat(client.cell("select count(*) from changing")).isEqualTo("0");
    }

    @Test
    void show_and_desc_are_readable() throws Exception {
        assertThat(client.text("show tables like 'test%'")).isEqualTo("sandbox:test_table\n");
        assertThat(client.text("desc test_project.test_table"))
                .contains("__offset__", "bigint", "Partition Columns:", "Records: 26");
        assertThat(client.text("desc test_table partition (ds='2022112200')")).contains("Records: 25");
    }

    @Test
    void another_project_has_its_own_tables() throws Exception {
        client.sql("create table other_project.test_table (a bigint)");
        client.sql("insert into other_project.test_table select __offset__ from test_table");
        assertThat(client.cell("select count(*) from other_project.test_table")).isEqualTo("26");
        assertThat(client.odps().projects().exists("other_project")).isTrue();
        assertThat(client.odps().projects().exists("third_project")).isFalse();
    }

    @Test
    void a_long_result_is_cut_in_the_csv_and_whole_by_the_instance_tunnel() throws Exception {
        client.sql("create table long_result (n bigint)");
        UploadSession session = client.open("long_result", "", false);
        Client.write(session, 0, 12_000, (row, i) -> row.setBigint(0, (long) i));
        session.commit();
        Instance instance = SQLTask.run(client.odps(), "select n from long_result order by n desc");
        instance.waitForSuccess(50);

        assertThat(SQLTask.getResult(instance)).hasSize(10_000);
        ResultSet whole = SQLTask.getResultSet(instance);
        assertThat(whole.getRecordCount()).isEqualTo(12_000);
        assertThat(whole.next().getBigint(0)).isEqualTo(11_999L);
    }

    @Test
    void the_zone_of_a_statement_can_be_set() throws Exception {
        Instance instance = SQLTask.run(
                client.odps(),
                "test_project",
                "select to_char(from_unixtime(0), 'yyyy-mm-dd hh:mi:ss')",
                Map.of("odps.sql.timezone", "America/New_York"),
                null);
        instance.waitForSuccess(50);
        assertThat(SQLTask.getResult(instance).get(0).get(0)).isEqualTo("1969-12-31 19:00:00");
    }

    @Test
    void a_running_statement_can_be_stopped() throws Exception {
        Instance instance = SQLTask.run(
                client.odps(),
                "select count(*) from test_table a, test_table b, test_table c, test_table d, test_table e,"
                        + " test_table f, test_table g where a.__key__ < concat(b.__key__, g.__key__)");
        assertThat(instance.getStatus(true)).isEqualTo(Instance.Status.RUNNING);
        assertThat(instance.getEndTime()).isNull();
        instance.stop();
        instance.waitForTerminated(50, false);
        assertThat(instance.getTaskStatus().values())
                .singleElement()
                .satisfies(task -> assertThat(task.getStatus()).isEqualTo(Instance.TaskStatus.Status.CANCELLED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1 as a, 2 as a", "select null as a", "select sum(__offset__) from test_table"})
    void odd_columns_have_a_type(String query) throws Exception {
        Instance instance = SQLTask.run(client.odps(), query);
        instance.waitForSuccess(50);
        assertThat(SQLTask.getResultByInstanceTunnel(instance)).hasSize(1);
    }
}
