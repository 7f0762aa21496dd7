package io.tidegate.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.fault.Round.Blow;
import io.tidegate.engine.fault.Round.End;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.receipt.Receipt.PartitionReceipt;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.sandbox.maxcompute.tunnel.Fault;
import io.tidegate.sandbox.maxcompute.tunnel.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Plays a script: attempts in child processes, struck as it says, each handed what a scheduler would hand it, until one
 * succeeds. Then, and while it goes on, the partition must hold exactly what it should.
 */
final class FaultRun {
    private static final int ATTEMPTS_MAX = 20;
    private static final int LATE_RECORDS = 30;
    private static final String DIRTY_FILE = "dirty.jsonl";

    /** Whatever is written to it fails for want of room. */
    private static final String FULL_DISK = "/dev/full";

    private final FaultWorld world;
    private final RunScript script;
    private final Path directory;
    private final CopyJob job;
    private final Faults faults;
    private final List<String> story = new ArrayList<>();

    /** What the table holds, and what a reader may have seen, oldest first. */
    private Content held = Content.NOTHING;

    private final List<String> mayBeSeen = new ArrayList<>();

    /** The window at the time of each run that a user asked for, and which run prepared an upload session. */
    private final List<Content> windows = new ArrayList<>();

    private final Map<String, Integer> runOfSession = new HashMap<>();
    private final List<Zombie> zombies = new ArrayList<>();
    private final List<Zombie> awake = new ArrayList<>();
    private int attempts;
    private @Nullable OffsetPlan plan;
    private @Nullable PreparedCommit prepared;
    private boolean rerunAsked;

    /** An attempt that was given up and stands still. */
    private record Zombie(Child child, Path attempt, End end) {}

    private FaultRun(FaultWorld world, RunScript script) throws Exception {
        this.world = world;
        this.script = script;
        this.directory = world.newRun();
        this.job = new CopyJob(
                world, script, "faults_" + directory.getFileName().toString().replace('-', '_'));
        this.faults = world.maxCompute().faults();
    }

    /** Plays it and checks everything; the error tells the whole story. */
    static int play(FaultWorld world, RunScript script) throws Exception {
        FaultRun run = new FaultRun(world, script);
        try {
            run.play();
            return run.attempts;
        } catch (AssertionError | Exception e) {
            throw new AssertionError("%s%n%s%n%s".formatted(script, String.join("\n", run.story), e.getMessage()), e);
        } finally {
            world.maxCompute().faults().clear();
        }
    }

    @SuppressWarnings("try") // What the reader has seen counts once it has stopped looking.
    private void play() throws Exception {
        held = job.fillBefore();
        mayBeSeen.add(held.fingerprint());
        try (TableReader reader = new TableReader(job)) {
            int records = script.records();
            for (List<Round> rounds : script.generations()) {
                ask(records);
                untilSuccess(rounds);
                records = LATE_RECORDS;
            }
            awaken(End.FREEZE);
            awaken(End.FREEZE_FOR_LONG);
            faults.clear();
            awaitAwake();
            assertHeld("when all is over");
            reader.close();
            assertSeen(reader.seen());
        }
    }

    /** A user asks for a run, some records having come meanwhile. */
    private void ask(int records) {
        job.send(records);
        windows.add(job.window());
        if (script.mode() == WriteMode.OVERWRITE) {
            mayBeSeen.add(windows.get(windows.size() - 1).fingerprint());
        }
        plan = null;
        rerunAsked = prepared != null;
        tell("run %d is asked for", windows.size());
    }

