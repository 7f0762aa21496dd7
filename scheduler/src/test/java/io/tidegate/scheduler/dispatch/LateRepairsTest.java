package io.tidegate.scheduler.dispatch;

import static io.tidegate.scheduler.dispatch.CopiedWindows.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.plan.LatePolicy;
import io.tidegate.engine.receipt.Receipt.WriteMode;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.dispatch.CopiedWindows.Copy;
import io.tidegate.scheduler.instance.Instance;
import io.tidegate.scheduler.instance.InstanceHistory;
import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.instance.InstanceState;
import io.tidegate.scheduler.node.RerunPolicy;
import io.tidegate.scheduler.node.RerunProperty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How windows get their late records: by a click, or by policy. */
class LateRepairsTest {
    private CopiedWindows copies = new CopiedWindows();

    @AfterEach
    void close() {
        copies.close();
    }

    private InstanceId lateFor(LatePolicy policy) {
        InstanceId eleven = copies.copies("11:00", Copy.upTo(100));
        copies.copies(
                "12:00", Copy.upTo(200).with(policy).finding(run(0, 120, 122, "10:30"), run(0, 130, 130, "10:31")));
        return eleven;
    }

    private InstanceState state(InstanceId id) {
        return copies.world.instances.get(id).instance().state();
    }

    private long reruns(InstanceId id) {
        return copies.world.causes(id).stream().filter("RerunAsked"::equals).count();
    }

    @Test
    void a_click_runs_the_window_again_and_says_why() {
        InstanceId eleven = lateFor(LatePolicy.REPORT);
        copies.nextCopies("11:00", Copy.upTo(131));

        copies.repairs.repair(eleven, copies.world.anna);
        assertThat(state(eleven)).isEqualTo(InstanceState.WAIT_RESOURCE);
        copies.world.settle();

        assertThat(state(eleven)).isEqualTo(InstanceState.SUCCESS);
        assertThat(copies.lastAsked().reach()).isEqualTo(Map.of(0, 131L));
        assertThat(copies.summary("11:00").missing()).isZero();
        InstanceHistory asked = copies.world.instances.events(eleven).stream()
                .filter(e -> e.cause().equals("RerunAsked"))
                .findFirst()
                .orElseThrow();
        assertThat(asked.actor()).isEqualTo("anna");
        assertThat(asked.detail())
                .isEqualTo(
                        "Late records: 4 of this window were found after it was copied (partition 0, offsets 120 to 130). Instances that have read the table since are not run again.");
        assertThat(copies.world.number("""
                SELECT count(*) FROM audit_entry a JOIN user_account u ON u.id = a.user_id
                WHERE action = 'instance.repair' AND u.name = 'anna'""")).isEqualTo(1);
    }

    @Test
    void children_that_have_read_the_table_are_left_alone() {
        copies.world.deploy("child", World.hourly(0), CopiedWindows.NODE);
        copies.world.plan();
        InstanceId eleven = lateFor(LatePolicy.REPORT);
        Instance child = copies.world.at("child", "2022-11-22T11:00");
        assertThat(child.state()).isEqualTo(InstanceState.SUCCESS);
        copies.nextCopies("11:00", Copy.upTo(131));

        copies.repairs.repair(eleven, copies.world.anna);
        copies.world.settle();

        assertThat(copies.summary("11:00").missing()).isZero();
        assertThat(reruns(child.id())).isZero();
    }

    @Test
    void a_window_that_lacks_nothing_is_not_run_again() {
        InstanceId eleven = lateFor(LatePolicy.REPORT);
        InstanceId twelve = copies.instance("12:00").id();

        assertThatThrownBy(() -> copies.repairs.repair(twelve, copies.world.anna))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("No late record is missing");
        assertThatThrownBy(() -> copies.repairs.repair(new InstanceId(-1), copies.world.anna))
                .isInstanceOf(NotFoundException.class);
        copies.copiesAgain("11:00", Copy.upTo(131));
        assertThatThrownBy(() -> copies.repairs.repair(eleven, copies.world.anna))
                .isInstanceOf(ConflictException.class);
        assertThat(copies.world.number("SELECT count(*) FROM audit_entry WHERE action = 'instance.repair'"))
                .isZero();
    }

    @Test
    void rows_that_were_added_are_not_added_twice() {
        InstanceId eleven = copies.copies("11:00", Copy.upTo(100).with(WriteMode.INTO));
        copies.copies(
                "12:00",
                Copy.upTo(200).with(WriteMode.INTO).with(LatePolicy.REPAIR).finding(run(0, 120, 122, "10:30")));

        assertThat(copies.summary("11:00").repairable()).isFalse();
        assertThatThrownBy(() -> copies.repairs.repair(eleven, copies.world.anna))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("INSERT INTO");
        copies.duty.tick();
        assertThat(state(eleven)).isEqualTo(InstanceState.SUCCESS);
    }

