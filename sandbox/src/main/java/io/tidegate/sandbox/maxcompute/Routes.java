package io.tidegate.sandbox.maxcompute;

import io.tidegate.sandbox.maxcompute.rest.HttpCall;
import io.tidegate.sandbox.maxcompute.rest.InstanceRoutes;
import io.tidegate.sandbox.maxcompute.rest.ProjectRoutes;
import io.tidegate.sandbox.maxcompute.rest.TableRoutes;
import io.tidegate.sandbox.maxcompute.storage.RefusedException;
import io.tidegate.sandbox.maxcompute.tunnel.DownloadRoutes;
import io.tidegate.sandbox.maxcompute.tunnel.StreamRoutes;
import io.tidegate.sandbox.maxcompute.tunnel.UploadRoutes;
import java.io.IOException;
import java.sql.SQLException;

/** Which URL is answered by what. */
record Routes(
        ProjectRoutes projects,
        InstanceRoutes instances,
        TableRoutes tables,
        UploadRoutes uploads,
        DownloadRoutes downloads,
        StreamRoutes streams,
        AdminRoutes admin) {

    /** Requests that need no signature. */
    static boolean open(HttpCall call) {
        return call.segment(0).equals("admin");
    }

    void handle(HttpCall call) throws IOException, SQLException {
        if (call.segment(0).equals("admin") && call.segment(1).equals("faults")) {
            admin.handle(call);
            return;
        }
        if (!call.segment(0).equals("projects") || call.segment(1).isEmpty()) {
            throw unknown(call);
        }
        projects.requireProject(call.segment(1));
        switch (call.segment(2)) {
            case "" -> projects.project(call);
            case "tunnel" -> projects.tunnelEndpoint(call);
            case "schemas" -> projects.schemas(call);
            case "logs" -> projects.logs(call);
            case "instances" -> instance(call);
            case "tables" -> table(call);
            default -> throw unknown(call);
        }
    }

    private void instance(HttpCall call) throws IOException, SQLException {
        if (call.segments() == 3) {
            if (!call.method().equals("POST")) {
                throw unknown(call);
            }
            instances.create(call);
        } else if (call.has("downloads")) {
            downloads.openInstance(call);
        } else if (call.has("downloadid")) {
            downloads.get(call);
        } else if (call.method().equals("PUT")) {
            instances.stop(call);
        } else {
            instances.get(call);
        }
    }

    private void table(HttpCall call) throws IOException, SQLException {
        if (call.segments() == 3) {
            tables.list(call);
        } else if (call.segment(4).equals("streams")) {
            if (call.method().equals("PUT")) {
                streams.flush(call);
            } else {
                streams.describe(call);
            }
        } else if (call.has("uploads")) {
            uploads.open(call);
        } else if (call.has("uploadid")) {
            upload(call);
        } else if (call.has("downloads")) {
            downloads.openTable(call);
        } else if (call.has("downloadid")) {
            downloads.get(call);
        } else {
            tables.table(call);
        }
    }

    private void upload(HttpCall call) throws IOException, SQLException {
        switch (call.method()) {
            case "PUT" -> uploads.write(call);
            case "POST" -> uploads.commit(call);
            case "GET" -> uploads.reload(call);
            default -> throw unknown(call);
        }
    }

    private static RefusedException unknown(HttpCall call) {
        return new RefusedException(
                404,
                "NoSuchResource",
                "The local MaxCompute does not serve %s %s".formatted(call.method(), call.path()));
    }
}
