package io.tidegate.engine.fault;

import io.tidegate.engine.fault.Round.Blow;
import io.tidegate.engine.fault.Round.End;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.sandbox.maxcompute.tunnel.Fault;
import io.tidegate.sandbox.maxcompute.tunnel.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * All that happens in one run. The same seed gives the same script; how the processes interleave is theirs.
 *
 * @param seed of the records, and of the script when it is random
 * @param mode OVERWRITE or INTO
 * @param partitions of the topic
 * @param records sent before the first attempt; about two thirds are in the window
 * @param oldRows rows that the partition holds before
 * @param concurrent slices side by side
 * @param generations what the attempts of each run meet: the first, and those that a user asks for after a success
 */
record RunScript(
        long seed,
        WriteMode mode,
        int partitions,
        int records,
        int oldRows,
        int concurrent,
        List<List<Round>> generations) {
    private static final int RESTART_MILLIS_MAX = 700;

    RunScript {
        generations = List.copyOf(generations);
    }

    /** One blow, then calm. */
    static RunScript blow(WriteMode mode, Step step, End end) {
        Round round = new Round(List.of(), new Blow(step, end), null, false, false);
        return of(mode, List.of(round));
    }

    static RunScript of(WriteMode mode, List<Round> rounds) {
        return new RunScript(7, mode, 3, 600, 40, 2, List.of(rounds));
    }

    static RunScript random(long seed) {
        Random random = new Random(seed);
        WriteMode mode = random.nextBoolean() ? WriteMode.OVERWRITE : WriteMode.INTO;
        int partitions = 1 + random.nextInt(4);
        int records = random.nextInt(10) == 0 ? random.nextInt(4) : 100 + random.nextInt(1200);
        int oldRows = random.nextInt(3) == 0 ? 0 : random.nextInt(400);
        int concurrent = 1 + random.nextInt(3);
        List<List<Round>> generations = new ArrayList<>();
        generations.add(rounds(random, 1 + random.nextInt(3)));
        if (random.nextInt(3) == 0) {
            generations.add(rounds(random, random.nextInt(2)));
        }
        return new RunScript(seed, mode, partitions, records, oldRows, concurrent, generations);
    }

    private static List<Round> rounds(Random random, int count) {
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Fault> faults = new ArrayList<>();
            for (int f = random.nextInt(3); f > 0; f--) {
                faults.add(fault(random));
            }
            rounds.add(new Round(
                    faults,
                    random.nextInt(5) == 0 ? null : blow(random),
                    random.nextInt(8) == 0 ? random.nextInt(RESTART_MILLIS_MAX) : null,
                    random.nextInt(6) == 0,
                    random.nextInt(6) == 0));
        }
        return rounds;
    }

    private static Blow blow(Random random) {
        Step[] steps = Step.values();
        End[] ends = End.values();
        return new Blow(steps[random.nextInt(steps.length)], ends[random.nextInt(ends.length)]);
    }

    private static Fault fault(Random random) {
        return switch (random.nextInt(11)) {
            case 0 -> fault(Fault.Kind.FAIL_OPEN, 1 + random.nextInt(2));
            case 1 -> fault(Fault.Kind.FAIL_BLOCK, 1 + random.nextInt(4));
            case 2 -> fault(Fault.Kind.BREAK_BLOCK, 1 + random.nextInt(4));
            case 3 ->
                new Fault(Fault.Kind.SLOW_BLOCK, Faults.ANY_BLOCK, Duration.ofMillis(50 + random.nextInt(400)), 3);
            case 4 -> fault(Fault.Kind.TOO_MANY_REQUESTS, 1 + random.nextInt(3));
            case 5 -> fault(Fault.Kind.FAIL_COMMIT, 1 + random.nextInt(6));
            case 6 -> fault(Fault.Kind.DROP_REPLY_AFTER_COMMIT, 1);
            case 7 -> fault(Fault.Kind.EXPIRE_SESSION, 1);
            case 8 -> fault(Fault.Kind.EXPIRE_AT_COMMIT, 1);
            case 9 -> fault(Fault.Kind.FORGET_SESSION, 1);
            default -> new Fault(Fault.Kind.FAIL_BLOCK, random.nextInt(3), Duration.ZERO, 2);
        };
    }

    static Fault fault(Fault.Kind kind, int times) {
        return new Fault(kind, Faults.ANY_BLOCK, Duration.ZERO, times);
    }
}
