package io.tidegate.sandbox.maxcompute;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.odps.tunnel.TableTunnel.UploadSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fast rows go in and how little the size of a session matters to its commit. */
@Tag("nightly")
class SpeedTest {
    private static final int BLOCKS = 4;
    private static final int ROWS = 250_000;

    @Test
    void a_million_rows_go_in_fast_and_are_committed_at_once(@TempDir Path directory) throws Exception {
        try (MaxComputeServer server = MaxComputeServer.start(directory)) {
            Client client = Client.of(server);
            client.sql(
                    "create table fast (k string, v string, t string, p bigint, o bigint, ts bigint) partitioned by (ds string)");
            client.sql("alter table fast add partition (ds='1')");
            upload(client, 20_000).commit();

            long start = System.nanoTime();
            UploadSession session = upload(client, ROWS);
            double seconds = (System.nanoTime() - start) / 1e9;
            long committing = System.nanoTime();
            session.commit();
            Duration commit = Duration.ofNanos(System.nanoTime() - committing);

            System.out.printf("%.0f rows/s, commit %d ms%n", BLOCKS * ROWS / seconds, commit.toMillis());
            assertThat(client.cell("select count(*) from fast where ds=1"))
                    .isEqualTo(String.valueOf(BLOCKS * (ROWS + 20_000)));
            // Far below what an idle machine does; enough to notice a rewrite that makes it slow.
            assertThat(BLOCKS * ROWS / seconds).isGreaterThan(20_000);
            assertThat(commit).isLessThan(Duration.ofSeconds(2));
        }
    }

    private static UploadSession upload(Client client, int rows) throws Exception {
        UploadSession session = client.open("fast", "ds=1", false);
        ExecutorService threads = Executors.newFixedThreadPool(BLOCKS);
        List<Future<?>> blocks = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            int number = block;
            blocks.add(threads.submit(() -> {
                Client.write(session, number, rows, (row, i) -> {
                    row.setString(0, "key-" + i);
                    row.setString(1, "{\"customer\":" + i * 31L + ",\"text\":\"" + "x".repeat(100) + i + "\"}");
                    row.setString(2, "topic");
                    row.setBigint(3, (long) number);
                    row.setBigint(4, (long) i);
                    row.setBigint(5, 1669048962000L + i);
                });
                return null;
            }));
        }
        for (Future<?> block : blocks) {
            block.get();
        }
        threads.shutdown();
        return session;
    }
}
