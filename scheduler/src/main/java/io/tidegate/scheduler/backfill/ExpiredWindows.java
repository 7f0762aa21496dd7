package io.tidegate.scheduler.backfill;

import io.tidegate.engine.NodeType;
import io.tidegate.engine.plan.KeptRecords;
import io.tidegate.engine.plan.OffsetReset;
import io.tidegate.engine.sync.job.KafkaReader;
import io.tidegate.engine.sync.job.KafkaReader.KafkaSource;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.backfill.PlannedBackfill.PlannedNode;
import io.tidegate.scheduler.cycle.ScheduledTime;
import io.tidegate.scheduler.datasource.CatalogException;
import io.tidegate.scheduler.datasource.SecretUnreadableException;
import io.tidegate.scheduler.datasource.TopicLogs;
import io.tidegate.scheduler.node.RunPreview;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether topics still hold the records of a plan's windows: one look per topic. Calls Kafka, so it is asked outside of
 * transactions, and no more when the looks before took long. Nothing of it blocks.
 */
final class ExpiredWindows {
    private static final Duration LOOKS_LIMIT = Duration.ofSeconds(20);

    private final TopicLogs logs;
    private final InstantSource clock;

    ExpiredWindows(TopicLogs logs, InstantSource clock) {
        this.logs = logs;
        this.clock = clock;
    }

    private record Topic(KafkaSource source, String name) {}

    /** What a look brought: one of the two. */
    private record Look(@Nullable KeptRecords kept, String whyNot) {}

    List<Finding> of(WorkspaceId workspace, PlannedBackfill plan) {
        Instant begun = clock.instant();
        Map<Topic, Look> looks = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (PlannedNode node : plan.nodes()) {
            if (node.node().type() != NodeType.BATCH_SYNC
                    || node.excluded()
                    || node.times().isEmpty()) {
                continue;
            }
            RunPreview preview = new RunPreview(node.node().type(), node.node().document(), plan.zone());
            // What cannot be read is a finding already; a window that no time begins reads what there is.
            KafkaReader reader = preview.job(node.times().get(0))
                    .map(job -> job.reader())
                    .filter(r -> r.range().windowStart() != null)
                    .orElse(null);
            if (reader != null) {
                Look look = looks.computeIfAbsent(
                        new Topic(reader.source(), reader.topic()),
                        topic -> clock.instant().isAfter(begun.plus(LOOKS_LIMIT))
                                ? new Look(null, "The looks at other topics took too long.")
                                : look(workspace, topic));
                findings.addAll(of(node, preview, reader, look, plan.zone()));
            }
        }
        return findings;
    }

    private Look look(WorkspaceId workspace, Topic topic) {
        try {
            return new Look(logs.kept(workspace, Environment.PROD, topic.source(), topic.name()), "");
        } catch (CatalogException | NotFoundException | SecretUnreadableException e) {
            return new Look(null, String.valueOf(e.getMessage()));
        }
    }

    private static List<Finding> of(PlannedNode node, RunPreview preview, KafkaReader reader, Look look, ZoneId zone) {
        KeptRecords kept = look.kept();
        if (kept == null) {
            return List.of(Finding.warning(
                    "",
                    "It was not checked whether topic %s still holds the records of the windows of %s: %s"
                            .formatted(reader.topic(), node.node().name(), look.whyNot()),
                    "Test the connectivity of the data source, and plan again."));
        }
        List<ScheduledTime> lacking = node.times().stream()
                .filter(time -> preview.windowStart(time)
                        .filter(start -> kept.mayLack(start, reader.range().lateness(), reader.partition()))
                        .isPresent())
                .toList();
        return lacking.isEmpty() ? List.of() : List.of(expired(node, lacking, kept, reader, zone));
    }

    private static Finding expired(
            PlannedNode node, List<ScheduledTime> lacking, KeptRecords kept, KafkaReader reader, ZoneId zone) {
        Optional<Instant> oldest = kept.oldest();
        String left = oldest.map(time -> "the oldest record that is left is of "
                        + time.atZone(zone).truncatedTo(ChronoUnit.SECONDS).toLocalDateTime())
                .orElse("no record is left");
        int count = lacking.size();
        return Finding.warning(
                "",
                "Records of %d of the %d windows of %s may have been deleted already, those of %s: %s in topic %s, and %s."
                        .formatted(
                                count,
                                node.times().size(),
                                node.node().name(),
                                count == 1
                                        ? lacking.get(0).local().toString()
                                        : lacking.get(0).local() + " to "
                                                + lacking.get(count - 1).local(),
                                left,
                                kept.topic(),
                                kept.retention().text()),
                cure(reader.range().reset()));
    }

    private static String cure(OffsetReset reset) {
        return switch (reset) {
            case NONE ->
                "These instances fail before they write: leave their dates out, or set autoOffsetReset to earliest in the reader to copy what is left.";
            case EARLIEST ->
                "As autoOffsetReset says, these instances copy what is left: leave their dates out where a partition holds more than that.";
            case LATEST ->
                "As autoOffsetReset says, these instances pass over what is left: leave their dates out where a partition holds something.";
        };
    }
}
