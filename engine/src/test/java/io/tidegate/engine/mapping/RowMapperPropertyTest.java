package io.tidegate.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.mapping.ModelJson.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random mappings and random documents: the mapper, which sees each document once from left to right, must make the rows that
 * an oracle makes which holds the whole document as a tree and knows none of the mapper's classes.
 */
class RowMapperPropertyTest {
    private static final String[] TYPES = {
        "TINYINT",
        "SMALLINT",
        "INT",
        "BIGINT",
        "FLOAT",
        "DOUBLE",
        "DECIMAL(10,2)",
        "DECIMAL(38,18)",
        "STRING",
        "VARCHAR(4)",
        "CHAR(3)",
        "BOOLEAN",
        "DATE",
        "DATETIME",
        "TIMESTAMP",
        "TIMESTAMP_NTZ",
        "BINARY",
        "JSON"
    };
    private static final String[] KEYS = {"a", "b", "Id", "id", "ID", "1", "1.0", "2026-01-01", "", "ä"};

    static List<Long> seeds() {
        return new Random(20261123L).longs(150).boxed().toList();
    }

    /** A column that comes from a path of keys and indexes. */
    private record Source(String type, List<Object> path) {
        String field() {
            StringBuilder field = new StringBuilder();
            for (Object step : path) {
                field.append(step instanceof Integer ? "[" + step + "]" : "['" + step + "']");
            }
            return field.toString();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void rows_are_those_of_an_oracle_that_holds_the_whole_tree(long seed) throws Exception {
        Random random = new Random(seed);
        boolean emptyAsNull = random.nextBoolean();
        List<Source> sources = new ArrayList<>();
        Mappings mapping = new Mappings();
        for (int i = 0; i < 5; i++) {
            Source source = new Source(type(random, 0), path(random));
            sources.add(source);
            mapping.column(source.field(), source.type());
        }
        if (emptyAsNull) {
            mapping.emptyAsNull();
        }
        RowMapper mapper = mapping.mapper();
        @Nullable Object[] row = mapper.newRow();
        int rows = 0;
        for (int document = 0; document < 60; document++) {
            Node root = ModelJson.random(random, KEYS);
            String text = root.print(random);
            DirtyRecord dirty = mapper.map(Mappings.record(text.getBytes(StandardCharsets.UTF_8)), row);
            String description = "seed %d, columns %s, document %s".formatted(seed, sources, text);
            rows += check(sources, emptyAsNull, root, row, dirty, description);
        }
        assertThat(rows).as("seed %d makes rows at all", seed).isPositive();
    }

    private static int check(
            List<Source> sources,
            boolean emptyAsNull,
            Node root,
            @Nullable Object[] row,
            @Nullable DirtyRecord dirty,
            String description) {
        ConversionOracle oracle = new ConversionOracle(emptyAsNull);
        for (int i = 0; i < sources.size(); i++) {
            Object expected;
            try {
                expected = oracle.convert(
                        root.at(sources.get(i).path()), sources.get(i).type());
            } catch (ConversionOracle.Unfit e) {
                assertThat(dirty).as(description).isNotNull();
                assertThat(Objects.requireNonNull(dirty).column())
                        .as(description)
                        .isEqualTo("c" + i);
                return 0;
            }
            if (dirty == null) {
                assertThat(ConversionOracle.comparable(row[i]))
                        .as("%s, column %d", description, i)
                        .isEqualTo(ConversionOracle.comparable(expected));
            }
        }
        assertThat(dirty).as(description).isNull();
        return 1;
    }

    private static List<Object> path(Random random) {
        List<Object> path = new ArrayList<>();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            path.add(i > 0 && random.nextInt(3) == 0 ? (Object) random.nextInt(3) : KEYS[random.nextInt(KEYS.length)]);
        }
        return path;
    }

    private static String type(Random random, int depth) {
        int choice = random.nextInt(depth < 3 ? 8 : 4);
        return switch (choice) {
            case 5 -> "ARRAY<" + type(random, depth + 1) + ">";
            case 6 -> "MAP<" + TYPES[random.nextInt(16)] + "," + type(random, depth + 1) + ">";
            case 7 ->
                "STRUCT<a:%s,id:%s,`ä`:%s>"
                        .formatted(type(random, depth + 1), type(random, depth + 1), type(random, depth + 1));
            // Text takes anything, so that rows come about.
            case 0, 1, 2 -> "STRING";
            default -> TYPES[random.nextInt(TYPES.length)];
        };
    }
}
