package io.fengsui.alerting.console.page;

import io.fengsui.alert.AlertDelivery;
import io.fengsui.alert.DeliveryOutcome;
import io.fengsui.alert.DeliveryStep;
import io.fengsui.alerting.console.page.AlertPage.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who outside of Kafka was told of an alert, in words. */
final class Tellings {
    private final Times times;
    private final List<Line> lines = new ArrayList<>();

    private record Line(Instant at, Told told) {}

    private Tellings(Times times) {
        this.times = times;
    }

    /** The newest first. */
    static List<Told> of(List<AlertDelivery> deliveries, Times times) {
        Tellings tellings = new Tellings(times);
        for (AlertDelivery last : deliveries) {
            tellings.add(
                    last.getReceiver(),
                    last.getRevision(),
                    last.getOutcome(),
                    last.getAt(),
                    last.getAttempts(),
                    last.getReason(),
                    last.getReference());
            for (DeliveryStep step : last.getEarlier()) {
                tellings.add(
                        last.getReceiver(),
                        step.getRevision(),
                        step.getOutcome(),
                        step.getAt(),
                        step.getAttempts(),
                        step.getReason(),
                        step.getReference());
            }
        }
        return tellings.lines.stream()
                .sorted(Comparator.comparing(Line::at).reversed())
                .map(Line::told)
                .toList();
    }

    private void add(
            String receiver,
            int revision,
            DeliveryOutcome outcome,
            Instant at,
            int attempts,
            @Nullable String reason,
            @Nullable String reference) {
        Words words = times.words();
        String detail = Stream.of(reason, reference)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
        lines.add(new Line(
                at,
                new Told(
                        receiver(receiver, words),
                        revision,
                        times.full(at),
                        times.ago(at),
                        words.of(TellingWord.valueOf(outcome.name())),
                        "told-" + outcome.name().toLowerCase(Locale.ROOT),
                        attempts > 1 ? words.of(TellingWord.TRIES, attempts) : "",
                        detail)));
    }

    /** People count from one. */
    static String receiver(String name, Words words) {
        int dash = name.lastIndexOf('-');
        String channel = dash < 0 ? name : name.substring(0, dash);
        String number = dash < 0 ? "" : name.substring(dash + 1);
        String counted = number.matches("\\d{1,4}") ? " " + (Integer.parseInt(number) + 1) : "";
        return switch (channel) {
            case "cap" -> words.of(TellingWord.CAP);
            case "cap-exercise" -> words.of(TellingWord.CAP_EXERCISE);
            case "webhook" -> words.of(TellingWord.WEBHOOK) + counted;
            case "alertmanager" -> words.of(TellingWord.ALERTMANAGER) + counted;
            case "alertmanager-exercise" -> words.of(TellingWord.ALERTMANAGER_EXERCISE) + counted;
            default -> name;
        };
    }
}
