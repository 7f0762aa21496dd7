package io.tidegate.sandbox.maxcompute.rest;

import io.tidegate.sandbox.maxcompute.storage.Catalog;
import io.tidegate.sandbox.maxcompute.storage.RefusedException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.IntSupplier;

/** {@code /projects/P}, {@code /projects/P/tunnel}, {@code /projects/P/schemas}, {@code /projects/P/logs}. */
public final class ProjectRoutes {
    /** The SDK wants to read a time, whichever. */
    private static final String CREATED = "Tue, 22 Nov 2022 00:00:00 GMT";

    private final Catalog catalog;
    private final IntSupplier port;

    /** {@code port} is that of this server, once it listens. */
    public ProjectRoutes(Catalog catalog, IntSupplier port) {
        this.catalog = catalog;
        this.port = port;
    }

    /** @throws RefusedException NoSuchProject */
    public void requireProject(String project) throws SQLException {
        if (!catalog.hasProject(project)) {
            throw project.contains(".")
                    ? RefusedException.noSuchSchema(project)
                    : RefusedException.noSuchProject(project);
        }
    }

    public void project(HttpCall call) throws IOException, SQLException {
        call.setHeader("x-odps-creation-time", CREATED);
        call.setHeader("Last-Modified", CREATED);
        call.setHeader("x-odps-owner", "sandbox");
        call.xml(
                200,
                "<Project>" + Xml.element("Name", call.segment(1)) + Xml.element("Type", "managed")
                        + Xml.element("Comment", "local MaxCompute") + Xml.element("State", "AVAILABLE")
                        + "<Properties><Property><Name>odps.schema.model.enabled</Name><Value>"
                        + !catalog.schemas(call.segment(1)).isEmpty() + "</Value></Property>"
                        + "</Properties></Project>");
    }

    /** Where the Tunnel is: here. */
    public void tunnelEndpoint(HttpCall call) throws IOException {
        call.answer(200, "text/plain", "127.0.0.1:" + port.getAsInt());
    }

    public void schemas(HttpCall call) throws IOException, SQLException {
        StringBuilder xml = new StringBuilder("<Schemas>");
        for (String schema : catalog.schemas(call.segment(1))) {
            xml.append("<Schema>").append(Xml.element("Name", schema)).append("</Schema>");
        }
        call.xml(200, xml.append("</Schemas>").toString());
    }

    /** The SDK reports its own deprecated calls; nobody reads them. */
    public void logs(HttpCall call) throws IOException {
        call.body().readAllBytes();
        call.answer(200, "text/plain", "");
    }
}
