package io.tidegate.sandbox.maxcompute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.odps.Instance;
import com.aliyun.odps.PartitionSpec;
import com.aliyun.odps.data.Record;
import com.aliyun.odps.data.RecordWriter;
import com.aliyun.odps.task.SQLTask;
import com.aliyun.odps.tunnel.TableTunnel.UploadSession;
import com.aliyun.odps.tunnel.TableTunnel.UploadStatus;
import io.tidegate.sandbox.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
    private static final String DS = "ds=2022112200";

    private static UploadSession filled(Client client, int rows) throws Exception {
        client.sql("create table if not exists t (k string, n bigint) partitioned by (ds string)");
        client.sql("alter table t add if not exists partition (ds='2022112200')");
        UploadSession session = client.open("t", DS, false);
        Client.write(session, 0, rows, (row, i) -> row.setBigint(1, (long) i));
        return session;
    }

    private static UploadSession reopened(Client client, UploadSession session) throws Exception {
        return client.tunnel()
                .getUploadSession(client.odps().getDefaultProject(), "t", new PartitionSpec(DS), session.getId());
    }

    @Test
    void sessions_rows_results_port_and_keys_outlive_the_server(@TempDir Path directory) throws Exception {
        UploadSession committed;
        UploadSession open;
        String instanceId;
        String endpoint;
        String key;
        try (MaxComputeServer server = MaxComputeServer.start(directory)) {
            Client client = Client.of(server);
            committed = filled(client, 10);
            committed.commit();
            open = filled(client, 5);
            Instance instance = SQLTask.run(client.odps(), "select count(*) from t");
            instance.waitForSuccess(50);
            instanceId = instance.getId();
            endpoint = server.endpoint();
            key = server.accessKey();
        }
        try (MaxComputeServer server = MaxComputeServer.start(directory)) {
            assertThat(server.endpoint()).isEqualTo(endpoint);
            assertThat(server.accessKey()).isEqualTo(key);
            Client client = Client.of(server);
            assertThat(reopened(client, committed).getStatus()).isEqualTo(UploadStatus.CLOSED);
            UploadSession resumed = reopened(client, open);
            assertThat(resumed.getStatus()).isEqualTo(UploadStatus.NORMAL);
            assertThat(resumed.getBlockList()).containsExactly(0L);
            assertThat(client.cell("select count(*) from t")).isEqualTo("10");

            resumed.commit(new Long[] {0L});

            assertThat(client.cell("select count(*) from t")).isEqualTo("15");
            assertThat(SQLTask.getResult(client.odps().instances().get(instanceId))
                            .get(0)
                            .get(0))
                    .isEqualTo("10");
        }
    }

    @Test
    void what_was_committed_outlives_a_kill_and_what_was_not_leaves_nothing(@TempDir Path directory) throws Exception {
        UploadSession committed;
        UploadSession open;
        try (ChildJvm child = ChildJvm.start(ChildMaxCompute.class, directory)) {
            Client client = Client.of(child.fact(1), child.fact(2), child.fact(3), child.fact(4));
            committed = filled(client, 10);
            committed.commit();
            open = filled(client, 5);
            RecordWriter unfinished = open.openRecordWriter(1);
            Record row = open.newRecord();
            for (int i = 0; i < 100_000; i++) {
                row.setString(0, "unfinished" + i);
                unfinished.write(row);
            }
            child.kill();
        }
        try (MaxComputeServer server = MaxComputeServer.start(directory)) {
            Client client = Client.of(server);
            assertThat(reopened(client, committed).getStatus()).isEqualTo(UploadStatus.CLOSED);
            assertThat(client.cell("select count(*) from t")).isEqualTo("10");
            UploadSession resumed = reopened(client, open);
            assertThat(resumed.getStatus()).isEqualTo(UploadStatus.NORMAL);
            assertThat(resumed.getBlockList()).containsExactly(0L);

            resumed.commit(new Long[] {0L});

            assertThat(client.cell("select count(*) from t")).isEqualTo("15");
        }
    }

    @Test
    void the_file_with_the_key_is_for_its_owner_alone(@TempDir Path directory) throws Exception {
        MaxComputeServer.start(directory).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("server.properties"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_directory_serves_one_server_at_a_time(@TempDir Path directory) {
        try (MaxComputeServer first = MaxComputeServer.start(directory)) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(() -> MaxComputeServer.start(directory)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void a_session_expires_after_a_day(@TempDir Path directory) throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2022-11-22T00:00:00Z"));
        try (MaxComputeServer server = MaxComputeServer.start(
                directory, MaxComputeOptions.defaults().withClock(now::get, Duration.ofDays(36_500)))) {
            Client client = Client.of(server);
            UploadSession session = filled(client, 10);
            now.set(Instant.parse("2022-11-23T00:00:00Z"));
            assertThat(reopened(client, session).getStatus()).isEqualTo(UploadStatus.NORMAL);
            now.set(Instant.parse("2022-11-23T00:00:01Z"));

            assertThat(reopened(client, session).getStatus()).isEqualTo(UploadStatus.EXPIRED);
            assertThatThrownBy(session::commit).hasStackTraceContaining("StatusConflict");
            assertThatThrownBy(() -> Client.write(session, 1, 1, (row, i) -> row.setBigint(1, 1L)))
                    .hasStackTraceContaining("StatusConflict");
        }
    }
}
