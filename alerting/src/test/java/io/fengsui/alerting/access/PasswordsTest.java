package io.fengsui.alerting.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordsTest {

    @Test
    void shouldMatchThePasswordAlone() {
        String hash = Passwords.hash("值班室的长密码 2026");

        assertThat(Passwords.isHash(hash)).isTrue();
        assertThat(Passwords.match(hash, "值班室的长密码 2026")).isTrue();
        assertThat(Passwords.match(hash, "值班室的长密码 2027")).isFalse();
        assertThat(Passwords.match(hash, "")).isFalse();
        assertThat(Passwords.match(null, "")).isFalse();
        assertThat(Passwords.match(null, "-")).isFalse();
    }

    @Test
    void shouldNotTakeALongPasswordForItsBeginning() {
        String longest = "x".repeat(72);
        String hash = Passwords.hash(longest);

        assertThat(Passwords.match(hash, longest)).isTrue();
        assertThat(Passwords.match(hash, longest + "y")).isFalse();
        assertThat(Passwords.problem(longest + "y")).isPresent();
        assertThat(Passwords.problem("长".repeat(25))).isPresent();
    }

    @Test
    void shouldAskForTwelveCharacters() {
        assertThat(Passwords.problem("12345678901")).isPresent();
        assertThat(Passwords.problem("123456789012")).isEmpty();
        assertThat(Passwords.problem(Passwords.random())).isEmpty();
    }

    /** Not by the clock, which a busy machine makes lie: the same number of hashes, of the same cost. */
    @Test
    void shouldKeepHashesOfTheCostThatNobodysHas() {
        assertThat(Passwords.hash("a long password")).startsWith("$2a$" + Passwords.COST + "$");
        assertThat(Passwords.isHash("$2a$04$" + "a".repeat(53))).isFalse();
        assertThat(Passwords.isHash("$2y$12$" + "a".repeat(53))).isTrue();
    }
}
