package io.tidegate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.sandbox.directory.DataDirectory;
import io.tidegate.sandbox.directory.SandboxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
    @TempDir
    Path directory;

    @Test
    void all_addresses_are_the_same_after_a_restart() {
        String jdbcUrl;
        String bootstrapServers;
        String endpoint;
        try (Sandbox sandbox = Sandbox.start(directory)) {
            jdbcUrl = sandbox.postgres().jdbcUrl();
            bootstrapServers = sandbox.kafka().bootstrapServers();
            endpoint = sandbox.maxCompute().endpoint();
        }
        try (Sandbox sandbox = Sandbox.start(directory)) {
            assertThat(sandbox.postgres().jdbcUrl()).isEqualTo(jdbcUrl);
            assertThat(sandbox.kafka().bootstrapServers()).isEqualTo(bootstrapServers);
            assertThat(sandbox.maxCompute().endpoint()).isEqualTo(endpoint);
        }
    }

    @Test
    void when_one_server_fails_the_others_are_closed() {
        try (var taken = DataDirectory.open(directory.resolve("kafka"))) {
            assertThat(taken.path()).exists();
            assertThatThrownBy(() -> Sandbox.start(directory))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("in use by another Tidegate");
        }
        assertThat(directory.resolve("postgres/data/PG_VERSION")).exists();
        assertThat(Files.exists(directory.resolve("postgres/data/postmaster.pid")))
                .as("PostgreSQL runs")
                .isFalse();
    }

    @Test
    void the_shared_one_is_started_once_and_only_as_far_as_needed() {
        assertThat(Sandbox.shared()).isSameAs(Sandbox.shared());
        assertThat(Sandbox.shared().postgres()).isSameAs(Sandbox.shared().postgres());
    }

    @Test
    void a_closed_one_says_so() {
        Sandbox sandbox = Sandbox.start(directory);
        sandbox.close();
        assertThatThrownBy(sandbox::kafka)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the sandbox is closed");
    }
}
