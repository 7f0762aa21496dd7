package io.tidegate.scheduler.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.DataSourceConnection;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.datasource.DataSource;
import io.tidegate.scheduler.datasource.DataSourceType;
import io.tidegate.scheduler.datasource.DataSources;
import io.tidegate.scheduler.datasource.NewDataSource;
import io.tidegate.scheduler.datasource.SecretKey;
import io.tidegate.scheduler.datasource.SecretUnreadableException;
import io.tidegate.scheduler.datasource.SideConfig;
import io.tidegate.scheduler.datasource.SideView;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataSourcesTest {
    private static final String JAAS =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"canary-jaas\";";
    private final Authoring given = new Authoring();

    @AfterAll
    void stop() {
        given.close();
    }

    @Test
    void secrets_are_written_and_never_shown_again_except_to_the_engine() {
        Workspace workspace = given.aWorkspace();

        DataSource shown = given.dataSources.create(workspace.id(), kafka("kafka-1:9092", JAAS), given.admin);

        assertThat(shown.sides().get(Environment.PROD))
                .isEqualTo(new SideView.Kafka(
                        "kafka-1:9092",
                        Map.of("security.protocol", "SASL_SSL"),
                        Set.of("sasl.jaas.config", "ssl.truststore.password")));
        assertThat(shown.toString()).doesNotContain("canary");
        assertThat(given.dataSources.connection(workspace.id(), "src", Environment.PROD))
                .isEqualTo(new DataSourceConnection.Kafka(
                        "kafka-1:9092",
                        Map.of(
                                "security.protocol",
                                "SASL_SSL",
                                "sasl.jaas.config",
                                JAAS,
                                "ssl.truststore.password",
                                "canary-truststore")));
    }

    @Test
    void a_secret_that_is_left_out_of_an_update_stays_and_a_property_that_is_left_out_goes() {
        Workspace workspace = given.aWorkspace();
        given.dataSources.create(workspace.id(), kafka("kafka-1:9092", JAAS), given.admin);
        Map<String, @Nullable String> properties = new HashMap<>();
        properties.put("sasl.jaas.config", null);

        given.dataSources.update(
                workspace.id(),
                "src",
                "now described",
                Map.of(Environment.PROD, new SideConfig.Kafka("kafka-1:9092", properties)),
                given.admin);

        assertThat(given.dataSources.get(workspace.id(), "src").description()).isEqualTo("now described");
        assertThat(given.dataSources.connection(workspace.id(), "src", Environment.PROD))
                .isEqualTo(new DataSourceConnection.Kafka("kafka-1:9092", Map.of("sasl.jaas.config", JAAS)));
    }

    @Test
    void a_stored_secret_is_not_sent_to_a_new_address() {
        Workspace workspace = given.aWorkspace();
        given.dataSources.create(workspace.id(), kafka("kafka-1:9092", JAAS), given.admin);
        Map<String, @Nullable String> properties = new HashMap<>();
        properties.put("sasl.jaas.config", null);

        assertThatThrownBy(() -> given.dataSources.update(
                        workspace.id(),
                        "src",
                        "",
                        Map.of(Environment.PROD, new SideConfig.Kafka("evil:9092", properties)),
                        given.admin))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.findings())
                                .extracting(Finding::field)
                                .containsExactly("/sides/PROD/properties/sasl.jaas.config"));
        assertThat(given.dataSources.connection(workspace.id(), "src", Environment.PROD))
                .extracting("bootstrapServers")
                .isEqualTo("kafka-1:9092");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssl.truststore.location | /etc/canary | would read a file of the server",
                "ssl.keystore.location | canary.p12 | would read a file of the server",
                "sasl.jaas.config | com.sun.security.auth.module.JndiLoginModule required canary=\"ldap://x\"; | not",
                "sasl.login.callback.handler.class | canary.Class | would load code",
                "config.providers | canary | would load code",
                "enable.auto.commit | true | has no effect",
                "group.id | canary | belongs to the reader",
                "security.protocl | canary | Did you mean 'security.protocol'?"
            })
    void properties_that_would_break_into_the_server_or_mean_nothing_are_refused(
            String name, String value, String reason) {
        Workspace workspace = given.aWorkspace();
        Map<String, @Nullable String> properties = new HashMap<>();
        properties.put(name, value);

        assertThatThrownBy(() -> given.dataSources.create(
                        workspace.id(),
                        new NewDataSource(
                                "src",
                                DataSourceType.KAFKA,
                                "",
                                Map.of(Environment.PROD, new SideConfig.Kafka("kafka-1:9092", properties))),
                        given.admin))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.findings()).singleElement().satisfies(finding -> {
                            assertThat(finding.field()).isEqualTo("/sides/PROD/properties/" + name);
                            assertThat(finding.message()).contains(reason).doesNotContain("canary");
                        }));
    }

    @Test
    void a_login_without_user_and_password_is_refused() {
        Workspace workspace = given.aWorkspace();

        assertThatThrownBy(() -> given.dataSources.create(
                        workspace.id(),
                        new NewDataSource(
                                "src",
                                DataSourceType.KAFKA,
                                "",
                                Map.of(
                                        Environment.PROD,
                                        new SideConfig.Kafka("kafka-1:9092", Map.of("security.protocol", "SASL_SSL")))),
                        given.admin))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.findings())
                                .extracting(Finding::field)
                                .containsExactly("/sides/PROD/properties/sasl.jaas.config"));
    }

    @Test
    void a_key_store_given_as_text_keeps_its_key_secret_and_shows_its_certificates() {
        Workspace workspace = given.aWorkspace();
        Map<String, @Nullable String> properties = new HashMap<>();
        properties.put("security.protocol", "SSL");
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.certificates", "public");
        properties.put("ssl.keystore.type", "PEM");
        properties.put("ssl.keystore.certificate.chain", "public too");
        properties.put("ssl.keystore.key", "canary-key");
        properties.put("ssl.key.password", "canary-password");

        DataSource shown = given.dataSources.create(
                workspace.id(),
                new NewDataSource(
                        "src",
                        DataSourceType.KAFKA,
                        "",
                        Map.of(Environment.PROD, new SideConfig.Kafka("kafka-1:9092", properties))),
                given.admin);

        assertThat(shown.toString()).contains("public too").doesNotContain("canary");
        assertThat(shown.sides().get(Environment.PROD))
                .isInstanceOfSatisfying(
                        SideView.Kafka.class,
                        side -> assertThat(side.secretProperties())
                                .containsExactlyInAnyOrder("ssl.keystore.key", "ssl.key.password"));
    }

    @Test
    void every_wrong_field_is_named_at_once_and_no_value_that_may_be_secret_is_repeated() {
        Workspace workspace = given.aWorkspace();
        SideConfig.MaxCompute wrong =
                new SideConfig.MaxCompute("https://user:canary@host/api", " ", "", null, "ftp://tunnel");

        assertThatThrownBy(() -> given.dataSources.create(
                        workspace.id(),
                        new NewDataSource("odps", DataSourceType.MAXCOMPUTE, "", Map.of(Environment.PROD, wrong)),
                        given.admin))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.findings())
                                .extracting(Finding::field)
                                .containsExactly(
                                        "/sides/PROD/endpoint",
                                        "/sides/PROD/tunnelEndpoint",
                                        "/sides/PROD/project",
                                        "/sides/PROD/accessId",
                                        "/sides/PROD/accessKey"))
                .hasMessageNotContaining("canary");
        assertThat(given.dataSources.find(workspace.id(), "odps")).isEmpty();
    }

    @Test
    void secrets_moved_to_another_row_or_read_with_another_key_do_not_decrypt() {
        Workspace workspace = given.aWorkspace();
        given.dataSources.create(workspace.id(), kafka("kafka-1:9092", JAAS), given.admin);
        given.jdbi.useHandle(handle -> handle.execute("""
                INSERT INTO data_source_side
                SELECT data_source_id, 'DEV', config, secrets, secret_fields, key_id, updated_at FROM data_source_side
                WHERE data_source_id = (SELECT id FROM data_source WHERE workspace_id = ?)
                """, workspace.id()));

        assertThatThrownBy(() -> given.dataSources.connection(workspace.id(), "src", Environment.DEV))
                .isInstanceOf(SecretUnreadableException.class)
                .hasMessageContaining("changed or moved");
        DataSources elsewhere = new DataSources(given.jdbi, Authoring.key((byte) 8), given.audit, given.clock);
        assertThatThrownBy(() -> elsewhere.connection(workspace.id(), "src", Environment.PROD))
                .isInstanceOf(SecretUnreadableException.class)
                .hasMessageContaining("Give it the right key file");
    }

    @Test
    void a_name_is_taken_once_and_a_missing_side_is_said_to_be_missing() {
        Workspace workspace = given.aWorkspace();
        given.dataSources.create(workspace.id(), kafka("kafka-1:9092", JAAS), given.admin);

        assertThatThrownBy(() -> given.dataSources.create(workspace.id(), kafka("k:1", JAAS), given.admin))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> given.dataSources.connection(workspace.id(), "src", Environment.DEV))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no DEV side of data source src.");
        assertThat(given.dataSources.connections(workspace.id(), Environment.PROD))
                .containsOnlyKeys("src");
        assertThat(given.dataSources.connections(workspace.id(), Environment.DEV))
                .isEmpty();
    }

    @Test
    void contents_are_listed_and_an_unreachable_cluster_is_an_answer() {
        Workspace workspace = given.aFurnishedWorkspace();

        assertThat(given.contents.topics(workspace.id(), "kafka_src", Environment.DEV))
                .extracting("name")
                .contains("orders");
        assertThat(given.contents.tables(workspace.id(), "lake", Environment.PROD))
                .contains("orders");
        assertThat(given.contents.tableSchema(workspace.id(), "lake", Environment.PROD, "orders"))
                .isEqualTo(Authoring.ORDERS);
        assertThatThrownBy(() -> given.contents.topics(workspace.id(), "lake", Environment.DEV))
                .isInstanceOf(InvalidInputException.class);
        given.dataSources.create(workspace.id(), kafka("gone:9092", JAAS), given.admin);
        given.catalogs.goesAway("gone:9092");
        assertThat(given.contents.testConnectivity(workspace.id(), "src", Environment.PROD))
                .satisfies(answer -> {
                    assertThat(answer.reachable()).isFalse();
                    assertThat(answer.message()).isEqualTo("gone:9092 does not answer.");
                });
    }

    @Test
    void only_tables_are_made_and_that_is_written_down() {
        Workspace workspace = given.aFurnishedWorkspace();
        String ddl = "CREATE TABLE t (a STRING)";

        given.contents.createTable(workspace.id(), "lake", Environment.DEV, ddl, given.admin);

        assertThat(given.catalogs.statements()).contains(ddl);
        assertThat(given.audit.list(workspace.id(), null, 1))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail()).containsEntry("ddl", ddl));
        assertThatThrownBy(() -> given.contents.createTable(
                        workspace.id(),
                        "lake",
                        Environment.DEV,
                        "CREATE TABLE a (b STRING); DROP TABLE orders",
                        given.admin))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void the_key_file_is_made_for_its_owner_only_and_a_loose_one_is_refused(@TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("state/secret.key");

        SecretKey made = SecretKey.loadOrCreate(file);

        assertThat(SecretKey.loadOrCreate(file).id()).isEqualTo(made.id());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(made.toString()).doesNotContain(Files.readString(file).strip());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> SecretKey.loadOrCreate(file)).hasMessageContaining("chmod 600");
    }

    private static NewDataSource kafka(String bootstrapServers, String jaas) {
        Map<String, @Nullable String> properties = new HashMap<>();
        properties.put("security.protocol", "SASL_SSL");
        properties.put("sasl.jaas.config", jaas);
        properties.put("ssl.truststore.password", "canary-truststore");
        return new NewDataSource(
                "src",
                DataSourceType.KAFKA,
                "",
                Map.of(Environment.PROD, new SideConfig.Kafka(bootstrapServers, properties)));
    }
}
