package io.tidegate.engine.maxcompute;

import com.aliyun.odps.Instance;
import com.aliyun.odps.Odps;
import com.aliyun.odps.OdpsException;
import com.aliyun.odps.task.SQLTask;
import io.tidegate.engine.Cancellation;
import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.RunOutcome.FailureKind;
import java.util.function.Consumer;

/** Runs SQL statements of a node, one by one. */
public final class SqlRun {
    private static final long POLL_MILLIS = 500;

    private final Odps odps;
    private final String project;

    SqlRun(Odps odps, String project) {
        this.odps = odps;
        this.project = project;
    }

    public static SqlRun of(DataSourceConnection.MaxCompute connection) {
        return new SqlRun(OdpsAccess.odps(connection), connection.project());
    }

    /**
     * Runs one statement to its end.
     *
     * @param log takes the id under which the service knows the statement
     * @return false when it was stopped on request
     * @throws EngineFailure with the service's own words when the statement fails
     */
    public boolean run(String statement, Cancellation cancellation, Consumer<String> log) throws EngineFailure {
        // A statement that was sent may run although no answer came, so it is not sent again.
        Instance instance = OdpsCalls.once(
                "sending a statement to project " + project,
                () -> SQLTask.run(odps, project, statement + ";", null, null));
        log.accept("MaxCompute runs the statement as instance " + instance.getId() + ".");
        while (!OdpsCalls.repeated("asking for instance " + instance.getId(), instance::isTerminated)) {
            if (cancellation.requested()) {
                OdpsCalls.repeated("stopping instance " + instance.getId(), () -> {
                    instance.stop();
                    return true;
                });
                return false;
            }
            OdpsCalls.pause(POLL_MILLIS);
        }
        try {
            instance.waitForSuccess();
        } catch (OdpsException e) {
            throw EngineFailure.lasting(
                    FailureKind.BAD_DOCUMENT,
                    "The statement failed (instance %s): %s".formatted(instance.getId(), e.getMessage()),
                    e);
        }
        return true;
    }
}
