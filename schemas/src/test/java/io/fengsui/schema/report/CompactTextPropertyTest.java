package io.fengsui.schema.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.DisasterKind;
import io.fengsui.event.ReportPhase;
import io.fengsui.event.Severity;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Whatever is written is read as it was; whatever is read, nothing is thrown. */
class CompactTextPropertyTest {

    @Property
    void shouldReadWhatItWrites(@ForAll("reports") CompactReport report, @ForAll boolean exercise) {
        assertThat(CompactText.read(CompactText.write(exercise, null, report)))
                .isEqualTo(new CompactText.Whole(exercise, null, report));
        assertThat(CompactText.read(CompactText.write(exercise, "x9", report)))
                .isEqualTo(new CompactText.Whole(exercise, "x9", report));
    }

    @Property
    void shouldReadThePartsOfWhatItWritesWhenTheyAreJoined(@ForAll("reports") CompactReport report) {
        if (ReportMark.bytes(CompactText.write(false, null, report)) < 60) {
            return;
        }
        List<CompactText.Fragment> parts = CompactText.writeParts(false, "Q1", report, 40).stream()
                .map(text -> (CompactText.Fragment) CompactText.read(text))
                .toList();

        assertThat(parts).extracting(CompactText.Fragment::part).isSorted().doesNotHaveDuplicates();
        String body = parts.stream().map(CompactText.Fragment::slice).collect(Collectors.joining());
        assertThat(CompactText.read(CompactText.joined(false, "Q1", body)))
                .isEqualTo(new CompactText.Whole(false, "Q1", report));
    }

    @Property
    void shouldThrowForNoText(@ForAll String tail, @ForAll("reports") CompactReport report, @ForAll int at) {
        String text = CompactText.write(false, null, report);
        int cut = Math.floorMod(at, text.length());
        assertThat(CompactText.read(tail)).isNotNull();
        assertThat(CompactText.read("灾1" + tail)).isNotNull();
        assertThat(CompactText.read(text.substring(0, cut) + tail + text.substring(cut)))
                .isNotNull();
    }

    @Provide
    Arbitrary<CompactReport> reports() {
        StringArbitrary hanzi = Arbitraries.strings().withCharRange('一', '龥');
        Arbitrary<String> code = Arbitraries.of(6, 9, 12)
                .flatMap(n -> Arbitraries.strings().numeric().ofLength(n));
        Arbitrary<ReportTime> time = Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(1, 28),
                        Arbitraries.integers().between(0, 23),
                        Arbitraries.integers().between(0, 59))
                .as((month, day, hour, minute) -> new ReportTime(MonthDay.of(month, day), LocalTime.of(hour, minute)));
        return Combinators.combine(
                        known(ReportPhase.values(), "UNKNOWN"),
                        known(DisasterKind.values(), "UNKNOWN"),
                        Arbitraries.of(Severity.values()),
                        Arbitraries.maps(
                                Arbitraries.of(Figure.values()),
                                Arbitraries.integers().between(0, Figure.MAX)),
                        code.injectNull(0.3),
                        hanzi.ofMinLength(1).ofMaxLength(40).injectNull(0.3),
                        time.injectNull(0.3),
                        Arbitraries.strings()
                                .withCharRange('!', '~')
                                .withCharRange('一', '龥')
                                .ofMinLength(1)
                                .ofMaxLength(40)
                                .injectNull(0.3))
                .as(CompactReport::new);
    }

    private static <E extends Enum<E>> Arbitrary<E> known(E[] symbols, String unknown) {
        return Arbitraries.of(symbols).filter(symbol -> !symbol.name().equals(unknown));
    }
}
