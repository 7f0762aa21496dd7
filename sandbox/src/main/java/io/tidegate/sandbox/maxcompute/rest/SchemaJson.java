package io.tidegate.sandbox.maxcompute.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.sandbox.maxcompute.storage.ColumnDefinition;
import io.tidegate.sandbox.maxcompute.storage.Partitions;
import io.tidegate.sandbox.maxcompute.storage.TableDefinition;
import java.time.Instant;
import java.util.List;

/** Tables and partitions as the service describes them in JSON. Times are seconds since 1970, as the SDK expects. */
public final class SchemaJson {
    private static final JsonNodeFactory nodes = JsonNodeFactory.instance;

    private SchemaJson() {}

    /** {@code {"columns":[…],"partitionKeys":[…]}}. */
    public static ObjectNode schema(List<ColumnDefinition> columns, List<ColumnDefinition> partitionKeys) {
        ObjectNode schema = nodes.objectNode();
        schema.set("columns", columns(columns));
        schema.set("partitionKeys", columns(partitionKeys));
        return schema;
    }

    private static ArrayNode columns(List<ColumnDefinition> columns) {
        ArrayNode array = nodes.arrayNode();
        int id = 0;
        for (ColumnDefinition column : columns) {
            array.addObject()
                    .put("name", column.name())
                    .put("type", column.type().getTypeName())
                    .put("comment", column.comment())
                    .put("nullable", String.valueOf(!column.required()))
                    .put("isNullable", !column.required())
                    .put("column_id", String.valueOf(id++));
        }
        return array;
    }

    static ObjectNode table(TableDefinition table, Partitions.Partition total) {
        return schema(table.columns(), table.partitionKeys())
                .put("comment", table.comment())
                .put("owner", "sandbox")
                .put("tableName", table.name())
                .put("createTime", seconds(table.createdAt()))
                .put("lastDDLTime", seconds(table.changedAt()))
                .put("lastModifiedTime", seconds(table.writtenAt()))
                .put("lastAccessTime", 0)
                .put("lifecycle", table.lifecycleDays())
                .put("isVirtualView", false)
                .put("isExternal", table.external())
                .put("size", total.bytes())
                .put("recordNum", total.rows())
                .put("PhysicalSize", total.bytes())
                .put("IsArchived", false)
                .put("Reserved", "{\"schema_version\":\"" + table.changedAt().toEpochMilli() + "\"}");
    }

    static ObjectNode partition(Partitions.Partition partition) {
        return nodes.objectNode()
                .put("createTime", seconds(partition.createdAt()))
                .put("lastDDLTime", seconds(partition.createdAt()))
                .put("lastModifiedTime", seconds(partition.writtenAt()))
                .put("lastAccessTime", 0)
                .put("partitionSize", partition.bytes())
                .put("partitionRecordNum", partition.rows())
                .put("PhysicalSize", partition.bytes())
                .put("IsArchived", false)
                .put("LifeCycle", -1);
    }

    private static long seconds(Instant instant) {
        return instant.getEpochSecond();
    }
}
