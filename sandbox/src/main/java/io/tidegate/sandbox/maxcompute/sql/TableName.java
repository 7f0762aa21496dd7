package io.tidegate.sandbox.maxcompute.sql;

/** A table as a statement names it. {@code at} is where, for messages. */
record TableName(String project, String table, Token at) {}
