package io.tidegate.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    private static final Map<String, String> URL = Map.of("database.url", "jdbc:postgresql://db/tidegate");

    @TempDir
    Path directory;

    @Test
    void defaults_need_no_more_than_a_database() {
        Config config = ConfigReader.read(null, Map.of(), URL);

        assertThat(config.bind()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.poolSize()).isEqualTo(20);
        assertThat(config.secureCookies()).isFalse();
        assertThat(config.workerName()).isNotEmpty();
    }

    @Test
    void a_flag_beats_the_environment_which_beats_the_file() throws Exception {
        Path file = Files.writeString(directory.resolve("tidegate.yaml"), """
                server:
                  port: 1001
                  bind: 0.0.0.0
                database:
                  url: jdbc:postgresql://file/tidegate
                  user: from_file
                """);
        Map<String, String> environment =
                Map.of("TIDEGATE_SERVER_PORT", "1002", "TIDEGATE_DATABASE_URL", "jdbc:postgresql://environment/t");

        Config config = ConfigReader.read(file, environment, Map.of("server.port", "1003"));

        assertThat(config.port()).isEqualTo(1003);
        assertThat(config.databaseUrl()).isEqualTo("jdbc:postgresql://environment/t");
        assertThat(config.databaseUser()).isEqualTo("from_file");
        assertThat(config.bind()).isEqualTo("0.0.0.0");
    }

    @Test
    void a_password_is_read_from_a_file_without_its_line_break() throws Exception {
        Path secret = Files.writeString(directory.resolve("password"), "s3cret\n");

        Config config = ConfigReader.read(null, Map.of("TIDEGATE_DATABASE_PASSWORD_FILE", secret.toString()), URL);

        assertThat(config.databasePassword()).isEqualTo("s3cret");
        assertThat(config.toString()).doesNotContain("s3cret");
    }

    @Test
    void an_unknown_key_is_refused_with_its_source_and_the_known_ones() throws Exception {
        Path file = Files.writeString(directory.resolve("tidegate.yaml"), "server: {prot: 80}\n");

        assertThatThrownBy(() -> ConfigReader.read(file, Map.of(), URL))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tidegate.yaml")
                .hasMessageContaining("server.prot")
                .hasMessageContaining("server.port");
    }

    @Test
    void a_wrong_number_names_the_setting_where_it_came_from_and_the_bounds() {
        assertThatThrownBy(() -> ConfigReader.read(null, Map.of("TIDEGATE_SERVER_PORT", "http"), URL))
                .hasMessage("server.port (TIDEGATE_SERVER_PORT) is 'http'; it must be a whole number from 0 to 65535.");
        assertThatThrownBy(() -> ConfigReader.read(null, Map.of("TIDEGATE_SERVER_PORT", "65536"), URL))
                .hasMessageContaining("65535");
    }

    @Test
    void a_pool_that_starves_the_worker_is_refused() {
        Map<String, String> flags = new HashMap<>(URL);
        flags.put("worker.threads", "13");

        assertThatThrownBy(() -> ConfigReader.read(null, Map.of(), flags))
                .hasMessageContaining("database.poolSize")
                .hasMessageContaining("at least 21");

        flags.put("database.poolSize", "21");
        assertThat(ConfigReader.read(null, Map.of(), flags).workerThreads()).isEqualTo(13);
    }

    @Test
    void a_missing_database_says_the_three_ways_to_name_it() {
        assertThatThrownBy(() -> ConfigReader.read(null, Map.of(), Map.of()))
                .hasMessageContaining("tidegate.yaml")
                .hasMessageContaining("TIDEGATE_DATABASE_URL")
                .hasMessageContaining("--set database.url=");
    }

    @Test
    void broken_yaml_names_the_line() throws Exception {
        Path file = Files.writeString(directory.resolve("tidegate.yaml"), "server:\n  port: [1\n");

        assertThatThrownBy(() -> ConfigReader.read(file, Map.of(), URL)).hasMessageContaining("line");
    }

    @Test
    void resource_groups_are_a_list_in_the_file_and_have_commas_elsewhere() throws Exception {
        Path file = Files.writeString(directory.resolve("tidegate.yaml"), """
                worker:
                  threads: 0
                  resourceGroups: [copies, queries]
                """);

        assertThat(ConfigReader.read(file, Map.of(), URL).resourceGroups())
                .containsExactlyInAnyOrder("copies", "queries");
        assertThat(ConfigReader.read(file, Map.of(), URL).workerThreads()).isZero();
        Map<String, String> environment = Map.of("TIDEGATE_WORKER_RESOURCE_GROUPS", "a, b,");
        assertThat(ConfigReader.read(file, environment, URL).resourceGroups()).containsExactlyInAnyOrder("a", "b");
        assertThat(ConfigReader.read(null, Map.of(), URL).resourceGroups()).isEmpty();
    }

    @Test
    void alerts_have_a_mail_server_links_and_addresses_that_are_looked_at() {
        Map<String, String> flags = new HashMap<>(URL);
        assertThat(ConfigReader.read(null, Map.of(), flags).alerts().mailServer())
                .isNull();
        flags.put("smtp.host", "mail.example.com");
        assertThatThrownBy(() -> ConfigReader.read(null, Map.of(), flags))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("smtp.from");

        flags.putAll(Map.of(
                "smtp.from", "tidegate@example.com",
                "smtp.security", "TLS",
                "smtp.user", "tidegate",
                "smtp.password", "geheim",
                "server.publicUrl", "https://tidegate.example.com/x",
                "alerts.allowedAddresses", "10.1.0.0/16, 192.168.7.20"));
        Config config = ConfigReader.read(null, Map.of(), flags);
        assertThat(config.alerts().toString()).contains("mail.example.com:587").doesNotContain("geheim");
        assertThat(config.alerts().allowedAddresses()).hasSize(2);

        for (String wrong : new String[] {
            "alerts.allowedAddresses=intranet",
            "smtp.security=SSL",
            "smtp.port=0",
            "server.publicUrl=javascript:alert(1)"
        }) {
            Map<String, String> bad = new HashMap<>(flags);
            bad.put(wrong.split("=", 2)[0], wrong.split("=", 2)[1]);
            assertThatThrownBy(() -> ConfigReader.read(null, Map.of(), bad))
                    .as(wrong)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(wrong.split("=", 2)[0]);
        }
    }
}
