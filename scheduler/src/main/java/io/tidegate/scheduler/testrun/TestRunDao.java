package io.tidegate.scheduler.testrun;

import io.tidegate.scheduler.instance.InstanceId;
import io.tidegate.scheduler.node.NodeDocument;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeVersionId;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workflow.WorkflowId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What a test run needs besides an instance. */
interface TestRunDao {
    @SqlQuery("SELECT nextval('run_number')")
    long nextRunNumber();

    @SqlQuery("SELECT name FROM user_account WHERE id = :id")
    Optional<String> userName(UserId id);

    @SqlQuery("SELECT workflow_id FROM node WHERE id = :node AND workflow_id IS NOT NULL")
    Optional<WorkflowId> workflow(NodeId node);

    /** A draft that was run before and has not changed is kept once. */
    @SqlQuery("""
            SELECT id FROM node_version
            WHERE node_id = :node AND version IS NULL AND document = :document
            ORDER BY id DESC
            LIMIT 1
            """)
    Optional<NodeVersionId> keptDraft(NodeId node, NodeDocument document);

    @SqlUpdate("""
            INSERT INTO node_version (node_id, version, document, note, committed_by, committed_at)
            VALUES (:node, NULL, :document, '', :by, :now)
            """)
    @GetGeneratedKeys("id")
    NodeVersionId keepDraft(NodeId node, NodeDocument document, UserId by, Instant now);

    // Whoever runs a node by hand wants it to run, whatever its schedule says of the day.
    @SqlUpdate("""
            UPDATE instance SET parameters = parameters || :given, frozen = false, dry_run = false
            WHERE id = :id AND state = 'NOT_RUN' AND state_version = 0
            """)
    int give(InstanceId id, Map<String, String> given);
}
