package io.tidegate.scheduler;

/** There is no such thing, or not for the one who asks. */
public final class NotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String noun;
    private final String id;

    /**
     * @param noun what was looked for, for example {@code node}
     * @param id the id or name that was asked for
     */
    public NotFoundException(String noun, Object id) {
        super("There is no " + noun + " " + text(id) + ".");
        this.noun = noun;
        this.id = text(id);
    }

    public String noun() {
        return noun;
    }

    public String id() {
        return id;
    }

    private static String text(Object id) {
        return id instanceof Id typed ? Long.toString(typed.value()) : id.toString();
    }
}
