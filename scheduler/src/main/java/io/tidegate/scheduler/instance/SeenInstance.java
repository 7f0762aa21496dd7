package io.tidegate.scheduler.instance;

/**
 * An instance's state as it was read, and the version it had then: what every write of state names.
 *
 * @param version {@code state_version} when it was read
 */
public record SeenInstance(InstanceId id, InstanceState state, long version) {}
