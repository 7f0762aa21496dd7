package io.tidegate.engine.mapping;

import io.tidegate.engine.mapping.SourceField.Step;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paths of a mapping as a trie: at each key of a JSON text one look-up says whether anybody wants to know. */
final class PathTrie {
    private static final int BUCKETS = 64;
    private static final int FIRST_ELEMENTS_MAX = 64;
    private static final Key[] NO_KEYS = {};

    private final Map<String, PathTrie> keys = new HashMap<>();
    private final Map<Integer, PathTrie> elements = new HashMap<>();
    private Slot[] slots = {};
    private int[] slotsBelow = {};
    private Key[][] keysByBytes = {};
    private @Nullable PathTrie[] firstElements = {};

    /**
     * One who wants what stands at a path.
     *
     * @param number where it goes
     * @param json whether the JSON text is wanted, of strings and numbers too
     */
    record Slot(int number, boolean json) {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared; looked at for every key of every record.
    private record Key(byte[] utf8, PathTrie node) {}

    private PathTrie() {}

    /**
     * @param paths for each slot the path whose value goes there, or null for none
     * @param json for each slot whether the JSON text is wanted
     */
    static PathTrie of(List<SourceField.@Nullable JsonPath> paths, boolean[] json) {
        PathTrie root = new PathTrie();
        for (int slot = 0; slot < paths.size(); slot++) {
            SourceField.JsonPath path = paths.get(slot);
            if (path != null) {
                root.add(path.steps(), slot, json[slot]);
            }
        }
        root.compile();
        return root;
    }

    private void add(List<Step> steps, int slot, boolean json) {
        PathTrie node = this;
        node.addBelow(slot);
        for (Step step : steps) {
            node = step instanceof Step.Key key
                    ? node.keys.computeIfAbsent(key.name(), name -> new PathTrie())
                    : node.elements.computeIfAbsent(((Step.Index) step).index(), index -> new PathTrie());
            node.addBelow(slot);
        }
        node.slots = Arrays.copyOf(node.slots, node.slots.length + 1);
        node.slots[node.slots.length - 1] = new Slot(slot, json);
    }

    private void addBelow(int slot) {
        slotsBelow = Arrays.copyOf(slotsBelow, slotsBelow.length + 1);
        slotsBelow[slotsBelow.length - 1] = slot;
    }

    private void compile() {
        elements.forEach((index, node) -> {
            node.compile();
            if (index < FIRST_ELEMENTS_MAX) {
                firstElements = Arrays.copyOf(firstElements, Math.max(firstElements.length, index + 1));
                firstElements[index] = node;
            }
        });
        if (keys.isEmpty()) {
            return;
        }
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        keysByBytes = new Key[BUCKETS][];
        Arrays.fill(keysByBytes, NO_KEYS);
        keys.forEach((name, node) -> {
            node.compile();
            // Half a character is in no UTF-8 text, and must not be taken for the question mark it would become.
            if (encoder.canEncode(name)) {
                byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
                int bucket = bucket(utf8, 0, utf8.length);
                Key[] more = Arrays.copyOf(keysByBytes[bucket], keysByBytes[bucket].length + 1);
                more[more.length - 1] = new Key(utf8, node);
                keysByBytes[bucket] = more;
            }
        });
    }

    /** The two ends and the length tell the keys of one object apart, nearly always. */
    private static int bucket(byte[] bytes, int from, int to) {
        int ends = from == to ? 0 : bytes[from] * 31 + bytes[to - 1];
        return (ends + (to - from) * 17) & (BUCKETS - 1);
    }

    @Nullable PathTrie key(String name) {
        return keys.get(name);
    }

    /** The same by the bytes of a key in UTF-8 that holds no escapes. */
    @Nullable PathTrie key(byte[] utf8, int from, int to) {
        if (keysByBytes.length == 0) {
            return null;
        }
        for (Key key : keysByBytes[bucket(utf8, from, to)]) {
            if (Arrays.equals(key.utf8, 0, key.utf8.length, utf8, from, to)) {
                return key.node;
            }
        }
        return null;
    }

    @Nullable PathTrie element(int index) {
        if (index < firstElements.length) {
            return firstElements[index];
        }
        return elements.isEmpty() || index < FIRST_ELEMENTS_MAX ? null : elements.get(index);
    }

    /** Who wants the value at this very place. */
    Slot[] slots() {
        return slots;
    }

    /** The numbers of all who want it or something inside of it. */
    int[] slotsBelow() {
        return slotsBelow;
    }
}
