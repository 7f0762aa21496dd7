package io.tidegate.engine.maxcompute;

import com.aliyun.odps.OdpsException;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.maxcompute.OdpsAccess.RetryForbidden;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** Makes calls of the SDK: repeats what may be repeated, a few times, and says in the user's words what went wrong. */
final class OdpsCalls {
    private static final int TRIES_MAX = 4;
    private static final long FIRST_PAUSE_MILLIS = 250;

    private static final Set<String> PASSING_CODES = Set.of(
            "InternalServerError",
            "FlowExceeded",
            "MetaTransactionFailed",
            "DataUnderReplication",
            "DataVersionConflict",
            // A session that expired: another attempt opens a new one.
            "StatusConflict",
            "ServiceUnavailable",
            "CorruptedDataStream");

    private OdpsCalls() {}

    /** A call of the SDK, which throws whatever it likes. */
    interface Call<T> {
        T make() throws OdpsException, IOException;
    }

    /**
     * Makes a call that does no harm when it is made twice.
     *
     * @param doing what is being done, as {@code reading table x}, for the message
     */
    static <T> T repeated(String doing, Call<T> call) throws EngineFailure {
        long pause = FIRST_PAUSE_MILLIS;
        for (int tries = 1; ; tries++) {
            try {
                return once(doing, call);
            } catch (EngineFailure failure) {
                if (!failure.retryable() || tries == TRIES_MAX) {
                    throw failure;
                }
                pause(pause);
                pause *= 4;
            }
        }
    }

    /** Makes a call that must not be made twice without looking first. */
    static <T> T once(String doing, Call<T> call) throws EngineFailure {
        try {
            return call.make();
        } catch (OdpsException | IOException | RuntimeException e) {
            throw failure(doing, e);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static EngineFailure failure(String doing, Throwable error) {
        Throwable root = unwrapped(error);
        OdpsException service = serviceError(root);
        if (service != null && service.getStatus() != null && service.getStatus() > 0 && !isPassing(service)) {
            return EngineFailure.lasting(kind(service), message(doing, service), error);
        }
        if (service != null && !isPassing(service) && !hasIoCause(root) && hasCode(service)) {
            return EngineFailure.lasting(kind(service), message(doing, service), error);
        }
        if (service != null || hasIoCause(root)) {
            FailureKind kind = hasIoCause(root) && (service == null || service.getStatus() == null)
                    ? FailureKind.CONNECTION
                    : FailureKind.TRANSFER;
            return EngineFailure.passing(kind, "MaxCompute failed while %s: %s".formatted(doing, deepest(root)), error);
        }
        return EngineFailure.lasting(
                FailureKind.INTERNAL, "MaxCompute's client failed while %s: %s".formatted(doing, deepest(root)), error);
    }

    private static Throwable unwrapped(Throwable error) {
        Throwable current = error;
        while (current instanceof RetryForbidden && current.getCause() != null) {
            current = current.getCause();
        }
        return current;
    }

    /** The innermost error that the service itself has sent, which knows more than its wrappers. */
    static com.aliyun.odps.@org.jspecify.annotations.Nullable OdpsException serviceError(Throwable error) {
        OdpsException found = null;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof OdpsException odps) {
                found = found != null && hasCode(found) && !hasCode(odps) ? found : odps;
            }
        }
        return found;
    }

    private static boolean hasCode(OdpsException error) {
        String code = error.getErrorCode();
        return code != null && !code.isEmpty() && !code.equals("Local Error");
    }

    private static boolean hasIoCause(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    static boolean isPassing(OdpsException error) {
        Integer status = error.getStatus();
        boolean serverSide = status != null && (status >= 500 || status == 429);
        return serverSide || (hasCode(error) && PASSING_CODES.contains(error.getErrorCode()));
    }

    private static FailureKind kind(OdpsException error) {
        String code = String.valueOf(error.getErrorCode()).toLowerCase(Locale.ROOT);
        Integer status = error.getStatus();
        if (code.contains("nosuch") || code.contains("notfound") || (status != null && status == 404)) {
            return FailureKind.MISSING_OBJECT;
        }
        boolean login = code.contains("unauthorized")
                || code.contains("nopermission")
                || code.contains("accesskey")
                || code.contains("signature")
                || (status != null && (status == 401 || status == 403));
        return login ? FailureKind.CONNECTION : FailureKind.TRANSFER;
    }

    private static String message(String doing, OdpsException error) {
        return "MaxCompute refused %s: %s".formatted(doing, text(error));
    }

    private static String deepest(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return text(cause);
    }

    private static String text(Throwable error) {
        String message = error.getMessage() == null || error.getMessage().isBlank()
                ? error.getClass().getSimpleName()
                : error.getMessage().replaceAll("\\s+", " ").trim();
        return message.endsWith(".") ? message : message + ".";
    }
}
