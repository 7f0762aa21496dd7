package io.tidegate.engine.mapping;

/** Counts the values that were too long and were cut or left out, by column, of the rows that stand. Not thread-safe. */
final class TooLong {
    private final long[] counts;
    private final int[] ofThisRow;
    private int inThisRow;

    TooLong(int columns) {
        this.counts = new long[columns];
        this.ofThisRow = new int[columns];
    }

    /** A value of the row that is being made; at most one for each column. */
    void add(int column) {
        ofThisRow[inThisRow++] = column;
    }

    /** Another row begins; what the one before had counted does not stand unless it was kept. */
    void nextRow() {
        inThisRow = 0;
    }

    boolean anyInRow() {
        return inThisRow > 0;
    }

    /** The row stands. */
    void keepRow() {
        for (int i = 0; i < inThisRow; i++) {
            counts[ofThisRow[i]]++;
        }
        inThisRow = 0;
    }

    long of(int column) {
        return counts[column];
    }
}
