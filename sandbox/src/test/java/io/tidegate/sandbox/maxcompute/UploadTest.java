package io.tidegate.sandbox.maxcompute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.odps.tunnel.TableTunnel.UploadSession;
import com.aliyun.odps.tunnel.TunnelException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadTest {
    private MaxComputeServer server;
    private Client client;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = MaxComputeServer.start(directory);
        client = Client.of(server);
    }

    @AfterAll
    void stop() {
        server.close();
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
        UploadSession session = client.open(table, "ds=2022112200", overwrite);
        for (int block = 0; block < rowsOfBlocks.length; block++) {
            Client.write(session, block, rowsOfBlocks[block], (row, i) -> {
                row.setString(0, "key" + i);
                row.setBigint(1, (long) i);
            });
        }
        return session;
    }

    @Test
    void nothing_is_seen_before_the_commit_and_everything_after() throws Exception {
        table("seen");
        UploadSession session = filled("seen", false, 100, 50);

        assertThat(count("seen")).isZero();
        session.commit(new Long[] {0L, 1L});

        assertThat(count("seen")).isEqualTo(150);
    }

    @Test
    void a_session_for_a_missing_partition_is_refused() throws Exception {
        table("missing");
        assertThatThrownBy(() -> client.open("missing", "ds=2022112201", false))
                .isInstanceOfSatisfying(
                        TunnelException.class, e -> assertThat(e.getErrorCode()).isEqualTo("NoSuchPartition"));
    }
}
