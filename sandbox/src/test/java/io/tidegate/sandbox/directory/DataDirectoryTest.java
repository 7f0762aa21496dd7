package io.tidegate.sandbox.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path temporary;

    @Test
    void only_its_owner_can_look_into_it() throws IOException {
        try (var directory = DataDirectory.open(temporary.resolve("a/b"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void a_port_is_kept_by_name() {
        int one;
        try (var directory = DataDirectory.open(temporary.resolve("data"))) {
            one = directory.port("one", 0);
            assertThat(directory.port("two", 0)).isNotEqualTo(one);
        }
        try (var directory = DataDirectory.open(temporary.resolve("data"))) {
            assertThat(directory.port("one", 0)).isEqualTo(one);
        }
    }

    @Test
    void a_wanted_port_is_kept_in_its_place() {
        try (var directory = DataDirectory.open(temporary.resolve("data"))) {
            int free = directory.port("free", 0);
            assertThat(directory.port("one", free)).isEqualTo(free);
            assertThat(directory.port("one", 0)).isEqualTo(free);
        }
    }

    @Test
    void a_damaged_port_file_is_named() throws IOException {
        try (var directory = DataDirectory.open(temporary.resolve("data"))) {
            Files.writeString(directory.path().resolve("port"), "x");
            assertThatThrownBy(() -> directory.port("port", 0))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("holds 'x', which is not a port");
        }
    }

    @Test
    void it_is_free_again_when_closed() {
        DataDirectory.open(temporary.resolve("data")).close();
        try (var again = DataDirectory.open(temporary.resolve("data"))) {
            assertThat(again.path()).isDirectory();
        }
    }
}
