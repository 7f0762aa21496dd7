package io.tidegate.scheduler.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.cycle.Cycle;
import io.tidegate.scheduler.cycle.Day;
import io.tidegate.scheduler.cycle.Hour;
import io.tidegate.scheduler.cycle.Minute;
import io.tidegate.scheduler.cycle.NodeCycle;
import io.tidegate.scheduler.cycle.Week;
import io.tidegate.scheduler.cycle.Weekday;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceLoopsTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalTime LAST = LocalTime.of(23, 59);
    private static final List<Cycle> CYCLES = List.of(
            new Minute(LocalTime.MIDNIGHT, 20, LAST),
            new Minute(LocalTime.of(8, 5), 30, LocalTime.of(20, 0)),
            Hour.every(1, LocalTime.MIDNIGHT, LAST),
            Hour.every(1, LocalTime.of(0, 30), LAST),
            Hour.every(2, LocalTime.of(0, 15), LAST),
            Hour.every(3, LocalTime.of(1, 0), LocalTime.of(20, 0)),
            Hour.at(LocalTime.of(12, 15), LocalTime.of(13, 15)),
            Hour.at(LocalTime.of(0, 5)),
            new Day(LocalTime.of(0, 15)),
            new Day(LocalTime.of(20, 0)),
            Week.on(LocalTime.of(12, 0), Weekday.MON));

    private static Map<NodeId, InstanceLoops.Member> members(boolean itself, Cycle... cycles) {
        Map<NodeId, InstanceLoops.Member> members = new LinkedHashMap<>();
        for (int i = 0; i < cycles.length; i++) {
            String name = Character.toString('a' + i);
            members.put(new NodeId(i), new InstanceLoops.Member(name, new NodeCycle(cycles[i], ZONE, itself)));
        }
        return members;
    }

    private static GraphDao.Edge waits(int child, int parent, boolean previous) {
        return new GraphDao.Edge(new NodeId(child), "", new NodeId(parent), "", previous);
    }

    @Test
    void two_nodes_never_wait_in_a_circle_when_one_of_them_waits_for_the_previous_cycle() {
        for (Cycle child : CYCLES) {
            for (Cycle parent : CYCLES) {
                for (boolean itself : new boolean[] {false, true}) {
                    List<GraphDao.Edge> edges =
                            List.of(waits(0, 1, false), waits(1, 0, true), waits(0, 0, true), waits(1, 1, true));
                    assertThat(InstanceLoops.path(members(itself, child, parent), edges))
                            .as("%s on %s", child, parent)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void three_nodes_of_one_cycle_never_do() {
        for (Cycle cycle : CYCLES) {
            List<GraphDao.Edge> edges = List.of(waits(0, 1, false), waits(1, 2, false), waits(2, 0, true));
            assertThat(InstanceLoops.path(members(false, cycle, cycle, cycle), edges))
                    .as("%s", cycle)
                    .isEmpty();
        }
    }

    @Test
    void hours_that_wait_for_a_day_that_waits_for_the_hours_after_them_do() {
        Cycle hours = Hour.every(1, LocalTime.MIDNIGHT, LAST);
        List<GraphDao.Edge> edges = List.of(waits(0, 1, false), waits(1, 2, false), waits(2, 0, true));

        List<String> path = InstanceLoops.path(members(false, hours, new Day(LocalTime.of(20, 0)), hours), edges);

        assertThat(path).hasSizeGreaterThan(3).contains("b 20:00");
        assertThat(path.get(0)).isEqualTo(path.get(path.size() - 1));
    }
}
