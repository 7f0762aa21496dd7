package io.tidegate.scheduler.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.datasource.DataSourceType;
import io.tidegate.scheduler.datasource.NewDataSource;
import io.tidegate.scheduler.datasource.SideConfig;
import io.tidegate.scheduler.user.SessionToken;
import io.tidegate.scheduler.workspace.Environment;
import io.tidegate.scheduler.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {
    @Test
    void a_secret_is_found_nowhere_in_a_dump_of_all_tables() {
        try (Authoring given = new Authoring()) {
            Workspace workspace = given.aWorkspace();
            String canary = "canary-7f3a91";
            SideConfig.Kafka kafka = new SideConfig.Kafka(
                    "k:9092",
                    Map.of(
                            "security.protocol",
                            "SASL_SSL",
                            "sasl.mechanism",
                            "PLAIN",
                            "sasl.jaas.config",
                            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"%s\";"
                                    .formatted(canary),
                            "ssl.keystore.password",
                            canary,
                            "ssl.key.password",
                            canary,
                            "ssl.truststore.password",
                            canary));
            given.dataSources.create(
                    workspace.id(),
                    new NewDataSource("k", DataSourceType.KAFKA, "", Map.of(Environment.PROD, kafka)),
                    given.admin);
            SideConfig.MaxCompute project = new SideConfig.MaxCompute("http://h/api", "p", "id", canary, null);
            given.dataSources.create(
                    workspace.id(),
                    new NewDataSource("m", DataSourceType.MAXCOMPUTE, "", Map.of(Environment.PROD, project)),
                    given.admin);
            given.users.create("anna", canary + "-password", given.admin);
            given.users.authenticate("anna", canary + "-password");
            given.users.authenticate(canary, "typed into the wrong field");
            SessionToken session = given.sessions.open(given.users.find("anna").orElseThrow());

            String dump = dump(given);

            assertThat(dump).contains("data_source.create", "anna", "k:9092");
            for (String secret : List.of(canary, session.token(), session.csrf(), given.adminPassword)) {
                assertThat(dump).doesNotContain(secret).doesNotContain(hex(secret));
            }
        }
    }

    /** Every row as text; bytes come in hexadecimal. */
    private static String dump(Authoring given) {
        StringBuilder dump = new StringBuilder();
        given.jdbi.useHandle(handle -> {
            List<String> tables = handle.createQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                    .mapTo(String.class)
                    .list();
            for (String table : tables) {
                handle.createQuery("SELECT t::text FROM <table> t")
                        .define("table", table)
                        .mapTo(String.class)
                        .forEach(row -> dump.append(row).append('\n'));
            }
        });
        return dump.toString();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
