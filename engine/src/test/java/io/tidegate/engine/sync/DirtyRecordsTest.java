package io.tidegate.engine.sync;

import static io.tidegate.engine.sync.Copies.LIMITS;
import static io.tidegate.engine.sync.Copies.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.engine.EngineJson;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.Failed;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunOutcome.Succeeded;
import io.tidegate.engine.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dirty records: counted to the last one, kept in a file, never in the way of the copy. */
class DirtyRecordsTest {
    private static final int PARTITIONS = 3;

    @TempDir
    Path directory;

    /** So many good records and so many dirty ones in each partition, mixed. */
    private static Copies filled(int good, int dirty) throws Exception {
        Copies copies = Copies.of(PARTITIONS);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (int i = 0; i < Math.max(good, dirty); i++) {
                if (i < good) {
                    copies.order(partition, NINE.plusMillis(i), "1.5");
                }
                if (i < dirty) {
                    copies.order(partition, NINE.plusMillis(i), "\"dear\"");
                }
            }
        }
        return copies.flush();
    }

    private static Copies limited(Copies copies, String limit) {
        return copies.with("/setting/errorLimit", limit);
    }

    private static Receipt receipt(RunOutcome outcome) {
        assertThat(outcome).isInstanceOf(Succeeded.class);
        return Objects.requireNonNull(((Succeeded) outcome).receipt());
    }

    private static List<String> places(Path file) throws IOException {
        List<String> places = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode record = EngineJson.mapper().readTree(line);
            assertThat(record.path("column").asText()).isEqualTo("amount");
            assertThat(record.path("excerpt").asText()).isEqualTo("dear");
            assertThat(record.path("reason").asText()).isEqualTo("amount: it is no number");
            places.add(record.path("partition").asInt() + ":"
                    + record.path("offset").asLong());
        }
        return places;
    }

    @Test
    void every_dirty_record_stands_in_the_file_once_though_slices_are_tried_again() throws Exception {
        try (Copies copies = filled(50, 1500)) {
            Path file = directory.resolve("dirty.jsonl");
            Files.writeString(file, "of an earlier attempt\n");
            RecordedJournal journal = new RecordedJournal();
            Copies.maxCompute().faults().failBlock(0, 1);
            Copies.maxCompute().faults().failBlock(2, 2);

            Receipt receipt = receipt(limited(copies, "{\"strategy\":\"Ignore\"}")
                    .withLimits(LIMITS.withDirtyFiles(DirtyFiles.at(file)))
                    .run(journal));

            assertThat(receipt.dirty()).isEqualTo(4500);
            assertThat(receipt.written()).isEqualTo(150);
            assertThat(places(file)).hasSize(4500).doesNotHaveDuplicates();
            // The journal shows the first thousand of each slice.
            assertThat(journal.dirty).hasSize(3000);
            assertThat(journal.lines).contains("INFO 4500 dirty records are in " + file + ".");
            try (var left = Files.list(directory)) {
                assertThat(left).containsExactly(file);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{\"record\":\"12\"} | true",
                "{\"record\":11} | false",
                "{\"strategy\":\"Tolerance\",\"record\":12} | true",
                "{\"strategy\":\"Tolerance\",\"record\":11} | false",
                "{\"strategy\":\"Ignore\"} | true",
                "{\"strategy\":\"ZeroTolerance\"} | false",
                "{} | false"
            })
    void the_limit_is_exact_though_many_slices_count_and_some_count_twice(String limit, boolean succeeds)
            throws Exception {
        try (Copies copies = filled(5, 4)) {
            Copies.maxCompute().faults().failBlock(1, 2);
            limited(copies, limit).with("/setting/speed/concurrent", "3");

            RunOutcome outcome = copies.run(new RecordedJournal());

            if (succeeds) {
                assertThat(receipt(outcome).dirty()).isEqualTo(12);
                assertThat(copies.rows()).hasSize(15).doesNotHaveDuplicates();
            } else {
                assertThat(outcome).isInstanceOf(Failed.class);
                Failed failed = (Failed) outcome;
                assertThat(failed.kind()).isEqualTo(FailureKind.DIRTY_LIMIT);
                assertThat(failed.retryable()).isFalse();
                assertThat(copies.rows()).isEmpty();
            }
        }
    }

    @Test
    void a_copy_that_meets_its_limit_leaves_what_it_found_in_the_file() throws Exception {
        try (Copies copies = filled(5, 4)) {
            RunOutcome outcome = limited(copies, "{\"record\":0}")
                    .with("/setting/speed/concurrent", "1")
                    .withLimits(LIMITS.withDirtyFiles(DirtyFiles.in(directory.resolve("made"))))
                    .run(new RecordedJournal());

            assertThat(outcome).isInstanceOf(Failed.class);
            assertThat(places(directory.resolve("made/test-" + copies.topic + ".dirty.jsonl")))
                    .hasSize(1);
        }
    }

    @Test
    void a_file_that_has_grown_to_its_bound_takes_no_more_and_says_so() throws Exception {
        try (Copies copies = filled(1, 100)) {
            RecordedJournal journal = new RecordedJournal();
            DirtyFiles small = new DirtyFiles(directory, "dirty.jsonl", 10_000);

            Receipt receipt = receipt(limited(copies, "{\"strategy\":\"Ignore\"}")
                    .withLimits(LIMITS.withDirtyFiles(small))
                    .run(journal));

            assertThat(receipt.dirty()).isEqualTo(300);
            assertThat(Files.size(directory.resolve("dirty.jsonl"))).isBetween(9_000L, 10_000L);
            int kept = places(directory.resolve("dirty.jsonl")).size();
            assertThat(journal.lines)
                    .anyMatch(line -> line.contains(kept + " dirty records are in")
                            && line.contains((300 - kept) + " more did not fit"));
        }
    }

    @Test
    void a_directory_that_cannot_be_written_to_costs_the_file_and_a_warning() throws Exception {
        Path occupied = Files.writeString(directory.resolve("occupied"), "");

        copyWithoutFile(DirtyFiles.in(occupied.resolve("below")));
    }

    static boolean hasFullDevice() {
        return Files.exists(Path.of("/dev/full"));
    }

    @Test
    @EnabledIf("hasFullDevice")
    void a_full_disk_costs_the_file_and_a_warning() throws Exception {
        copyWithoutFile(DirtyFiles.at(Path.of("/dev/full")));
    }

    private static void copyWithoutFile(DirtyFiles files) throws Exception {
        try (Copies copies = filled(5, 1200)) {
            RecordedJournal journal = new RecordedJournal();

            Receipt receipt = receipt(limited(copies, "{\"strategy\":\"Tolerance\",\"record\":3600}")
                    .withLimits(LIMITS.withDirtyFiles(files))
                    .run(journal));

            assertThat(receipt.dirty()).isEqualTo(3600);
            assertThat(receipt.written()).isEqualTo(15);
            assertThat(journal.lines.stream().filter(line -> line.contains("Dirty records cannot be written")))
                    .hasSize(1);
        }
    }
}