    private void untilSuccess(List<Round> rounds) throws Exception {
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            Round round = i < rounds.size() ? rounds.get(i) : Round.CALM;
            AttemptEnd end = attempt(round);
            if (end != null && settled(end)) {
                faults.release();
                return;
            }
            if (round.rerunAfter()) {
                ask(LATE_RECORDS);
            }
        }
        throw new AssertionError("no success in %d attempts".formatted(ATTEMPTS_MAX));
    }

    /** Whether the run is a success. */
    private boolean settled(AttemptEnd end) throws IOException {
        if (end.kind().equals(AttemptEnd.SUCCEEDED)) {
            Receipt receipt = Objects.requireNonNull(end.receipt());
            succeeded(receipt);
            assertDirtyFile(receipt);
            return true;
        }
        if (end.kind().equals(FailureKind.COMMIT_UNKNOWN.name())) {
            return lookedAt();
        }
        assertThat(end.retryable()).as("may be tried again: %s", end).isTrue();
        return false;
    }

    /** The user looks, as the message says. */
    private boolean lookedAt() {
        assertThat(script.mode()).isEqualTo(WriteMode.INTO);
        PreparedCommit unknown = Objects.requireNonNull(prepared);
        prepared = null;
        rerunAsked = false;
        if (job.fingerprint().equals(held.fingerprint())) {
            tell("the user finds no rows and reruns by hand");
            plan = null;
            windows.add(job.window());
            return false;
        }
        tell("the user finds the rows and sets the instance to success");
        holds(windowOf(unknown.uploadId()));
        assertHeld("when the user set success");
        return true;
    }

    private void succeeded(Receipt receipt) {
        Content window = windowOf(Objects.requireNonNull(receipt.uploadId()));
        holds(window);
        assertHeld("after attempt " + attempts);
        assertThat(receipt.written()).as("rows written").isEqualTo(window.rows().size());
        assertThat(receipt.dirty()).as("dirty records").isEqualTo(window.dirty());
        assertThat(receipt.checksum()).as("checksum").isEqualTo(window.receiptChecksum());
        assertThat(receipt.read()).isEqualTo(receipt.written() + receipt.filtered() + receipt.dirty());
        for (PartitionReceipt of : receipt.partitions()) {
            assertThat(of.written())
                    .as("rows written of partition %d", of.partition())
                    .isEqualTo(window.rows().stream()
                            .filter(row -> row.partition() == of.partition())
                            .count());
        }
        prepared = null;
        rerunAsked = false;
    }

    /** Of an attempt that copied itself and had room. */
    private void assertDirtyFile(Receipt receipt) throws IOException {
        Path file = directory.resolve("attempt-" + attempts).resolve(DIRTY_FILE);
        if (Files.exists(file)) {
            assertThat(Files.readAllLines(file))
                    .as("dirty records in the side file")
                    .hasSize((int) receipt.dirty());
        }
    }

    private Content windowOf(String uploadId) {
        return windows.get(Objects.requireNonNull(runOfSession.get(uploadId), uploadId));
    }

    private void holds(Content window) {
        held = script.mode() == WriteMode.OVERWRITE ? window : held.plus(window);
        mayBeSeen.add(held.fingerprint());
    }

    private void assertHeld(String when) {
        List<String> rows = job.rows();
        if (!rows.equals(held.texts())) {
            assertThat(positions(rows))
                    .as("partition and offset of the rows %s", when)
                    .isEqualTo(positions(held.texts()));
            List<String> other = new ArrayList<>(rows);
            held.texts().forEach(other::remove);
            tell("rows that should not be there: %s", other.subList(0, Math.min(5, other.size())));
        }
        assertThat(Content.sha256(rows)).as("checksum of the table %s", when).isEqualTo(held.sha256());
        assertThat(job.elsewhere()).as("other partitions %s", when).isEqualTo(CopyJob.ELSEWHERE);
    }

    private static List<String> positions(List<String> rows) {
        return rows.stream()
                .map(row -> row.replaceFirst("^.*\\|(\\d+\\|\\d+)\\|\\d+\\|[^|]*$", "$1"))
                .sorted()
                .toList();
    }

    /** Old, then new: never a mixture, never back. */
    private void assertSeen(List<String> seen) {
        int at = 0;
        for (String state : seen) {
            int from = at;
            while (at < mayBeSeen.size() && !mayBeSeen.get(at).equals(state)) {
                at++;
            }
            assertThat(at)
                    .as(
                            "a reader saw %s, which is not in %s behind place %d; all it saw: %s",
                            state, mayBeSeen, from, seen)
                    .isLessThan(mayBeSeen.size());
        }
    }

    // ---- one attempt

    /** How it ended; null when it was struck. */
    private @Nullable AttemptEnd attempt(Round round) throws Exception {
        Path attempt = Files.createDirectory(directory.resolve("attempt-" + ++attempts));
        Blow blow = round.blow();
        round.faults().forEach(faults::set);
        if (blow != null) {
            setUp(blow.step(), attempt);
        }
        AttemptOrder order = new AttemptOrder(
                directory.getFileName() + "-attempt-" + attempts,
                job.document(),
                world.bootstrapServers(),
                world.project(),
                CopyJob.NOW,
                plan,
                prepared,
                rerunAsked,
                round.diskFull() ? FULL_DISK : attempt.resolve(DIRTY_FILE).toString());
        DurableFile.write(attempt.resolve(AttemptOrder.FILE), order);
        tell(
                "attempt %d: %s, %s, %s",
                attempts,
                plan == null ? "no plan" : "a plan",
                prepared == null ? "nothing prepared" : "prepared " + prepared.uploadId(),
                round);
        Child child = world.children.take();
        child.run(attempt);
        awaken(End.FREEZE);
        Integer restart = round.brokerRestartMillis();
        if (restart != null) {
            Thread.sleep(restart);
            world.restartBroker();
        }
        boolean struck = reachedOrOver(child, attempt, blow);
        AttemptEnd end = struck ? null : DurableFile.read(attempt.resolve(AttemptEnd.FILE), AttemptEnd.class);
        if (blow != null && struck) {
            strike(child, attempt, blow);
        } else {
            world.children.giveBack(child);
        }
        handOn(attempt);
        tell("attempt %d: %s", attempts, end == null ? "struck" : end.kind() + " " + end.message());
        return end;
    }

    private void setUp(Step step, Path attempt) throws IOException {
        Fault.Kind hold = step.hold;
        if (hold != null) {
            faults.hold(hold, Faults.ANY_BLOCK);
        } else {
            Files.createFile(attempt.resolve(Objects.requireNonNull(step.holdFile)));
        }
    }

    private boolean reachedOrOver(Child child, Path attempt, @Nullable Blow blow) throws InterruptedException {
        Path over = attempt.resolve(AttemptEnd.FILE);
        Waiting.until(() -> Files.exists(over) || !child.alive() || (blow != null && stands(attempt, blow.step())));
        if (Files.exists(over)) {
            Fault.Kind hold = blow == null ? null : blow.step().hold;
            if (hold != null) {
                faults.withdraw(hold);
            }
            return false;
        }
        assertThat(child.alive()).as("the child lives: %s", child.said()).isTrue();
        return true;
    }

    private boolean stands(Path attempt, Step step) {
        return step.hold == null
                ? Files.exists(attempt.resolve(step.reachedFile()))
                : faults.held().stream().anyMatch(fault -> fault.kind() == step.hold);
    }

    private void strike(Child child, Path attempt, Blow blow) throws IOException {
        switch (blow.end()) {
            case KILL -> {
                child.kill();
                faults.release();
            }
            case KILL_ARRIVES_LATE -> child.kill();
            case FREEZE, FREEZE_FOR_LONG -> {
                child.freeze();
                Files.createFile(attempt.resolve(FileJournal.FENCED));
                zombies.add(new Zombie(child, attempt, blow.end()));
            }
        }
    }

    /** What a scheduler keeps: plan and prepared commit, found once the attempt is dead or fenced. */
    private void handOn(Path attempt) {
        OffsetPlan made = DurableFile.read(attempt.resolve(FileJournal.PLAN), OffsetPlan.class);
        if (made != null) {
            plan = made;
        }
        PreparedCommit commit = DurableFile.read(attempt.resolve(FileJournal.PREPARED), PreparedCommit.class);
        if (commit != null) {
            prepared = commit;
            rerunAsked = false;
            runOfSession.put(commit.uploadId(), windows.size() - 1);
        }
    }

    /** Lets zombies go on. */
    private void awaken(End end) throws IOException {
        List<Zombie> waking =
                zombies.stream().filter(zombie -> zombie.end() == end).toList();
        for (Zombie zombie : waking) {
            zombies.remove(zombie);
            Files.deleteIfExists(zombie.attempt().resolve(FileJournal.HOLD_PLAN));
            Files.deleteIfExists(zombie.attempt().resolve(FileJournal.HOLD_PREPARED));
            faults.release();
            zombie.child().thaw();
            awake.add(zombie);
        }
    }

    private void awaitAwake() {
        for (Zombie zombie : awake) {
            Path over = zombie.attempt().resolve(AttemptEnd.FILE);
            Waiting.until(() -> Files.exists(over) || !zombie.child().alive());
            tell(
                    "zombie of %s: %s",
                    zombie.attempt().getFileName(), String.valueOf(DurableFile.read(over, AttemptEnd.class)));
            world.children.giveBack(zombie.child());
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // The annotation would be a dependency for one test.
    private void tell(String text, Object... values) {
        story.add(text.formatted(values));
    }
}
