package io.tidegate.scheduler.resourcegroup;

import io.tidegate.scheduler.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What stands in the way of a group's end, and what would miss it: the first few of each by name. */
final class GroupReferences {
    private static final int NAMED_MAX = 10;

    private final GroupReferenceDao dao;
    private final Instant now;

    GroupReferences(GroupReferenceDao dao, Instant now) {
        this.dao = dao;
        this.now = now;
    }

    List<Finding> to(ResourceGroup group) {
        String field = switch (group.kind()) {
            case SCHEDULING -> "scheduling";
            case DATA_INTEGRATION -> "dataIntegration";
        };
        List<Finding> findings = new ArrayList<>();
        deployed(dao.deployedNodes(group.name(), field, NAMED_MAX), findings);
        waiting(dao.instances(group.id(), NAMED_MAX), findings);
        drafts(dao.drafts(group.name(), field, NAMED_MAX), findings);
        for (String worker : dao.workers(group.name(), now)) {
            findings.add(Finding.warning(
                    "",
                    "Worker " + worker + " was started to serve it.",
                    "Start it again with another --resource-group, or stop it."));
        }
        return findings;
    }

    private static void deployed(List<GroupReferenceDao.NodeRow> nodes, List<Finding> findings) {
        for (GroupReferenceDao.NodeRow node : nodes) {
            findings.add(Finding.error(
                    "",
                    "Node %s of workspace %s, live in %s, takes its slots there."
                            .formatted(node.node(), node.workspace(), node.environments()),
                    "Choose another resource group in the node, and commit and deploy it."));
        }
        if (!nodes.isEmpty() && nodes.get(0).total() > nodes.size()) {
            findings.add(Finding.error(
                    "",
                    (nodes.get(0).total() - nodes.size()) + " more live nodes take their slots there.",
                    "Choose another resource group in each of them."));
        }
    }

    private static void waiting(List<GroupReferenceDao.InstanceRow> instances, List<Finding> findings) {
        for (GroupReferenceDao.InstanceRow instance : instances) {
            boolean runs = instance.state().equals("RUNNING");
            findings.add(Finding.error(
                    "",
                    "Instance %d (%s of workspace %s in %s at %s) %s."
                            .formatted(
                                    instance.id(),
                                    instance.node(),
                                    instance.workspace(),
                                    instance.environment(),
                                    instance.scheduledLocal(),
                                    runs ? "runs in it" : "is to run in it"),
                    runs ? "Wait for its end, or stop it." : "Let it run, or stop it."));
        }
        if (!instances.isEmpty() && instances.get(0).total() > instances.size()) {
            findings.add(Finding.error(
                    "",
                    (instances.get(0).total() - instances.size()) + " more instances are to run in it.",
                    "Let them run, or stop them."));
        }
    }

    private static void drafts(List<GroupReferenceDao.NodeRow> nodes, List<Finding> findings) {
        for (GroupReferenceDao.NodeRow node : nodes) {
            findings.add(Finding.warning(
                    "",
                    "The draft of node %s of workspace %s names it.".formatted(node.node(), node.workspace()),
                    "It can be committed when another resource group is chosen in it."));
        }
        if (!nodes.isEmpty() && nodes.get(0).total() > nodes.size()) {
            findings.add(Finding.warning(
                    "",
                    (nodes.get(0).total() - nodes.size()) + " more drafts name it.",
                    "They can be committed when another resource group is chosen in them."));
        }
    }
}
