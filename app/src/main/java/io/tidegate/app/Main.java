package io.tidegate.app;

import io.tidegate.app.config.ConfigException;
import io.tidegate.app.sync.SyncCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code tidegate server | worker | sync | params | sandbox | demo}. */
@Command(
        name = "tidegate",
        description = "Copies exact windows of Kafka topics into MaxCompute partitions, on schedule.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {ServerCommand.class, WorkerCommand.class, SyncCommand.class, ParamsCommand.class})
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command and returns its exit code: 0 done, 1 failed, 2 the input is wrong. */
    static int run(String... args) {
        CommandLine commandLine = new CommandLine(new Main());
        SandboxCommands.addTo(commandLine);
        commandLine.setExecutionExceptionHandler(Main::explain);
        return commandLine.execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }

    /** The user's mistakes get one sentence; ours get a stack trace, because somebody has to mend them. */
    private static int explain(Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) {
        PrintWriter err = commandLine.getErr();
        if (e instanceof UserErrorException || e instanceof ConfigException) {
            err.println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        e.printStackTrace(err);
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The version that Maven wrote into the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"tidegate " + (version == null ? "(not packaged)" : version)};
        }
    }
}
