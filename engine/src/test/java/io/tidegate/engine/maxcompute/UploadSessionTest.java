package io.tidegate.engine.maxcompute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.mapping.ColumnType;
import io.tidegate.engine.mapping.DestinationColumn;
import io.tidegate.engine.maxcompute.UploadSession.Settled;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.maxcompute.MaxComputeServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UploadSessionTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final List<DestinationColumn> COLUMNS =
            List.of(new DestinationColumn("x", ColumnType.parse("BIGINT"), ""));

    private final MaxComputeServer server = Sandbox.shared().maxCompute();
    private final String table = "upload_" + NUMBER.incrementAndGet();
    private final DataSourceConnection.MaxCompute project = new DataSourceConnection.MaxCompute(
            server.endpoint(), server.project(), server.accessId(), server.accessKey(), null);
    private final MaxComputeCatalog catalog = new MaxComputeCatalog(project);

    private UploadSession session() throws EngineFailure {
        catalog.runDdl("CREATE TABLE %s (x BIGINT)".formatted(table));
        return UploadSession.open(target());
    }

    private UploadTarget target() {
        return new UploadTarget(project, table, null, WriteMode.OVERWRITE);
    }

    private static void write(UploadSession session, long block, int rows) throws EngineFailure {
        try (BlockWriter writer = session.openBlock(block, COLUMNS)) {
            encode(writer, rows).endBlock();
            writer.finish();
        }
    }

    private static RowEncoder encode(BlockWriter writer, int rows) throws EngineFailure {
        RowEncoder encoder = new RowEncoder(COLUMNS, false, new byte[1000], (page, length) -> {
            writer.write(page, length);
            return page;
        });
        for (long i = 0; i < rows; i++) {
            encoder.write(new @Nullable Object[] {i});
        }
        return encoder;
    }

    @Test
    void a_block_that_was_broken_off_is_not_there() throws Exception {
        UploadSession session = session();
        try (BlockWriter writer = session.openBlock(0, COLUMNS)) {
            encode(writer, 200_000);
            assertThat(writer.isFinished()).isFalse();
        }

        assertThat(session.blankAllBut(List.of(), COLUMNS)).isEmpty();
        assertThat(session.commit(List.of(), () -> true)).isEqualTo(Settled.COMMITTED);
        assertThat(catalog.count(table, null)).isZero();
    }

    @Test
    void a_block_that_is_written_again_replaces_the_first_one() throws Exception {
        UploadSession session = session();
        write(session, 0, 10);
        write(session, 0, 3);

        assertThat(session.commit(List.of(0L), () -> true)).isEqualTo(Settled.COMMITTED);
        assertThat(catalog.count(table, null)).isEqualTo(3);
    }

    @Test
    void blocks_that_a_broken_try_left_are_emptied() throws Exception {
        UploadSession session = session();
        write(session, 0, 3);
        write(session, 7, 100);

        List<Long> all = session.blankAllBut(List.of(0L), COLUMNS);
        assertThat(all).containsExactly(0L, 7L);
        assertThat(session.commit(all, () -> true)).isEqualTo(Settled.COMMITTED);
        assertThat(catalog.count(table, null)).isEqualTo(3);
    }

    @Test
    void a_commit_that_does_not_name_every_block_is_not_sent() throws Exception {
        UploadSession session = session();
        write(session, 0, 3);
        write(session, 1, 3);

        assertThatThrownBy(() -> session.commit(List.of(0L), () -> true))
                .isInstanceOfSatisfying(
                        EngineFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.COUNT_MISMATCH));
        assertThat(catalog.count(table, null)).isZero();
    }

    @Test
    void committing_again_changes_nothing() throws Exception {
        UploadSession session = session();
        write(session, 0, 3);
        session.commit(List.of(0L), () -> true);

        assertThat(UploadSession.attach(target(), session.id()).commit(List.of(0L), () -> true))
                .isEqualTo(Settled.COMMITTED);
        assertThat(catalog.count(table, null)).isEqualTo(3);
    }

    @Test
    void a_session_that_nobody_knows_cannot_be_attached_to() throws Exception {
        session();

        assertThatThrownBy(() -> UploadSession.attach(target(), "no-such-session"))
                .isInstanceOfSatisfying(
                        EngineFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.MISSING_OBJECT));
    }

    @Test
    void rows_for_other_columns_are_refused_before_the_first_one() throws Exception {
        UploadSession session = session();
        List<DestinationColumn> other = List.of(new DestinationColumn("y", ColumnType.parse("BIGINT"), ""));

        assertThatThrownBy(() -> session.openBlock(0, other))
                .isInstanceOf(EngineFailure.class)
                .hasMessageContaining("changed while the copy was being prepared");
    }
}