    @Test
    void the_rules_of_a_rerun_apply() {
        copies.close();
        copies = new CopiedWindows(d -> d.withRerun(new RerunPolicy(RerunProperty.FAILURE_ONLY, false, 0, 1)));
        InstanceId eleven = lateFor(LatePolicy.REPAIR);

        assertThatThrownBy(() -> copies.repairs.repair(eleven, copies.world.anna))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("FAILURE_ONLY");
        copies.duty.tick();
        copies.duty.tick();

        assertThat(reruns(eleven)).isZero();
        assertThat(copies.summary("11:00").missing()).isEqualTo(4);
    }

    @Test
    void while_the_window_is_being_copied_it_is_not_asked_again() {
        InstanceId eleven = lateFor(LatePolicy.REPAIR);
        copies.repairs.repair(eleven, copies.world.anna);

        assertThatThrownBy(() -> copies.repairs.repair(eleven, copies.world.anna))
                .isInstanceOf(ConflictException.class);
        copies.duty.tick();

        assertThat(reruns(eleven)).isEqualTo(1);
    }

    @Test
    void of_several_who_click_at_once_one_reruns() {
        InstanceId eleven = lateFor(LatePolicy.REPORT);

        List<CompletableFuture<Boolean>> clicks = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        copies.repairs.repair(eleven, copies.world.anna);
                        return true;
                    } catch (ConflictException e) {
                        return false;
                    }
                }))
                .toList();

        assertThat(clicks.stream().filter(CompletableFuture::join)).hasSize(1);
        assertThat(reruns(eleven)).isEqualTo(1);
    }

    @Test
    void the_policy_to_repair_reruns_the_window_by_itself() {
        InstanceId eleven = lateFor(LatePolicy.REPAIR);
        copies.nextCopies("11:00", Copy.upTo(131));

        copies.duty.tick();
        copies.world.settle();
        copies.duty.tick();

        assertThat(copies.summary("11:00").missing()).isZero();
        assertThat(copies.summary("11:00").repaired()).isEqualTo(4);
        assertThat(reruns(eleven)).isEqualTo(1);
        assertThat(copies.lastDetail(eleven, "RerunAsked"))
                .startsWith(
                        "Late records: 4 of this window were found by instance %d after it was copied (partition 0, offsets 120 to 122; partition 0, offset 130)"
                                .formatted(copies.instance("12:00").id().value()))
                .contains("late policy is to repair");
        assertThat(copies.world.number(
                        "SELECT count(*) FROM audit_entry WHERE action = 'instance.repair' AND user_id IS NULL"))
                .isEqualTo(1);
    }

    @Test
    void a_rerun_that_did_not_reach_them_is_not_repeated_but_newly_found_ones_are_another_matter() {
        InstanceId eleven = lateFor(LatePolicy.REPAIR);
        for (int i = 0; i < 3; i++) {
            copies.nextCopies("11:00", Copy.upTo(101));
            copies.duty.tick();
            copies.world.settle();
            copies.world.clock.advance(Duration.ofMinutes(1));
        }
        assertThat(reruns(eleven)).isEqualTo(1);
        assertThat(copies.summary("11:00").missing()).as("still, and shown").isEqualTo(4);
        copies.world.runner.clear();

        copies.copies("13:00", Copy.upTo(300).with(LatePolicy.REPAIR).finding(run(0, 250, 250, "10:45")));
        copies.nextCopies("11:00", Copy.upTo(251));
        copies.duty.tick();
        copies.world.settle();

        assertThat(reruns(eleven)).isEqualTo(2);
        assertThat(copies.summary("11:00").missing()).isZero();
    }

    @Test
    void a_window_that_failed_meanwhile_is_left_to_its_user() {
        InstanceId eleven = lateFor(LatePolicy.REPAIR);
        copies.world.actions.rerun(eleven, copies.world.anna);
        copies.world.runner.next((request, journal, cancellation) ->
                new RunOutcome.Failed(RunOutcome.FailureKind.DATA_EXPIRED, "expired.", false));
        copies.world.settle();

        copies.duty.tick();

        assertThat(state(eleven)).isEqualTo(InstanceState.FAILED);
        assertThat(reruns(eleven)).isEqualTo(1);
    }

    @Test
    void the_policy_to_report_reruns_nothing() {
        InstanceId eleven = lateFor(LatePolicy.REPORT);

        copies.duty.tick();

        assertThat(reruns(eleven)).isZero();
        assertThat(copies.summary("11:00").missing()).isEqualTo(4);
    }
}
