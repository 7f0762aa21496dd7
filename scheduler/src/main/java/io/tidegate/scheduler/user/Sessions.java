package io.tidegate.scheduler.user;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Open sessions. They end twelve hours after they were last used, and survive a restart of the server. */
public final class Sessions {
    private static final Duration LIFETIME = Duration.ofHours(12);
    /** A session is prolonged only once it is this much shorter than it could be, to spare a write on each request. */
    private static final Duration PROLONGED_AFTER = Duration.ofMinutes(5);

    private static final int TOKEN_BYTES = 32;

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public Sessions(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Opens a session under a fresh token, never under one that the browser brought. */
    public SessionToken open(User user) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        jdbi.useTransaction(handle -> {
            SessionDao dao = handle.attach(SessionDao.class);
            dao.deleteExpired(now);
            dao.insert(Users.sha256(token), user.id(), now, now.plus(LIFETIME));
        });
        return new SessionToken(token, csrf(token));
    }

    /** The open session with this token, and prolongs it. */
    public Optional<Session> find(String token) {
        byte[] hash = Users.sha256(token);
        Instant now = clock.instant();
        Optional<SessionDao.Row> open = jdbi.withExtension(SessionDao.class, dao -> dao.findOpen(hash, now));
        return open.map(row -> {
            Instant expiresAt = now.plus(LIFETIME);
            if (row.expiresAt().isBefore(expiresAt.minus(PROLONGED_AFTER))) {
                jdbi.useExtension(SessionDao.class, dao -> dao.prolong(hash, expiresAt));
            }
            return new Session(new User(row.userId(), row.userName()), csrf(token), expiresAt);
        });
    }

    /** Ends the session; does nothing when there is none. */
    public void close(String token) {
        jdbi.useExtension(SessionDao.class, dao -> dao.delete(Users.sha256(token)));
    }

    /** Follows from the token, so that it need not be stored, and does not give the token away. */
    private static String csrf(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Users.sha256("csrf of " + token));
    }
}
