package io.tidegate.engine;

/**
 * Runs one attempt of one node, once.
 *
 * <p>The order of calls on the {@link RunJournal} of a batch synchronization, each at most once unless said otherwise:
 *
 * <ol>
 *   <li>{@link RunJournal#log} and {@link RunJournal#progress}, at any time, any number of times;
 *   <li>{@link RunJournal#planned}, before the first record is read (not called when the request brought a plan);
 *   <li>{@link RunJournal#dirty}, for records that were left out;
 *   <li>{@link RunJournal#prepared}, after the last block is written and before the commit;
 *   <li>the outcome is returned.
 * </ol>
 *
 * <p>A runner never retries an attempt as a whole: whether there is another one is the scheduler's decision.
 */
public interface NodeRunner {
    /**
     * Runs to the end, to a failure or to a cancellation. Blocks the calling thread; failures of the outside world are an
     * outcome, not an exception.
     *
     * @throws FencedException when the journal says that this attempt no longer holds its lease; nothing was committed after
     *     that moment
     */
    RunOutcome run(RunRequest request, RunJournal journal, Cancellation cancellation);
}
