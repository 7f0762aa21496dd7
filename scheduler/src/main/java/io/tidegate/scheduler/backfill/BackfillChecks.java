package io.tidegate.scheduler.backfill;

import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.backfill.NewBackfill.DateRange;
import io.tidegate.scheduler.backfill.NewBackfill.HourRange;
import io.tidegate.scheduler.backfill.NewBackfill.NodeChoice;
import io.tidegate.scheduler.backfill.NewBackfill.TimeRange;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What a request must be before anything is looked up, and how much it may come to. */
final class BackfillChecks {
    /** So that one slip of the keyboard does not fill the database. */
    static final int INSTANCES_MAX = 20_000;

    static final int NODES_MAX = 2_000;
    /** Scheduled times that are looked at when only those that are missing, or failed, are wanted. */
    private static final int TIMES_SEEN_MAX = 500_000;

    private static final int RANGES_MAX = 50;
    private static final int DAYS_MAX = 3_700;
    /** The day after a business date is worked on, and years have four digits. */
    private static final LocalDate LAST_DATE = LocalDate.of(9999, 12, 30);

    private static final int GROUPS_MAX = 10;
    private static final int TEXT_MAX = 200;
    private static final int NAMED_MAX = 3;

    private BackfillChecks() {}

    static void refuseUnsound(NewBackfill wanted) {
        refuseBadTexts(wanted);
        refuseBadChoice(wanted.nodes());
        refuseBadDates(wanted);
        HourRange hours = wanted.hours();
        if (hours != null && hours.from().isAfter(hours.to())) {
            throw InvalidInputException.of(
                    "/hours/to",
                    "The hours end before they begin.",
                    "Exchange the two; hours over midnight are two backfills.");
        }
        int groups = wanted.rules().groups();
        if (groups < 1 || groups > GROUPS_MAX) {
            throw InvalidInputException.of(
                    "/groups",
                    groups + " business dates at the same time are not possible.",
                    "Choose 1 to " + GROUPS_MAX + ".");
        }
    }

    private static void refuseBadTexts(NewBackfill wanted) {
        String name = wanted.name();
        if (name != null && name.strip().length() > TEXT_MAX) {
            throw InvalidInputException.of(
                    "/name", "The name is too long.", "Use at most " + TEXT_MAX + " characters.");
        }
        String request = wanted.requestId();
        if (request != null && (request.isBlank() || request.length() > TEXT_MAX)) {
            throw InvalidInputException.of(
                    "/requestId",
                    "The request id is empty or too long.",
                    "Use 1 to " + TEXT_MAX + " characters, or leave it out.");
        }
    }

    private static void refuseBadChoice(NodeChoice choice) {
        if (choice.nodes().isEmpty() || choice.nodes().size() > NODES_MAX) {
            throw InvalidInputException.of("/nodeIds", "A backfill has 1 to 2,000 nodes.", "Choose nodes.");
        }
        boolean chain = choice.kind() == NodeChoice.Kind.CHAIN;
        if (chain == choice.ends().isEmpty()) {
            throw InvalidInputException.of(
                    "/chainEndIds",
                    chain ? "A chain has no end." : "Ends are given, but no chain is asked for.",
                    "Give ends with select CHAIN, and with nothing else.");
        }
        if (choice.excluded().size() > NODES_MAX) {
            throw InvalidInputException.of("/excludedNodeIds", "Too many nodes are excluded.", "Exclude fewer.");
        }
    }

    private static void refuseBadDates(NewBackfill wanted) {
        TimeRange times = wanted.times();
        if ((times == null) == wanted.dates().isEmpty()) {
            throw InvalidInputException.of(
                    times == null ? "/ranges" : "/from",
                    times == null ? "There is no range." : "Business dates and scheduled times are both given.",
                    "Give ranges of business dates, or one range of scheduled times from and to.");
        }
        if (wanted.dates().size() > RANGES_MAX) {
            throw InvalidInputException.of(
                    "/ranges", wanted.dates().size() + " ranges are too many.", "Use at most " + RANGES_MAX + ".");
        }
        if (times != null) {
            if (times.from().isAfter(times.to())) {
                throw InvalidInputException.of("/to", "The range ends before it begins.", "Exchange the two.");
            }
            refuseTooLong(times.from().toLocalDate(), times.to().toLocalDate(), "/to");
        }
        for (int i = 0; i < wanted.dates().size(); i++) {
            DateRange range = wanted.dates().get(i);
            String at = "/ranges/" + i + "/to";
            if (range.from().isAfter(range.to())) {
                throw InvalidInputException.of(at, "The range ends before it begins.", "Exchange the two.");
            }
            refuseTooLong(range.from(), range.to(), at);
        }
    }

    private static void refuseTooLong(LocalDate from, LocalDate to, String at) {
        if (to.isAfter(LAST_DATE)) {
            throw InvalidInputException.of(at, "The range goes beyond " + LAST_DATE + ".", "Choose an earlier end.");
        }
        if (ChronoUnit.DAYS.between(from, to) > DAYS_MAX) {
            throw InvalidInputException.of(at, "The range is longer than ten years.", "Choose a shorter range.");
        }
    }

    static void refuseTooManyNodes(int nodes) {
        if (nodes > NODES_MAX) {
            throw InvalidInputException.of(
                    "/nodeIds", "The selection comes to more than 2,000 nodes.", "Choose fewer.");
        }
    }

    static void refuseTooMany(int instances, NewBackfill wanted) {
        if (instances > INSTANCES_MAX) {
            throw InvalidInputException.of(
                    range(wanted),
                    "The range holds more than %,d instances.".formatted(INSTANCES_MAX),
                    "Choose a shorter range or fewer nodes.");
        }
    }

    static void refuseTooManySeen(int times, NewBackfill wanted) {
        if (times > TIMES_SEEN_MAX) {
            throw InvalidInputException.of(
                    range(wanted),
                    "The range holds more than %,d scheduled times to look through.".formatted(TIMES_SEEN_MAX),
                    "Choose a shorter range or fewer nodes.");
        }
    }

    private static String range(NewBackfill wanted) {
        return wanted.times() == null ? "/ranges" : "/to";
    }

    static void refuseNothing(int instances, NewBackfill wanted) {
        if (instances > 0) {
            return;
        }
        throw switch (wanted.which()) {
            case ALL ->
                InvalidInputException.of(
                        range(wanted),
                        "No node has a scheduled time in this range within its validity.",
                        "Look at the nodes' schedules and validity periods.");
            case MISSING ->
                InvalidInputException.of(
                        "/which",
                        "Nothing is missing in this range: every scheduled time has a success.",
                        "Choose ALL to run it again.");
            case FAILED ->
                InvalidInputException.of(
                        "/which",
                        "Nothing in this range has failed last.",
                        "Choose MISSING for times that never ran, or ALL.");
        };
    }

    /** Names and a verb that fits, as {@code a, b, c and 2 more depend}. */
    static String named(List<String> names, String one, String many) {
        String shown = String.join(", ", names.subList(0, Math.min(names.size(), NAMED_MAX)));
        String more = names.size() > NAMED_MAX ? " and %d more".formatted(names.size() - NAMED_MAX) : "";
        return shown + more + " " + (names.size() == 1 ? one : many);
    }
}
