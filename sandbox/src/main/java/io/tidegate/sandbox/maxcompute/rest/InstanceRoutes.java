package io.tidegate.sandbox.maxcompute.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.sandbox.maxcompute.sql.SqlService;
import io.tidegate.sandbox.maxcompute.storage.Reading;
import io.tidegate.sandbox.maxcompute.storage.RefusedException;
import io.tidegate.sandbox.maxcompute.storage.SqlInstances;
import io.tidegate.sandbox.maxcompute.storage.SqlInstances.SqlInstance;
import io.tidegate.sandbox.maxcompute.storage.SqlInstances.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** {@code /projects/P/instances} and {@code /projects/P/instances/ID}. */
public final class InstanceRoutes {
    /** As the real service cuts ?result; more comes by the instance tunnel. */
    private static final long RESULT_ROWS_MAX = 10_000;

    private static final ObjectMapper json = new ObjectMapper();

    private final SqlService service;
    private final SqlInstances instances;
    private final Reading reading;
    private final ZoneId zone;

    public InstanceRoutes(SqlService service, SqlInstances instances, Reading reading, ZoneId zone) {
        this.service = service;
        this.instances = instances;
        this.reading = reading;
        this.zone = zone;
    }

    public void create(HttpCall call) throws IOException, SQLException {
        Element root = Xml.parse(call.body());
        Element sql = Xml.child(root, "Job")
                .flatMap(job -> Xml.child(job, "Tasks"))
                .flatMap(tasks -> Xml.child(tasks, "SQL"))
                .orElseThrow(() -> new RefusedException(
                        400, "InvalidParameter", "ODPS-0410061: the local MaxCompute runs SQL tasks only"));
        SqlInstance instance = service.submit(
                call.segment(1),
                Xml.text(sql, "Name").orElse("AnonymousSQLTask"),
                Xml.text(sql, "Query").orElse(""),
                timeZone(sql));
        call.setHeader(
                "Location",
                "http://" + call.header("Host").orElse("127.0.0.1") + "/api/projects/" + call.segment(1) + "/instances/"
                        + instance.id());
        call.answer(201, "application/xml", "");
    }

    /** odps.sql.timezone among the settings of the task. */
    private static @Nullable String timeZone(Element sql) {
        Optional<Element> config = Xml.child(sql, "Config");
        if (config.isEmpty()) {
            return null;
        }
        for (Node node = config.get().getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element property
                    && Xml.text(property, "Name").orElse("").equals("settings")) {
                try {
                    return json.readTree(Xml.text(property, "Value").orElse("{}"))
                            .path("odps.sql.timezone")
                            .asText(null);
                } catch (JsonProcessingException e) {
                    throw new RefusedException(400, "InvalidParameter", "the settings of the task are not JSON");
                }
            }
        }
        return null;
    }

    public void get(HttpCall call) throws IOException, SQLException {
        SqlInstance instance = instances
                .find(call.segment(1), call.segment(3))
                .orElseThrow(() -> new RefusedException(
                        404, "NoSuchInstance", "ODPS-0420061: Instance not found - " + call.segment(3)));
        if (call.has("result")) {
            call.xml(200, "<Instance><Tasks>" + result(instance) + "</Tasks></Instance>");
        } else if (call.has("source")) {
            call.xml(
                    200,
                    "<Job><Tasks><SQL>" + Xml.element("Name", instance.task()) + "<Query>" + Xml.cdata(instance.query())
                            + "</Query></SQL></Tasks></Job>");
        } else if (call.has("taskstatus")) {
            call.xml(
                    200,
                    "<Instance>" + status(instance) + "<Tasks><Task Type=\"SQL\">"
                            + Xml.element("Name", instance.task()) + Xml.element("Status", taskStatus(instance))
                            + "</Task></Tasks></Instance>");
        } else if (call.has("info")
                || call.has("instancesummary")
                || call.has("instancedetail")
                || call.has("detail")) {
            call.json(200, "{}");
        } else {
            headers(call, instance);
            call.xml(200, "<Instance>" + status(instance) + "</Instance>");
        }
    }

    private static void headers(HttpCall call, SqlInstance instance) {
        call.setHeader("x-odps-owner", "sandbox");
        call.setHeader("x-odps-start-time", rfc(instance.startedAt()));
        // The SDK skips what is no date, but falls over a header that is not there.
        Instant ended = instance.endedAt();
        call.setHeader("x-odps-end-time", ended == null ? "" : rfc(ended));
    }

    private static String rfc(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atZone(ZoneOffset.UTC));
    }

    private static String status(SqlInstance instance) {
        return Xml.element("Status", instance.status() == Status.RUNNING ? "Running" : "Terminated");
    }

    private static String taskStatus(SqlInstance instance) {
        return switch (instance.status()) {
            case RUNNING -> "Running";
            case SUCCESS -> "Success";
            case FAILED -> "Failed";
            case CANCELLED -> "Cancelled";
        };
    }

    private String result(SqlInstance instance) throws IOException, SQLException {
        String text = instance.text();
        if (instance.hasRows()) {
            ResultCsv csv = new ResultCsv(zone, instance.columns());
            reading.read(instance.snapshot(), instance.columns(), 0, RESULT_ROWS_MAX, csv::add);
            text = csv.text();
        }
        return "<Task Type=\"SQL\">" + Xml.element("Name", instance.task())
                + "<Result Transform=\"Base64\" Format=\"" + (instance.hasRows() ? "csv" : "text") + "\">"
                + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "</Result>"
                + Xml.element("Status", taskStatus(instance)) + "</Task>";
    }

    /** The only change a client can ask for is the end. */
    public void stop(HttpCall call) throws IOException, SQLException {
        call.body().readAllBytes();
        service.cancel(call.segment(3));
        call.xml(200, "<Instance><Status>Terminated</Status></Instance>");
    }
}
