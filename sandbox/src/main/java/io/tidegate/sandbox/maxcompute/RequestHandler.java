package io.tidegate.sandbox.maxcompute;

import io.tidegate.sandbox.maxcompute.rest.HttpCall;
import io.tidegate.sandbox.maxcompute.rest.Signatures;
import io.tidegate.sandbox.maxcompute.storage.RefusedException;
import java.io.IOException;
import java.sql.SQLException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every request: signature, route, and errors in the form that the caller reads. */
final class RequestHandler extends Handler.Abstract {
    private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

    private final Routes routes;
    private final @Nullable Signatures signatures;

    /** Without signatures every request passes. */
    RequestHandler(Routes routes, @Nullable Signatures signatures) {
        this.routes = routes;
        this.signatures = signatures;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpCall call = new HttpCall(request, response);
        try {
            if (signatures != null && !Routes.open(call)) {
                signatures.check(call);
            }
            routes.handle(call);
            callback.succeeded();
        } catch (RefusedException e) {
            answer(call, callback, e.status(), e.code(), String.valueOf(e.getMessage()));
        } catch (SQLException | RuntimeException e) {
            log.error("{} {} failed", call.method(), call.path(), e);
            answer(call, callback, 500, "InternalServerError", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            log.debug("{} {} broke off", call.method(), call.path(), e);
            answer(call, callback, 400, "CorruptedDataStream", String.valueOf(e.getMessage()));
        }
        return true;
    }

    private static void answer(HttpCall call, Callback callback, int status, String code, String message) {
        if (call.committed()) {
            callback.failed(new IOException(message));
            return;
        }
        try {
            call.error(status, code, message);
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e);
        }
    }
}
