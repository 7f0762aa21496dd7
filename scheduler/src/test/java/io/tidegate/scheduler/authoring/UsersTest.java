package io.tidegate.scheduler.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.scheduler.ConflictException;
import io.tidegate.scheduler.InvalidInputException;
import io.tidegate.scheduler.user.LoginThrottledException;
import io.tidegate.scheduler.user.SessionToken;
import io.tidegate.scheduler.user.User;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsersTest {
    private static final String PASSWORD = "correct horse battery";
    private Authoring given = new Authoring();

    @BeforeAll
    void start() {
        given.users.create("anna", PASSWORD, given.admin);
    }

    @AfterAll
    void stop() {
        given.close();
    }

    @Test
    void the_first_admin_gets_a_password_once_and_can_log_in_with_it() {
        assertThat(given.users.createFirstAdmin("")).isEmpty();
        assertThat(given.adminPassword).hasSizeGreaterThanOrEqualTo(24);
        assertThat(given.users.authenticate("admin", given.adminPassword))
                .map(User::name)
                .contains("admin");
    }

    @Test
    void a_name_logs_in_whatever_the_case_of_its_letters_and_a_wrong_password_does_not() {
        assertThat(given.users.authenticate("Anna", PASSWORD)).map(User::name).contains("anna");
        assertThat(given.users.authenticate("anna", "correct horse battery!")).isEmpty();
        assertThat(given.users.authenticate("anna", "x".repeat(100_000))).isEmpty();
        assertThat(given.users.authenticate("nobody", PASSWORD)).isEmpty();
    }

    @Test
    void after_five_failures_even_the_right_password_has_to_wait_whether_or_not_the_user_exists() {
        given.users.create("berta", PASSWORD, given.admin);
        for (String name : new String[] {"berta", "ghost"}) {
            for (int i = 0; i < 6; i++) {
                given.clock.advance(Duration.ofSeconds(2));
                assertThat(given.users.authenticate(name, "wrong")).isEmpty();
            }
            assertThatThrownBy(() -> given.users.authenticate(name, PASSWORD))
                    .isInstanceOf(LoginThrottledException.class)
                    .hasMessage("Too many failed logins for this name. Try again in 2 seconds.");
        }
        given.clock.advance(Duration.ofSeconds(2));
        assertThat(given.users.authenticate("berta", PASSWORD)).isPresent();
        assertThat(given.users.authenticate("berta", "wrong")).isEmpty();
        assertThat(given.users.authenticate("berta", PASSWORD)).isPresent();
    }

    @Test
    void passwords_are_stored_as_argon2id_only() {
        String stored = given.jdbi.withHandle(
                handle -> handle.createQuery("SELECT password_hash FROM user_account WHERE name = 'anna'")
                        .mapTo(String.class)
                        .one());

        assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    }

    @Test
    void names_are_taken_once_and_short_passwords_refused_with_a_cure() {
        assertThatThrownBy(() -> given.users.create("ANNA", PASSWORD, given.admin))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> given.users.create("carl", "short", given.admin))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.findings()).singleElement().satisfies(finding -> {
                            assertThat(finding.field()).isEqualTo("/password");
                            assertThat(finding.cure()).contains("12");
                        }));
    }

    @Test
    void a_session_slides_while_it_is_used_and_ends_twelve_hours_after() {
        User anna = given.users.find("anna").orElseThrow();
        SessionToken token = given.sessions.open(anna);

        given.clock.advance(Duration.ofHours(11));
        assertThat(given.sessions.find(token.token())).hasValueSatisfying(session -> {
            assertThat(session.user()).isEqualTo(anna);
            assertThat(session.csrf()).isEqualTo(token.csrf()).isNotEqualTo(token.token());
        });
        given.clock.advance(Duration.ofHours(11));
        assertThat(given.sessions.find(token.token())).isPresent();
        given.clock.advance(Duration.ofHours(12));
        assertThat(given.sessions.find(token.token())).isEmpty();
    }

    @Test
    void a_closed_session_is_gone_and_each_login_has_its_own_token() {
        User anna = given.users.find("anna").orElseThrow();
        SessionToken first = given.sessions.open(anna);
        SessionToken second = given.sessions.open(anna);

        given.sessions.close(first.token());

        assertThat(first.token()).isNotEqualTo(second.token());
        assertThat(given.sessions.find(first.token())).isEmpty();
        assertThat(given.sessions.find(second.token())).isPresent();
        assertThat(first).hasToString("SessionToken[hidden]");
    }
}
