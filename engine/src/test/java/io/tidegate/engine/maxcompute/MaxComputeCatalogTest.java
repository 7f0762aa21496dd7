package io.tidegate.engine.maxcompute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.mapping.ColumnType;
import io.tidegate.engine.mapping.DestinationColumn;
import io.tidegate.engine.maxcompute.TableDescription.Kind;
import io.tidegate.engine.maxcompute.TableDescription.PartitionKey;
import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.maxcompute.MaxComputeServer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaxComputeCatalogTest {
    private final MaxComputeServer server = Sandbox.shared().maxCompute();
    private final MaxComputeCatalog catalog = new MaxComputeCatalog(to(server.project()));

    private DataSourceConnection.MaxCompute to(String project) {
        return new DataSourceConnection.MaxCompute(
                server.endpoint(), project, server.accessId(), server.accessKey(), null);
    }

    @Test
    void a_table_is_described_with_its_columns_and_keys() throws Exception {
        catalog.runDdl(
                "CREATE TABLE catalog_a (k STRING COMMENT 'the key', n DECIMAL(10,2)) PARTITIONED BY (ds STRING);");
        catalog.runDdl("CREATE TABLE catalog_required (k STRING NOT NULL, n ARRAY<STRUCT<`a`:INT>> NULL);");
        catalog.runDdl("CREATE EXTERNAL TABLE catalog_far (k STRING) STORED BY 'oss' LOCATION 'oss://x/y';");

        assertThat(catalog.table("catalog_required").columns())
                .containsExactly(
                        new DestinationColumn("k", ColumnType.parse("STRING"), "", true),
                        new DestinationColumn("n", ColumnType.parse("ARRAY<STRUCT<a:INT>>"), "", false));
        assertThat(catalog.table("catalog_far").kind()).isEqualTo(Kind.EXTERNAL);
        assertThat(catalog.table("CATALOG_A"))
                .satisfies(table -> assertThat(table.columns()).hasSize(2));
        assertThat(catalog.table("catalog_a"))
                .isEqualTo(new TableDescription(
                        server.project(),
                        "catalog_a",
                        Kind.TABLE,
                        List.of(
                                new DestinationColumn("k", ColumnType.parse("STRING"), "the key"),
                                new DestinationColumn("n", ColumnType.parse("DECIMAL(10,2)"), "")),
                        List.of(new PartitionKey("ds", "STRING"))));
        assertThat(catalog.exists("catalog_a")).isTrue();
        assertThat(catalog.tables()).contains("catalog_a");
    }

    @Test
    void a_schema_has_tables_of_its_own() throws Exception {
        server.createSchema(server.project(), "catalog_layer");
        MaxComputeCatalog layer = new MaxComputeCatalog(to(server.project()), "catalog_layer");
        catalog.runDdl("CREATE TABLE catalog_both (a BIGINT);");
        layer.runDdl("CREATE TABLE %s.catalog_layer.catalog_both (b STRING) PARTITIONED BY (ds STRING);"
                .formatted(server.project()));

        assertThat(layer.tables()).containsExactly("catalog_both");
        assertThat(layer.table("catalog_both").columns().get(0).name()).isEqualTo("b");
        assertThat(catalog.table("catalog_both").columns().get(0).name()).isEqualTo("a");
        assertThat(layer.createPartition("catalog_both", "ds=1")).isTrue();
        assertThat(layer.createPartition("catalog_both", "ds=1")).isFalse();
        assertThat(layer.count("catalog_both", "ds=1")).isZero();
        assertThatThrownBy(() -> layer.table("catalog_none"))
                .hasMessage(
                        "Table catalog_none is not in schema catalog_layer of project %s. Create it there, or mend the name."
                                .formatted(server.project()));
        assertThatThrownBy(() -> new MaxComputeCatalog(to(server.project()), "no_layer").table("catalog_both"))
                .hasMessageContaining("is not in schema no_layer");
    }

    @Test
    void what_is_not_there_is_said() throws Exception {
        assertThat(catalog.exists("catalog_none")).isFalse();
        assertThatThrownBy(() -> catalog.table("catalog_none"))
                .isInstanceOfSatisfying(
                        EngineFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.MISSING_OBJECT))
                .hasMessage("Table catalog_none is not in project %s. Create it there, or mend the name."
                        .formatted(server.project()));
        assertThatThrownBy(() -> catalog.runDdl("CREATE TABEL x (y BIGINT)")).isInstanceOf(EngineFailure.class);
    }

    @Test
    void a_partition_is_made_once() throws Exception {
        catalog.runDdl("CREATE TABLE catalog_p (k STRING) PARTITIONED BY (ds STRING, h STRING)");

        assertThat(catalog.createPartition("catalog_p", "ds=1,h=2")).isTrue();
        assertThat(catalog.createPartition("catalog_p", "ds=1,h=2")).isFalse();
        assertThat(catalog.count("catalog_p", "ds=1,h=2")).isZero();
        assertThat(catalog.count("catalog_p", null)).isZero();
    }

    @Test
    void reachability_means_the_service_the_keys_and_the_project() throws Exception {
        catalog.checkReachable();

        assertThatThrownBy(() -> new MaxComputeCatalog(to("no_such_project")).checkReachable())
                .isInstanceOf(EngineFailure.class)
                .hasMessageContaining("no_such_project");
        assertThatThrownBy(() -> new MaxComputeCatalog(new DataSourceConnection.MaxCompute(
                                server.endpoint(), server.project(), server.accessId(), "wrong", null))
                        .checkReachable())
                .isInstanceOfSatisfying(
                        EngineFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONNECTION));
    }

    @Test
    void a_generated_table_can_be_made() throws Exception {
        catalog.runDdl(DestinationTable.generate("Catalog-Orders.v1", List.of("event_id", "tag.desc")));

        assertThat(catalog.table("catalog_orders_v1").columns())
                .extracting(DestinationColumn::name)
                .containsExactly(
                        "__key__",
                        "__value__",
                        "__partition__",
                        "__headers__",
                        "__offset__",
                        "__timestamp__",
                        "event_id",
                        "tag_desc");
    }
}
