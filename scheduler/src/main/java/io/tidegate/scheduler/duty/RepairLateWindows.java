package io.tidegate.scheduler.duty;

import io.tidegate.scheduler.late.LateRepairs;

/** Reruns windows whose late records were found by a node with the policy to repair. */
public final class RepairLateWindows {
    private static final String ACTOR = "duty repair-late-windows";

    private final LateRepairs repairs;

    public RepairLateWindows(LateRepairs repairs) {
        this.repairs = repairs;
    }

    public void tick() {
        repairs.repairByPolicy(ACTOR);
    }
}
