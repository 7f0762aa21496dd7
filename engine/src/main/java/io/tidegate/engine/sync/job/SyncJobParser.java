package io.tidegate.engine.sync.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.engine.sync.job.BadDocumentException.Problem;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads script-mode documents, {@code {"type":"job","version":"2.0","steps":[…]}}. */
public final class SyncJobParser {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final Problems problems;
    private final ZoneId zone;
    private final boolean ownFiles;

    private SyncJobParser(Problems problems, ZoneId zone, boolean ownFiles) {
        this.problems = problems;
        this.zone = zone;
        this.ownFiles = ownFiles;
    }

    /**
     * Reads a document whose scheduling parameters have been replaced.
     *
     * @param zone the zone of its local times, unless it names its own
     * @throws BadDocumentException naming every place that is wrong
     */
    public static SyncJob parse(String code, ZoneId zone) throws BadDocumentException {
        return parse(code, zone, false);
    }

    /**
     * The same for a document of whoever runs it.
     *
     * @param ownFiles whether it may name files of this machine, as key stores
     */
    public static SyncJob parse(String code, ZoneId zone, boolean ownFiles) throws BadDocumentException {
        Problems problems = new Problems(false);
        SyncJob job = new SyncJobParser(problems, zone, ownFiles).read(code);
        problems.throwIfAny();
        if (job == null) {
            throw new IllegalStateException("no job and no problem");
        }
        return job;
    }

