package io.tidegate.sandbox.maxcompute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.odps.NoSuchObjectException;
import com.aliyun.odps.PartitionSpec;
import com.aliyun.odps.Table;
import com.aliyun.odps.tunnel.Configuration;
import com.aliyun.odps.tunnel.TableTunnel;
import com.aliyun.odps.tunnel.TableTunnel.UploadSession;
import com.aliyun.odps.tunnel.TunnelException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects of three layers, columns that take no NULL, external tables and Tunnel quotas. */
class SchemaTest {
    @TempDir
    Path directory;

    private static void commitRows(Client client, String table, int rows) throws Exception {
        UploadSession session = client.open(table, "ds=1", false);
        Client.write(session, 0, rows, (row, i) -> row.setBigint(0, (long) i));
        session.commit();
    }

    @Test
    void a_schema_holds_tables_of_its_own_that_outlive_the_server() throws Exception {
        try (MaxComputeServer server = MaxComputeServer.start(directory)) {
            Client own = Client.of(server);
            Client layer = Client.of(server);
            server.createSchema(server.project(), "Layer");
            layer.odps().setCurrentSchema("layer");
            own.sql("create table t (n bigint) partitioned by (ds string)");
            own.sql("create table %s.layer.t (n bigint) partitioned by (ds string)".formatted(server.project()));
            own.sql("alter table t add partition (ds='1')");
            Table inLayer = layer.odps().tables().get("t");
            inLayer.createPartition(new PartitionSpec("ds=1"), true);
            commitRows(own, "t", 2);
            commitRows(layer, "t", 5);

            assertThat(inLayer.hasPartition(new PartitionSpec("ds=1"))).isTrue();
            assertThat(own.cell("select count(*) from t")).isEqualTo("2");
            assertThat(own.cell("select count(*) from %s.default.t".formatted(server.project())))
                    .isEqualTo("2");
            assertThat(own.cell("select count(*) from %s.layer.t where ds='1'".formatted(server.project())))
                    .isEqualTo("5");
            assertThat(layer.odps().tables().exists("t")).isTrue();
            assertThat(layer.odps().tables()).hasSize(1);
            assertThat(own.odps().schemas().iterator(server.project()).next().getName())
                    .isEqualTo("layer");
        }
        try (MaxComputeServer server = MaxComputeServer.start(directory)) {
            assertThat(Client.of(server).cell("select count(*) from %s.layer.t".formatted(server.project())))
                    .isEqualTo("5");
        }
    }

    @Test
    void a_schema_that_is_not_there_has_no_tables() throws Exception {
        try (MaxComputeServer server = MaxComputeServer.start(directory)) {
            Client nowhere = Client.of(server);
            nowhere.odps().setCurrentSchema("nowhere");

            assertThatThrownBy(() -> nowhere.odps().tables().get("t").reload())
                    .isInstanceOf(NoSuchObjectException.class);
            assertThatThrownBy(() -> nowhere.sql("create table %s.nowhere.t (n bigint)".formatted(server.project())))
                    .hasMessageContaining("project or schema tidegate_prod.nowhere cannot be resolved");
        }
    }

    @Test
    void a_column_that_takes_no_null_says_so_and_refuses_it() throws Exception {
        try (MaxComputeServer server = MaxComputeServer.start(directory)) {
            Client client = Client.of(server);
            client.sql("create table t (a bigint not null comment 'x', b bigint null)");
            Table table = client.odps().tables().get("t");
            table.reload();

            assertThat(table.getSchema().getColumn("a").isNullable()).isFalse();
            assertThat(table.getSchema().getColumn("b").isNullable()).isTrue();
            UploadSession session = client.open("t", "", false);
            assertThatThrownBy(() -> Client.write(session, 0, 1, (row, i) -> row.setBigint(1, 1L)))
                    .hasMessageContaining("NOT NULL");
        }
    }

    @Test
    void an_external_table_is_described_as_one_and_not_served_by_the_tunnel() throws Exception {
        try (MaxComputeServer server = MaxComputeServer.start(directory)) {
            Client client = Client.of(server);
            client.sql("create external table far (a string) stored by 'handler' location 'oss://b/f'");
            Table table = client.odps().tables().get("far");
            table.reload();

            assertThat(table.isExternalTable()).isTrue();
            assertThatThrownBy(() -> client.open("far", "", false)).hasMessageContaining("external");
        }
    }

    @Test
    void an_upload_stays_in_the_quota_it_was_opened_in() throws Exception {
        try (MaxComputeServer server = MaxComputeServer.start(directory)) {
            Client client = Client.of(server);
            client.sql("create table t (a bigint)");
            Configuration inQuota =
                    Configuration.builder(client.odps()).withQuotaName("fast").build();
            UploadSession session =
                    new TableTunnel(client.odps(), inQuota).createUploadSession(server.project(), "t", false);

            assertThat(server.tunnelUsage().quotas()).containsExactly("fast");
            assertThatThrownBy(() -> client.tunnel().getUploadSession(server.project(), "t", session.getId()))
                    .isInstanceOf(TunnelException.class)
                    .hasMessageContaining("quota");
        }
    }
}
