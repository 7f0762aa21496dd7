package io.tidegate.sandbox.maxcompute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.odps.PartitionSpec;
import com.aliyun.odps.tunnel.TableTunnel.UploadSession;
import com.aliyun.odps.tunnel.TableTunnel.UploadStatus;
import com.aliyun.odps.tunnel.TunnelException;
import io.tidegate.sandbox.maxcompute.tunnel.Fault;
import io.tidegate.sandbox.maxcompute.tunnel.Faults;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {
    private static final String DS = "ds=2022112200";

    private MaxComputeServer server;
    private Client client;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        server = MaxComputeServer.start(directory);
        client = Client.of(server);
        client.sql("create table t (k string, n bigint) partitioned by (ds string)");
        client.sql("alter table t add partition (ds='2022112200')");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @AfterEach
    void clear() throws Exception {
        assertThat(server.faults().pending()).isEmpty();
        client.sql("truncate table t");
    }

    private UploadSession filled(int rows) throws Exception {
        UploadSession session = client.open("t", DS, false);
        Client.write(session, 0, rows, (row, i) -> row.setBigint(1, (long) i));
        return session;
    }

    private String count() throws Exception {
        return client.cell("select count(*) from t where ds=2022112200");
    }

    private UploadSession reopened(UploadSession session) throws TunnelException {
        return client.tunnel().getUploadSession(server.project(), "t", new PartitionSpec(DS), session.getId());
    }

    @Test
    void a_commit_whose_reply_is_lost_was_done_once() throws Exception {
        UploadSession session = filled(10);
        server.faults().dropReplyAfterCommit(1);

        assertThatThrownBy(session::commit).isInstanceOf(TunnelException.class);

        UploadSession recovered = reopened(session);
        assertThat(recovered.getStatus()).isEqualTo(UploadStatus.CLOSED);
        recovered.commit();
        assertThat(count()).isEqualTo("10");
    }

    @Test
    void a_block_that_fails_is_not_listed_and_can_be_written_again() throws Exception {
        UploadSession session = client.open("t", DS, false);
        server.faults().failBlock(3, 2);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> Client.write(session, 3, 10, (row, n) -> row.setBigint(1, 1L)))
                    .hasStackTraceContaining("InternalServerError");
        }
        Client.write(session, 4, 1, (row, n) -> row.setBigint(1, 1L));
        assertThat(session.getBlockList()).containsExactly(4L);

        Client.write(session, 3, 10, (row, n) -> row.setBigint(1, 1L));
        session.commit();

        assertThat(count()).isEqualTo("11");
    }

    @Test
    void a_session_that_expired_cannot_be_committed() throws Exception {
        UploadSession session = filled(10);
        server.faults().expireSession(1);

        assertThatThrownBy(session::commit).hasStackTraceContaining("StatusConflict");

        assertThat(reopened(session).getStatus()).isEqualTo(UploadStatus.EXPIRED);
        assertThat(count()).isEqualTo("0");
    }

    @Test
    void a_throttled_client_tries_again() throws Exception {
        server.faults().tooManyRequests(1);
        filled(5).commit();
        assertThat(count()).isEqualTo("5");
    }

    @Test
    void slow_blocks_are_slow() throws Exception {
        UploadSession session = client.open("t", DS, false);
        server.faults().slowBlocks(Duration.ofMillis(300), 1);
        long start = System.nanoTime();
        Client.write(session, 0, 1, (row, n) -> row.setBigint(1, 1L));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
    }

    @Test
    void a_session_whose_opening_fails_is_opened_by_trying_again() throws Exception {
        server.faults().set(new Fault(Fault.Kind.FAIL_OPEN, Faults.ANY_BLOCK, Duration.ZERO, 1));
        filled(3).commit();
        assertThat(count()).isEqualTo("3");
    }

    @Test
    void a_forgotten_session_is_unknown_and_what_it_committed_stays() throws Exception {
        UploadSession session = filled(3);
        session.commit();
        server.faults().set(new Fault(Fault.Kind.FORGET_SESSION, Faults.ANY_BLOCK, Duration.ZERO, 1));

        assertThatThrownBy(() -> reopened(session)).hasStackTraceContaining("NoSuchUpload");
        assertThatThrownBy(() -> reopened(session)).hasStackTraceContaining("NoSuchUpload");
        assertThat(count()).isEqualTo("3");
    }

    @Test
    void a_block_whose_connection_breaks_is_not_listed() throws Exception {
        UploadSession session = client.open("t", DS, false);
        server.faults().set(new Fault(Fault.Kind.BREAK_BLOCK, 3, Duration.ZERO, 1));
        assertThatThrownBy(() -> Client.write(session, 3, 10, (row, n) -> row.setBigint(1, 1L)))
                .isInstanceOf(Exception.class);
        assertThat(session.getBlockList()).isEmpty();
    }

    @Test
    void a_session_can_expire_in_the_moment_of_its_commit() throws Exception {
        UploadSession session = filled(10);
        server.faults().set(new Fault(Fault.Kind.EXPIRE_AT_COMMIT, Faults.ANY_BLOCK, Duration.ZERO, 1));

        assertThatThrownBy(session::commit).hasStackTraceContaining("StatusConflict");
        assertThat(count()).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({"HOLD_COMMIT, 0, NORMAL", "HOLD_COMMIT_REPLY, 10, CLOSED", "HOLD_LISTING, 0, NORMAL"})
    void a_held_commit_is_at_the_step_that_was_asked_for(Fault.Kind kind, String visible, UploadStatus status)
            throws Exception {
        UploadSession session = filled(10);
        server.faults().hold(kind, Faults.ANY_BLOCK);
        CompletableFuture<Void> committing = CompletableFuture.runAsync(() -> {
            try {
                session.commit(new Long[] {0L});
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        assertThat(server.faults().awaitHeld(kind, Duration.ofSeconds(20))).isTrue();
        assertThat(server.faults().held()).hasSize(1);

        assertThat(count()).isEqualTo(visible);
        assertThat(reopened(session).getStatus()).isEqualTo(status);
        assertThat(committing).isNotDone();
        server.faults().release();

        committing.get(20, TimeUnit.SECONDS);
        assertThat(count()).isEqualTo("10");
        assertThat(server.faults().held()).isEmpty();
    }

    @Test
    void a_held_block_is_listed_after_its_release() throws Exception {
        UploadSession session = client.open("t", DS, false);
        server.faults().hold(Fault.Kind.HOLD_BLOCK, 5);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            try {
                Client.write(session, 5, 10, (row, n) -> row.setBigint(1, 1L));
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        assertThat(server.faults().awaitHeld(Fault.Kind.HOLD_BLOCK, Duration.ofSeconds(20)))
                .isTrue();
        assertThat(session.getBlockList()).isEmpty();
        server.faults().clear();

        writing.get(20, TimeUnit.SECONDS);
        assertThat(session.getBlockList()).containsExactly(5L);
    }

    @Test
    void nothing_is_held_for_longer_than_was_said() throws Exception {
        UploadSession session = filled(10);
        server.faults().set(new Fault(Fault.Kind.HOLD_COMMIT, Faults.ANY_BLOCK, Duration.ofMillis(200), 1));
        session.commit();
        assertThat(server.faults().awaitHeld(Fault.Kind.HOLD_COMMIT, Duration.ZERO))
                .isFalse();
        assertThat(count()).isEqualTo("10");
    }

    @Test
    void faults_are_set_listed_and_cleared_over_http() throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/admin/faults"));
        String body = "{\"kind\":\"FAIL_BLOCK\",\"block\":7,\"times\":2}";

        assertThat(send(request.copy().POST(HttpRequest.BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(415);
        HttpRequest.Builder json = request.copy().header("Content-Type", "application/json");
        assertThat(send(json.copy().POST(HttpRequest.BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(request.copy().GET()).body()).contains("\"block\":7", "\"times\":2");
        assertThat(server.faults().pending())
                .hasSize(1)
                .allSatisfy(f -> assertThat(f.block()).isNotEqualTo(Faults.ANY_BLOCK));
        assertThat(send(json.copy().POST(HttpRequest.BodyPublishers.ofString("{\"kind\":\"NONE\"}")))
                        .statusCode())
                .isEqualTo(400);
        send(request.copy().DELETE());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
