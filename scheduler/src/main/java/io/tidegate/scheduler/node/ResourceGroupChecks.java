package io.tidegate.scheduler.node;

import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.resourcegroup.ResourceGroup;
import io.tidegate.scheduler.resourcegroup.ResourceGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Whether the groups that a document names exist and are of the kind that is wanted there. */
public final class ResourceGroupChecks {
    private static final int LISTED_MAX = 10;

    private ResourceGroupChecks() {}

    static List<Finding> of(NodeDocument document, List<ResourceGroup> groups) {
        List<Finding> findings = new ArrayList<>();
        ResourceGroupRefs refs = document.resourceGroups();
        check("scheduling", refs.scheduling(), ResourceGroup.Kind.SCHEDULING, groups, findings);
        check("dataIntegration", refs.dataIntegration(), ResourceGroup.Kind.DATA_INTEGRATION, groups, findings);
        return findings;
    }

    /** The same for what goes live in the caller's transaction: what is found good stays until it ends. */
    public static List<Finding> holding(Handle handle, NodeDocument document) {
        ResourceGroupRefs refs = document.resourceGroups();
        Set<String> names = new TreeSet<>(Set.of(refs.scheduling()));
        names.add(refs.dataIntegration());
        return of(document, ResourceGroups.hold(handle, names));
    }

    private static void check(
            String field, String name, ResourceGroup.Kind kind, List<ResourceGroup> groups, List<Finding> findings) {
        List<ResourceGroup> named =
                groups.stream().filter(group -> group.name().equals(name)).toList();
        if (named.stream().anyMatch(group -> group.kind() == kind)) {
            return;
        }
        String there = groups.stream()
                .filter(group -> group.kind() == kind)
                .map(ResourceGroup::name)
                .limit(LISTED_MAX)
                .collect(Collectors.joining(", "));
        findings.add(Finding.error(
                "/resourceGroups/" + field,
                named.isEmpty()
                        ? "There is no resource group '" + name + "'."
                        : "The slots of resource group " + name + " are for "
                                + named.get(0).kind() + ", not for " + kind + ".",
                there.isEmpty()
                        ? "Choose one of the kind " + kind + ", or make this one."
                        : "Choose one of the kind " + kind + ": " + there + "."));
    }
}
