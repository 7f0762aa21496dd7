package io.tidegate.web.alert;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.tidegate.scheduler.alert.channel.AlertChannel;
import io.tidegate.scheduler.alert.channel.AlertChannelId;
import io.tidegate.scheduler.alert.channel.AlertChannels;
import io.tidegate.scheduler.alert.channel.ChannelConfig;
import io.tidegate.scheduler.alert.channel.ChannelType;
import io.tidegate.scheduler.alert.channel.ChannelView;
import io.tidegate.scheduler.alert.channel.SmtpSecurity;
import io.tidegate.scheduler.alert.channel.SmtpServer;
import io.tidegate.scheduler.workspace.WorkspaceId;
import io.tidegate.scheduler.workspace.Workspaces;
import io.tidegate.web.http.Caller;
import io.tidegate.web.http.Page;
import io.tidegate.web.http.RequestBody;
import io.tidegate.web.http.RequestParameters;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where alerts go. Secrets are taken and never given out. */
public final class AlertChannelResource {
    private final Workspaces workspaces;
    private final AlertChannels channels;
    private final RequestBody body;

    record CreateChannel(String name, ChannelType type, JsonNode config) {}

    record UpdateChannel(String name, JsonNode config) {}

    record EmailForm(List<String> to, @Nullable SmtpForm smtp) {}

    record SmtpForm(
            String host,
            int port,
            SmtpSecurity security,
            @Nullable String user,
            @Nullable String password,
            String from) {
        @Override
        public String toString() {
            return "SmtpForm[" + host + "]";
        }
    }

    record HookForm(@Nullable String url, @Nullable String secret) {
        @Override
        public String toString() {
            return "HookForm[hidden]";
        }
    }

    record ChannelAnswer(
            AlertChannelId id,
            String name,
            ChannelType type,
            ChannelView config,
            @Nullable Instant failingSince,
            int failures,
            @Nullable String lastFailure,
            Instant createdAt,
            Instant updatedAt) {
        static ChannelAnswer of(AlertChannel channel) {
            return new ChannelAnswer(
                    channel.id(),
                    channel.name(),
                    channel.type(),
                    channel.config(),
                    channel.failingSince(),
                    channel.failures(),
                    channel.lastFailure(),
                    channel.createdAt(),
                    channel.updatedAt());
        }
    }

    public AlertChannelResource(Workspaces workspaces, AlertChannels channels, RequestBody body) {
        this.workspaces = workspaces;
        this.channels = channels;
        this.body = body;
    }

    public void list(Context ctx) {
        ctx.json(Page.whole(channels.list(workspace(ctx)), ChannelAnswer::of));
    }

    public void create(Context ctx) {
        WorkspaceId workspace = workspace(ctx);
        CreateChannel wanted = body.read(ctx, CreateChannel.class);
        AlertChannel made = channels.create(
                workspace, wanted.name(), wanted.type(), config(wanted.type(), wanted.config()), Caller.id(ctx));
        ctx.status(201).json(ChannelAnswer.of(made));
    }

    public void get(Context ctx) {
        ctx.json(ChannelAnswer.of(channels.get(id(ctx))));
    }

    public void update(Context ctx) {
        AlertChannel before = channels.get(id(ctx));
        UpdateChannel wanted = body.read(ctx, UpdateChannel.class);
        ctx.json(ChannelAnswer.of(
                channels.update(before.id(), wanted.name(), config(before.type(), wanted.config()), Caller.id(ctx))));
    }

    public void delete(Context ctx) {
        channels.delete(id(ctx), Caller.id(ctx));
        ctx.status(204);
    }

    public void test(Context ctx) {
        ctx.json(channels.test(id(ctx), Caller.id(ctx)));
    }

    private ChannelConfig config(ChannelType type, JsonNode config) {
        if (type != ChannelType.EMAIL) {
            HookForm form = body.read(config, HookForm.class, "/config");
            return new ChannelConfig.Hook(form.url(), form.secret());
        }
        EmailForm form = body.read(config, EmailForm.class, "/config");
        SmtpForm smtp = form.smtp();
        return new ChannelConfig.Email(
                form.to(),
                smtp == null
                        ? null
                        : new SmtpServer(
                                smtp.host(), smtp.port(), smtp.security(), smtp.user(), smtp.password(), smtp.from()));
    }

    private WorkspaceId workspace(Context ctx) {
        return workspaces.get(ctx.pathParam("workspace")).id();
    }

    private static AlertChannelId id(Context ctx) {
        return new AlertChannelId(RequestParameters.of(ctx).id("alert channel"));
    }
}
