package io.tidegate.app.history;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Does to the programs of a cluster, by a seed, what happens to programs. */
final class Nemesis {
    private static final int CLOCK_MILLIS_MAX = 20_000;

    private enum Blow {
        KILL,
        FREEZE,
        RESTART_POSTGRES,
        CLOCK_FORWARD,
        CLOCK_BACK,
        STALL,
        CUT,
        CALM
    }

    private final Cluster cluster;
    private final Random random;
    private final List<String> story;
    private final Set<Blow> dealt = EnumSet.noneOf(Blow.class);

    Nemesis(Cluster cluster, Random random, List<String> story) {
        this.cluster = cluster;
        this.random = random;
        this.story = story;
    }

    /** Deals one blow and lets it work for some seconds; what it leaves behind may last into the next one. */
    void strike() throws Exception {
        Blow blow = Blow.values()[random.nextInt(Blow.values().length)];
        Cluster.Member victim =
                cluster.members().get(random.nextInt(cluster.members().size()));
        story.add(blow + " " + victim.name);
        dealt.add(blow);
        switch (blow) {
            case KILL -> cluster.kill9(victim);
            case FREEZE -> {
                cluster.signal(victim, "STOP");
                // Some wake while the next attempt runs, some when all is over.
                pause(Cluster.LEASE_SECONDS * (1_300L + random.nextInt(1_700)));
            }
            case RESTART_POSTGRES -> cluster.restartPostgres();
            case CLOCK_FORWARD -> cluster.setClock(victim, random.nextInt(CLOCK_MILLIS_MAX));
            case CLOCK_BACK -> cluster.setClock(victim, -random.nextInt(CLOCK_MILLIS_MAX));
            case STALL -> {
                cluster.stall(victim);
                pause(1_500L * Cluster.LEASE_SECONDS);
            }
            case CUT -> cluster.cut(victim);
            case CALM -> pause(1_000);
        }
        pause(1_000 + random.nextInt(2_000));
        // Sometimes two blows lie on top of each other.
        if (random.nextInt(3) > 0) {
            cluster.heal();
        }
    }

    /** How many kinds of blows there were. */
    int kinds() {
        return dealt.size();
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
