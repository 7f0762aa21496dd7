package io.tidegate.engine.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowChecksumTest {
    private static long sum(List<@Nullable Object[]> rows) {
        RowChecksum checksum = new RowChecksum();
        rows.forEach(checksum::add);
        return checksum.value();
    }

    private static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    private static List<@Nullable Object[]> rows(int count) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row((long) i, ("value " + i).getBytes(StandardCharsets.UTF_8), i % 3 == 0 ? null : "x"));
        }
        return rows;
    }

    @Test
    void nested_values_count_with_all_that_is_inside() {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(List.of());
        values.add(Map.of());
        values.add(Collections.singletonList(null));
        values.add(List.of(1L, 2L));
        values.add(List.of(2L, 1L));
        values.add(List.of(List.of(1L), List.of(2L)));
        values.add(List.of(List.of(1L, 2L)));
        values.add(List.of("1", "2"));
        values.add(Map.of("a", 1L, "b", 2L));
        values.add(Map.of("a", 2L, "b", 1L));
        values.add(Map.of("a", List.of(1L), "b", 2L));
        values.add(Collections.singletonMap("a", null));
        values.add(null);

        assertThat(values.stream().map(value -> sum(Collections.singletonList(row(value)))))
                .doesNotHaveDuplicates();
        Map<String, Long> reversed = new LinkedHashMap<>();
        reversed.put("b", 2L);
        reversed.put("a", 1L);
        assertThat(sum(Collections.singletonList(row(reversed))))
                .isEqualTo(sum(Collections.singletonList(row(Map.of("a", 1L, "b", 2L)))));
    }

    @Test
    void the_order_of_rows_does_not_matter() {
        List<@Nullable Object[]> rows = rows(1000);
        long expected = sum(rows);
        Collections.shuffle(rows, new Random(7));

        assertThat(sum(rows)).isEqualTo(expected);
    }

    @Test
    void slices_may_be_summed_up_apart() {
        List<@Nullable Object[]> rows = rows(100);
        RowChecksum whole = new RowChecksum();
        whole.add(sum(rows.subList(0, 30)));
        whole.add(sum(rows.subList(30, 100)));

        assertThat(whole.value()).isEqualTo(sum(rows));
    }

    @Test
    void a_row_twice_or_not_at_all_changes_the_sum() {
        List<@Nullable Object[]> rows = rows(100);
        List<@Nullable Object[]> twice = new ArrayList<>(rows);
        twice.add(rows.get(5));

        assertThat(Set.of(sum(rows), sum(twice), sum(rows.subList(1, 100)))).hasSize(3);
    }

    @Test
    void rows_that_differ_a_little_differ_in_their_sum() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(row("a", null));
        rows.add(row(null, "a"));
        rows.add(row("a", ""));
        rows.add(row("a", "a"));
        rows.add(row("b", null));
        rows.add(row(null, null));
        rows.add(row(1L, null));
        rows.add(row(0L, null));
        rows.add(row(-1L, null));
        rows.add(row(1, null));
        rows.add(row(true, null));
        rows.add(row(new BigDecimal("1.0"), null));
        rows.add(row(Instant.EPOCH, null));
        rows.add(row("abcdefgh12345678", null));
        rows.add(row("12345678abcdefgh", null));
        Set<Long> sums = new HashSet<>();
        rows.forEach(row -> sums.add(sum(Collections.singletonList(row))));

        assertThat(sums).hasSize(rows.size());
    }

    @Test
    void text_and_its_bytes_are_the_same_row() {
        assertThat(sum(Collections.singletonList(row("grüße")))).isEqualTo(sum(Collections.singletonList(row((Object)
                "grüße".getBytes(StandardCharsets.UTF_8)))));
    }

    @Test
    void it_is_written_in_sixteen_digits() {
        assertThat(RowChecksum.text(255)).isEqualTo("00000000000000ff");
        assertThat(RowChecksum.text(-1)).isEqualTo("ffffffffffffffff");
    }
}
