package io.tidegate.scheduler;

/** A row's identity. Each noun has its own record, so that two ids cannot be swapped: {@code record NodeId(long value)}. */
public interface Id {
    long value();
}
