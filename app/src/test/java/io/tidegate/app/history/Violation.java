package io.tidegate.app.history;

/**
 * What must never be.
 *
 * @param invariant its short name, I1 to I11 or LEGAL
 * @param sentence what was found, and where
 */
record Violation(String invariant, String sentence) {
    @Override
    public String toString() {
        return invariant + ": " + sentence;
    }
}
