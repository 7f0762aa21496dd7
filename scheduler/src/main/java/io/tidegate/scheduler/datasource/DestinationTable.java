package io.tidegate.scheduler.datasource;

import io.tidegate.scheduler.InvalidInputException;
import java.util.List;
import java.util.regex.Pattern;

/** Suggests the statement that creates a table to copy a topic into: "Generate Destination Table Schema". */
public final class DestinationTable {
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private DestinationTable() {}

    /**
     * The statement, to look through and to run.
     *
     * @param topic names the table; what a table name may not hold becomes an underscore
     * @param readerColumns JSON fields that get a column beside the six attributes; attributes and constants are passed over
     * @throws InvalidInputException when there can be no topic of this name
     */
    public static String ddl(String topic, List<String> readerColumns) {
        if (!TOPIC.matcher(topic).matches()) {
            throw InvalidInputException.of(
                    "/topic", "'" + topic + "' is not a topic name.", "Choose a topic of the Kafka data source.");
        }
        return io.tidegate.engine.maxcompute.DestinationTable.generate(topic, readerColumns);
    }
}
