package io.tidegate.scheduler.workflow;

import io.tidegate.scheduler.Id;

/** Identity of a workflow. */
public record WorkflowId(long value) implements Id {}
