package io.fengsui.standalone.drill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.standalone.drill.crash.WholeOutput.Kind;
import io.fengsui.standalone.drill.crash.WholeOutput.Told;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final List<Told> EXPECTED = List.of(
            event("cam-1", "a"), event("cam-2", "x"), event("cam-1", "b"), event("cam-1", "b"), signal("raise"));

    @Test
    void shouldFindNothingWhereOnlyDevicesInterleaveDifferently() {
        Comparison comparison = compare(
                signal("raise"), event("cam-1", "a"), event("cam-1", "b"), event("cam-1", "b"), event("cam-2", "x"));

        assertThat(comparison.same()).isTrue();
        assertThat(comparison.of(Kind.READERS).expected()).isEqualTo(4);
    }

    @Test
    void shouldFindWhatIsLost() {
        Comparison comparison = compare(event("cam-1", "a"), event("cam-2", "x"), event("cam-1", "b"));

        assertThat(comparison.same()).isFalse();
        assertThat(comparison.of(Kind.READERS).lost()).isEqualTo(1);
        assertThat(comparison.of(Kind.SIGNALS).lost()).isEqualTo(1);
        assertThat(comparison.examples()).hasSize(2).anyMatch(text -> text.contains("cam-1: b"));
    }

    @Test
    void shouldTellDoubledFromInvented() {
        Comparison comparison = compare(
                event("cam-1", "a"),
                event("cam-1", "a"),
                event("cam-1", "b"),
                event("cam-1", "b"),
                event("cam-2", "x"),
                event("cam-2", "y"),
                event("cam-3", "z"),
                signal("raise"));

        assertThat(comparison.of(Kind.READERS).doubled()).isEqualTo(1);
        assertThat(comparison.of(Kind.READERS).invented()).isEqualTo(2);
        assertThat(comparison.of(Kind.READERS).lost()).isZero();
        assertThat(comparison.same()).isFalse();
    }

    @Test
    void shouldFindAWrongOrderOfOneDevice() {
        Comparison comparison = compare(
                event("cam-1", "b"), event("cam-1", "a"), event("cam-1", "b"), event("cam-2", "x"), signal("raise"));

        assertThat(comparison.of(Kind.READERS).outOfOrder()).isEqualTo(1);
        assertThat(comparison.same()).isFalse();
    }

    @Test
    void shouldFindAccountsThatDiffer() {
        Comparison comparison = Comparison.of(
                EXPECTED,
                EXPECTED,
                Map.of("video LIVE", "routed 2", "dust LIVE", "routed 1"),
                Map.of("video LIVE", "routed 3"));

        assertThat(comparison.same()).isFalse();
        assertThat(comparison.accounts())
                .containsEntry("video LIVE", "routed 3; expected routed 2")
                .containsEntry("dust LIVE", "nothing; expected routed 1");
    }

    private static Comparison compare(Told... written) {
        return Comparison.of(EXPECTED, List.of(written), Map.of(), Map.of());
    }

    private static Told event(String device, String content) {
        return new Told(Kind.READERS, device, content);
    }

    private static Told signal(String content) {
        return new Told(Kind.SIGNALS, "rule@cam-1", content);
    }
}
