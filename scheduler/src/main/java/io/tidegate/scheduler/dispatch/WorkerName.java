package io.tidegate.scheduler.dispatch;

/** Tells workers apart in logs and attempts, as {@code server-1}. */
public record WorkerName(String text) {
    public WorkerName {
        if (text.isBlank() || text.length() > 100) {
            throw new IllegalArgumentException("worker name '%s' must have 1 to 100 characters".formatted(text));
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
