package io.tidegate.scheduler.alert.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.Finding;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.NotFoundException;
import io.tidegate.scheduler.audit.Act;
import io.tidegate.scheduler.audit.Audit;
import io.tidegate.scheduler.datasource.SecretKey;
import io.tidegate.scheduler.datasource.SecretUnreadableException;
import io.tidegate.scheduler.user.UserId;
import io.tidegate.scheduler.workspace.WorkspaceId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The alert channels of a workspace. Secrets go in and never come out but to be sent. */
public final class AlertChannels {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _.-]{0,59}");
    private static final int CHANNELS_MAX = 200;

    private final Jdbi jdbi;
    private final SecretKey key;
    private final ChannelSender sender;
    private final Checker checker;
    private final Audit audit;
    private final InstantSource clock;
    private final ObjectMapper json = new ObjectMapper();

    public AlertChannels(
            Jdbi jdbi, SecretKey key, ChannelSender sender, Checker checker, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.key = key;
        this.sender = sender;
        this.checker = checker;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What channels are checked against.
     *
     * @param mailServer of the server's configuration; null when there is none
     */
    public record Checker(AddressGuard guard, @Nullable SmtpServer mailServer) {}

    /** What came of a test. */
    public record TestResult(boolean delivered, String answer, long milliseconds) {}

    /**
     * Makes a channel. Nothing is sent.
     *
     * @throws InvalidInputException when a field is missing, malformed or leads to where channels may not go
     * @throws ConflictException when the name is taken in this workspace
     */
    public AlertChannel create(WorkspaceId workspace, String name, ChannelType type, ChannelConfig config, UserId by) {
        StoredChannel stored = checked(name, type, config, StoredChannel.NOTHING);
        return jdbi.inTransaction(handle -> {
            AlertChannelDao dao = handle.attach(AlertChannelDao.class);
            if (dao.count(workspace) >= CHANNELS_MAX) {
                throw new ConflictException("This workspace has 200 alert channels already. Delete one first.");
            }
            AlertChannelId id = dao.newId();
            int made = dao.insert(
                    id,
                    workspace,
                    name,
                    type,
                    stored.config(),
                    encrypted(id, stored),
                    List.copyOf(stored.secrets().keySet()),
                    key.id(),
                    clock.instant());
            if (made == 0) {
                throw taken(name);
            }
            audit.record(
                    handle, act(by, "alert_channel.create", workspace, name).with("type", type));
            return view(find(dao, id));
        });
    }

    /**
     * Replaces a channel's name and settings; its type stays.
     *
     * @param config a secret that is null keeps its stored value while it goes to the same place
     * @throws InvalidInputException as {@link #create}
     */
    public AlertChannel update(AlertChannelId id, String name, ChannelConfig config, UserId by) {
        return jdbi.inTransaction(handle -> {
            AlertChannelDao dao = handle.attach(AlertChannelDao.class);
            AlertChannelDao.Row row = dao.findAndLock(id).orElseThrow(() -> notFound(id));
            StoredChannel stored = checked(name, row.type(), config, decrypt(row));
            if (dao.nameTaken(row.workspaceId(), name, id)) {
                throw taken(name);
            }
            dao.update(
                    id,
                    name,
                    stored.config(),
                    encrypted(id, stored),
                    List.copyOf(stored.secrets().keySet()),
                    key.id(),
                    clock.instant());
            audit.record(handle, act(by, "alert_channel.update", row.workspaceId(), name));
            return view(find(dao, id));
        });
    }

    /**
     * Deletes a channel; what waits to be sent through it is given up.
     *
     * @throws ConflictException when a rule sends to it
     */
    public void delete(AlertChannelId id, UserId by) {
        jdbi.useTransaction(handle -> {
            AlertChannelDao dao = handle.attach(AlertChannelDao.class);
            AlertChannelDao.Row row = dao.findAndLock(id).orElseThrow(() -> notFound(id));
            List<String> rules = dao.rulesOf(id);
            if (!rules.isEmpty()) {
                throw new ConflictException("Rules send to channel " + row.name() + ": " + String.join(", ", rules)
                        + ". Take it out of them first.");
            }
            int givenUp = dao.giveUpWaiting(id, clock.instant());
            dao.delete(id);
            audit.record(
                    handle,
                    act(by, "alert_channel.delete", row.workspaceId(), row.name())
                            .with("messagesGivenUp", givenUp));
        });
    }

    /** All of a workspace, by name. */
    public List<AlertChannel> list(WorkspaceId workspace) {
        return jdbi.withExtension(
                AlertChannelDao.class,
                dao -> dao.ofWorkspace(workspace).stream()
                        .map(AlertChannels::view)
                        .toList());
    }

    /** @throws NotFoundException when there is no such channel */
    public AlertChannel get(AlertChannelId id) {
        return view(jdbi.withExtension(AlertChannelDao.class, dao -> find(dao, id)));
    }

    /**
     * Sends a test message now. A failure is an answer; a success lets waiting alerts go on.
     *
     * @throws NotFoundException when there is no such channel
     * @throws SecretUnreadableException when its secrets were stored under another key
     */
    public TestResult test(AlertChannelId id, UserId by) {
        AlertChannelDao.Row row = jdbi.withExtension(AlertChannelDao.class, dao -> find(dao, id));
        Message message = new Message(
                UUID.randomUUID().toString(),
                "Test of channel " + PlainText.line(row.name(), 100),
                "This is a test message of Tidegate. Nothing has happened, and nothing is to be done.",
                List.of());
        long begun = System.nanoTime();
        SendAnswer answer = sender.send(decrypt(row).target(row.type()), message);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        jdbi.useTransaction(handle -> {
            if (answer.delivered()) {
                handle.attach(AlertChannelDao.class).gotThrough(id);
            }
            audit.record(
                    handle,
                    act(by, "alert_channel.test", row.workspaceId(), row.name()).with("delivered", answer.delivered()));
        });
        return new TestResult(answer.delivered(), answer.text(), took);
    }

    /** Sends a message through a channel, for the duty that delivers, which then {@linkplain #note notes} the answer. */
    public SendAnswer send(AlertChannelId id, Message message) {
        AlertChannelDao.Row row = jdbi.withExtension(AlertChannelDao.class, dao -> find(dao, id));
        try {
            return sender.send(decrypt(row).target(row.type()), message);
        } catch (SecretUnreadableException e) {
            return SendAnswer.refused(String.valueOf(e.getMessage()));
        }
    }

    /** Notes in the caller's transaction how a channel fared. One that fails is left alone for a while, longer each time. */
    public void note(Handle handle, AlertChannelId id, SendAnswer answer) {
        AlertChannelDao dao = handle.attach(AlertChannelDao.class);
        if (answer.delivered()) {
            dao.gotThrough(id);
        } else {
            dao.failed(id, answer.text(), clock.instant());
        }
    }

    private StoredChannel checked(String name, ChannelType type, ChannelConfig config, StoredChannel before) {
        List<Finding> findings = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            findings.add(Finding.error(
                    "/name",
                    "The name is not usable.",
                    "Begin with a letter or digit; use those, spaces, '_', '.' and '-', at most 60 of them."));
        }
        StoredChannel stored = StoredChannel.of(config, before);
        findings.addAll(new ChannelChecks(checker.guard(), checker.mailServer()).of(type, config, stored.target(type)));
        if (Finding.anyBlocks(findings)) {
            throw new InvalidInputException(findings);
        }
        return stored;
    }

    private byte[] encrypted(AlertChannelId id, StoredChannel stored) {
        try {
            return key.encrypt(json.writeValueAsString(stored.secrets()), context(id));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of texts always becomes JSON");
        }
    }

    private StoredChannel decrypt(AlertChannelDao.Row row) {
        String text = key.decrypt(row.secrets(), row.keyId(), context(row.id()));
        try {
            return new StoredChannel(row.config(), json.readValue(text, new TypeReference<Map<String, String>>() {}));
        } catch (JsonProcessingException e) {
            // Not as a cause: Jackson's message quotes its input.
            throw new IllegalStateException("The decrypted secrets of " + context(row.id()) + " are not JSON");
        }
    }

    private static String context(AlertChannelId id) {
        return "alert_channel/" + id.value();
    }

    private static AlertChannelDao.Row find(AlertChannelDao dao, AlertChannelId id) {
        return dao.find(id).orElseThrow(() -> notFound(id));
    }

    private static NotFoundException notFound(AlertChannelId id) {
        return new NotFoundException("alert channel", id);
    }

    private static ConflictException taken(String name) {
        return new ConflictException("This workspace has an alert channel " + name + " already.");
    }

    private static Act act(UserId by, String action, WorkspaceId workspace, String name) {
        return Act.by(by, action, "alert channel " + name).in(workspace);
    }

    private static AlertChannel view(AlertChannelDao.Row row) {
        return new AlertChannel(
                row.id(),
                row.workspaceId(),
                row.name(),
                row.type(),
                StoredChannel.view(row.type(), row.config(), new HashSet<>(row.secretFields())),
                row.failingSince(),
                row.failures(),
                row.lastFailure(),
                row.createdAt(),
                row.updatedAt());
    }
}
