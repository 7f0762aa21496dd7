package io.tidegate.app.sync;

import io.tidegate.app.UserErrorException;
import io.tidegate.app.process.Shutdown;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.EngineJson;
import io.tidegate.engine.NodeType;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunRequest;
import io.tidegate.engine.receipt.Receipt;
import io.tidegate.engine.runner.Engine;
import io.tidegate.engine.sync.DirtyFiles;
import io.tidegate.engine.sync.DryRunReport;
import io.tidegate.engine.sync.SyncLimits;
import io.tidegate.scheduler.parameter.Placeholders;
import io.tidegate.scheduler.parameter.UnresolvedParameterException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one synchronization document whose reader and writer name their servers themselves. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = "Runs one script-mode synchronization document and prints its receipt.",
        footer = "Exit code 0: the partition holds what the receipt says (with --dry-run: nothing speaks against the"
                + " copy). 1: the copy failed. 2: the document is wrong.")
public final class SyncCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB.json", description = "The document, as DataWorks' script mode has it.")
    @SuppressWarnings("NullAway.Init")
    private Path job;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "Value of a ${NAME} in the document; may be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--receipt", paramLabel = "FILE", description = "Write the receipt there as JSON too.")
    private @Nullable Path receiptFile;

    @Option(
            names = "--after",
            paramLabel = "RECEIPT",
            description = "Receipt of the window before: records that came behind it are found and counted as late.")
    private @Nullable Path afterFile;

    @Option(
            names = "--dry-run",
            description = "Write nothing: connect, plan, try a hundred records and say what the copy would do.")
    private boolean dryRun;

    @Option(
            names = "--dirty",
            paramLabel = "FILE",
            description = "Write the records that do not convert there, one JSON object a line, up to 1 GB.")
    private @Nullable Path dirtyFile;

    @Override
    public Integer call() {
        checkPlace("--receipt", receiptFile);
        checkPlace("--dirty", dirtyFile);
        RunRequest request = new RunRequest(
                "sync-" + job.getFileName(), NodeType.BATCH_SYNC, code(), Map.of(), ZoneId.systemDefault(), null, null);
        ReceiptHistory before =
                afterFile == null ? null : ReceiptHistory.read(afterFile).checkedFor(request.code(), request.zone());
        ConsoleJournal journal =
                new ConsoleJournal(spec.commandLine().getErr(), Boolean.getBoolean("tidegate.terminal"), before);
        try (Shutdown shutdown = Shutdown.onSignal()) {
            Engine engine = new Engine(
                    Clock.systemUTC(),
                    SyncLimits.DEFAULT
                            .withOwnFiles()
                            .withDirtyFiles(dirtyFile == null ? null : DirtyFiles.at(dirtyFile)));
            if (dryRun) {
                return answer(engine, request, journal, shutdown);
            }
            RunOutcome outcome = engine.run(request, journal, shutdown::isAsked);
            journal.clearBar();
            return answer(outcome);
        }
    }

    /** Before the copy: afterwards it would be too late to say so. */
    private static void checkPlace(String option, @Nullable Path file) {
        if (file != null && !Files.isWritable(file.toAbsolutePath().getParent())) {
            throw new UserErrorException(option + " " + file + ": its directory is not there or not writable.");
        }
    }

    private String code() {
        String text;
        try {
            text = Files.readString(job);
        } catch (IOException e) {
            throw new UserErrorException(job + " cannot be read: " + e);
        }
        try {
            return Placeholders.replaceInJson(text, parameters);
        } catch (UnresolvedParameterException e) {
            throw new UserErrorException(job + ": " + e.getMessage() + " Give each one with -p NAME=VALUE.");
        }
    }

    private int answer(RunOutcome outcome) {
        PrintWriter err = spec.commandLine().getErr();
        if (outcome instanceof RunOutcome.Succeeded succeeded) {
            if (succeeded.receipt() != null) {
                print(succeeded.receipt());
            }
            return 0;
        }
        if (outcome instanceof RunOutcome.Failed failed) {
            err.println(failed.message());
            return failed.kind() == RunOutcome.FailureKind.BAD_DOCUMENT ? 2 : 1;
        }
        err.println("Stopped; nothing became visible.");
        return 1;
    }

    private int answer(Engine engine, RunRequest request, ConsoleJournal journal, Shutdown shutdown) {
        try {
            DryRunReport report = engine.dryRun(request, journal, shutdown::isAsked);
            PrintWriter out = spec.commandLine().getOut();
            out.println(DryRunText.of(report));
            out.flush();
            return report.tooManyDirty() ? 1 : 0;
        } catch (EngineFailure failure) {
            spec.commandLine().getErr().println(failure.userMessage());
            return failure.kind() == RunOutcome.FailureKind.BAD_DOCUMENT ? 2 : 1;
        }
    }

    private void print(Receipt receipt) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(ReceiptText.of(receipt));
        out.flush();
        if (receiptFile != null) {
            try {
                Files.writeString(
                        receiptFile,
                        EngineJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(receipt) + "\n");
            } catch (IOException e) {
                throw new UserErrorException(
                        "The copy succeeded, but the receipt cannot be written to " + receiptFile + ": " + e);
            }
        }
    }
}
