package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.receipt.LateReceipt;
import io.tidegate.engine.receipt.LateRun;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.receipt.Receipt.PartitionReceipt;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.scheduler.instance.AttemptId;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.late.LateLedger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LateRecordsTest {
    private static final TestServer SERVER = TestServer.start(WebSettings.DEFAULTS);
    private static final Instant START = TestServer.START.minusSeconds(86_400);
    private static final Instant END = START.plusSeconds(3600);

    @AfterAll
    static void close() {
        SERVER.close();
    }

    /** The root's instance plays a copy that succeeded, and one that found records of it later. */
    private static long copiedWindow() {
        long instance = SERVER.rootInstance();
        long attempt = SERVER.jdbi().withHandle(handle -> {
            handle.execute("UPDATE instance SET state = 'SUCCESS' WHERE id = ?", instance);
            handle.execute("DELETE FROM attempt WHERE instance_id = ?", instance);
            handle.execute("DELETE FROM late_record");
            return handle.createQuery("""
                            INSERT INTO attempt (instance_id, number, generation, epoch, worker, state, lease_until, started_at)
                            VALUES (:id, 1, 1, 1, 'w', 'SUCCEEDED', now(), now()) RETURNING id""")
                    .bind("id", instance)
                    .mapTo(Long.class)
                    .one();
        });
        Receipt receipt = new Receipt(
                "orders",
                "lake.orders",
                "ds=1",
                WriteMode.OVERWRITE,
                START,
                END,
                10,
                10,
                0,
                0,
                0,
                0,
                100,
                START,
                END,
                1,
                "00",
                "upload",
                null,
                List.of(new PartitionReceipt(0, 0, 100, 10, 10, 0, 0, null, null)),
                "id-1",
                new LateReceipt(LatePolicy.REPORT, 4, 0, List.of()));
        LateLedger ledger = new LateLedger(SERVER.jdbi(), SERVER.clock());
        SERVER.jdbi()
                .useTransaction(handle -> ledger.keep(
                        handle,
                        new InstanceId(instance),
                        new AttemptId(attempt),
                        receipt,
                        List.of(
                                new LateRun(0, 120, 122, START, START.plusSeconds(1)),
                                new LateRun(0, 130, 130, START.minusSeconds(1), START.minusSeconds(1)))));
        return instance;
    }

    @Test
    void the_ledger_is_listed_by_pages_and_filters() {
        SERVER.workspace();
        long instance = copiedWindow();
        String url = SERVER.workspace() + "/late-records";

        JsonNode first = SERVER.admin().get(url + "?limit=1").json();
        assertThat(first.at("/items/0/state").asText()).isEqualTo("NO_WINDOW");
        assertThat(first.at("/items/0/instanceId").isNull()).isTrue();
        JsonNode second = SERVER.admin()
                .get(url + "?limit=1&cursor=" + first.path("next").asText())
                .json();
        assertThat(second.at("/items/0/state").asText()).isEqualTo("MISSING");
        assertThat(second.at("/items/0/instanceId").asLong()).isEqualTo(instance);
        assertThat(second.at("/items/0/missing").asLong()).isEqualTo(3);
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(new ResponseShape(second, "/api/v1/workspaces/{workspace}/late-records").differences())
                .isEmpty();

        assertThat(SERVER.admin().get(url + "?open=true").json().path("items")).hasSize(2);
        assertThat(SERVER.admin().get(url + "?environment=DEV").json().path("items"))
                .isEmpty();
        assertThat(SERVER.admin().get(url + "?node=-1").json().path("items")).isEmpty();
        assertThat(SERVER.admin().get(url + "?open=perhaps").status()).isEqualTo(400);
        assertThat(SERVER.admin().get(url + "?cursor=x").status()).isEqualTo(422);
    }

    @Test
    void an_instance_shows_what_its_window_lacks_and_a_click_runs_it_again_once() {
        SERVER.workspace();
        long instance = copiedWindow();
        String url = "/api/v1/instances/" + instance;

        JsonNode detail = SERVER.admin().get(url).json();
        assertThat(detail.at("/late/missing").asLong()).isEqualTo(3);
        assertThat(detail.at("/late/partitions/0/firstOffset").asLong()).isEqualTo(120);
        assertThat(detail.path("lateMissing").asLong()).isEqualTo(3);
        assertThat(new ResponseShape(detail, "/api/v1/instances/{id}").differences())
                .isEmpty();
        JsonNode listed = SERVER.admin().get(SERVER.workspace() + "/instances").json();
        assertThat(listed.at("/items/0/lateMissing").asLong()).isEqualTo(3);

        Browser.Answer repaired = SERVER.admin().post(url + "/repair", "{}");
        assertThat(repaired.status()).as(repaired.text()).isEqualTo(200);
        assertThat(repaired.json().path("state").asText()).isNotEqualTo("SUCCESS");
        JsonNode events = repaired.json().path("events");
        assertThat(events.findValuesAsText("detail"))
                .anyMatch(text -> text.startsWith("Late records: 3 of this window"));
        Browser.Answer again = SERVER.admin().post(url + "/repair", "{}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(SERVER.admin().post("/api/v1/instances/999999/repair", "{}").status())
                .isEqualTo(404);
    }
}
