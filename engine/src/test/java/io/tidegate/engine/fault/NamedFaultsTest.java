package io.tidegate.engine.fault;

import io.tidegate.engine.fault.Round.Blow;
import io.tidegate.engine.fault.Round.End;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.sandbox.maxcompute.tunnel.Fault;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the random scripts draw, one at a time, where no smaller test has it. */
class NamedFaultsTest {
    @ParameterizedTest
    @CsvSource({
        "OVERWRITE, AFTER_PREPARED, KILL",
        "INTO, AFTER_PREPARED, KILL",
        "OVERWRITE, COMMIT_SENT, KILL_ARRIVES_LATE",
        "INTO, COMMIT_SENT, KILL_ARRIVES_LATE",
        "OVERWRITE, COMMIT_DONE, KILL",
        "INTO, COMMIT_DONE, KILL"
    })
    void a_rerun_by_hand_in_place_of_a_retry_leaves_every_row_once(WriteMode mode, Step step, End end)
            throws Exception {
        play(mode, new Round(List.of(), new Blow(step, end), null, false, true));
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void a_broker_that_restarts_and_a_disk_that_is_full_cost_no_row(WriteMode mode) throws Exception {
        play(mode, new Round(List.of(), null, 100, true, false));
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void a_session_that_is_forgotten_after_its_commit_was_prepared_costs_no_row(WriteMode mode) throws Exception {
        play(
                mode,
                new Round(List.of(), new Blow(Step.COMMIT_DONE, End.KILL), null, false, false),
                new Round(List.of(RunScript.fault(Fault.Kind.FORGET_SESSION, 1)), null, null, false, false));
    }

    private static void play(WriteMode mode, Round... rounds) throws Exception {
        FaultRun.play(FaultWorld.shared(), RunScript.of(mode, List.of(rounds)));
    }
}
