package io.tidegate.scheduler.user;

/** Somebody who can log in. */
public record User(UserId id, String name) {}
