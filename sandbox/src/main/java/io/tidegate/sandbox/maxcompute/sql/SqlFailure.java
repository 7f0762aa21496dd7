package io.tidegate.sandbox.maxcompute.sql;

/** A statement that MaxCompute would refuse, with the message that the SDK shows: code, line and column, reason. */
public final class SqlFailure extends Exception {
    public SqlFailure(String message) {
        super(message);
    }

    static SqlFailure parse(Token at, String reason) {
        return new SqlFailure("ODPS-0130161:%s Parse exception - %s".formatted(at.place(), reason));
    }

    static SqlFailure semantic(Token at, String reason) {
        return new SqlFailure("ODPS-0130071:%s Semantic analysis exception - %s".formatted(at.place(), reason));
    }

    static SqlFailure noTable(Token at, String project, String table) {
        return new SqlFailure("ODPS-0130131:%s Table not found - table %s.%s cannot be resolved"
                .formatted(at.place(), project, table));
    }

    static SqlFailure tableExists(Token at, String project, String table) {
        return new SqlFailure("ODPS-0130131:%s Table or view already exists - table %s.%s is already defined"
                .formatted(at.place(), project, table));
    }

    static SqlFailure noPartition(Token at, String partition) {
        return new SqlFailure("ODPS-0130071:%s Semantic analysis exception - partition %s does not exist"
                .formatted(at.place(), partition));
    }
}
