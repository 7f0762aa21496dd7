package io.tidegate.scheduler.dispatch;

import io.tidegate.engine.DirtyRecord;
import io.tidegate.engine.PreparedCommit;
import io.tidegate.engine.Progress;
import io.tidegate.engine.plan.OffsetPlan;
import io.tidegate.scheduler.instance.AttemptId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.json.Json;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What a running attempt writes. Every statement is refused, by changing no row, once the attempt is not RUNNING. */
interface JournalDao {
    @SqlUpdate("""
            UPDATE attempt SET plan = :plan
            WHERE id = :id AND epoch = :epoch AND state = 'RUNNING' AND lease_until > :now
            """)
    int planned(AttemptId id, long epoch, Instant now, @Json OffsetPlan plan);

    @SqlUpdate("""
            UPDATE attempt SET prepared = :prepared
            WHERE id = :id AND epoch = :epoch AND state = 'RUNNING' AND lease_until > :now
            """)
    int prepared(AttemptId id, long epoch, Instant now, @Json PreparedCommit prepared);

    /** Of all attempts since the instance was last sent off: the next one would take the newest that there is. */
    @SqlUpdate("""
            UPDATE attempt a SET plan = NULL
            FROM attempt mine
            WHERE mine.id = :id AND mine.epoch = :epoch AND mine.state = 'RUNNING' AND mine.lease_until > :now
              AND a.instance_id = mine.instance_id AND a.generation = mine.generation
            """)
    int forgetPlans(AttemptId id, long epoch, Instant now);

    @SqlUpdate("""
            UPDATE attempt
            SET progress = :progress, records_read = :read, records_written = :written, records_filtered = :filtered,
                records_dirty = :dirty
            WHERE id = :id AND epoch = :epoch AND state = 'RUNNING'
            """)
    int progress(AttemptId id, long epoch, @Json Progress progress, long read, long written, long filtered, long dirty);

    @SqlUpdate("""
            INSERT INTO attempt_log (attempt_id, number, text)
            SELECT id, CAST(:number AS integer), :text FROM attempt
            WHERE id = :id AND epoch = :epoch AND state = 'RUNNING'
            """)
    int log(AttemptId id, long epoch, int number, String text);

    @SqlUpdate("UPDATE attempt_log SET text = :text WHERE attempt_id = :id AND number = :number")
    void replaceLog(AttemptId id, int number, String text);

    @SqlUpdate("DELETE FROM attempt_log WHERE attempt_id = :id AND number = :number")
    void deleteLog(AttemptId id, int number);

    @SqlBatch("""
            INSERT INTO attempt_dirty_record (attempt_id, number, partition, "offset", column_name, excerpt, reason)
            SELECT id, CAST(:number AS integer), CAST(:partition AS integer), CAST(:offset AS bigint), :column, :excerpt,
                   :reason
            FROM attempt WHERE id = :id AND epoch = :epoch AND state = 'RUNNING'
            """)
    void dirty(AttemptId id, long epoch, List<Integer> number, @BindMethods List<DirtyRecord> record);
}
