package io.tidegate.sandbox.maxcompute.rest;

import io.tidegate.sandbox.maxcompute.storage.Catalog;
import io.tidegate.sandbox.maxcompute.storage.PartitionName;
import io.tidegate.sandbox.maxcompute.storage.Partitions;
import io.tidegate.sandbox.maxcompute.storage.RefusedException;
import io.tidegate.sandbox.maxcompute.storage.TableDefinition;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** {@code GET /projects/P/tables} and {@code GET /projects/P/tables/T} with what stands behind the question mark. */
public final class TableRoutes {
    private final Catalog catalog;
    private final Partitions partitions;

    public TableRoutes(Catalog catalog, Partitions partitions) {
        this.catalog = catalog;
        this.partitions = partitions;
    }

    public void list(HttpCall call) throws IOException, SQLException {
        String start = call.parameter("name");
        StringBuilder xml = new StringBuilder("<Tables>");
        for (TableDefinition table : catalog.tables(call.segment(1))) {
            if (table.name().startsWith(start)) {
                xml.append("<Table>")
                        .append(Xml.element("Name", table.name()))
                        .append(Xml.element("Owner", "sandbox"))
                        .append("</Table>");
            }
        }
        call.xml(200, xml.append("<Marker></Marker></Tables>").toString());
    }

    public void table(HttpCall call) throws IOException, SQLException {
        TableDefinition table = catalog.table(call.segment(1), call.segment(3));
        if (call.has("partitions")) {
            partitions(call, table);
        } else if (call.has("partition")) {
            partition(call, table);
        } else {
            describe(call, table);
        }
    }

    private void describe(HttpCall call, TableDefinition table) throws IOException, SQLException {
        call.xml(
                200,
                "<Table>" + Xml.element("Name", table.name()) + Xml.element("TableId", Long.toString(table.id()))
                        + Xml.element("Project", call.segment(1).split("\\.", 2)[0]) + Xml.element("Owner", "sandbox")
                        + Xml.element("Comment", table.comment())
                        + Xml.element("Type", table.external() ? "EXTERNAL_TABLE" : "MANAGED_TABLE")
                        + "<Schema format=\"Json\">"
                        + Xml.cdata(
                                SchemaJson.table(table, partitions.total(table)).toString())
                        + "</Schema></Table>");
    }

    private void partitions(HttpCall call, TableDefinition table) throws IOException, SQLException {
        StringBuilder xml = new StringBuilder("<Partitions>");
        for (Partitions.Partition partition : partitions.list(table)) {
            xml.append("<Partition>");
            if (call.has("name")) {
                xml.append(Xml.element("Name", partition.name()));
            } else {
                PartitionName name = PartitionName.parse(partition.name(), table);
                for (int i = 0; i < name.keys().size(); i++) {
                    xml.append("<Column Name=\"%s\" Value=\"%s\"/>"
                            .formatted(
                                    Xml.escaped(name.keys().get(i)),
                                    Xml.escaped(name.values().get(i))));
                }
                long seconds = partition.createdAt().getEpochSecond();
                long written = partition.writtenAt().getEpochSecond();
                xml.append(Xml.element("CreationTime", Long.toString(seconds)))
                        .append(Xml.element("LastDDLTime", Long.toString(seconds)))
                        .append(Xml.element("LastModifiedTime", Long.toString(written)));
            }
            xml.append("</Partition>");
        }
        call.xml(200, xml.append("<Marker></Marker></Partitions>").toString());
    }

    private void partition(HttpCall call, TableDefinition table) throws IOException, SQLException {
        PartitionName name = PartitionName.parse(call.parameter("partition"), table);
        Partitions.Partition partition =
                partitions.find(table, name).orElseThrow(() -> RefusedException.noSuchPartition(name.text()));
        List<String> parts = List.of(
                "<Partition><Schema>", Xml.cdata(SchemaJson.partition(partition).toString()), "</Schema></Partition>");
        call.xml(200, String.join("", parts));
    }
}
