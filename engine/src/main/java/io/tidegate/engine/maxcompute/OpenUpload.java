package io.tidegate.engine.maxcompute;

/**
 * What the writers of blocks need to know of an upload session. Plain data: it can be sent to another machine.
 *
 * @param id names the session
 * @param legacyDatetimes whether the session wants DATETIME values by the old calendar
 */
public record OpenUpload(String id, boolean legacyDatetimes) {}
