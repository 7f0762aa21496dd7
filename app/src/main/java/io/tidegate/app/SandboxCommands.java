package io.tidegate.app;

import io.tidegate.app.demo.DemoCommand;
import picocli.CommandLine;

/**
 * The commands that need the sandbox. A production server does not have it on its class path, so they are added only where
 * it can be loaded.
 */
final class SandboxCommands {
    private SandboxCommands() {}

    static void addTo(CommandLine commandLine) {
        if (sandboxIsThere()) {
            commandLine.addSubcommand(new SandboxCommand());
            commandLine.addSubcommand(new DemoCommand());
        }
    }

    private static boolean sandboxIsThere() {
        try {
            Class.forName("io.tidegate.sandbox.Sandbox", false, SandboxCommands.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
