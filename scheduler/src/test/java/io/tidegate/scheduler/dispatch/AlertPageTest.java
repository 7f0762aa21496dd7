package io.tidegate.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.alert.Alert;
import io.tidegate.scheduler.alert.AlertFilter;
import io.tidegate.scheduler.alert.AlertKind;
import io.tidegate.scheduler.alert.AlertPage;
import io.tidegate.scheduler.alert.AlertRuleId;
import io.tidegate.scheduler.alert.Alerts;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertPageTest {
    @Test
    void every_filter_of_the_list_of_alerts_shows_what_it_says_page_by_page() {
        try (World world = new World()) {
            world.jdbi.useHandle(handle -> {
                handle.execute("SET session_replication_role = replica");
                handle.execute("""
                        INSERT INTO alert (workspace_id, rule_id, rule_name, kind, environment, subject, node_id, node_name,
                                           instance_id, raised_at, title, why, details, acknowledged_at, acknowledged_by)
                        SELECT %d, 1 + s %% 2, 'r', CASE WHEN s %% 3 = 0 THEN 'LATE_DATA' ELSE 'FAILED' END, 'PROD',
                               'instance/' || s, 1 + s %% 5, 'n', s %% 7, now(), 't', 'w', '[]',
                               CASE WHEN s %% 2 = 0 THEN now() END, CASE WHEN s %% 2 = 0 THEN 'anna' END
                        FROM generate_series(1, 42) AS s ORDER BY s""".formatted(world.workspace.id().value()));
                handle.execute("SET session_replication_role = origin");
            });
            Alerts alerts = new Alerts(world.jdbi, world.audit, world.clock);
            List<Alert> all = pages(alerts, world, new AlertFilter(Environment.PROD, null, null, null, null, false));
            assertThat(all).hasSize(42);

            for (AlertKind kind : Arrays.asList(null, AlertKind.LATE_DATA)) {
                for (Long rule : Arrays.asList(null, 2L)) {
                    for (Long node : Arrays.asList(null, 3L)) {
                        for (Long instance : Arrays.asList(null, 4L)) {
                            for (boolean open : List.of(false, true)) {
                                AlertFilter filter = new AlertFilter(
                                        Environment.PROD,
                                        kind,
                                        rule == null ? null : new AlertRuleId(rule),
                                        node == null ? null : new NodeId(node),
                                        instance,
                                        open);

                                assertThat(pages(alerts, world, filter).stream().map(Alert::id))
                                        .as(filter.toString())
                                        .containsExactlyElementsOf(all.stream()
                                                .filter(alert -> matches(filter, alert))
                                                .map(Alert::id)
                                                .toList());
                            }
                        }
                    }
                }
            }
        }
    }

    private static boolean matches(AlertFilter filter, Alert alert) {
        return (filter.kind() == null || filter.kind() == alert.kind())
                && (filter.rule() == null || filter.rule().equals(alert.ruleId()))
                && (filter.node() == null || filter.node().value() == alert.nodeId())
                && (filter.instance() == null || filter.instance().equals(alert.instanceId()))
                && (!filter.openOnly() || alert.acknowledgedAt() == null);
    }

    private static List<Alert> pages(Alerts alerts, World world, AlertFilter filter) {
        List<Alert> all = new ArrayList<>();
        String cursor = null;
        do {
            AlertPage page = alerts.list(world.workspace.id(), filter, cursor, 5);
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }
}
