package io.tidegate.scheduler.workspace;

/** Which environments a workspace has. */
public enum WorkspaceMode {
    /** PROD only: a commit is live at once. */
    BASIC,
    /** DEV and PROD: a commit is live in DEV, a deployment brings it to PROD. */
    STANDARD;

    /** Where a commit becomes live. */
    public Environment commitEnvironment() {
        return this == BASIC ? Environment.PROD : Environment.DEV;
    }
}
