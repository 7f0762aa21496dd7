package io.tidegate.scheduler.deployment;

import io.tidegate.scheduler.Id;

/** Identity of a deployment. */
public record DeploymentId(long value) implements Id {}
