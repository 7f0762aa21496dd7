package io.tidegate.sandbox.kafka;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs in a child JVM: calls the main method of another class and ends the JVM when the standard input ends, which it does
 * when the parent is gone, however it went.
 */
final class EndsWithParent {
    private EndsWithParent() {}

    /**
     * @param arguments name of the class whose main method is called, then its arguments
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        var watch = new Thread(EndsWithParent::endWithInput, "ends-with-parent");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            // Whatever threads the server has already started must not keep the JVM alive.
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes here; only the end counts.
            }
        } catch (IOException e) {
            // The pipe is gone, and so is the parent.
        }
        Runtime.getRuntime().halt(1);
    }
}
