package io.tidegate.engine.fault;

import io.tidegate.engine.fault.Round.Blow;
import io.tidegate.engine.fault.Round.End;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine is killed, or stands still and wakes up again, at every step, in both modes. */
class KillStepTest {
    /** A zombie can do harm only behind PREPARED, and only a commit can arrive late. */
    static Stream<Arguments> blows() {
        List<Blow> blows = new ArrayList<>();
        for (Step step : Step.values()) {
            blows.add(new Blow(step, End.KILL));
        }
        blows.add(new Blow(Step.COMMIT_SENT, End.KILL_ARRIVES_LATE));
        for (End end : List.of(End.FREEZE, End.FREEZE_FOR_LONG)) {
            blows.add(new Blow(Step.AFTER_PREPARED, end));
            blows.add(new Blow(Step.COMMIT_SENT, end));
        }
        return Arrays.stream(WriteMode.values())
                .flatMap(mode -> blows.stream().map(blow -> Arguments.of(mode, blow.step(), blow.end())));
    }

    @ParameterizedTest
    @MethodSource("blows")
    void the_retry_of_a_struck_attempt_leaves_every_row_once(WriteMode mode, Step step, End end) throws Exception {
        FaultRun.play(FaultWorld.shared(), RunScript.blow(mode, step, end));
    }
}
