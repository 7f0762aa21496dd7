package io.tidegate.scheduler.workspace;

/** Where something runs. A BASIC workspace has only PROD. */
public enum Environment {
    DEV,
    PROD
}
