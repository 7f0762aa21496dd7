package io.tidegate.app.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process at once when it is asked to stop again. While the JVM shuts down it takes no notice of a further signal, and
 * the only way to hear one is a class that its vendor does not promise to keep: hence by reflection, and done without where it
 * is missing.
 */
final class SecondSignal {
    private static final Logger LOG = LoggerFactory.getLogger(SecondSignal.class);
    /** As shells report a process that a signal ended. */
    private static final int EXIT_CODE_BASE = 128;

    private SecondSignal() {}

    static void endsAtOnce() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler halt = (proxy, method, arguments) -> {
                int number = (int) signal.getMethod("getNumber").invoke(arguments[0]);
                System.err.println("Asked to stop again: ending at once.");
                Runtime.getRuntime().halt(EXIT_CODE_BASE + number);
                return null;
            };
            Object halting = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, halt);
            for (String name : new String[] {"TERM", "INT"}) {
                Object heard = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, heard, halting);
            }
        } catch (ReflectiveOperationException e) {
            LOG.debug("A second signal will not be heard", e);
        }
    }
}
