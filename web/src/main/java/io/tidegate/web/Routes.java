package io.tidegate.web;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.PATCH;
import static io.javalin.http.HandlerType.POST;
import static io.javalin.http.HandlerType.PUT;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.tidegate.web.http.Access;
import io.tidegate.web.http.Problem;
import io.tidegate.web.http.ProblemException;
import io.tidegate.web.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Every URL of the server. */
final class Routes {
    private static final String API = "/api/v1";
    private static final String WORKSPACE = "/workspaces/{workspace}";
    private static final String DATA_SOURCE = WORKSPACE + "/data-sources/{name}";

    private final List<Route> all = new ArrayList<>();

    Routes(Resources to) {
        everybody(GET, "/health", to.server()::health);
        everybody(POST, API + "/session", to.session()::signIn);

        api(GET, "/session", to.session()::get);
        api(DELETE, "/session", to.session()::signOut);
        api(GET, "/openapi.yaml", to.server()::openApi);

        api(GET, "/workspaces", to.workspace()::list);
        api(POST, "/workspaces", to.workspace()::create);
        api(GET, WORKSPACE, to.workspace()::get);
        api(PATCH, WORKSPACE, to.workspace()::change);
        api(GET, WORKSPACE + "/retention", to.workspace()::retention);
        api(PUT, WORKSPACE + "/retention", to.workspace()::changeRetention);

        api(GET, WORKSPACE + "/data-sources", to.dataSource()::list);
        api(POST, WORKSPACE + "/data-sources", to.dataSource()::create);
        api(GET, DATA_SOURCE, to.dataSource()::get);
        api(PUT, DATA_SOURCE, to.dataSource()::update);
        api(POST, DATA_SOURCE + "/connectivity", to.catalog()::connectivity);
        api(GET, DATA_SOURCE + "/topics", to.catalog()::topics);
        api(GET, DATA_SOURCE + "/tables", to.catalog()::tables);
        api(POST, DATA_SOURCE + "/tables", to.catalog()::createTable);
        api(GET, DATA_SOURCE + "/tables/{table}", to.catalog()::table);
        api(POST, DATA_SOURCE + "/table-schema", to.catalog()::tableSchema);

        api(GET, WORKSPACE + "/workflows", to.workflow()::list);
        api(POST, WORKSPACE + "/workflows", to.workflow()::create);

        api(GET, WORKSPACE + "/nodes", to.node()::list);
        api(POST, WORKSPACE + "/nodes", to.node()::create);
        api(GET, "/nodes/{id}", to.node()::get);
        api(GET, "/nodes/{id}/draft", to.draft()::get);
        api(PUT, "/nodes/{id}/draft", to.draft()::save);
        api(POST, "/nodes/{id}/check", to.draft()::check);
        api(POST, "/nodes/{id}/commit", to.draft()::commit);
        api(POST, "/nodes/{id}/preview", to.preview()::preview);
        api(POST, "/nodes/{id}/dependency-preview", to.preview()::dependencies);
        api(POST, "/nodes/{id}/test-runs", to.nodeRun()::test);
        api(POST, "/nodes/{id}/freeze", to.nodeRun()::freeze);
        api(POST, "/nodes/{id}/unfreeze", to.nodeRun()::unfreeze);
        api(GET, "/nodes/{id}/versions", to.node()::versions);

        api(GET, WORKSPACE + "/deployments/candidates", to.deployment()::candidates);
        api(GET, WORKSPACE + "/isolated-nodes", to.deployment()::isolated);
        api(GET, WORKSPACE + "/deployments", to.deployment()::list);
        api(POST, WORKSPACE + "/deployments", to.deployment()::deploy);
        api(GET, "/deployments/{id}", to.deployment()::get);

        api(GET, WORKSPACE + "/instances", to.instance()::list);
        api(GET, WORKSPACE + "/instances/stream", to.instanceStream()::changes);
        api(GET, "/instances/{id}", to.instance()::get);
        api(GET, "/instances/{id}/stream", to.instanceStream()::one);
        api(GET, "/instances/{id}/descendants", to.operation()::descendants);
        api(POST, "/instances/{id}/rerun", to.operation()::rerun);
        api(POST, "/instances/{id}/rerun-with-descendants", to.operation()::rerunWithDescendants);
        api(POST, "/instances/{id}/stop", to.operation()::stop);
        api(POST, "/instances/{id}/set-success", to.operation()::setSuccess);
        api(POST, "/instances/{id}/freeze", to.operation()::freeze);
        api(POST, "/instances/{id}/unfreeze", to.operation()::unfreeze);
        api(POST, "/instances/{id}/remove-dependency", to.operation()::removeDependency);
        api(POST, "/instances/{id}/change-priority", to.operation()::changePriority);
        api(POST, "/instances/{id}/run-now", to.operation()::runNow);
        api(POST, WORKSPACE + "/instances/bulk", to.operation()::bulk);
        api(POST, "/instances/{id}/repair", to.lateRecord()::repair);
        api(GET, "/attempts/{id}/log", to.instance()::log);

        api(GET, WORKSPACE + "/late-records", to.lateRecord()::list);

        api(GET, WORKSPACE + "/backfills", to.backfill()::list);
        api(POST, WORKSPACE + "/backfills", to.backfill()::create);
        api(POST, WORKSPACE + "/backfills/plan", to.backfill()::plan);
        api(GET, "/backfills/{id}", to.backfill()::get);
        api(GET, "/backfills/{id}/dates", to.backfill()::dates);
        api(POST, "/backfills/{id}/pause", to.backfill()::pause);
        api(POST, "/backfills/{id}/resume", to.backfill()::resume);
        api(POST, "/backfills/{id}/cancel-submission", to.backfill()::cancelSubmission);
        api(POST, "/backfills/{id}/stop-running", to.backfill()::stopRunning);

        api(GET, WORKSPACE + "/alert-channels", to.alertChannel()::list);
        api(POST, WORKSPACE + "/alert-channels", to.alertChannel()::create);
        api(GET, "/alert-channels/{id}", to.alertChannel()::get);
        api(PUT, "/alert-channels/{id}", to.alertChannel()::update);
        api(DELETE, "/alert-channels/{id}", to.alertChannel()::delete);
        api(POST, "/alert-channels/{id}/test", to.alertChannel()::test);
        api(GET, WORKSPACE + "/alert-rules", to.alertRule()::list);
        api(POST, WORKSPACE + "/alert-rules", to.alertRule()::create);
        api(GET, "/alert-rules/{id}", to.alertRule()::get);
        api(PUT, "/alert-rules/{id}", to.alertRule()::update);
        api(DELETE, "/alert-rules/{id}", to.alertRule()::delete);
        api(GET, WORKSPACE + "/alerts", to.alert()::list);
        api(GET, "/alerts/{id}", to.alert()::get);
        api(GET, "/alerts/{id}/deliveries", to.alert()::deliveries);
        api(POST, "/alerts/{id}/acknowledge", to.alert()::acknowledge);

        api(GET, WORKSPACE + "/resource-groups", to.resourceGroup()::ofWorkspace);
        api(GET, "/resource-groups", to.resourceGroup()::list);
        api(POST, "/resource-groups", to.resourceGroup()::create);
        api(GET, "/resource-groups/{group}", to.resourceGroup()::get);
        api(PUT, "/resource-groups/{group}", to.resourceGroup()::change);
        api(DELETE, "/resource-groups/{group}", to.resourceGroup()::delete);
        api(GET, "/resource-groups/{group}/running", to.slotQueue()::running);
        api(GET, "/resource-groups/{group}/queue", to.slotQueue()::waiting);
        api(GET, "/workers", to.worker()::list);
    }

