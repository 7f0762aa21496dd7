package io.tidegate.engine.fault;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A row as the job should write it, found out without the engine. */
record Row(
        @Nullable String key,
        @Nullable String value,
        long partition,
        long offset,
        long timestamp,
        @Nullable BigDecimal amount) {
    private static final String NULL = "\\N";
    private static final String AMOUNT = "{\"amount\":";

    /** Null for a record that is dirty: its value is not JSON. */
    static @Nullable Row of(ConsumerRecord<String, String> record) {
        BigDecimal amount = null;
        if (record.value() != null) {
            if (!record.value().startsWith(AMOUNT)) {
                return null;
            }
            amount = new BigDecimal(record.value()
                            .substring(AMOUNT.length(), record.value().indexOf(',')))
                    .setScale(2, RoundingMode.UNNECESSARY);
        }
        return new Row(record.key(), record.value(), record.partition(), record.offset(), record.timestamp(), amount);
    }

    /** In the order of the table's columns. */
    @Nullable Object[] cells() {
        return new @Nullable Object[] {key, value, partition, offset, timestamp, amount, null};
    }

    /** As SQL shows it. */
    String text() {
        return "%s|%s|%d|%d|%d|%s"
                .formatted(
                        key == null ? NULL : key,
                        value == null ? NULL : value,
                        partition,
                        offset,
                        timestamp,
                        amount == null ? NULL : amount.stripTrailingZeros().toPlainString());
    }
}
