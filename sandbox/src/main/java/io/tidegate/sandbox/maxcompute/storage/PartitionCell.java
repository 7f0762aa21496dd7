package io.tidegate.sandbox.maxcompute.storage;

import com.aliyun.odps.data.Varchar;
import com.aliyun.odps.type.TypeInfo;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** The value of a partition key, the same in every row of the partition. */
record PartitionCell(CellWriter writer, Object value) {

    static List<PartitionCell> of(TableDefinition table, PartitionName partition) {
        List<PartitionCell> cells = new ArrayList<>();
        for (int i = 0; i < partition.values().size(); i++) {
            TypeInfo type = table.partitionKeys().get(i).type();
            cells.add(new PartitionCell(
                    CellWriter.of(type), value(partition.values().get(i), type)));
        }
        return cells;
    }

    void append(DuckDBAppender row) throws SQLException {
        writer.append(row, value);
    }

    private static Object value(String text, TypeInfo type) {
        try {
            return switch (type.getOdpsType()) {
                case TINYINT, SMALLINT, INT, BIGINT -> Long.parseLong(text);
                case DATE -> LocalDate.parse(text);
                case VARCHAR, CHAR -> new Varchar(text);
                default -> text;
            };
        } catch (NumberFormatException | DateTimeParseException e) {
            throw RefusedException.invalidPartition("'%s' is not a %s".formatted(text, type.getTypeName()));
        }
    }
}
