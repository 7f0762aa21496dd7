package io.tidegate.scheduler.trigger;

import java.util.Map;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a duty. Which one is told by the job's name; the duty itself stands in the memory of this server, never in the job
 * store. Public because Quartz makes it.
 */
@DisallowConcurrentExecution
public final class DutyJob implements Job {
    static final String DUTIES = "duties";
    private static final Logger LOG = LoggerFactory.getLogger(DutyJob.class);

    @Override
    @SuppressWarnings("unchecked") // DutyClock puts exactly this map there
    public void execute(JobExecutionContext context) throws JobExecutionException {
        String name = context.getJobDetail().getKey().getName();
        try {
            var duties = (Map<String, Duty>) context.getScheduler().getContext().get(DUTIES);
            Duty duty = duties == null ? null : duties.get(name);
            if (duty != null) {
                duty.tick().run();
            }
        } catch (SchedulerException e) {
            throw new JobExecutionException(e);
        } catch (RuntimeException e) {
            // The next fire tries again; a duty is written so that nothing is lost in between.
            LOG.error("Duty {} broke off and is tried again at its next time", name, e);
        }
    }
}
