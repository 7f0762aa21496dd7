package io.tidegate.engine.receipt;

import java.util.Locale;

/**
 * Where the time of a copy went, in seconds, summed over all slices. A slice has three threads, which read, map and write; until it
 * ends, each is always in exactly one of its stages. In receipts of versions that had two, one thread read and mapped, and the
 * two last times are 0.
 *
 * @param reading the reading threads waited for Kafka, or took records from its answers and chose those of the window
 * @param mapping the mapping threads mapped and encoded records
 * @param waitingForWriter the mapping threads waited because the writing ones had not yet sent what they had
 * @param throttled the reading threads were held back by the job's speed limit
 * @param sending the writing threads compressed and sent rows, or waited for MaxCompute to take them
 * @param waitingForReader the writing threads had nothing to send
 * @param waitingForMapper the reading threads waited because the mapping ones had not yet mapped what they had
 * @param waitingForRecords the mapping threads had nothing to map
 */
public record Timings(
        double reading,
        double mapping,
        double waitingForWriter,
        double throttled,
        double sending,
        double waitingForReader,
        double waitingForMapper,
        double waitingForRecords) {
    public static final Timings NONE = new Timings(0, 0, 0, 0, 0, 0, 0, 0);

    /** Waiting for less than this share of the time is noise. */
    private static final double NOTEWORTHY = 0.1;

    /** Which part of the copy set its speed. */
    public enum SlowSide {
        /** Kafka gave records more slowly than they were mapped and written. */
        KAFKA,
        /** Mapping and encoding took longer than reading and writing. */
        MAPPING,
        /** MaxCompute took rows more slowly than they were read. */
        MAXCOMPUTE,
        /** The job's own speed limit. */
        THROTTLE,
        /** Nobody waited long for anybody. */
        NONE
    }

    public Timings plus(Timings other) {
        return new Timings(
                reading + other.reading,
                mapping + other.mapping,
                waitingForWriter + other.waitingForWriter,
                throttled + other.throttled,
                sending + other.sending,
                waitingForReader + other.waitingForReader,
                waitingForMapper + other.waitingForMapper,
                waitingForRecords + other.waitingForRecords);
    }

    /** The part that the others waited for. */
    public SlowSide slowSide() {
        double all = Math.max(mapping + waitingForWriter + waitingForRecords, sending + waitingForReader);
        if (throttled >= NOTEWORTHY * all && throttled > 0) {
            return SlowSide.THROTTLE;
        }
        double waited =
                Math.max(Math.max(waitingForWriter, waitingForReader), Math.max(waitingForMapper, waitingForRecords));
        if (waited <= NOTEWORTHY * all) {
            return SlowSide.NONE;
        }
        boolean twoThreads = waitingForMapper == 0 && waitingForRecords == 0;
        if (twoThreads ? waitingForWriter >= waitingForReader : sending >= Math.max(reading, mapping)) {
            return SlowSide.MAXCOMPUTE;
        }
        return reading >= mapping ? SlowSide.KAFKA : SlowSide.MAPPING;
    }

    /** What a user wants to know of it: which side was slow. */
    public String sentence() {
        String verdict = switch (slowSide()) {
            case KAFKA -> "Kafka was the slow side";
            case MAPPING -> "Mapping was the slow side";
            case MAXCOMPUTE -> "The writer was the slow side";
            case THROTTLE -> "The job's speed limit set the speed";
            case NONE -> "Reader, mapping and writer kept pace";
        };
        return String.format(
                Locale.ROOT,
                "%s. Reading threads: %.1f s at Kafka, %.1f s waiting for mapping, %.1f s held back by the speed limit."
                        + " Mapping threads: %.1f s mapping, %.1f s waiting for records, %.1f s waiting for the writer."
                        + " Writing threads: %.1f s sending, %.1f s waiting for rows.",
                verdict,
                reading,
                waitingForMapper,
                throttled,
                mapping,
                waitingForRecords,
                waitingForWriter,
                sending,
                waitingForReader);
    }
}
