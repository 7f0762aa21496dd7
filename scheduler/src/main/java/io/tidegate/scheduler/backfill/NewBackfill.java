package io.tidegate.scheduler.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidegate.scheduler.node.NodeId;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backfill that is asked for. All dates and times are on the clock of the workspace.
 *
 * @param requestId the client's own name for this request, so that it may be sent twice; null for none
 * @param name null for one that tells nodes and dates
 * @param nodes which nodes of PROD
 * @param dates ranges of business dates; empty when {@code times} is given
 * @param times a range of scheduled times instead; null when {@code dates} are given
 * @param hours only scheduled times of the day from one time to another, of nodes that run by the hour or the minute; null
 *     for the whole day
 * @param which of the scheduled times
 * @param rules order, groups, and what a failure does
 * @param future whether what is scheduled for later runs at once
 * @param parameters values in place of those of the nodes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewBackfill(
        @Nullable String requestId,
        @Nullable String name,
        NodeChoice nodes,
        List<DateRange> dates,
        @Nullable TimeRange times,
        @Nullable HourRange hours,
        Which which,
        Rules rules,
        Future future,
        List<ParameterOverride> parameters) {
    public NewBackfill {
        dates = List.copyOf(dates);
        parameters = List.copyOf(parameters);
    }

    /** Of some nodes, over ranges of business dates, and everything else as it is when nothing is said. */
    public static NewBackfill of(List<NodeId> nodes, DateRange... dates) {
        return new NewBackfill(
                null,
                null,
                NodeChoice.list(nodes),
                List.of(dates),
                null,
                null,
                Which.ALL,
                Rules.DEFAULT,
                Future.WAIT,
                List.of());
    }

    /** Of some nodes, over a range of scheduled times. */
    public static NewBackfill between(@Nullable String name, List<NodeId> nodes, LocalDateTime from, LocalDateTime to) {
        return new NewBackfill(
                null,
                name,
                NodeChoice.list(nodes),
                List.of(),
                new TimeRange(from, to),
                null,
                Which.ALL,
                Rules.DEFAULT,
                Future.WAIT,
                List.of());
    }

    /**
     * Nodes of PROD.
     *
     * @param kind how the others follow from those that are named
     * @param nodes the nodes of a list; those whose descendants are wanted; the beginnings of chains
     * @param ends the ends of chains; empty otherwise
     * @param excluded chosen nodes that are not to work: their instances run dry, so that the order of the others holds
     */
    public record NodeChoice(Kind kind, List<NodeId> nodes, List<NodeId> ends, List<NodeId> excluded) {
        public NodeChoice {
            nodes = List.copyOf(nodes);
            ends = List.copyOf(ends);
            excluded = List.copyOf(excluded);
        }

        public static NodeChoice list(List<NodeId> nodes) {
            return new NodeChoice(Kind.LIST, nodes, List.of(), List.of());
        }

        /** How nodes are chosen. */
        public enum Kind {
            /** Those that are named. */
            LIST,
            /** Those that are named, and all of the workspace that wait for them, directly or through others. */
            DESCENDANTS,
            /** Those that are named and everything on the ways from one to the other. */
            CHAIN
        }
    }

    /** Business dates, both included. */
    public record DateRange(LocalDate from, LocalDate to) {}

    /** Scheduled times, both included. */
    public record TimeRange(LocalDateTime from, LocalDateTime to) {}

    /** Times of the day, both included. */
    public record HourRange(LocalTime from, LocalTime to) {}

    /**
     * @param groups how many business dates run at the same time, 1 to 10
     */
    public record Rules(int groups, Order order, OnFailure onFailure) {
        public static final Rules DEFAULT = new Rules(1, Order.ASCENDING, OnFailure.STOP);
    }

    /** A value of a node's parameter, or an expression for it, that counts for the instances of this backfill. */
    public record ParameterOverride(NodeId node, String name, String expression) {}

    /** Which scheduled times. */
    public enum Which {
        ALL,
        /** Those without a success on the calendar or in a backfill. */
        MISSING,
        /** Those whose newest instance, of the calendar or of a backfill, failed. */
        FAILED
    }

    /** In which order business dates begin. */
    public enum Order {
        ASCENDING,
        DESCENDING
    }

    /** What becomes of scheduled times that are still to come. */
    public enum Future {
        /** They wait for their time. */
        WAIT,
        /** They run when it is their date's turn. */
        NOW
    }
}
