package io.tidegate.engine.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.NodeType;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.Progress;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.Failed;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunOutcome.Succeeded;
import io.tidegate.engine.RunRequest;
import io.tidegate.engine.maxcompute.MaxComputeCatalog;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.maxcompute.MaxComputeServer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineTest {
    private final List<String> lines = new ArrayList<>();

    private final RunJournal journal = new RunJournal() {
        @Override
        public void log(Level level, String line) {
            lines.add(level + " " + line);
        }

        @Override
        public void progress(Progress progress) {}

        @Override
        public void planned(OffsetPlan plan) {}

        @Override
        public void dirty(DirtyRecord record) {}

        @Override
        public void prepared(PreparedCommit prepared) {}
    };

    private static DataSourceConnection.MaxCompute project() {
        MaxComputeServer server = Sandbox.shared().maxCompute();
        return new DataSourceConnection.MaxCompute(
                server.endpoint(), server.project(), server.accessId(), server.accessKey(), null);
    }

    private RunOutcome run(NodeType type, String code, Map<String, DataSourceConnection> dataSources) {
        return new Engine(InstantSource.fixed(Instant.EPOCH))
                .run(
                        new RunRequest("test", type, code, dataSources, ZoneOffset.UTC, null, null),
                        journal,
                        Cancellation.NEVER);
    }

    @Test
    void a_virtual_node_succeeds_at_once() {
        assertThat(run(NodeType.VIRTUAL, "", Map.of())).isEqualTo(new Succeeded(null));
        assertThat(lines).hasSize(1);
    }

    @Test
    void a_synchronization_is_read_as_a_document() {
        assertThat(run(NodeType.BATCH_SYNC, "{}", Map.of()))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.kind()).isEqualTo(FailureKind.BAD_DOCUMENT));
    }

    @Test
    void sql_statements_run_one_after_the_other() throws Exception {
        RunOutcome outcome = run(
                NodeType.MAXCOMPUTE_SQL,
                "CREATE TABLE engine_sql_a (x BIGINT); -- first\nCREATE TABLE engine_sql_b (x BIGINT);",
                Map.of("m", project()));

        assertThat(outcome).isEqualTo(new Succeeded(null));
        assertThat(new MaxComputeCatalog(project()).tables()).contains("engine_sql_a", "engine_sql_b");
        assertThat(lines)
                .contains("INFO Statement 1 of 2: CREATE TABLE engine_sql_a (x BIGINT)")
                .last()
                .asString()
                .startsWith("INFO Ran 2 statements");
    }

    @Test
    void a_statement_that_fails_ends_the_node_with_the_services_words() {
        RunOutcome outcome = run(
                NodeType.MAXCOMPUTE_SQL,
                "SELECT * FROM no_such_table_at_all; CREATE TABLE engine_sql_never (x BIGINT);",
                Map.of("m", project()));

        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.message()).contains("no_such_table_at_all");
            assertThat(failed.retryable()).isFalse();
        });
        assertThat(lines).noneMatch(line -> line.contains("engine_sql_never"));
    }

    @Test
    void sql_needs_one_project_to_run_in() {
        assertThat(run(NodeType.MAXCOMPUTE_SQL, "SELECT 1", Map.of()))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("has 0"));
    }
}