    /**
     * What is to be said about a document before it runs.
     *
     * @param problems each keeps it from running
     * @param warnings it runs, but there is a catch
     */
    public record Findings(List<Problem> problems, List<Problem> warnings) {
        public Findings {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    /** What is wrong with a document whose scheduling parameters still stand in it as {@code ${name}}. */
    public static List<Problem> check(String code, ZoneId zone) {
        return findings(code, zone).problems();
    }

    /** All there is to say about a document whose scheduling parameters still stand in it as {@code ${name}}. */
    public static Findings findings(String code, ZoneId zone) {
        Problems problems = new Problems(true);
        new SyncJobParser(problems, zone, false).read(code);
        return new Findings(problems.found(), problems.warnings());
    }

    private @Nullable SyncJob read(String code) {
        JsonNode root;
        try {
            root = code.isBlank() ? MissingNode.getInstance() : JSON.readTree(code);
        } catch (JsonProcessingException e) {
            problems.add(
                    "",
                    "not JSON: %s (line %d, column %d)"
                            .formatted(
                                    e.getOriginalMessage(),
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getLineNr(),
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getColumnNr()));
            return null;
        }
        if (root == null || !root.isObject()) {
            problems.add("", "must be a script-mode document: {\"type\":\"job\",\"version\":\"2.0\",\"steps\":[…]}.");
            return null;
        }
        ObjectFields document = new ObjectFields("", root, problems);
        checkHeader(document);
        JobSteps steps = JobSteps.read(document, problems);
        JobSettings settings = settings(document.object("setting"), document.has("setting"));
        document.refuseUnknown();
        if (steps == null) {
            return null;
        }
        KafkaReader reader = new KafkaReaderParser(steps.reader(), problems, zone, ownFiles).read();
        MaxComputeWriter writer = new MaxComputeWriterParser(steps.writer(), problems).read();
        checkColumnCounts(steps, reader, writer);
        checkLatePolicy(steps, reader, writer);
        if (!problems.found().isEmpty() || reader == null || writer == null) {
            return null;
        }
        return new SyncJob(reader, writer, settings, problems.notes());
    }

    private void checkHeader(ObjectFields document) {
        String type = document.required("type", "Write \"job\".");
        if (!type.isEmpty() && !type.equals("job")) {
            problems.add("/type", "'%s' must be job.".formatted(type));
        }
        String version = document.required("version", "Write \"2.0\".");
        if (!version.isEmpty() && !version.equals("2.0") && !version.equals("1.0")) {
            problems.add("/version", "'%s' must be 2.0 (1.0 is taken too).".formatted(version));
        }
        // The wizard's own notes about how the document was made.
        document.accept("extend");
    }

    private void checkColumnCounts(JobSteps steps, @Nullable KafkaReader reader, @Nullable MaxComputeWriter writer) {
        if (reader == null || writer == null || writer.columns() == null) {
            return;
        }
        int from = reader.columns().size();
        int to = writer.columns().size();
        if (from > 0 && to > 0 && from != to) {
            problems.add(
                    steps.writer().pathOf("column"),
                    "names %d columns, but the reader names %d fields. They are matched by position, so both must be as many."
                            .formatted(to, from));
        }
    }

    private void checkLatePolicy(JobSteps steps, @Nullable KafkaReader reader, @Nullable MaxComputeWriter writer) {
        if (reader != null
                && writer != null
                && reader.latePolicy() == LatePolicy.REPAIR
                && writer.mode() == WriteMode.INTO) {
            problems.add(
                    steps.reader().pathOf("latePolicy"),
                    "'repair' runs older windows again, and with truncate false that adds their rows a second time. Write report or include, or truncate true.");
        }
    }

    private JobSettings settings(ObjectFields setting, boolean present) {
        Long dirtyMax = 0L;
        int concurrent = 3;
        Integer megabytes = null;
        ZoneId columnZone = zone;
        if (present) {
            dirtyMax = errorLimit(setting.object("errorLimit"));
            ObjectFields speed = setting.object("speed");
            Long wanted = speed.number("concurrent", 1, 32);
            concurrent = wanted == null ? 3 : wanted.intValue();
            megabytes = throttle(speed);
            if (speed.has("dmu")) {
                problems.note("The setting speed.dmu has no effect any more; speed.concurrent counts.");
            }
            speed.refuseUnknown();
            columnZone = columnZone(setting);
            refuseEngineSettings(setting);
            setting.refuseUnknown();
        }
        return new JobSettings(dirtyMax, concurrent, megabytes, columnZone);
    }

    private @Nullable Long errorLimit(ObjectFields limit) {
        String strategy = limit.text("strategy", "");
        Long record = limit.number("record", 0, Long.MAX_VALUE);
        limit.refuse("percentage", "", "a limit in percent is not supported. Write record, a number of records.");
        limit.refuseUnknown();
        return switch (strategy) {
            case "Ignore" -> null;
            case "Tolerance" -> tolerated(limit, record);
            case "ZeroTolerance" -> none(limit, record);
            case "" -> record == null ? 0L : record;
            default -> {
                problems.add(
                        limit.pathOf("strategy"),
                        "'%s' must be ZeroTolerance, Tolerance or Ignore.".formatted(strategy));
                yield 0L;
            }
        };
    }

    private Long tolerated(ObjectFields limit, @Nullable Long record) {
        if (record == null || record == 0) {
            problems.add(limit.pathOf("record"), "missing. Strategy Tolerance needs a number of records above 0.");
            return 0L;
        }
        return record;
    }

    private Long none(ObjectFields limit, @Nullable Long record) {
        if (record != null && record != 0) {
            problems.add(
                    limit.pathOf("record"),
                    "'%d' contradicts the strategy ZeroTolerance. Write 0, or the strategy Tolerance."
                            .formatted(record));
        }
        return 0L;
    }

    private @Nullable Integer throttle(ObjectFields speed) {
        boolean throttled = speed.bool("throttle", false);
        Long megabytes = speed.number("mbps", 1, 100_000);
        if (throttled && megabytes == null && !speed.has("mbps")) {
            problems.add(speed.pathOf("mbps"), "missing. A throttled job needs its limit in MB/s, a whole number.");
        }
        return throttled && megabytes != null ? megabytes.intValue() : null;
    }

    private ZoneId columnZone(ObjectFields setting) {
        if (!setting.has("common")) {
            return zone;
        }
        ObjectFields common = setting.object("common");
        ObjectFields column = common.object("column");
        String name = column.text("timeZone", "");
        column.refuseUnknown();
        common.refuseUnknown();
        try {
            return name.isEmpty() ? zone : ZoneId.of(name);
        } catch (DateTimeException e) {
            problems.add(column.pathOf("timeZone"), "'%s' is no time zone, as Asia/Shanghai or GMT+8.".formatted(name));
            return zone;
        }
    }

    private void refuseEngineSettings(ObjectFields setting) {
        setting.refuse("executeMode", "null", "distributed execution is not supported yet. Remove it.");
        setting.refuse(
                "failoverEnable",
                "false",
                "a copy that failed is rerun by the node's rerun settings, without duplicates. Remove it.");
        if (setting.has("jvmOption") || setting.has("jvmMemory")) {
            problems.note("The settings jvmOption and jvmMemory have no effect: the server's own memory is used.");
        }
    }
}
