package io.tidegate.scheduler.instance;

import io.tidegate.scheduler.ConflictException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Gives an instance the version of its node that is deployed now, in place of the one it was generated with. */
final class DeployedVersion {
    private DeployedVersion() {}

    /**
     * What an instance was given.
     *
     * @param sentence for its time line
     * @param autoReruns that the version allows
     */
    record Given(int number, String sentence, int autoReruns) {}

    /**
     * Resolves the parameters of the deployed version for the instance's scheduled time. A value that a backfill or a run by
     * hand gave the instance stays. The caller holds the instance's row.
     *
     * @throws ConflictException when its node is not deployed, a parameter would have no value, or a commit of the version
     *     before is still open: only that version knows where it went
     */
    static Given give(Handle handle, SeenInstance instance) {
        long id = instance.id().value();
        DeployedVersionDao dao = handle.attach(DeployedVersionDao.class);
        DeployedVersionDao.Versions versions = dao.versions(instance.id())
                .orElseThrow(() -> new ConflictException(
                        "The node of instance %d is not deployed there: rerun the instance with its own version, or deploy the node."
                                .formatted(id)));
        handle.attach(InstanceDao.class).openCommit(instance.id()).ifPresent(commit -> {
            throw new ConflictException(
                    "What became of the commit of attempt %d of instance %d is not known yet: rerun it with its own version first, which finds out."
                            .formatted(commit.number(), id));
        });
        RunnableNode node = versions.deployedNode();
        ResolvedParameters.Values values = new ResolvedParameters(node).at(versions.time(), id);
        if (!values.problem().isEmpty()) {
            throw new ConflictException("Version %d cannot run at %s. %s"
                    .formatted(versions.deployedNumber(), versions.scheduledLocal(), values.problem()));
        }
        int given = dao.give(
                instance.id(),
                instance.version(),
                versions.deployed(),
                withGiven(versions, values.byName(), id),
                versions.deployedDocument().maxParallel(),
                node.resourceGroup());
        OperationTransaction.requireOne(given, instance.id());
        return new Given(versions.deployedNumber(), sentence(versions), node.autoReruns());
    }

    /** A value other than the own version's expression gives was given to the instance itself. */
    private static Map<String, String> withGiven(
            DeployedVersionDao.Versions versions, Map<String, String> resolved, long id) {
        Map<String, String> own = new ResolvedParameters(versions.ownNode())
                .at(versions.time(), id)
                .byName();
        Map<String, String> values = new LinkedHashMap<>(resolved);
        versions.parameters().forEach((name, value) -> {
            if (values.containsKey(name) && !Objects.equals(own.get(name), value)) {
                values.put(name, value);
            }
        });
        return values;
    }

    private static String sentence(DeployedVersionDao.Versions versions) {
        if (versions.own().equals(versions.deployed())) {
            return "Version %d is still the one that is deployed.".formatted(versions.deployedNumber());
        }
        String before = versions.ownNumber() == null ? "a draft" : "version " + versions.ownNumber();
        return "Runs version %d, which is deployed now, in place of %s.".formatted(versions.deployedNumber(), before);
    }
}
