package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.World.daily;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.FencedException;
import io.tidegate.engine.NodeRunner;
import io.tidegate.engine.NodeType;
import io.tidegate.engine.maxcompute.MaxComputeCatalog;
import io.tidegate.engine.runner.Engine;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.maxcompute.MaxComputeServer;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceDetail;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.instance.RerunOptions;
import io.tidegate.scheduler.node.RerunPolicy;
import io.tidegate.scheduler.node.RerunProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reruns by hand of copies whose commit nobody answered for: real engine, PostgreSQL, Kafka and local MaxCompute. */
class OpenCommitWithEngineTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int RECORDS = 50;
    private static final String CODE = """
            {"type":"job","version":"2.0",
             "steps":[
              {"stepType":"kafka","category":"reader","name":"Reader","parameter":{
                "datasource":"kafka","topic":"NAME","column":["__partition__","__offset__"],
                "keyType":"string","valueType":"string","beginDateTime":"20221122090000","endDateTime":"20221122100000"}},
              {"stepType":"odps","category":"writer","name":"Writer","parameter":{
                "datasource":"maxcompute","table":"NAME","partition":"","column":["p","o"],"truncate":OVERWRITE}}],
             "order":{"hops":[{"from":"Reader","to":"Writer"}]},
             "setting":{"errorLimit":{"record":"0"},"speed":{"throttle":false,"concurrent":1}}}
            """;

    private final World world = new World();
    private final MaxComputeServer maxCompute = Sandbox.shared().maxCompute();
    private final String name = "open_commit_" + NUMBER.incrementAndGet();
    private final DataSourceConnection.MaxCompute project = new DataSourceConnection.MaxCompute(
            maxCompute.endpoint(), maxCompute.project(), maxCompute.accessId(), maxCompute.accessKey(), null);
    private final Map<String, DataSourceConnection> connections = Map.of(
            "kafka",
            new DataSourceConnection.Kafka(Sandbox.shared().kafka().bootstrapServers(), Map.of()),
            "maxcompute",
            project);
    private final Engine engine = new Engine(world.clock);

    @AfterEach
    void close() {
        maxCompute.faults().clear();
        world.close();
    }

    private Instance due(boolean overwrite) throws Exception {
        Sandbox.shared().kafka().createTopic(name, 1, Map.of());
        send(RECORDS);
        new MaxComputeCatalog(project).runDdl("CREATE TABLE %s (p BIGINT, o BIGINT);".formatted(name));
        String code = CODE.replace("NAME", name).replace("OVERWRITE", Boolean.toString(overwrite));
        world.settle();
        world.deploy(
                "copy",
                NodeType.BATCH_SYNC,
                daily("10:30"),
                document -> document.withCode(code).withRerun(new RerunPolicy(RerunProperty.ALLOWED, false, 0, 2)));
        world.clock.setLocal("2022-11-22T10:30");
        world.plan();
        world.opener.tick();
        return world.at("copy", "2022-11-22T10:30");
    }

    private void send(int records) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Sandbox.shared().kafka().bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < records; i++) {
                var unused = producer.send(new ProducerRecord<>(
                        name, 0, Instant.parse("2022-11-22T01:00:00Z").toEpochMilli() + i, "k", "v"));
            }
        }
    }

    private void run(NodeRunner runner) {
        assertThat(world.worker("w" + NUMBER.incrementAndGet(), 1, runner, connections)
                        .tick())
                .isEqualTo(1);
    }

    private InstanceDetail detail(Instance instance) {
        return world.detail(instance.id());
    }

    private long rows() throws Exception {
        return new MaxComputeCatalog(project).count(name, null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_rerun_after_a_commit_that_never_succeeded_leaves_every_row_once(boolean overwrite) throws Exception {
        Instance instance = due(overwrite);
        maxCompute.faults().failCommit(100);
        run(engine);
        assertThat(detail(instance).instance().state()).isEqualTo(InstanceState.FAILED);
        assertThat(rows()).isZero();
        maxCompute.faults().clear();
        send(1);

        world.actions.rerun(instance.id(), world.anna);
        run(engine);

        assertThat(detail(instance).instance().state()).isEqualTo(InstanceState.SUCCESS);
        // INSERT INTO ends with the rows of the commit that was open; a new copy beside it would have doubled them.
        assertThat(rows()).isEqualTo(overwrite ? RECORDS + 1 : RECORDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_rerun_after_a_worker_that_died_behind_its_commit_leaves_every_row_once(boolean overwrite) throws Exception {
        Instance instance = due(overwrite);
        run((request, journal, cancellation) -> {
            engine.run(request, journal, cancellation);
            throw new FencedException("as if the machine had been switched off here");
        });
        assertThat(rows()).isEqualTo(RECORDS);
        world.actions.stop(instance.id(), world.anna);
        world.clock.advance(Duration.ofSeconds(30));
        world.recovery.tick();
        assertThat(detail(instance).instance().state()).isEqualTo(InstanceState.FAILED);

        world.actions.rerun(instance.id(), world.anna);
        run(engine);

        assertThat(detail(instance).instance().state()).isEqualTo(InstanceState.SUCCESS);
        assertThat(rows()).isEqualTo(RECORDS);

        // Asked for once more, and confirmed where it adds: now it does.
        world.actions.rerun(instance.id(), world.anna, new RerunOptions(true, false), "");
        run(engine);
        assertThat(rows()).isEqualTo(overwrite ? RECORDS : 2 * RECORDS);
    }
}
