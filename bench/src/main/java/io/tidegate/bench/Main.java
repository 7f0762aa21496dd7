package io.tidegate.bench;

import java.util.Arrays;

/** {@code copy}, {@code heap}, {@code scale} or {@code jmh}, with the arguments of each. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        String program = arguments.length == 0 ? "" : arguments[0];
        String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        switch (program) {
            case "copy" -> CopyBench.main(rest);
            case "heap" -> HeapBench.main(rest);
            case "scale" -> ScaleBench.main(rest);
            case "jmh" -> org.openjdk.jmh.Main.main(rest);
            default -> {
                System.err.println("Say what to run: copy, heap, scale or jmh.");
                System.exit(2);
            }
        }
    }
}
