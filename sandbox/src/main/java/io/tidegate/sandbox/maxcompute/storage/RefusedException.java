package io.tidegate.sandbox.maxcompute.storage;

/** A request that MaxCompute answers with an error of its own: the HTTP status and the error code that the SDK shows. */
public final class RefusedException extends RuntimeException {
    private final int status;
    private final String code;

    /**
     * @param status the HTTP status
     * @param code MaxCompute's error code, as {@code NoSuchPartition}
     */
    public RefusedException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public static RefusedException noSuchSchema(String name) {
        return new RefusedException(404, "NoSuchSchema", "ODPS-0422155: Schema not found - '%s'".formatted(name));
    }

    public static RefusedException noSuchProject(String project) {
        return new RefusedException(404, "NoSuchProject", "ODPS-0420111: Project not found - '%s'".formatted(project));
    }

    public static RefusedException noSuchTable(String project, String table) {
        return new RefusedException(
                404, "NoSuchTable", "ODPS-0130131:Table not found - table %s.%s".formatted(project, table));
    }

    public static RefusedException noSuchPartition(String partition) {
        return new RefusedException(
                404, "NoSuchPartition", "The specified partition does not exist: %s.".formatted(partition));
    }

    public static RefusedException invalidPartition(String message) {
        return new RefusedException(400, "InvalidPartitionSpec", message);
    }

    public static RefusedException statusConflict(String message) {
        return new RefusedException(409, "StatusConflict", message);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
