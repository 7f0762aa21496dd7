package io.tidegate.engine.runner;

import io.tidegate.engine.Cancellation;
import io.tidegate.engine.DataSourceConnection;
import io.tidegate.engine.EngineFailure;
import io.tidegate.engine.NodeRunner;
import io.tidegate.engine.RunJournal;
import io.tidegate.engine.RunJournal.Level;
import io.tidegate.engine.RunOutcome;
import io.tidegate.engine.RunOutcome.FailureKind;
import io.tidegate.engine.RunRequest;
import io.tidegate.engine.maxcompute.SqlRun;
import io.tidegate.engine.maxcompute.SqlStatements;
import java.util.List;

/**
 * Runs the statements of a MaxCompute SQL node one after the other, in the only MaxCompute project that the request
 * names. A statement that fails ends the node; what ran before it stays.
 */
final class SqlNodeRunner implements NodeRunner {

    @Override
    public RunOutcome run(RunRequest request, RunJournal journal, Cancellation cancellation) {
        List<DataSourceConnection.MaxCompute> projects = request.dataSources().values().stream()
                .filter(DataSourceConnection.MaxCompute.class::isInstance)
                .map(DataSourceConnection.MaxCompute.class::cast)
                .toList();
        if (projects.size() != 1) {
            return failed(
                    journal,
                    FailureKind.BAD_DOCUMENT,
                    "The node needs one MaxCompute data source to run in, but has %d. Choose one."
                            .formatted(projects.size()),
                    false);
        }
        List<String> statements = SqlStatements.split(request.code());
        SqlRun project = SqlRun.of(projects.get(0));
        try {
            for (int i = 0; i < statements.size(); i++) {
                journal.log(
                        Level.INFO,
                        "Statement %d of %d: %s".formatted(i + 1, statements.size(), firstLine(statements.get(i))));
                boolean ended = project.run(statements.get(i), cancellation, line -> journal.log(Level.INFO, line));
                if (!ended) {
                    journal.log(Level.WARN, "Stopped on request. The statements before this one have taken effect.");
                    return new RunOutcome.Cancelled();
                }
            }
        } catch (EngineFailure e) {
            return failed(journal, e.kind(), e.userMessage(), e.retryable());
        }
        journal.log(
                Level.INFO,
                "Ran %d statements in project %s."
                        .formatted(statements.size(), projects.get(0).project()));
        return new RunOutcome.Succeeded(null);
    }

    private static RunOutcome failed(RunJournal journal, FailureKind kind, String message, boolean retryable) {
        journal.log(Level.ERROR, message);
        return new RunOutcome.Failed(kind, message, retryable);
    }

    private static String firstLine(String statement) {
        int end = statement.indexOf('\n');
        return end < 0 ? statement : statement.substring(0, end) + " …";
    }
}
