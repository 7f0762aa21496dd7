package io.tidegate.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what the user may have meant. */
public final class NearestName {
    private static final int NAMES_LISTED_MAX = 12;

    private NearestName() {}

    /** A sentence with a leading space that names the nearest known name, or all of them when none is near. */
    public static String hint(String wrong, Collection<String> known) {
        Optional<String> nearest = known.stream()
                .min(Comparator.<String>comparingInt(name -> distance(wrong, name))
                        .thenComparing(Comparator.naturalOrder()));
        if (nearest.isPresent() && distance(wrong, nearest.get()) <= Math.max(2, wrong.length() / 3)) {
            return " Did you mean '%s'?".formatted(nearest.get());
        }
        if (known.isEmpty() || known.size() > NAMES_LISTED_MAX) {
            return " It is not a name that Tidegate knows here; remove it.";
        }
        return " Known here: " + known.stream().sorted().collect(Collectors.joining(", ")) + ".";
    }

    /** Number of letters to insert, delete or replace, whatever their case. */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
