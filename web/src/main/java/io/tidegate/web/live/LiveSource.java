package io.tidegate.web.live;

/** What one line is about. Asked twice a second, by one thread at a time; remembers what it has told. */
@FunctionalInterface
public interface LiveSource {
    /** Sends what has changed since the last call; the first call sends the present state. */
    void poll(Events out);

    /** Where the changes go. */
    @FunctionalInterface
    interface Events {
        /**
         * @param name the event's name
         * @param data sent as JSON
         */
        void send(String name, Object data);
    }
}
