package io.tidegate.scheduler.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ParentsFirstTest {
    private static OperationDao.Edge edge(long parent, long child) {
        return new OperationDao.Edge(parent, child);
    }

    @Test
    void a_child_comes_after_all_of_its_parents() {
        assertThat(ParentsFirst.order(List.of(1L, 2L, 3L, 4L), List.of(edge(4, 2), edge(2, 1), edge(3, 1))))
                .containsExactly(3L, 4L, 2L, 1L);
    }

    @Test
    void what_is_not_asked_for_is_left_out() {
        assertThat(ParentsFirst.order(List.of(1L, 2L), List.of(edge(9, 1), edge(2, 8))))
                .containsExactly(1L, 2L);
    }

    @Test
    void a_loop_is_not_lost() {
        assertThat(ParentsFirst.order(List.of(1L, 2L, 3L), List.of(edge(1, 2), edge(2, 1))))
                .containsExactly(3L, 1L, 2L);
    }

    @Test
    void any_graph_without_loops_is_put_in_order() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Long> ids = new ArrayList<>(LongStream.range(0, 60).boxed().toList());
        Collections.shuffle(ids, random);
        List<OperationDao.Edge> edges = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int parent = random.nextInt(59);
            int child = parent + 1 + random.nextInt(59 - parent);
            OperationDao.Edge edge = edge(ids.get(parent), ids.get(child));
            if (!edges.contains(edge)) {
                edges.add(edge);
            }
        }
        Collections.shuffle(ids, random);

        List<Long> ordered = ParentsFirst.order(ids, edges);

        assertThat(ordered).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(edges)
                .as("seed %d", seed)
                .allSatisfy(e -> assertThat(ordered.indexOf(e.parent())).isLessThan(ordered.indexOf(e.child())));
    }
}
