package io.tidegate.sandbox.maxcompute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.odps.Odps;
import com.aliyun.odps.OdpsException;
import com.aliyun.odps.account.AliyunAccount;
import com.aliyun.odps.tunnel.TunnelException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignatureTest {
    private MaxComputeServer server;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = MaxComputeServer.start(directory, MaxComputeOptions.defaults().withKeys("the-id", "the key / + ä"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void the_right_key_passes() throws Exception {
        assertThat(Client.of(server).cell("select 'a b+c&d=é'")).isEqualTo("a b+c&d=é");
    }

    @Test
    void the_right_key_passes_for_names_that_are_escaped_in_the_url() throws Exception {
        Client client = Client.of(server);
        client.sql("create table escaped (n bigint) partitioned by (ds string)");
        client.sql("alter table escaped add partition (ds='a b+c&dé')");
        var session = client.open("escaped", "ds='a b+c&dé'", false);
        Client.write(session, 0, 1, (row, i) -> row.setBigint(0, 1L));
        session.commit();
        assertThat(client.cell("select ds from escaped")).isEqualTo("a b+c&dé");
    }

    @Test
    void a_wrong_key_is_unauthorized() {
        Client client = Client.of(server, "the-id", "wrong");
        assertThatThrownBy(() -> client.sql("select 1"))
                .isInstanceOf(OdpsException.class)
                .satisfies(e -> assertThat(((OdpsException) e).getErrorCode()).isEqualTo("Unauthorized"));
        client.tunnel().setEndpoint(server.endpoint().replace("/api", ""));
        assertThatThrownBy(() -> client.open("any", "", false))
                .isInstanceOf(TunnelException.class)
                .satisfies(e -> assertThat(((TunnelException) e).getErrorCode()).isEqualTo("Unauthorized"));
    }

    @Test
    void an_unknown_id_is_unauthorized() {
        assertThatThrownBy(() -> Client.of(server, "another", "the key / + ä").sql("select 1"))
                .hasMessageContaining("accessKeyId not found");
    }

    @Test
    void version_4_of_the_signature_passes_too() throws Exception {
        Odps odps = new Odps(new AliyunAccount("the-id", "the key / + ä", "cn-shanghai"));
        odps.setEndpoint(server.endpoint());
        odps.setDefaultProject(server.project());
        assertThat(odps.projects().exists(server.project())).isTrue();
        Odps wrong = new Odps(new AliyunAccount("the-id", "wrong", "cn-shanghai"));
        wrong.setEndpoint(server.endpoint());
        assertThatThrownBy(() -> wrong.projects().exists(server.project())).hasMessageContaining("does not match");
    }

    @Test
    void a_clock_that_is_off_is_refused(@TempDir Path directory) {
        InstantSource late = InstantSource.fixed(Instant.parse("2022-11-22T00:00:00Z"));
        try (MaxComputeServer other = MaxComputeServer.start(
                directory, MaxComputeOptions.defaults().withClock(late, Duration.ofMinutes(15)))) {
            assertThatThrownBy(() -> Client.of(other).sql("select 1")).hasMessageContaining("Invalid request time");
        }
    }
}
