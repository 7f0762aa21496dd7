package io.tidegate.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.alert.Alert;
import io.tidegate.scheduler.alert.AlertCondition;
import io.tidegate.scheduler.alert.AlertDelivery;
import io.tidegate.scheduler.alert.DeliverAlerts;
import io.tidegate.scheduler.alert.DeliveryState;
import io.tidegate.scheduler.alert.HeldBecause;
import io.tidegate.scheduler.alert.MessageText;
import io.tidegate.scheduler.alert.channel.AddressGuard;
import io.tidegate.scheduler.alert.channel.AlertChannel;
import io.tidegate.scheduler.alert.channel.ChannelType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertDeliveryTest {
    private final AlertWorld world = new AlertWorld().hourlyNode();

    @AfterEach
    void close() {
        world.close();
    }

    /** Raises what happened and sends what is due. */
    private void tick() {
        world.events.tick();
        world.delivery.tick();
    }

    private void tickAfter(Duration pause) {
        world.world.clock.advance(pause);
        tick();
    }

    private Alert first() {
        return world.raised().get(0);
    }

    @Test
    void a_program_gets_all_that_is_known_with_a_signature_and_an_id() throws Exception {
        world.rule(
                new AlertCondition.Failed(), world.hook("ops", ChannelType.WEBHOOK, "/in?token=geheimnis", "s3cret"));
        long instance = world.fails("10:00", false).value();
        tick();
        tick();

        assertThat(world.post.received).hasSize(1);
        AlertPost.Received received = world.post.last();
        JsonNode body = received.json();
        assertThat(received.uri()).isEqualTo("/in?token=geheimnis");
        assertThat(received.headers())
                .containsEntry("idempotency-key", body.path("id").asText());
        assertThat(body.path("title").asText()).isEqualTo("orders failed, and no attempt follows");
        assertThat(body.at("/alerts/0/instance").asLong()).isEqualTo(instance);
        assertThat(body.at("/alerts/0/attempt").asInt()).isEqualTo(1);
        assertThat(body.at("/alerts/0/raisedAt").asText()).isEqualTo("2022-11-22T02:00:00Z");
        assertThat(body.at("/alerts/0/link").asText())
                .isEqualTo("https://tidegate.example.com/w/shop/ops/instances/" + instance + "?environment=PROD");
        assertThat(body.path("text").asText())
                .contains("What to do: Look at the attempt's log")
                .contains("Rule: FAILED");

        String[] signature = Objects.requireNonNull(received.headers().get("x-tidegate-signature"))
                .split(",v1=");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed = signature[0].substring(2) + "." + received.body();
        assertThat(signature[1])
                .isEqualTo(HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        assertThat(first().delivered()).isEqualTo(1);
    }

    @Test
    void what_is_refused_is_tried_again_later_and_later_with_the_same_id_and_no_secret_in_the_record() {
        AlertChannel channel = world.hook("ops", ChannelType.DINGTALK, "/in?access_token=geheimnis1", "SECsecret");
        world.rule(new AlertCondition.Failed(), channel);
        world.post.answers(500, "no {uri} SECsecret geheimnis1");
        world.fails("10:00", false);
        tick();
        tickAfter(Duration.ofSeconds(14));
        assertThat(world.post.received).hasSize(1);
        tickAfter(Duration.ofSeconds(1));
        tickAfter(Duration.ofSeconds(29));
        assertThat(world.post.received).hasSize(2);
        assertThat(world.channels.get(channel.id()).failingSince()).isNotNull();
        assertThat(world.channels.get(channel.id()).failures()).isEqualTo(2);

        world.post.answers(200, "{\"errcode\":0}");
        tickAfter(Duration.ofSeconds(1));

        assertThat(world.post.received)
                .extracting(r -> r.headers().get("idempotency-key"))
                .hasSize(3)
                .containsOnly(world.post.last().headers().get("idempotency-key"));
        AlertDelivery delivery = world.onlyDelivery(first());
        assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(delivery.tries()).extracting(AlertDelivery.Try::delivered).containsExactly(false, false, true);
        assertThat(delivery.tries().get(0).answer())
                .startsWith("HTTP 500. no ")
                .doesNotContain("geheimnis1", "SECsecret");
        assertThat(world.channels.get(channel.id()).failingSince()).isNull();
        assertThat(world.channels.get(channel.id()).lastFailure()).isNull();
    }

    @Test
    void a_channel_that_fails_for_a_day_is_shown_as_such_holds_up_no_other_and_what_waits_is_given_up() {
        AlertChannel dead = world.channels.create(
                world.world.workspace.id(),
                "dead",
                ChannelType.SLACK,
                new io.tidegate.scheduler.alert.channel.ChannelConfig.Hook("http://127.0.0.1:1/in", null),
                world.world.anna);
        world.rule(new AlertCondition.Failed(), dead, world.hook("alive"));
        world.fails("10:00", false);
        tick();
        assertThat(world.post.received).hasSize(1);
        for (int i = 0; i < 10; i++) {
            tickAfter(Duration.ofMinutes(16));
        }
        AlertChannel failing = world.channels.get(dead.id());
        assertThat(failing.failures()).isEqualTo(11);
        assertThat(failing.failingSince()).isEqualTo(WorldClock.local("2022-11-22T10:00"));
        assertThat(failing.lastFailure()).startsWith("Not sent: ");

        tickAfter(Duration.ofHours(25));

        assertThat(world.alerts.deliveries(first().id()))
                .extracting(AlertDelivery::state)
                .containsExactlyInAnyOrder(DeliveryState.GIVEN_UP, DeliveryState.DELIVERED);
        assertThat(world.post.received).hasSize(1);
    }

    @Test
    void a_server_that_dies_while_it_sends_leaves_a_try_without_answer_and_another_one_sends() {
        world.rule(new AlertCondition.Failed(), world.hook("ops"));
        world.fails("10:00", false);
        world.events.tick();
        // Claims and never comes to send, as kill -9 would have it.
        DeliverAlerts killed = new DeliverAlerts(
                world.world.jdbi,
                world.channels,
                new MessageText(null),
                run -> {
                    throw new OutOfMemoryError("killed");
                },
                world.world.clock);
        assertThatThrownBy(killed::tick).isInstanceOf(OutOfMemoryError.class);

        world.delivery.tick();
        assertThat(world.post.received).as("the lease still holds").isEmpty();
        world.world.clock.advance(Duration.ofMinutes(2));
        world.delivery.tick();

        assertThat(world.post.received).hasSize(1);
        assertThat(world.onlyDelivery(first()).tries())
                .extracting(AlertDelivery.Try::delivered)
                .containsExactly(null, true);
    }

    @Test
    void of_several_servers_that_send_at_once_each_message_is_sent_by_one() {
        world.rule(new AlertCondition.Failed(), world.hook("a"), world.hook("b"), world.hook("c"));
        IntStream.range(0, 6).forEach(i -> world.world.runner.nextFails(false));
        world.runs("15:00");
        world.events.tick();

        List<CompletableFuture<Integer>> servers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(world.delivery::tick))
                .toList();
        servers.forEach(CompletableFuture::join);
        world.delivery.tick();

        assertThat(world.post.received)
                .extracting(r -> r.headers().get("idempotency-key"))
                .hasSize(18)
                .doesNotHaveDuplicates();
    }

    @Test
    void what_falls_into_quiet_hours_comes_in_one_summary_when_they_are_over() {
        world.quiet("22:00", "07:00").rule(new AlertCondition.Failed(), world.hook("ops"));
        world.fails("21:00", false);
        tick();
        assertThat(world.post.received).hasSize(1);
        world.fails("22:00", false);
        tick();
        world.fails("23:00", false);
        tick();
        assertThat(world.post.received).hasSize(1);
        assertThat(world.onlyDelivery(world.raised().get(1)).held()).isEqualTo(HeldBecause.QUIET_HOURS);

        world.world.clock.setLocal("2022-11-23T06:59");
        world.delivery.tick();
        assertThat(world.post.received).hasSize(1);
        world.world.clock.setLocal("2022-11-23T07:00");
        world.delivery.tick();

        assertThat(world.post.received).hasSize(2);
        JsonNode summary = world.post.last().json();
        assertThat(summary.path("title").asText()).isEqualTo("2 alerts of rule FAILED");
        assertThat(summary.path("alerts")).hasSize(2);
        assertThat(summary.path("text").asText())
                .contains("quiet hours")
                .contains("2022-11-22 22:00  orders failed")
                .contains("2022-11-22 23:00  orders failed");
    }

    @Test
    void what_goes_beyond_the_limit_comes_in_one_summary_when_the_hour_is_over() {
        world.limits(2, false).rule(new AlertCondition.Failed(), world.hook("ops"));
        IntStream.range(0, 5).forEach(i -> world.world.runner.nextFails(false));
        world.runs("14:00");
        tick();
        assertThat(world.raised()).hasSize(5);
        assertThat(world.post.received).hasSize(2);
        assertThat(world.onlyDelivery(world.raised().get(4)).held()).isEqualTo(HeldBecause.LIMIT);
        assertThat(world.onlyDelivery(world.raised().get(4)).alerts()).isEqualTo(3);

        tickAfter(Duration.ofMinutes(59));
        assertThat(world.post.received).hasSize(2);
        tickAfter(Duration.ofMinutes(1));

        assertThat(world.post.received).hasSize(3);
        assertThat(world.post.last().json().path("title").asText()).isEqualTo("3 alerts of rule FAILED");
        assertThat(world.raised()).allMatch(alert -> alert.delivered() == 1);
    }

    @Test
    void what_the_servers_slept_through_is_sent_when_they_wake() {
        world.quiet("09:00", "11:00").rule(new AlertCondition.Failed(), world.hook("ops"));
        world.fails("10:00", false);
        world.events.tick();
        world.world.clock.advance(Duration.ofDays(3));
        world.delivery.tick();

        assertThat(world.post.received).hasSize(1);
        assertThat(world.post.last().json().path("text").asText())
                .contains("Raised 2022-11-22 10:00 and held back until the quiet hours were over.");
    }

    @Test
    void redirects_are_not_followed_and_addresses_that_became_private_are_not_reached() {
        AlertChannel channel = world.hook("ops");
        world.post.answersWith("Location", world.post.url("/elsewhere")).answers(302, "");

        var redirected = world.channels.test(channel.id(), world.world.anna);
        assertThat(redirected.delivered()).isFalse();
        assertThat(redirected.answer()).isEqualTo("HTTP 302, a redirect, which is not followed.");
        assertThat(world.post.received).hasSize(1);

        // The same channel on a server that does not allow its address any more.
        var strict = world.channels(null, new AddressGuard(List.of()));
        assertThat(strict.test(channel.id(), world.world.anna).answer()).contains("private network");
        assertThat(world.post.received).hasSize(1);
    }

    @Test
    void a_channel_that_goes_takes_what_waits_for_it_along_but_not_while_rules_need_it() {
        AlertChannel channel = world.hook("ops");
        var rule = world.quiet("09:00", "11:00").rule(new AlertCondition.Failed(), channel);
        world.fails("10:00", false);
        world.events.tick();

        assertThatThrownBy(() -> world.channels.delete(channel.id(), world.world.anna))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("FAILED");
        world.rules.delete(rule.id(), world.world.anna);
        world.channels.delete(channel.id(), world.world.anna);
        world.world.clock.setLocal("2022-11-22T11:00");
        world.delivery.tick();

        assertThat(world.onlyDelivery(first()).state()).isEqualTo(DeliveryState.GIVEN_UP);
        assertThat(world.onlyDelivery(first()).channelName()).isEqualTo("ops");
        assertThat(world.post.received).isEmpty();
        assertThat(Objects.requireNonNull(world.onlyDelivery(first()).finishedAt()))
                .isEqualTo(WorldClock.local("2022-11-22T10:00"));
    }
}