    List<Route> all() {
        return List.copyOf(all);
    }

    /** Whatever no route has taken: a page of the browser application, or a problem. */
    Route rest(HandlerType method, Handler page) {
        return new Route(method, "/*", Access.PUBLIC, ctx -> {
            boolean reads = method.equals(GET) || method.equals(HandlerType.HEAD);
            if (reads && !isApi(ctx.path()) && matching(ctx.path()).isEmpty()) {
                page.handle(ctx);
            } else {
                refuse(ctx);
            }
        });
    }

    private void refuse(Context ctx) {
        List<String> allowed = matching(ctx.path());
        if (allowed.isEmpty()) {
            throw new ProblemException(
                    Problem.of(404, "not-found", "Not found", "There is nothing at " + ctx.path() + "."));
        }
        throw new ProblemException(
                Problem.of(405, "method-not-allowed", "Method not allowed", "Allowed here: " + allowed + "."),
                Map.of("Allow", String.join(", ", allowed)));
    }

    private List<String> matching(String path) {
        TreeSet<String> methods = new TreeSet<>();
        all.stream()
                .filter(route -> route.matches(path))
                .forEach(route -> methods.add(route.method().name()));
        return List.copyOf(methods);
    }

    private static boolean isApi(String path) {
        return path.equals("/api") || path.startsWith("/api/");
    }

    private void api(HandlerType method, String path, Handler handler) {
        all.add(new Route(method, API + path, Access.SIGNED_IN, handler));
    }

    private void everybody(HandlerType method, String path, Handler handler) {
        all.add(new Route(method, path, Access.PUBLIC, handler));
    }
}
