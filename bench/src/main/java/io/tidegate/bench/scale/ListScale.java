package io.tidegate.bench.scale;

import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceFilter;
import io.tidegate.scheduler.instance.InstancePage;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.Instances;
import io.tidegate.scheduler.instance.Origin;
import io.tidegate.scheduler.late.LateRecords;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.workspace.Environment;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks through lists of instances, page by page, as the screens do: with why each waits and what its window lacks. */
public final class ListScale {
    private static final int PAGE = 100;
    private static final int PAGES = 20;

    private ListScale() {}

    public static void run(ScaleDatabase database, int rows) throws SQLException {
        InstantSource clock = InstantSource.system();
        ManyNodes many = ManyNodes.in(database, clock);
        long begin = System.nanoTime();
        ManyInstances.insert(database, many, rows);
        System.out.printf(
                Locale.ROOT,
                "list: %,d rows made in %.0f s, %,d MB%n",
                rows,
                (System.nanoTime() - begin) / 1e9,
                database.megabytes());
        Instances instances = new Instances(many.jdbi(), clock);
        LateRecords late = new LateRecords(many.jdbi());
        System.out.println(
                "\n| filter | rows seen | first page, ms | median, ms | slowest page, ms |\n|---|---|---|---|---|");
        filters(database).forEach((name, filter) -> walk(instances, late, many, name, filter));
    }

    private static void walk(
            Instances instances, LateRecords late, ManyNodes many, String name, InstanceFilter filter) {
        List<Double> millis = new ArrayList<>();
        String cursor = null;
        int seen = 0;
        do {
            long begin = System.nanoTime();
            InstancePage page = instances.list(many.workspace().id(), filter, cursor, PAGE);
            instances.readiness(page.items());
            late.missingAmong(page.items().stream().map(Instance::id).toList());
            millis.add((System.nanoTime() - begin) / 1e6);
            seen += page.items().size();
            cursor = page.next();
        } while (cursor != null && millis.size() < PAGES);
        Figures figures =
                Figures.of(millis.stream().mapToDouble(Double::doubleValue).toArray());
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.1f | %.1f | %.1f |%n",
                name,
                seen,
                millis.get(0),
                figures.percentile(0.5),
                figures.largest());
    }

    private static Map<String, InstanceFilter> filters(ScaleDatabase database) throws SQLException {
        NodeId hourly = new NodeId(database.number("SELECT max(node_id) - 7 FROM deployed_node"));
        NodeId backfilled =
                new NodeId(database.number("SELECT max(node_id) FROM deployed_node WHERE node_id % 50 = 7"));
        NodeId minutely = new NodeId(database.number("SELECT max(node_id) FROM deployed_node"));
        Instant day = Instant.now().minus(Duration.ofDays(20));
        Map<String, InstanceFilter> filters = new LinkedHashMap<>();
        filters.put("all", filter(Set.of(), null, null, null));
        for (InstanceState state : InstanceState.values()) {
            filters.put(state.name(), filter(Set.of(state), null, null, null));
        }
        filters.put(
                "FAILED or RUNNING", filter(EnumSet.of(InstanceState.FAILED, InstanceState.RUNNING), null, null, null));
        filters.put("one day", filter(Set.of(), null, null, day));
        filters.put("FAILED of one day", filter(Set.of(InstanceState.FAILED), null, null, day));
        filters.put("NOT_RUN of a day that has none", filter(Set.of(InstanceState.NOT_RUN), null, null, day));
        filters.put("an hourly node", filter(Set.of(), hourly, null, null));
        filters.put("FAILED of an hourly node", filter(Set.of(InstanceState.FAILED), hourly, null, null));
        filters.put("NOT_RUN of an hourly node", filter(Set.of(InstanceState.NOT_RUN), hourly, null, null));
        filters.put("an hourly node, one day", filter(Set.of(), hourly, null, day));
        filters.put("a node of every minute", filter(Set.of(), minutely, null, null));
        filters.put("FAILED of a node of every minute", filter(Set.of(InstanceState.FAILED), minutely, null, null));
        filters.put("NOT_RUN of a node of every minute", filter(Set.of(InstanceState.NOT_RUN), minutely, null, null));
        filters.put("RUNNING of a node of every minute", filter(Set.of(InstanceState.RUNNING), minutely, null, null));
        filters.put("backfills", filter(Set.of(), null, Origin.BACKFILL, null));
        filters.put("FAILED backfills", filter(Set.of(InstanceState.FAILED), null, Origin.BACKFILL, null));
        filters.put("backfills of an hourly node", filter(Set.of(), backfilled, Origin.BACKFILL, null));
        filters.put(
                "FAILED of one backfill",
                new InstanceFilter(
                        Environment.PROD,
                        Set.of(InstanceState.FAILED),
                        null,
                        Origin.BACKFILL,
                        Long.toString(backfilled.value()),
                        null,
                        null));
        return filters;
    }

    private static InstanceFilter filter(
            Set<InstanceState> states, @Nullable NodeId node, @Nullable Origin origin, @Nullable Instant day) {
        return new InstanceFilter(
                Environment.PROD, states, node, origin, null, day, day == null ? null : day.plus(Duration.ofDays(1)));
    }
}
