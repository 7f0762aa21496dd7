package io.tidegate.app.history;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Does to the programs of a cluster, by a seed, what happens to programs. */
final class Nemesis {
    private static final int CLOCK_MILLIS_MAX = 20_000;
    private static final long HOUR_MILLIS = 3_600_000;
    /** Programs ask for the database's clock every five seconds. */
    private static final long CLOCK_FOLLOWS_MILLIS = 6_000;

    private enum Blow {
        KILL,
        FREEZE,
        RESTART_POSTGRES,
        CLOCK_FORWARD,
        CLOCK_BACK,
        WALL_CLOCK_FORWARD,
        WALL_CLOCK_BACK,
        DATABASE_CLOCK_FORWARD,
        DATABASE_CLOCK_BACK,
        STALL,
        STALL_REQUESTS,
        STALL_ANSWERS,
        CUT,
        RESET,
        CALM
    }

    private final Cluster cluster;
    private final DatabaseTime databaseTime;
    private final Random random;
    private final List<String> story;
    private final Set<Blow> dealt = EnumSet.noneOf(Blow.class);

    Nemesis(Cluster cluster, DatabaseTime databaseTime, Random random, List<String> story) {
        this.cluster = cluster;
        this.databaseTime = databaseTime;
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
        deal(blow, victim);
        pause(1_000 + random.nextInt(2_000));
        // Sometimes two blows lie on top of each other.
        if (random.nextInt(3) > 0) {
            heal();
        }
    }

    private void deal(Blow blow, Cluster.Member victim) throws Exception {
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
            case WALL_CLOCK_FORWARD -> cluster.setWallClock(victim, HOUR_MILLIS);
            case WALL_CLOCK_BACK -> cluster.setWallClock(victim, -HOUR_MILLIS);
            // Long enough for every program to follow.
            case DATABASE_CLOCK_FORWARD -> setDatabaseClock(HOUR_MILLIS);
            case DATABASE_CLOCK_BACK -> setDatabaseClock(-HOUR_MILLIS);
            case STALL -> stalled(victim.network::stall);
            case STALL_REQUESTS -> stalled(victim.network::stallRequests);
            case STALL_ANSWERS -> stalled(victim.network::stallAnswers);
            case CUT -> victim.network.cut();
            case RESET -> victim.network.reset();
            case CALM -> pause(1_000);
        }
    }

    private void setDatabaseClock(long aheadMillis) {
        databaseTime.set(aheadMillis);
        pause(CLOCK_FOLLOWS_MILLIS);
    }

    private static void stalled(Runnable stall) {
        stall.run();
        pause(1_500L * Cluster.LEASE_SECONDS);
    }

    /** Everything is as it was in the beginning, and every program knows what time it is. */
    void heal() throws Exception {
        cluster.heal();
        databaseTime.set(0);
    }

    /** Whether times in the history may be an hour apart that lie side by side. */
    boolean movedDatabaseClock() {
        return dealt.contains(Blow.DATABASE_CLOCK_FORWARD) || dealt.contains(Blow.DATABASE_CLOCK_BACK);
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
