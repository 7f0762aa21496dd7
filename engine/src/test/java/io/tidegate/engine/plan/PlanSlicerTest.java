package io.tidegate.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.plan.OffsetPlan.EndSource;
import io.tidegate.engine.plan.OffsetPlan.PartitionRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanSlicerTest {
    private static OffsetPlan plan(List<PartitionRange> ranges) {
        return new OffsetPlan("t", null, null, null, Instant.EPOCH, ranges);
    }

    private static OffsetPlan plan(long... lengths) {
        List<PartitionRange> ranges = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            ranges.add(new PartitionRange(i, 100, 100 + lengths[i], EndSource.LOG_END));
        }
        return plan(ranges);
    }

    @Test
    void empty_partitions_get_no_slice_and_short_ones_get_one() {
        assertThat(PlanSlicer.slice(plan(0, 5, 0, 7), 3))
                .containsExactly(new PlanSlice(0, 1, 100, 105), new PlanSlice(1, 3, 100, 107));
    }

    @Test
    void a_long_range_is_split_so_that_all_threads_have_work() {
        assertThat(PlanSlicer.slice(plan(4_000_000), 3)).hasSize(12);
    }

    @Test
    void a_huge_plan_stays_below_the_number_of_blocks_that_the_service_takes() {
        assertThat(PlanSlicer.slice(plan(100_000_000_000L, 5), 32).size())
                .isLessThanOrEqualTo(PlanSlicer.SLICES_MAX)
                .isGreaterThan(1000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void slices_cover_the_plan_without_gap_or_overlap(long seed) {
        Random random = new Random(seed);
        long[] lengths = random.longs(random.nextInt(20), 0, 20_000_000).toArray();
        OffsetPlan plan = plan(lengths);
        List<PlanSlice> slices = PlanSlicer.slice(plan, 1 + random.nextInt(32));

        int number = 0;
        for (PartitionRange range : plan.partitions()) {
            long next = range.begin();
            while (next < range.end()) {
                PlanSlice slice = slices.get(number);
                assertThat(slice.number()).isEqualTo(number++);
                assertThat(slice.partition()).isEqualTo(range.partition());
                assertThat(slice.begin()).as("seed %d", seed).isEqualTo(next);
                assertThat(slice.end()).isGreaterThan(next);
                assertThat(slice.end() - slice.begin()).isLessThanOrEqualTo(PlanSlicer.SLICE_OFFSETS_MAX);
                next = slice.end();
            }
            assertThat(next).isEqualTo(range.end());
        }
        assertThat(slices).hasSize(number);
    }
}
