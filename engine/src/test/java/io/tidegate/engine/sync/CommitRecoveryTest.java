package io.tidegate.engine.sync;

import static io.tidegate.engine.sync.Copies.NINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.FencedException;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.Failed;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunOutcome.Succeeded;
import io.tidegate.engine.maxcompute.UploadSession.Settled;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.sandbox.maxcompute.tunnel.Fault;
import io.tidegate.sandbox.maxcompute.tunnel.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Tunnel fails, or the process is killed around the commit. In the end every row is there once. */
class CommitRecoveryTest {
    private static final List<String> ALL = List.of("0:0", "0:1", "1:0");

    private static Copies copies(boolean overwrite) throws Exception {
        Copies copies = Copies.of(2)
                .order(0, NINE, "1")
                .order(0, NINE.plusSeconds(1), "2")
                .order(1, NINE.plusSeconds(2), "3")
                .flush();
        return overwrite ? copies : copies.into();
    }

    private static Receipt succeeded(RunOutcome outcome) {
        assertThat(outcome).isInstanceOf(Succeeded.class);
        return Objects.requireNonNull(((Succeeded) outcome).receipt());
    }

    private static Failed failed(RunOutcome outcome) {
        assertThat(outcome).isInstanceOf(Failed.class);
        return (Failed) outcome;
    }

