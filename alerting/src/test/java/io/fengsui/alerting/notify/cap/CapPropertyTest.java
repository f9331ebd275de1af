package io.fengsui.alerting.notify.cap;

import static io.fengsui.alerting.testkit.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.CommandAction;
import io.fengsui.alerting.lifecycle.AlertLifecycle;
import io.fengsui.alerting.notify.Corrections;
import io.fengsui.alerting.notify.national.NationalXml;
import io.fengsui.alerting.testkit.Plans;
import io.fengsui.alerting.testkit.Samples;
import io.fengsui.event.Datum;
import io.fengsui.event.EventStatus;
import io.fengsui.event.GeoPoint;
import io.fengsui.event.Place;
import io.fengsui.event.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Element;

/** Whatever a vendor sends, a message is valid. */
class CapPropertyTest {
    private static final CapCheck CHECK = new CapCheck();
    private static final NationalXml NATIONAL =
            new NationalXml("32058341600000", "昆山", "Restricted", Map.of("dust-sensor", "12A01"));

    @Property(tries = 300)
    void shouldBeValidWhateverTheTexts(
            @ForAll("ugly") String id,
            @ForAll("ugly") String title,
            @ForAll("ugly") String name,
            @ForAll("ugly") String note,
            @ForAll Severity severity,
            @ForAll EventStatus status,
            @ForAll Datum datum,
            @ForAll double longitude,
            @ForAll double latitude) {
        MemoryCapLog log = new MemoryCapLog(() -> T0);
        CapMessages messages = new CapMessages(
                CapMessagesTest.SETTINGS,
                Optional.of(NATIONAL),
                unit -> Optional.empty(),
                new Corrections(figure -> Optional.empty()),
                alert -> Optional.empty());
        Alert alert = AlertLifecycle.apply(
                        null,
                        Samples.raise(T0)
                                .setAlertId(id)
                                .setRuleId(note)
                                .setSeverity(severity)
                                .setStatus(status)
                                .setExercise(name)
                                .setTitle(new AlertText(title, name))
                                .setExplanation(new AlertText(name, title))
                                .setRunbook(new AlertText(note, id))
                                .setSubject(Samples.subject(id)
                                        .setName(name)
                                        .setUnitIds(List.of(note))
                                        .setPlace(Place.newBuilder()
                                                .setSiteName(title)
                                                .setPoint(new GeoPoint(longitude, latitude, datum))
                                                .build())
                                        .build())
                                .build(),
                        T0)
                .changed()
                .orElseThrow();
        check(messages, log, alert);
        Alert revised = AlertLifecycle.apply(
                        alert,
                        Samples.command(CommandAction.REVISE, "r")
                                .setAlertId(id)
                                .setNote("因" + note.substring(0, Math.min(note.length(), 900)))
                                .setFigures(Map.of("deaths", "3"))
                                .build(),
                        Plans.plan(),
                        T0.plusSeconds(1))
                .changed()
                .orElseThrow();
        CapMessages named = new CapMessages(
                CapMessagesTest.SETTINGS,
                Optional.of(NATIONAL),
                unit -> Optional.empty(),
                new Corrections(figure -> Optional.of(new AlertText(title, name))),
                at -> Optional.empty());
        check(named, log, revised);
        Alert cancelled = Alert.newBuilder(AlertLifecycle.apply(
                                revised,
                                Samples.command(CommandAction.CANCEL, "c")
                                        .setAlertId(id)
                                        .setNote(note.substring(0, Math.min(note.length(), 900)))
                                        .build(),
                                T0.plusSeconds(2))
                        .changed()
                        .orElseThrow())
                .setIncidentId(title)
                .build();
        check(messages, log, cancelled);
    }

    private static void check(CapMessages messages, MemoryCapLog log, Alert alert) {
        var message = messages.next(alert, log.index()).orElseThrow();
        CHECK.validated(message.getCap().array());
        assertThat(message.getCap().remaining()).isLessThan(400_000);
        if (message.getNational() != null) {
            Element national = CapCheck.parsed(message.getNational().array());
            assertThat(CapCheck.text(national, "identifier")).matches("\\d{14}_\\d{14}_\\d");
        }
        assertThat(log.append(message)).isTrue();
    }

    @Provide
    Arbitrary<String> ugly() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(40),
                Arbitraries.strings().withCharRange('\0', '\u00A0').ofMaxLength(40),
                Arbitraries.strings().withCharRange('\uD800', '\uDFFF').ofMaxLength(40),
                Arbitraries.of(
                        "",
                        " ",
                        "]]>",
                        "<script>alert(1)</script>&amp;&#0;<!-- <![CDATA[",
                        "\r\n\u0085\u2028",
                        "\uFFFE\uFFFF\uD83D",
                        "\uD83D\uDE00".repeat(16_384),
                        "&<\uD800".repeat(16_384),
                        "汉".repeat(65_536)));
    }
}
