package io.tidegate.bench;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.NodeType;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.Progress;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunRequest;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.runner.Engine;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** (c) The whole synchronization: plan, copy, check, commit. */
final class Copy implements RunJournal {
    private final RunRequest request;
    private @Nullable OffsetPlan plan;

    /**
     * @param speed the document's speed settings, as JSON
     */
    Copy(
            DataSourceConnection.Kafka kafka,
            DataSourceConnection.MaxCompute maxCompute,
            String topic,
            Orders.Shape shape,
            String speed) {
        String document = """
            {"type":"job","version":"2.0",
             "steps":[
              {"stepType":"kafka","category":"reader","name":"Reader","parameter":{
                "datasource":"kafka","topic":"%s","column":%s,"keyType":"string","valueType":"string",
                "beginDateTime":"20260110010000","endDateTime":"20260110020000"}},
              {"stepType":"odps","category":"writer","name":"Writer","parameter":{
                "datasource":"maxcompute","table":"bench","column":%s,"truncate":true}}],
             "order":{"hops":[{"from":"Reader","to":"Writer"}]},
             "setting":{"errorLimit":{"record":"0"},"speed":%s}}
            """.formatted(topic, shape.fieldsJson(), shape.columnNamesJson(), speed);
        this.request = new RunRequest(
                "bench",
                NodeType.BATCH_SYNC,
                document,
                Map.of("kafka", kafka, "maxcompute", maxCompute),
                ZoneOffset.UTC,
                null,
                null);
    }

    Receipt run() {
        RunOutcome outcome = new Engine(Clock.systemUTC()).run(request, this, Cancellation.NEVER);
        if (outcome instanceof RunOutcome.Succeeded succeeded) {
            return Objects.requireNonNull(succeeded.receipt());
        }
        throw new IllegalStateException(outcome.toString());
    }

    OffsetPlan plan() {
        return Objects.requireNonNull(plan, "nothing was planned");
    }

    @Override
    public void log(Level level, String line) {
        if (level != Level.INFO) {
            System.out.println(line);
        }
    }

    @Override
    public void progress(Progress progress) {
        // What matters is the time in the end.
    }

    @Override
    public void planned(OffsetPlan made) {
        plan = made;
    }

    @Override
    public void dirty(DirtyRecord record) {
        System.out.println(record);
    }

    @Override
    public void prepared(PreparedCommit prepared) {
        // Nobody recovers a benchmark.
    }
}
