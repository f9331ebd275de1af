package io.fengsui.alerting.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.AlertState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@link Transition} to the diagram above it. */
class TransitionDiagramTest {
    private static final Set<AlertState> OPEN =
            EnumSet.of(AlertState.UNKNOWN, AlertState.FIRING, AlertState.ACKNOWLEDGED);
    private static final Set<AlertState> ENDED = EnumSet.of(AlertState.RESOLVED, AlertState.CANCELLED);

    private final String diagram = diagram();

    @Test
    void shouldDrawEveryTransitionAndNoOther() {
        Set<String> drawn = Pattern.compile("[A-Z][A-Z_]+")
                .matcher(diagram)
                .results()
                .map(match -> match.group())
                .collect(Collectors.toSet());

        assertThat(drawn)
                .containsAll(Arrays.stream(Transition.values()).map(Enum::name).toList())
                .isSubsetOf(Stream.concat(
                                Arrays.stream(Transition.values()).map(Enum::name),
                                Arrays.stream(AlertState.values()).map(Enum::name))
                        .toList());
    }

    @Test
    void shouldLeadWhereTheArrowsLead() {
        arrow(List.of(Transition.RAISED), Set.of(), true, AlertState.FIRING);
        arrow(List.of(Transition.RAISED_AGAIN, Transition.FLAPPED), ENDED, false, AlertState.FIRING);
        arrow(
                List.of(Transition.ACKNOWLEDGED),
                EnumSet.of(AlertState.UNKNOWN, AlertState.FIRING),
                false,
                AlertState.ACKNOWLEDGED);
        arrow(List.of(Transition.CLEARED, Transition.CALMED, Transition.RESOLVED), OPEN, false, AlertState.RESOLVED);
        arrow(List.of(Transition.CANCELLED), OPEN, false, AlertState.CANCELLED);
    }

    @Test
    void shouldDoWhatTheSentencesSay() {
        arrow(named("(.*) lead to FIRING"), OPEN, false, AlertState.FIRING);
        for (Transition stays : named("(.*) stay in FIRING or ACKNOWLEDGED")) {
            stays(stays, OPEN);
        }
        for (Transition stays : named("(.*) stay where they are, anywhere")) {
            stays(stays, EnumSet.allOf(AlertState.class));
        }
    }

    private static void stays(Transition transition, Set<AlertState> where) {
        for (AlertState state : AlertState.values()) {
            assertThat(transition.follows(state))
                    .as("%s in %s", transition, state)
                    .isEqualTo(where.contains(state));
            if (where.contains(state)) {
                assertThat(transition.after(state)).isEqualTo(state);
            }
        }
        assertThat(transition.follows(null)).isFalse();
    }

    private static void arrow(List<Transition> transitions, Set<AlertState> from, boolean first, AlertState to) {
        for (Transition transition : transitions) {
            assertThat(transition.follows(null)).as("%s first", transition).isEqualTo(first);
            for (AlertState state : AlertState.values()) {
                assertThat(transition.follows(state))
                        .as("%s from %s", transition, state)
                        .isEqualTo(from.contains(state));
                if (from.contains(state)) {
                    assertThat(transition.after(state)).isEqualTo(to);
                }
            }
            if (first) {
                assertThat(transition.after(null)).isEqualTo(to);
            }
        }
    }

    /** The transitions of one of the sentences below the picture. */
    private List<Transition> named(String sentence) {
        Matcher matcher = Pattern.compile(sentence)
                .matcher(diagram.substring(diagram.indexOf("UPDATED, "))
                        .replaceAll("\\s+", " ")
                        .replace("; ", ";\n"));
        assertThat(matcher.find()).as(sentence).isTrue();
        return Arrays.stream(matcher.group(1).split(", | and "))
                .map(name -> Transition.valueOf(name.strip()))
                .toList();
    }

    private static String diagram() {
        try {
            String source = Files.readString(Path.of("src/main/java/io/fengsui/alerting/lifecycle/Transition.java"));
            return source.substring(source.indexOf("<pre>"), source.indexOf("</pre>"))
                    .replaceAll("(?m)^ \\*", "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
