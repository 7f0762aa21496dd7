package io.tidegate.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private static final Instant NOON = Instant.parse("2022-11-22T12:00:00Z");

    private Instant database = NOON;
    private Duration answerTakes = Duration.ZERO;
    private long nanos = 7;

    private final DatabaseClock clock = new DatabaseClock(this::answer, () -> nanos);

    DatabaseClockTest() throws SQLException {}

    private Instant answer() {
        nanos += answerTakes.toNanos();
        return database;
    }

    @Test
    void it_begins_with_the_databases_time_and_goes_on_by_the_machines_ticks() {
        assertThat(clock.instant()).isEqualTo(NOON);
        nanos += Duration.ofSeconds(3).toNanos();
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void it_follows_when_the_databases_clock_is_set() throws SQLException {
        database = NOON.minusSeconds(3600);
        clock.ask();
        assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(3600));
        database = NOON.plusSeconds(60);
        clock.ask();
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void it_does_not_step_for_what_the_network_may_have_done() throws SQLException {
        database = NOON.plusMillis(80);
        clock.ask();
        assertThat(clock.instant()).isEqualTo(NOON);
    }

    @Test
    void half_of_the_way_there_and_back_is_taken_into_account() throws SQLException {
        answerTakes = Duration.ofMillis(600);
        database = NOON.plusSeconds(10);
        clock.ask();
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10).plusMillis(300));
    }

    @Test
    void an_answer_that_took_too_long_is_not_believed() throws SQLException {
        answerTakes = Duration.ofSeconds(2);
        database = NOON.plusSeconds(3600);
        clock.ask();
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(2));
    }
}
