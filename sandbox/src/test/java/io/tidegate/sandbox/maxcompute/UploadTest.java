package io.tidegate.sandbox.maxcompute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.odps.PartitionSpec;
import com.aliyun.odps.data.Record;
import com.aliyun.odps.tunnel.TableTunnel.UploadSession;
import com.aliyun.odps.tunnel.TableTunnel.UploadStatus;
import com.aliyun.odps.tunnel.TunnelException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadTest {
    private static final String DS = "ds=2022112200";

    private MaxComputeServer server;
    private Client client;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = MaxComputeServer.start(directory, MaxComputeOptions.defaults().withoutSignatures());
        client = Client.of(server);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void nothing_is_seen_before_the_commit_and_everything_after() throws Exception {
        table("seen");
        UploadSession session = filled("seen", false, 100, 50);
        assertThat(count("seen")).isZero();

        session.commit(new Long[] {0L, 1L});

        assertThat(count("seen")).isEqualTo(150);
        assertThat(client.cell("select sum(n) from seen")).isEqualTo("6175");
    }

    @Test
    void into_adds_and_overwrite_replaces() throws Exception {
        table("modes");
        filled("modes", false, 10).commit();
        filled("modes", false, 20).commit();
        assertThat(count("modes")).isEqualTo(30);

        filled("modes", true, 7).commit();

        assertThat(count("modes")).isEqualTo(7);
    }

    @Test
    void overwrite_leaves_the_other_partitions_alone() throws Exception {
        table("neighbours");
        client.sql("alter table neighbours add partition (ds='2022112201');");
        filled("neighbours", false, 10).commit();
        UploadSession other = client.open("neighbours", "ds=2022112201", true);
        Client.write(other, 0, 3, (row, i) -> row.setBigint(1, 1L));

        other.commit();

        assertThat(count("neighbours")).isEqualTo(10);
        assertThat(client.cell("select count(*) from neighbours")).isEqualTo("13");
    }

    @Test
    void overwrite_with_no_block_empties_the_partition() throws Exception {
        table("emptied");
        filled("emptied", false, 10).commit();
        client.open("emptied", DS, true).commit();
        assertThat(count("emptied")).isZero();
    }

    @Test
    void a_second_commit_changes_nothing() throws Exception {
        table("twice");
        UploadSession session = filled("twice", false, 10);
        session.commit();

        UploadSession again =
                client.tunnel().getUploadSession(server.project(), "twice", new PartitionSpec(DS), session.getId());
        again.commit();

        assertThat(again.getStatus()).isEqualTo(UploadStatus.CLOSED);
        assertThat(count("twice")).isEqualTo(10);
    }

    @Test
    void a_block_that_is_written_again_replaces_the_earlier_one() throws Exception {
        table("again");
        UploadSession session = filled("again", false, 10, 10);
        Client.write(session, 1, 3, (row, i) -> row.setBigint(1, 5L));

        session.commit(new Long[] {0L, 1L});

        assertThat(count("again")).isEqualTo(13);
    }

    @Test
    void a_block_that_breaks_off_leaves_nothing() throws Exception {
        table("broken");
        UploadSession session = client.open("broken", DS, false);
        breakOff("broken", session.getId());

        assertThat(session.getBlockList()).isEmpty();
        session.commit();

        assertThat(count("broken")).isZero();
    }

    /** Sends a whole record, then closes the connection in the middle of the body. */
    private void breakOff(String table, String upload) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String head =
                    "PUT /projects/%s/tables/%s?uploadid=%s&blockid=0 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .formatted(server.project(), table, upload);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write("3\r\n\n\001a\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
    }

    @Test
    void a_session_that_was_committed_takes_no_more_blocks() throws Exception {
        table("closed");
        UploadSession session = filled("closed", false, 5);
        session.commit();

        refused("StatusConflict", () -> Client.write(session, 1, 5, (row, i) -> row.setBigint(1, 1L)));
        assertThat(count("closed")).isEqualTo(5);
    }

    @Test
    void a_session_for_a_missing_partition_or_table_is_refused() throws Exception {
        table("missing");
        refused("NoSuchPartition", () -> client.open("missing", "ds=2022112201", false));
        refused("NoSuchTable", () -> client.open("nowhere", "", false));
        refused("InvalidPartitionSpec", () -> client.open("missing", "hh=1", false));
    }

    @Test
    void a_commit_after_the_partition_was_dropped_is_refused() throws Exception {
        table("dropped");
        UploadSession session = filled("dropped", false, 5);
        client.sql("alter table dropped drop partition (ds='2022112200')");
        refused("NoSuchPartition", session::commit);
    }

    @Test
    void the_blocks_given_to_commit_must_be_those_that_were_written() throws Exception {
        table("blocks");
        UploadSession session = filled("blocks", false, 5, 5);
        assertThatThrownBy(() -> session.commit(new Long[] {0L})).isInstanceOf(TunnelException.class);
        assertThat(session.getBlockList()).containsExactly(0L, 1L);
    }

    @Test
    void blocks_are_written_side_by_side() throws Exception {
        table("parallel");
        UploadSession session = client.open("parallel", DS, true);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<?>> blocks = new ArrayList<>();
        for (int block = 0; block < 12; block++) {
            int number = block;
            blocks.add(threads.submit(() -> {
                Client.write(session, number, 5000, (row, i) -> {
                    row.setString(0, "key");
                    row.setBigint(1, number * 5000L + i);
                });
                return null;
            }));
        }
        for (Future<?> block : blocks) {
            block.get();
        }
        threads.shutdown();

        session.commit();

        assertThat(client.cell("select concat(count(*), '/', count(distinct n), '/', sum(n)) from parallel"))
                .isEqualTo("60000/60000/1799970000");
    }

    @Test
    void sessions_of_one_partition_do_not_disturb_each_other() throws Exception {
        table("rivals");
        UploadSession first = filled("rivals", false, 10);
        UploadSession second = filled("rivals", false, 20);
        second.commit();
        assertThat(count("rivals")).isEqualTo(20);
        first.commit();
        assertThat(count("rivals")).isEqualTo(30);
    }

    @Test
    void a_table_without_partitions_takes_rows_too() throws Exception {
        client.sql("create table plain (k string, n bigint) comment 'no partitions'");
        UploadSession session = client.open("plain", "", false);
        Client.write(session, 0, 3, (row, i) -> row.setBigint(1, (long) i));
        session.commit();
        assertThat(client.cell("select count(*) from plain")).isEqualTo("3");
        assertThat(client.download("plain", ""))
                .extracting(row -> row.getBigint(1))
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void a_partition_of_two_levels_is_named_either_way() throws Exception {
        client.sql("create table levels (n bigint) partitioned by (ds string, hh bigint)");
        client.sql("alter table levels add partition (hh=9, ds='20221122')");
        UploadSession session = client.open("levels", "ds='20221122',hh='9'", false);
        Client.write(session, 0, 4, (row, i) -> row.setBigint(0, (long) i));
        session.commit();
        assertThat(client.cell("select count(*) from levels where ds='20221122' and hh=9"))
                .isEqualTo("4");
        assertThat(client.text("show partitions levels")).isEqualTo("ds=20221122/hh=9\n");
    }

    @Test
    void a_download_keeps_its_rows_while_the_partition_is_overwritten() throws Exception {
        table("reading");
        filled("reading", false, 10).commit();
        var download = client.tunnel()
                .buildDownloadSession(server.project(), "reading")
                .setPartitionSpec(new PartitionSpec(DS))
                .build();
        filled("reading", true, 3).commit();

        assertThat(download.getRecordCount()).isEqualTo(10);
        List<String> keys = new ArrayList<>();
        try (var reader = download.openRecordReader(2, 5)) {
            for (Record row = reader.read(); row != null; row = reader.read()) {
                keys.add(row.getString(0));
            }
        }
        assertThat(keys).containsExactly("key2", "key3", "key4", "key5", "key6");
    }

    @Test
    void a_stream_session_makes_its_partition_and_shows_each_flush() throws Exception {
        table("streamed");
        var session = client.tunnel()
                .buildStreamUploadSession(server.project(), "streamed")
                .setPartitionSpec(new PartitionSpec("ds=2022112205"))
                .setCreatePartition(true)
                .build();
        var pack = session.newRecordPack();
        Record row = session.newRecord();
        row.setBigint(1, 1L);
        pack.append(row);
        pack.append(row);
        pack.flush();
        assertThat(client.cell("select count(*) from streamed where ds='2022112205'"))
                .isEqualTo("2");
    }

    private void table(String name) throws Exception {
        client.sql("CREATE TABLE IF NOT EXISTS %s (k STRING, n BIGINT) PARTITIONED BY (ds STRING) LIFECYCLE 7;"
                .formatted(name));
        client.sql("ALTER TABLE %s ADD IF NOT EXISTS PARTITION (ds='2022112200');".formatted(name));
    }

    private long count(String table) throws Exception {
        return Long.parseLong(client.cell("select count(*) from %s where ds=2022112200;".formatted(table)));
    }

    private UploadSession filled(String table, boolean overwrite, int... rowsOfBlocks) throws Exception {
        UploadSession session = client.open(table, DS, overwrite);
        for (int block = 0; block < rowsOfBlocks.length; block++) {
            Client.write(session, block, rowsOfBlocks[block], (row, i) -> {
                row.setString(0, "key" + i);
                row.setBigint(1, (long) i);
            });
        }
        return session;
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).hasStackTraceContaining("ErrorCode=" + code);
    }
}