    /** An attempt that dies after it has written down what it is about to commit. */
    private static RecordedJournal killedBeforeTheCommit(Copies copies) {
        RecordedJournal journal = new RecordedJournal().failingAtPrepared(new FencedException("killed"));
        assertThatThrownBy(() -> copies.run(journal)).isInstanceOf(FencedException.class);
        return journal;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_commit_that_was_prepared_and_not_sent_is_sent_by_the_next_attempt(boolean overwrite) throws Exception {
        try (Copies copies = copies(overwrite)) {
            RecordedJournal first = killedBeforeTheCommit(copies);
            assertThat(copies.rows()).isEmpty();
            RecordedJournal second = new RecordedJournal();
            Receipt receipt = succeeded(
                    copies.withPlan(first.plan()).withPrepared(first.prepared()).run(second));

            assertThat(copies.rows()).isEqualTo(ALL);
            assertThat(receipt.uploadId()).isEqualTo(first.prepared().uploadId());
            assertThat(receipt.written()).isEqualTo(3);
            assertThat(second.calls).doesNotContain("COPY", "prepared");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_commit_whose_receipt_was_lost_is_not_made_twice(boolean overwrite) throws Exception {
        try (Copies copies = copies(overwrite)) {
            RecordedJournal first = new RecordedJournal();
            Receipt lost = succeeded(copies.run(first));
            Receipt found = succeeded(
                    copies.withPlan(first.plan()).withPrepared(first.prepared()).run(new RecordedJournal()));

            assertThat(copies.rows()).isEqualTo(ALL);
            assertThat(found).isEqualTo(lost);
        }
    }

    @Test
    void a_prepared_commit_whose_session_is_gone_is_copied_again_when_it_overwrites() throws Exception {
        try (Copies copies = copies(true)) {
            RecordedJournal first = killedBeforeTheCommit(copies);
            Copies.maxCompute().faults().expireSession(1);
            Receipt receipt = succeeded(
                    copies.withPlan(first.plan()).withPrepared(first.prepared()).run(new RecordedJournal()));

            assertThat(copies.rows()).isEqualTo(ALL);
            assertThat(receipt.uploadId()).isNotEqualTo(first.prepared().uploadId());
        }
    }

    @Test
    void a_prepared_insert_whose_session_is_gone_is_made_again_when_its_rows_cannot_be_there() throws Exception {
        try (Copies copies = copies(false)) {
            RecordedJournal first = killedBeforeTheCommit(copies);
            Copies.maxCompute().faults().expireSession(1);
            succeeded(
                    copies.withPlan(first.plan()).withPrepared(first.prepared()).run(new RecordedJournal()));

            assertThat(copies.rows()).isEqualTo(ALL);
        }
    }

    @Test
    void a_prepared_insert_whose_session_is_gone_asks_for_help_when_its_rows_may_be_there() throws Exception {
        try (Copies copies = copies(false)) {
            succeeded(copies.run(new RecordedJournal()));
            RecordedJournal second = killedBeforeTheCommit(copies);
            Copies.maxCompute().faults().expireSession(1);
            Failed failed = failed(copies.withPlan(second.plan())
                    .withPrepared(second.prepared())
                    .run(new RecordedJournal()));

            assertThat(failed.retryable()).isFalse();
            assertThat(failed.kind()).isEqualTo(FailureKind.COMMIT_UNKNOWN);
            assertThat(failed.message()).contains("holds 3 rows").contains("0 to 1 of partition 0");
            assertThat(copies.rows()).isEqualTo(ALL);
        }
    }

    /** A block of a try that broke off ends late, after the commit was prepared. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_prepared_commit_whose_session_holds_more_blocks_is_made_without_them(boolean overwrite) throws Exception {
        try (Copies copies = copies(overwrite)) {
            RecordedJournal first = killedBeforeTheCommit(copies);
            copies.writeBlock(first.prepared().uploadId(), 7, 5);
            Receipt receipt = succeeded(
                    copies.withPlan(first.plan()).withPrepared(first.prepared()).run(new RecordedJournal()));

            assertThat(receipt.uploadId()).isEqualTo(first.prepared().uploadId());
            assertThat(copies.rows()).isEqualTo(ALL);
        }
    }

    /** Copying to another session would be overtaken by whoever still has the first commit on its way. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void while_a_prepared_commit_can_neither_be_made_nor_ruled_out_nothing_is_copied(boolean overwrite)
            throws Exception {
        try (Copies copies = copies(overwrite)) {
            RecordedJournal first = killedBeforeTheCommit(copies);
            PreparedCommit other = new PreparedCommit(
                    first.prepared().uploadId(),
                    List.of(0L, 1L, 2L),
                    first.prepared().receipt());
            RecordedJournal second = new RecordedJournal();
            Failed failed =
                    failed(copies.withPlan(first.plan()).withPrepared(other).run(second));

            assertThat(failed.retryable()).isTrue();
            assertThat(second.calls).doesNotContain("COPY", "prepared");
            assertThat(copies.rows()).isEmpty();
        }
    }

    @Test
    void a_partition_that_was_dropped_after_the_commit_was_prepared_is_filled_all_the_same() throws Exception {
        try (Copies copies = copies(false)) {
            RecordedJournal first = killedBeforeTheCommit(copies);
            Copies.sql("ALTER TABLE %s DROP PARTITION (ds='2026011009');".formatted(copies.table));
            succeeded(
                    copies.withPlan(first.plan()).withPrepared(first.prepared()).run(new RecordedJournal()));

            assertThat(copies.rows()).isEqualTo(ALL);
        }
    }

    @Test
    void a_prepared_commit_to_another_partition_is_left_alone() throws Exception {
        try (Copies copies = copies(false)) {
            RecordedJournal first = killedBeforeTheCommit(copies);
            succeeded(copies.with("/steps/1/parameter/partition", "\"ds=2026011010\"")
                    .withPrepared(first.prepared())
                    .withRerunAsked()
                    .run(new RecordedJournal()));

            assertThat(copies.rows()).isEmpty();
            assertThat(Copies.sql("SELECT COUNT(*) FROM %s;".formatted(copies.table)))
                    .containsExactly("3");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_rerun_by_hand_settles_the_open_commit_and_adds_nothing_twice(boolean sent) throws Exception {
        try (Copies copies = copies(false)) {
            RecordedJournal first = sent ? new RecordedJournal() : killedBeforeTheCommit(copies);
            if (sent) {
                succeeded(copies.run(first));
            }
            RecordedJournal second = new RecordedJournal();
            Receipt receipt = succeeded(
                    copies.withPrepared(first.prepared()).withRerunAsked().run(second));

            assertThat(copies.rows()).isEqualTo(ALL);
            assertThat(receipt.uploadId()).isEqualTo(first.prepared().uploadId());
            assertThat(second.lines).anyMatch(line -> line.contains("this rerun adds none"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_rerun_by_hand_that_overwrites_closes_the_open_commit_and_copies_anew(boolean sent) throws Exception {
        try (Copies copies = copies(true)) {
            RecordedJournal first = sent ? new RecordedJournal() : killedBeforeTheCommit(copies);
            if (sent) {
                succeeded(copies.run(first));
            }
            copies.order(1, NINE.plusSeconds(3), "4").flush();
            Receipt receipt = succeeded(
                    copies.withPrepared(first.prepared()).withRerunAsked().run(new RecordedJournal()));

            assertThat(receipt.uploadId()).isNotEqualTo(first.prepared().uploadId());
            assertThat(copies.rows()).containsExactly("0:0", "0:1", "1:0", "1:1");
            // Whoever still has the first commit on its way comes too late for it.
            assertThat(copies.commit(first.prepared())).isEqualTo(Settled.COMMITTED);
            assertThat(copies.rows()).containsExactly("0:0", "0:1", "1:0", "1:1");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_commit_whose_answer_is_lost_counts_once(boolean overwrite) throws Exception {
        try (Copies copies = copies(overwrite)) {
            Copies.maxCompute().faults().dropReplyAfterCommit(1);
            succeeded(copies.run(new RecordedJournal()));

            assertThat(Copies.maxCompute().faults().pending()).isEmpty();
            assertThat(copies.rows()).isEqualTo(ALL);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_commit_that_is_answered_with_an_error_is_sent_again(boolean overwrite) throws Exception {
        try (Copies copies = copies(overwrite)) {
            Copies.maxCompute().faults().failCommit(2);
            succeeded(copies.run(new RecordedJournal()));

            assertThat(Copies.maxCompute().faults().pending()).isEmpty();
            assertThat(copies.rows()).isEqualTo(ALL);
        }
    }

    @Test
    void a_commit_that_never_succeeds_is_left_to_the_next_attempt() throws Exception {
        try (Copies copies = copies(false)) {
            Copies.maxCompute().faults().failCommit(100);
            RecordedJournal first = new RecordedJournal();
            Failed failed = failed(copies.run(first));
            assertThat(failed.retryable()).isTrue();
            assertThat(failed.kind()).isEqualTo(FailureKind.TRANSFER);
            assertThat(copies.rows()).isEmpty();
            Copies.maxCompute().faults().clear();
            succeeded(
                    copies.withPlan(first.plan()).withPrepared(first.prepared()).run(new RecordedJournal()));

            assertThat(copies.rows()).isEqualTo(ALL);
        }
    }

    @Test
    void a_block_that_fails_is_read_and_written_again() throws Exception {
        try (Copies copies = copies(false)) {
            Copies.maxCompute().faults().failBlock(0, 2);
            RecordedJournal journal = new RecordedJournal();
            succeeded(copies.run(journal));

            assertThat(copies.rows()).isEqualTo(ALL);
            assertThat(journal.lines)
                    .filteredOn(line -> line.startsWith("WARN Slice 0 (partition 0, offsets 0 to 2) broke off"))
                    .hasSize(2);
        }
    }

    @Test
    void a_block_that_always_fails_fails_the_attempt_and_leaves_nothing_visible() throws Exception {
        try (Copies copies = copies(true)) {
            Copies.maxCompute().faults().failBlock(0, 100);
            Failed failed = failed(copies.run(new RecordedJournal()));

            assertThat(failed.kind()).isEqualTo(FailureKind.TRANSFER);
            assertThat(failed.retryable()).isTrue();
            assertThat(failed.message()).contains("block 0 fails on purpose");
            assertThat(copies.rows()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPIRE_SESSION", "FORGET_SESSION", "EXPIRE_AT_COMMIT"})
    void a_session_that_is_lost_on_the_way_is_left_for_a_new_one_by_the_next_attempt(Fault.Kind kind) throws Exception {
        try (Copies copies = copies(true)) {
            Copies.maxCompute().faults().set(new Fault(kind, Faults.ANY_BLOCK, Duration.ZERO, 1));
            RecordedJournal first = new RecordedJournal();
            Failed failed = failed(copies.run(first));
            assertThat(failed.retryable()).as(failed.message()).isTrue();
            assertThat(copies.rows()).isEmpty();
            succeeded(copies.withPlan(first.plan())
                    .withPrepared(first.preparedOrNull())
                    .run(new RecordedJournal()));

            assertThat(copies.rows()).isEqualTo(ALL);
        }
    }

    @Test
    void requests_that_are_refused_for_their_number_are_made_again() throws Exception {
        try (Copies copies = copies(true)) {
            Copies.maxCompute().faults().tooManyRequests(3);
            succeeded(copies.run(new RecordedJournal()));

            assertThat(Copies.maxCompute().faults().pending()).isEmpty();
            assertThat(copies.rows()).isEqualTo(ALL);
        }
    }
}
