package io.tidegate.scheduler.workflow;

/** A workflow that is to be made. */
public record NewWorkflow(String name, String description) {}
