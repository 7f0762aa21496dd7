package io.tidegate.scheduler.instance;

/**
 * What a user decides about a rerun.
 *
 * @param addAgain whether an instance that added its rows by INSERT INTO may add them a second time
 * @param withDeployedVersion whether it runs with the version of its node that is deployed now, and what its parameters are in
 *     that; else with the version and the parameters it was generated with
 */
public record RerunOptions(boolean addAgain, boolean withDeployedVersion) {
    public static final RerunOptions AS_IT_WAS = new RerunOptions(false, false);
}
