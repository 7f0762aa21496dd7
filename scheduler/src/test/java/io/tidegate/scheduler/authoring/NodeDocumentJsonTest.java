package io.tidegate.scheduler.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.cycle.Day;
import io.tidegate.scheduler.cycle.Hour;
import io.tidegate.scheduler.node.DependencyRef;
import io.tidegate.scheduler.node.InstanceGeneration;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeDocumentJson;
import io.tidegate.scheduler.node.ParameterAssignment;
import io.tidegate.scheduler.node.RerunPolicy;
import io.tidegate.scheduler.node.ResourceGroupRefs;
import io.tidegate.scheduler.node.Schedule;
import io.tidegate.scheduler.node.SchedulingType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeDocumentJsonTest {
    private static final NodeDocument FULL = new NodeDocument(
            "select ${bizdate};",
            new Schedule(
                    Hour.every(1, LocalTime.of(0, 15), LocalTime.of(23, 59)),
                    SchedulingType.NORMAL,
                    InstanceGeneration.NEXT_DAY,
                    LocalDate.of(2022, 11, 1),
                    LocalDate.of(2022, 12, 31),
                    null),
            List.of(
                    new ParameterAssignment("startTime", "$[yyyymmddhh24-1/24]0000"),
                    new ParameterAssignment("bizdate", "$bizdate")),
            List.of(DependencyRef.sameCycle("shop.shop_root")),
            List.of("lake.orders"),
            RerunPolicy.DEFAULT,
            ResourceGroupRefs.DEFAULT,
            1,
            240,
            null);

    @Test
    void a_document_is_written_as_it_has_always_been_written_and_read_back_the_same() throws IOException {
        String golden = golden();

        assertThat(NodeDocumentJson.mapper()
                        .readTree(NodeDocumentJson.write(FULL))
                        .toPrettyString())
                .isEqualTo(golden.strip());
        assertThat(NodeDocumentJson.read(golden)).isEqualTo(FULL);
    }

    @Test
    void what_is_not_set_is_left_out_and_may_be_null() {
        NodeDocument bare = NodeDocument.of("", new Day(LocalTime.of(0, 15)));
        String json = NodeDocumentJson.write(bare);

        assertThat(json).doesNotContain("timeoutMinutes").doesNotContain("validFrom");
        assertThat(NodeDocumentJson.read(json)).isEqualTo(bare);
        assertThat(NodeDocumentJson.read(json.replaceFirst("\\{", "{\"timeoutMinutes\":null,")))
                .isEqualTo(bare);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"priority\" : 1|\"priority\" : \"high\"|/priority",
                "\"priority\" : 1|\"priority\" : null|/priority",
                "\"code\" : \"select ${bizdate};\",||''",
                "\"name\" : \"bizdate\"|\"name\" : null|/parameters/1/name",
                "\"type\" : \"HOUR\"|\"type\" : \"MOON\"|/schedule/cycle",
                "\"type\" : \"NORMAL\"|\"type\" : \"LATER\"|/schedule/type",
                "\"priority\" : 1|\"priority\" : 1, \"colour\" : 2|/colour",
            })
    void a_document_of_another_shape_is_refused_at_the_place_that_is_wrong(String from, String to, String field)
            throws IOException {
        String spoiled = golden().replace(from, to == null ? "" : to);

        assertThatThrownBy(() -> NodeDocumentJson.read(spoiled))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.findings()).singleElement().satisfies(finding -> {
                            assertThat(finding.field()).startsWith(field);
                            assertThat(finding.message()).doesNotContain("Exception");
                        }));
    }

    private static String golden() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(NodeDocumentJsonTest.class.getResourceAsStream("node-document.json"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
