package io.tidegate.scheduler.user;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The people who may log in. */
public final class Users {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
    private static final int SHORTEST_PASSWORD = 12;
    private static final int LONGEST_PASSWORD = 1024;
    private static final int FREE_FAILURES = 5;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final Duration FAILURES_FORGOTTEN_AFTER = Duration.ofHours(1);

    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;
    private final PasswordHash hashes = new PasswordHash();

    public Users(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes the user {@code admin} when there is no user at all.
     *
     * @param password its password; empty for a random one
     * @return the password, this one time; empty when there are users already
     * @throws InvalidInputException when the password is too short or too long
     */
    public Optional<String> createFirstAdmin(String password) {
        return jdbi.inTransaction(handle -> {
            UserDao dao = handle.attach(UserDao.class);
            dao.lock();
            if (dao.anyExists()) {
                return Optional.empty();
            }
            String chosen = password.isEmpty() ? randomPassword() : password;
            checkPassword(chosen);
            dao.insert("admin", hashes.of(chosen), clock.instant());
            audit.record(handle, Act.bySystem("user.create", "user admin"));
            return Optional.of(chosen);
        });
    }

    /**
     * Makes a user.
     *
     * @throws InvalidInputException when the name or the password is not acceptable
     * @throws ConflictException when the name is taken
     */
    public User create(String name, String password, UserId by) {
        if (!NAME.matcher(name).matches()) {
            throw InvalidInputException.of(
                    "/name",
                    "User name '" + name + "' is not usable.",
                    "Begin with a letter; use letters, digits, '.', '_' and '-', at most 64 of them.");
        }
        checkPassword(password);
        String hash = hashes.of(password);
        return jdbi.inTransaction(handle -> {
            UserId id = handle.attach(UserDao.class)
                    .insert(name, hash, clock.instant())
                    .orElseThrow(() -> new ConflictException("There is a user " + name + " already."));
            audit.record(handle, Act.by(by, "user.create", "user " + name));
            return new User(id, name);
        });
    }

    private static String randomPassword() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static void checkPassword(String password) {
        if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
            throw InvalidInputException.of(
                    "/password",
                    "The password has " + password.length() + " characters.",
                    "Choose one of " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters.");
        }
    }

    /**
     * Whose name and password these are.
     *
     * @return empty when there is no such user or the password is wrong; which of the two is not told
     * @throws LoginThrottledException after several failures for this name, without looking at the password
     */
    public Optional<User> authenticate(String name, String password) {
        byte[] nameHash = sha256(name.toLowerCase(Locale.ROOT));
        Instant now = clock.instant();
        jdbi.withExtension(UserDao.class, dao -> dao.failures(nameHash)).ifPresent(f -> refuseWhileThrottled(f, now));
        Optional<UserDao.Credentials> found = password.length() > LONGEST_PASSWORD
                ? Optional.empty()
                : jdbi.withExtension(UserDao.class, dao -> dao.credentials(name));
        Optional<User> user = check(found, password);
        jdbi.useTransaction(handle -> writeDown(handle, nameHash, user, now));
        return user;
    }

    public User get(UserId id) {
        return jdbi.withExtension(UserDao.class, dao -> dao.find(id))
                .orElseThrow(() -> new NotFoundException("user", id));
    }

    public Optional<User> find(String name) {
        return jdbi.withExtension(UserDao.class, dao -> dao.findByName(name));
    }

    private Optional<User> check(Optional<UserDao.Credentials> found, String password) {
        if (found.isEmpty()) {
            hashes.compareWithNobody(password.length() > LONGEST_PASSWORD ? "" : password);
            return Optional.empty();
        }
        UserDao.Credentials stored = found.get();
        return hashes.matches(password, stored.passwordHash())
                ? Optional.of(new User(stored.id(), stored.name()))
                : Optional.empty();
    }

    private void writeDown(Handle handle, byte[] nameHash, Optional<User> user, Instant now) {
        UserDao dao = handle.attach(UserDao.class);
        if (user.isPresent()) {
            dao.clearFailures(nameHash);
            audit.record(
                    handle,
                    Act.by(user.get().id(), "user.login", "user " + user.get().name()));
        } else {
            Instant forgottenBefore = now.minus(FAILURES_FORGOTTEN_AFTER);
            dao.countFailure(nameHash, now, forgottenBefore);
            dao.forgetFailures(forgottenBefore);
        }
    }

    /** Five failures are free; then the wait doubles from one second up to a quarter of an hour. */
    private static void refuseWhileThrottled(UserDao.Failures known, Instant now) {
        int beyond = known.failures() - FREE_FAILURES;
        if (beyond < 0) {
            return;
        }
        Duration wait = Duration.ofSeconds(1L << Math.min(beyond, 20));
        Instant free = known.lastFailure().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        if (now.isBefore(free)) {
            throw new LoginThrottledException(Duration.between(now, free));
        }
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
