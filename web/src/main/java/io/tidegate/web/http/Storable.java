package io.tidegate.web.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.deser.LocalDateDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.LocalDateTimeDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What JSON and Java can say and the database cannot keep is refused at the door, by the place where it stands: PostgreSQL has no
 * character U+0000, UTF-8 has no half of a surrogate pair, and years have four digits.
 */
final class Storable {
    static final String YEARS = "the years are 1 to 9999";
    private static final int YEAR_MAX = 9999;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Storable() {}

    /** Readers of texts and dates that refuse what cannot be kept. */
    static SimpleModule module() {
        return new SimpleModule("storable")
                .addDeserializer(String.class, new Text())
                .addKeyDeserializer(String.class, new Key())
                .addDeserializer(
                        LocalDate.class,
                        new Dated<>(LocalDate.class, LocalDateDeserializer.INSTANCE, LocalDate::getYear))
                .addDeserializer(
                        LocalDateTime.class,
                        new Dated<>(LocalDateTime.class, LocalDateTimeDeserializer.INSTANCE, LocalDateTime::getYear));
    }

    static boolean is(Instant instant) {
        return !instant.isBefore(FIRST) && instant.isBefore(END);
    }

    /** Why a text cannot be kept; null when it can. */
    static @Nullable String refusal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "the character U+0000 cannot be stored; take it out";
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return "half of a surrogate pair is no character; write both halves, or none";
            }
        }
        return null;
    }

    private static boolean isYear(int year) {
        return year >= 1 && year <= YEAR_MAX;
    }

    private static ValueInstantiationException refused(DeserializationContext context, Class<?> type, String why) {
        return ValueInstantiationException.from(
                context.getParser(), why, context.constructType(type), new IllegalArgumentException(why));
    }

    private static final class Text extends StringDeserializer {
        private static final long serialVersionUID = 1L;

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = super.deserialize(parser, context);
            String why = text == null ? null : refusal(text);
            if (why != null) {
                throw refused(context, String.class, why);
            }
            return text;
        }
    }

    private static final class Key extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            String why = refusal(key);
            if (why != null) {
                throw refused(context, String.class, why);
            }
            return key;
        }
    }

    private static final class Dated<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient JsonDeserializer<T> iso;
        private final transient ToIntFunction<T> year;

        Dated(Class<T> type, JsonDeserializer<T> iso, ToIntFunction<T> year) {
            super(type);
            this.iso = iso;
            this.year = year;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            T date = iso.deserialize(parser, context);
            if (date != null && !isYear(year.applyAsInt(date))) {
                throw refused(context, handledType(), YEARS);
            }
            return date;
        }
    }
}
