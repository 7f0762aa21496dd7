package io.tidegate.bench;

import io.tidegate.engine.mapping.ColumnType;
import io.tidegate.engine.mapping.DestinationColumn;
import io.tidegate.engine.mapping.MappingSpec;
import io.tidegate.engine.mapping.OverLength;
import io.tidegate.engine.mapping.PayloadType;
import io.tidegate.engine.mapping.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** The records that are copied: a 16-byte key and about 300 bytes of JSON, half of them random. */
final class Orders {
    static final Instant WINDOW_START = Instant.parse("2026-01-10T01:00:00Z");

    /** As many records as this share a millisecond, so that any number of them fits into the hour. */
    private static final long PER_MILLISECOND = 10_000;

    /**
     * What a table takes from a record.
     *
     * @param fields source fields
     * @param types types of the columns, in the same order
     */
    record Shape(List<String> fields, List<String> types) {
        private static final List<String> ATTRIBUTES =
                List.of("__key__", "__value__", "__partition__", "__headers__", "__offset__", "__timestamp__");
        private static final List<String> ATTRIBUTE_TYPES =
                List.of("STRING", "STRING", "BIGINT", "STRING", "BIGINT", "BIGINT");

        /** The six attributes, none of which needs the value to be parsed. */
        static Shape attributes() {
            return new Shape(ATTRIBUTES, ATTRIBUTE_TYPES);
        }

        /** The six attributes and three values from inside the JSON. */
        static Shape json() {
            return attributes().and(List.of("a.a1", "c[1]", "d[0].AA"), List.of("STRING", "STRING", "BIGINT"));
        }

        /** So many values of a wide JSON object. */
        static Shape wide(int paths) {
            List<String> fields = new ArrayList<>();
            List<String> types = new ArrayList<>();
            for (int i = 0; i < paths; i++) {
                fields.add("f" + i);
                types.add(i % 3 == 0 ? "BIGINT" : "STRING");
            }
            return new Shape(fields, types);
        }

        static Shape named(String name) {
            return switch (name) {
                case "attributes" -> attributes();
                case "json" -> json();
                default -> throw new IllegalArgumentException("no shape " + name + "; there are attributes and json");
            };
        }

        private Shape and(List<String> moreFields, List<String> moreTypes) {
            List<String> allFields = new ArrayList<>(fields);
            List<String> allTypes = new ArrayList<>(types);
            allFields.addAll(moreFields);
            allTypes.addAll(moreTypes);
            return new Shape(allFields, allTypes);
        }

        List<DestinationColumn> columns() {
            List<DestinationColumn> columns = new ArrayList<>();
            for (String type : types) {
                columns.add(new DestinationColumn("c" + columns.size(), ColumnType.parse(type), ""));
            }
            return columns;
        }

        MappingSpec mapping() {
            return new MappingSpec(
                    columns(),
                    fields,
                    PayloadType.STRING,
                    PayloadType.STRING,
                    "UTF-8",
                    "UTF-8",
                    ZoneOffset.UTC,
                    false,
                    OverLength.REFUSED,
                    null);
        }

        /** As the service describes columns. */
        String columnsJson() {
            return columns().stream()
                    .map(c ->
                            "{\"name\":\"%s\",\"type\":\"%s\",\"comment\":\"\",\"nullable\":\"true\",\"isNullable\":true}"
                                    .formatted(c.name(), c.type().name().toLowerCase(java.util.Locale.ROOT)))
                    .collect(Collectors.joining(",", "[", "]"));
        }

        String fieldsJson() {
            return fields.stream().map(field -> '"' + field + '"').collect(Collectors.joining(",", "[", "]"));
        }

        String columnNamesJson() {
            return columns().stream().map(c -> '"' + c.name() + '"').collect(Collectors.joining(",", "[", "]"));
        }
    }

    private Orders() {}

    static byte[] key(long number) {
        return "order-%010d".formatted(number).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] value(long number) {
        Random random = new Random(number);
        StringBuilder note = new StringBuilder();
        for (int length = 100 + random.nextInt(50); note.length() < length; ) {
            note.append((char) ('a' + random.nextInt(26)));
        }
        return """
            {"id":%d,"a":{"a1":"customer-%06d","a2":%d},"b":true,"c":["web","shop-%03d","x"],"d":[{"AA":%d,"BB":"%s"},{"AA":2}],"currency":"CNY","amount":%d.%02d,"note":"%s"}\
            """.formatted(
                        number,
                        random.nextInt(1_000_000),
                        random.nextInt(100),
                        random.nextInt(1000),
                        random.nextInt(1_000_000),
                        Long.toString(random.nextLong(), 36),
                        random.nextInt(10_000),
                        random.nextInt(100),
                        note)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A flat object with so many keys, of which a mapping takes the first ones. */
    static byte[] wideValue(long number, int keys) {
        Random random = new Random(number);
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < keys; i++) {
            json.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":");
            if (i % 3 == 0) {
                json.append(random.nextInt());
            } else {
                json.append('"').append(Long.toString(random.nextLong(), 36)).append('"');
            }
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    static long timestamp(long number) {
        return WINDOW_START.toEpochMilli() + number / PER_MILLISECOND;
    }

    static List<SourceRecord> records(int count) {
        List<SourceRecord> records = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            records.add(new SourceRecord(0, i, timestamp(i), key(i), value(i), List.of()));
        }
        return records;
    }
}
