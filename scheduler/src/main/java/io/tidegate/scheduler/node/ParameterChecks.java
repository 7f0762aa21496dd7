package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.parameter.ParameterExpression;
import io.tidegate.scheduler.parameter.ParameterHint;
import io.tidegate.scheduler.parameter.ParameterSyntaxException;
import io.tidegate.scheduler.parameter.Placeholders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether every placeholder has a parameter, and every parameter an expression that can be read. */
final class ParameterChecks {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");

    /** What code may name without an assignment, as it could in old versions of DataWorks. */
    private static final Set<String> SYSTEM_VARIABLES = Set.of("bdp.system.bizdate", "bdp.system.cyctime");

    private ParameterChecks() {}

    static List<Finding> of(NodeDocument document) {
        List<Finding> findings = new ArrayList<>();
        Set<String> asked = Placeholders.names(document.code());
        Set<String> assigned = new HashSet<>();
        for (int i = 0; i < document.parameters().size(); i++) {
            ParameterAssignment parameter = document.parameters().get(i);
            String at = "/parameters/" + i;
            name(at + "/name", parameter.name(), assigned, asked, findings);
            expression(at + "/expression", parameter.expression(), findings);
        }
        for (String name : asked) {
            if (!assigned.contains(name) && !SYSTEM_VARIABLES.contains(name)) {
                findings.add(Finding.error(
                        "/code",
                        "The code uses ${" + name + "}, and no scheduling parameter has this name.",
                        NAME.matcher(name).matches()
                                ? "Assign a value to " + name + " in the scheduling parameters."
                                : "A name has letters, digits and underscores only; correct the placeholder."));
            }
        }
        return findings;
    }

    private static void name(String at, String name, Set<String> assigned, Set<String> asked, List<Finding> findings) {
        if (!NAME.matcher(name).matches()) {
            findings.add(Finding.error(
                    at,
                    "Parameter name '" + name + "' is not usable.",
                    "Use letters, digits and underscores, at most 64 of them."));
        } else if (!assigned.add(name)) {
            findings.add(Finding.error(at, "The parameter " + name + " is assigned twice.", "Remove one."));
        } else if (!asked.contains(name)) {
            findings.add(
                    Finding.warning(at, "The code does not use ${" + name + "}.", "Remove the parameter, or use it."));
        }
    }

    private static void expression(String at, String text, List<Finding> findings) {
        try {
            for (ParameterHint hint : ParameterExpression.parse(text).hints()) {
                findings.add(Finding.warning(
                        at, "Column " + hint.column() + " of " + text + ": " + hint.text(), "Check the preview."));
            }
        } catch (ParameterSyntaxException e) {
            findings.add(Finding.error(
                    at,
                    "Column " + e.column() + ": " + e.reason() + "\n" + e.carets(),
                    ScheduleChecks.sentence(e.cure())));
        }
    }
}
