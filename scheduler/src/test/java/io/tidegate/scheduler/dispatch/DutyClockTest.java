package io.tidegate.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.scheduler.trigger.Duty;
import io.tidegate.scheduler.trigger.DutyClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two clocks on one database, as two servers have them. */
class DutyClockTest {
    private static final InstantSource MACHINE = InstantSource.system();

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void two_clocks_fire_a_duty_without_overlap_and_one_goes_on_when_the_other_ends() {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger fired = new AtomicInteger();
        AtomicInteger failing = new AtomicInteger();
        Runnable busy = () -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            // Long enough to be met by the next fire, if there were one.
            await().pollDelay(Duration.ofMillis(150)).until(() -> true);
            atOnce.decrementAndGet();
            fired.incrementAndGet();
        };
        List<Duty> duties = List.of(
                new Duty("busy", Duration.ofMillis(100), busy), new Duty("failing", Duration.ofMillis(200), () -> {
                    failing.incrementAndGet();
                    throw new IllegalStateException("a duty that breaks off");
                }));

        try (DutyClock staying = new DutyClock(world.pool, "server-2", duties, MACHINE)) {
            staying.start();
            try (DutyClock leaving = new DutyClock(world.pool, "server-1", duties, MACHINE)) {
                leaving.start();
                await().atMost(Duration.ofSeconds(60)).until(() -> fired.get() >= 5 && failing.get() >= 3);
            }
            int sofar = fired.get();
            await().atMost(Duration.ofSeconds(60)).until(() -> fired.get() >= sofar + 3);
        }

        assertThat(most.get()).isEqualTo(1);
        assertThat(world.number("SELECT count(*) FROM qrtz_job_details")).isEqualTo(2);
        assertThat(world.number(
                        "SELECT count(*) FROM qrtz_job_details WHERE job_data IS NOT NULL AND length(job_data) > 200"))
                .as("duties are found in memory, never stored")
                .isZero();
    }

    @Test
    void a_duty_that_is_no_more_is_taken_off_the_clock() {
        try (DutyClock old = new DutyClock(
                world.pool, "server-1", List.of(new Duty("gone", Duration.ofSeconds(1), () -> {})), MACHINE)) {
            assertThat(world.number("SELECT count(*) FROM qrtz_triggers")).isEqualTo(1);
            assertThat(old).isNotNull();
        }
        try (DutyClock now = new DutyClock(
                world.pool, "server-1", List.of(new Duty("here", Duration.ofSeconds(1), () -> {})), MACHINE)) {
            assertThat(now).isNotNull();
            assertThat(world.number("SELECT count(*) FROM qrtz_triggers WHERE trigger_name = 'here'"))
                    .isEqualTo(1);
            assertThat(world.number("SELECT count(*) FROM qrtz_triggers")).isEqualTo(1);
        }
    }

    @Test
    void what_a_server_set_for_an_hour_ahead_fires_soon_on_one_whose_clock_is_right() {
        AtomicInteger fired = new AtomicInteger();
        List<Duty> duties = List.of(new Duty("planning", Duration.ofSeconds(1), fired::incrementAndGet));
        try (DutyClock ahead = new DutyClock(world.pool, "server-1", duties, MACHINE)) {
            assertThat(ahead).isNotNull();
            // As Quartz leaves it where the machine's clock is an hour ahead, and the server is killed.
            assertThat(
                            world.number(
                                    "UPDATE qrtz_triggers SET next_fire_time = next_fire_time + 3600000 RETURNING next_fire_time"))
                    .isPositive();
        }
        try (DutyClock right = new DutyClock(world.pool, "server-2", duties, MACHINE)) {
            right.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> fired.get() >= 2);
        }
    }
}
