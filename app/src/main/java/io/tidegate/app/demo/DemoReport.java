package io.tidegate.app.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.app.demo.DemoWindows.Counted;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The counts of the demo, for people and for programs. */
record DemoReport(List<Counted> windows, ZoneId zone) {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    boolean agrees() {
        return windows.stream().allMatch(Counted::agrees);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("Window (")
                .append(zone.getId())
                .append(")                   Partition      In the topic  In the table   By receipt  Dirty\n");
        for (Counted w : windows) {
            text.append(String.format(
                    Locale.ROOT,
                    "[%s, %s)  ds=%s  %,14d  %,12d  %,11d  %,5d  %s%n",
                    local(w.start()),
                    local(w.end()),
                    w.partition(),
                    w.topicRecords(),
                    w.tableRows(),
                    w.receiptWritten(),
                    w.receiptDirty(),
                    w.agrees() ? "agree" : "DISAGREE"));
        }
        return text.toString();
    }

    private String local(Instant instant) {
        return MINUTES.format(instant.atZone(zone));
    }

    String json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        ArrayNode list = root.putArray("windows");
        for (Counted w : windows) {
            list.addObject()
                    .put("partition", w.partition())
                    .put("start", w.start().toString())
                    .put("end", w.end().toString())
                    .put("topicRecords", w.topicRecords())
                    .put("tableRows", w.tableRows())
                    .put("receiptWritten", w.receiptWritten())
                    .put("dirty", w.receiptDirty());
        }
        return root.put("agree", agrees()).toString();
    }
}
