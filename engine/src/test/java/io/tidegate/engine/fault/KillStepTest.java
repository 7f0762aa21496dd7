package io.tidegate.engine.fault;

import io.tidegate.engine.fault.Round.End;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine is killed, or stands still and wakes up again, at every step, in both modes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillStepTest {
    private @Nullable FaultWorld world;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        world = FaultWorld.start(directory);
    }

    @AfterAll
    void stop() {
        if (world != null) {
            world.close();
        }
    }

    /** What is on its way can arrive late, and a zombie can do harm, only behind PREPARED. */
    static Stream<Arguments> blows() {
        return Arrays.stream(WriteMode.values())
                .flatMap(mode -> Arrays.stream(Step.values())
                        .flatMap(step -> Arrays.stream(End.values())
                                .filter(end -> end == End.KILL || step.compareTo(Step.AFTER_PREPARED) >= 0)
                                .map(end -> Arguments.of(mode, step, end))));
    }

    @ParameterizedTest
    @MethodSource("blows")
    void the_retry_of_a_struck_attempt_leaves_every_row_once(WriteMode mode, Step step, End end) throws Exception {
        FaultRun.play(Objects.requireNonNull(world), RunScript.blow(mode, step, end));
    }
}
