package io.tidegate.engine.maxcompute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationTableTest {
    @Test
    void a_table_holds_the_six_attributes_for_a_hundred_years() {
        assertThat(DestinationTable.generate("orders", List.of())).isEqualTo("""
                        CREATE TABLE IF NOT EXISTS orders (
                            `__key__` STRING COMMENT 'key of the record',
                            `__value__` STRING COMMENT 'value of the record',
                            `__partition__` BIGINT COMMENT 'Kafka partition, from 0',
                            `__headers__` STRING COMMENT 'headers of the record, as JSON',
                            `__offset__` BIGINT COMMENT 'offset in the partition, from 0',
                            `__timestamp__` BIGINT COMMENT 'time of the record in milliseconds since 1970'
                        )
                        COMMENT 'Kafka topic orders'
                        PARTITIONED BY (ds STRING COMMENT 'partition')
                        LIFECYCLE 36500;
                        """);
    }

    @Test
    void json_fields_become_columns_of_their_own() {
        assertThat(DestinationTable.generate(
                        "orders",
                        List.of("event_id", "__key__", "'1'", "tag.desc", "d[0].AA", "tag_desc", "ds", "['it''s']")))
                .contains("`event_id` STRING COMMENT 'from event_id',")
                .contains("`tag_desc` STRING COMMENT 'from tag.desc',")
                .contains("`d_0_aa` STRING COMMENT 'from d[0].AA',")
                .contains("`tag_desc_2` STRING COMMENT 'from tag_desc',")
                .contains("`ds_2` STRING COMMENT 'from ds'")
                .doesNotContain("'1'");
    }

    @ParameterizedTest
    @CsvSource({"orders,orders", "Orders-v2.raw,orders_v2_raw", "2022,t_2022", "größe,gr__e", "_x,_x"})
    void tables_are_named_as_their_topic_as_far_as_that_is_a_name(String topic, String expected) {
        assertThat(DestinationTable.tableName(topic)).isEqualTo(expected);
    }
}
