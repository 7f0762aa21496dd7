package io.tidegate.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final TestServer server = TestServer.start(WebSettings.DEFAULTS);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void the_right_password_opens_a_session_that_scripts_and_other_sites_do_not_get() {
        Browser.Answer answer = signIn("admin", server.password());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/user/name").asText()).isEqualTo("admin");
        assertThat(answer.json().path("csrfToken").asText()).hasSizeGreaterThan(20);
        assertThat(answer.header("Set-Cookie"))
                .startsWith("tidegate_session=")
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/")
                .doesNotContain("Secure");

        Browser browser = server.stranger().keep(answer);
        assertThat(browser.get("/api/v1/session").json()).isEqualTo(answer.json());
    }

    @Test
    void the_cookie_is_secure_behind_https() {
        try (TestServer https = TestServer.start(new WebSettings(true, 1))) {
            Browser.Answer answer = https.stranger()
                    .post("/api/v1/session", "{\"name\":\"admin\",\"password\":\"" + https.password() + "\"}");

            assertThat(answer.header("Set-Cookie")).contains("Secure");
            assertThat(answer.header("Strict-Transport-Security")).contains("max-age");
        }
    }

    @Test
    void a_wrong_password_and_an_unknown_name_look_the_same() {
        Browser.Answer wrong = signIn("admin", "not the password");
        Browser.Answer unknown = signIn("nobody", "not the password");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text()).isEqualTo(unknown.text());
        assertThat(wrong.header("Set-Cookie")).isEmpty();
    }

    @Test
    void signing_in_again_ends_the_session_the_browser_had() {
        Browser browser = server.admin();
        String before = browser.cookie();
        browser.signIn("admin", server.password());

        assertThat(browser.cookie()).isNotEqualTo(before);
        assertThat(server.stranger().withCookie(before).get("/api/v1/session").status())
                .isEqualTo(401);
        assertThat(browser.get("/api/v1/session").status()).isEqualTo(200);
    }

    @Test
    void a_cookie_that_the_browser_brought_is_never_made_a_session() {
        Browser fixated = server.stranger().withCookie("tidegate_session=chosen-by-an-attacker");
        fixated.signIn("admin", server.password());

        assertThat(fixated.cookie()).doesNotContain("chosen-by-an-attacker");
    }

    @Test
    void signing_out_ends_the_session() {
        Browser browser = server.admin();
        Browser.Answer answer = browser.send("DELETE", "/api/v1/session", null);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Set-Cookie")).contains("01 Jan 1970");
        assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
    }

    @Test
    void a_session_ends_when_it_is_not_used() {
        Browser browser = server.admin();
        server.clock().advance(Duration.ofHours(11));
        assertThat(browser.get("/api/v1/session").status()).isEqualTo(200);
        server.clock().advance(Duration.ofHours(13));
        assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
    }

    @Test
    void wrong_passwords_for_one_name_are_throttled_and_forgiven() {
        Browser.Answer last = signIn("admin", "wrong");
        for (int i = 0; i < 10 && last.status() != 429; i++) {
            last = signIn("admin", "wrong");
        }
        assertThat(last.status()).isEqualTo(429);
        assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
        assertThat(signIn("admin", server.password()).status()).isEqualTo(429);

        server.clock().advance(Duration.ofMinutes(16));
        assertThat(signIn("admin", server.password()).status()).isEqualTo(200);
    }

    @Test
    void one_password_on_many_names_is_throttled_by_address() {
        Browser.Answer last = signIn("user0", "summer2026");
        for (int i = 1; i < 40 && last.status() != 429; i++) {
            last = signIn("user" + i, "summer2026");
        }
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.json().path("detail").asText()).contains("address");

        server.clock().advance(Duration.ofMinutes(6));
        assertThat(signIn("admin", server.password()).status()).isEqualTo(200);
    }

    private Browser.Answer signIn(String name, String password) {
        return server.stranger()
                .post("/api/v1/session", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}");
    }
}
