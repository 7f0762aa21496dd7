package io.tidegate.sandbox.maxcompute;

import java.nio.file.Path;

/** A local MaxCompute in a process that can be killed. Says its port, then waits for the end of its input. */
final class ChildMaxCompute {
    private ChildMaxCompute() {}

    public static void main(String[] arguments) throws Exception {
        MaxComputeServer server = MaxComputeServer.start(Path.of(arguments[0]));
        System.out.println("ready " + server.endpoint() + " " + server.accessId() + " " + server.accessKey() + " "
                + server.project());
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        server.close();
    }
}
