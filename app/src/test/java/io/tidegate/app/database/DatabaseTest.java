package io.tidegate.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.app.config.ConfigReader;
import io.tidegate.app.process.ChildProgram;
import io.tidegate.sandbox.Sandbox;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    @Test
    void a_transaction_whose_program_is_silent_does_not_keep_its_locks_for_long() {
        Sandbox sandbox = Sandbox.shared();
        String url = sandbox.postgres().createDatabase("silent_programs");
        try (Database database =
                Database.open(ConfigReader.read(null, Map.of(), ChildProgram.database(sandbox, url)))) {
            String silentMax = database.jdbi()
                    .withHandle(handle -> handle.createQuery("SHOW idle_in_transaction_session_timeout")
                            .mapTo(String.class)
                            .one());
            assertThat(silentMax).isEqualTo("30s");
        }
    }
}
