package io.tidegate.web.http;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The body of a list.
 *
 * @param next the cursor of the page after this one; null on the last
 */
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }

    /** A list that is always whole. */
    public static <S, T> Page<T> whole(Collection<S> items, Function<? super S, ? extends T> view) {
        return of(items, view, null);
    }

    public static <S, T> Page<T> of(Collection<S> items, Function<? super S, ? extends T> view, @Nullable String next) {
        return new Page<>(items.stream().<T>map(view).toList(), next);
    }
}
