package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static io.tidegate.scheduler.dispatch.World.everyMinutes;
import static io.tidegate.scheduler.dispatch.World.hourly;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.NodeType;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.Week;
import io.tidegate.scheduler.cycle.Weekday;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.Relative;
import io.tidegate.scheduler.node.DependencyPreview;
import io.tidegate.scheduler.node.DependencyPreview.Neighbour;
import io.tidegate.scheduler.node.DependencyPreview.PreviewedInstance;
import io.tidegate.scheduler.node.DependencyRef;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.SchedulingType;
import io.tidegate.scheduler.workspace.Environment;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is shown of edges before a deployment. It is the 22nd, 10:00; the instances shown are those of the 24th. */
class DependencyPreviewTest {
    private static final LocalDate BUSINESS_DATE = LocalDate.of(2022, 11, 23);

    private final World world = new World();
    private final Map<String, NodeId> ids = new LinkedHashMap<>();
    private final Map<String, NodeDocument> documents = new LinkedHashMap<>();

    @AfterEach
    void close() {
        world.close();
    }

    private void deploy(String name, Cycle cycle, DependencyRef... dependencies) {
        deploy(name, NodeDocument.of("", cycle).withDependencies(List.of(dependencies)));
    }

    private void deploy(String name, NodeDocument document) {
        documents.put(name, document);
        ids.put(name, world.deployIn(world.workspace, name, NodeType.VIRTUAL, document));
    }

    private static DependencyRef on(String node) {
        return DependencyRef.sameCycle("shop." + node);
    }

    private DependencyPreview preview(String name, NodeDocument document) {
        NodeId id = ids.getOrDefault(name, new NodeId(-1));
        return world.nodes.dependencies(id, document, BUSINESS_DATE, Environment.PROD);
    }

    private NodeDocument document(String name) {
        return Objects.requireNonNull(documents.get(name));
    }

    private static List<String> named(List<Neighbour> neighbours) {
        return neighbours.stream()
                .flatMap(n -> n.times().stream().map(time -> n.node() + " " + time + (n.previous() ? " before" : "")))
                .sorted()
                .toList();
    }

    private static List<String> drawn(List<Relative> relatives) {
        return relatives.stream()
                .map(r -> r.nodeName() + " " + r.scheduledLocal() + (r.previous() ? " before" : ""))
                .sorted()
                .toList();
    }

    @Test
    void what_is_shown_is_what_the_planner_draws() {
        deploy("minutes", everyMinutes(30), on("shop_root"));
        deploy("hours", hourly(0), on("minutes"), DependencyRef.self());
        deploy("late_hours", hourly(30), on("hours"), DependencyRef.previousCycle("shop.minutes"));
        deploy(
                "day",
                daily("00:15"),
                on("hours"),
                DependencyRef.previousCycle("shop.late_hours"),
                DependencyRef.children());
        deploy("week", Week.on(LocalTime.of(8, 0), Weekday.MON), on("day"));
        deploy("after_week", everyMinutes(30), on("week"), DependencyRef.self());

        Map<String, DependencyPreview> previews = new LinkedHashMap<>();
        documents.forEach((name, document) -> previews.put(name, preview(name, document)));
        world.plan();
        world.clock.setLocal("2022-11-22T23:40");
        world.plan();
        world.clock.setLocal("2022-11-23T23:40");
        world.plan();
        world.clock.setLocal("2022-11-24T23:40");
        world.plan();

        previews.forEach((name, preview) -> {
            List<Instance> planned = world.of(name).stream()
                    .filter(i -> i.scheduledLocal().toLocalDate().equals(BUSINESS_DATE.plusDays(1)))
                    .toList();
            assertThat(preview.instances()).as(name).hasSameSizeAs(planned).isNotEmpty();
            for (int i = 0; i < planned.size(); i++) {
                PreviewedInstance shown = preview.instances().get(i);
                var detail = world.detail(planned.get(i).id());
                String at = name + " " + shown.time().local();
                assertThat(named(shown.parents())).as(at).isEqualTo(drawn(detail.parents()));
                assertThat(named(shown.children())).as(at).isEqualTo(drawn(detail.children()));
                assertThat(shown.dryRun()).as(at).isEqualTo(planned.get(i).dryRun());
            }
        });
    }

    @Test
    void a_document_that_is_not_live_is_shown_as_if_it_were_with_what_it_would_surprise_by() {
        deploy(
                "paused",
                NodeDocument.of("", daily("05:00"))
                        .withSchedule(
                                NodeDocument.of("", daily("05:00")).schedule().withType(SchedulingType.PAUSE))
                        .withDependencies(List.of(on("shop_root"))));
        deploy(
                "over",
                NodeDocument.of("", daily("00:00"))
                        .withSchedule(NodeDocument.of("", daily("00:00"))
                                .schedule()
                                .withValidity(null, LocalDate.of(2022, 11, 1)))
                        .withDependencies(List.of(on("shop_root"))));
        deploy("node", daily("00:15"), on("shop_root"));

        DependencyPreview preview = preview(
                "node",
                document("node")
                        .withDependencies(List.of(on("paused"), on("over"), on("nothing"), DependencyRef.self())));

        assertThat(named(preview.instances().get(0).parents()))
                .containsExactly("node 2022-11-23T00:15 before", "paused 2022-11-24T05:00");
        assertThat(named(preview.instances().get(0).children())).containsExactly("node 2022-11-25T00:15 before");
        assertThat(preview.findings())
                .extracting(Finding::message)
                .containsExactlyInAnyOrder(
                        "The parent output shop.nothing does not exist in PROD.",
                        "The instance at 00:15 waits for paused at 2022-11-24T05:00, which is scheduled later than itself.",
                        "paused is paused by its scheduling type: its instances hold back this node's.",
                        "over has no instance to wait for on 2022-11-24, so nothing of it is waited for.");
    }

    @Test
    void a_date_without_instances_says_so() {
        deploy("node", daily("00:15"), on("shop_root"));
        NodeDocument over = document("node");
        over = over.withSchedule(over.schedule().withValidity(null, LocalDate.of(2022, 11, 23)));

        DependencyPreview preview = preview("node", over);

        assertThat(preview.instances()).isEmpty();
        assertThat(preview.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("no instance on 2022-11-24"));
    }
}
