package io.fengsui.alerting.console;

import io.fengsui.alerting.readings.Readings;
import io.fengsui.alerting.readings.ReadingsUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A hopper that grows hot until it is raised, and was silent for a while; or what a test says. */
final class SampleReadings implements Readings {
    final List<Query> asked = new CopyOnWriteArrayList<>();
    volatile boolean away;
    volatile boolean empty;

    @Override
    public Found find(Query query) {
        asked.add(query);
        if (away) {
            throw new ReadingsUnavailableException("Kafka does not answer", new IllegalStateException());
        }
        if (empty) {
            return new Found("", query.from(), query.to(), List.of());
        }
        List<Reading> readings = new ArrayList<>();
        for (Instant at = query.from(); at.isBefore(query.to()); at = at.plusSeconds(30)) {
            double minutes = Duration.between(query.around(), at).toSeconds() / 60.0;
            if (minutes < -12 && minutes > -17) {
                continue;
            }
            double celsius = minutes < 0 ? 61 + minutes * 0.8 : 61 + Math.min(14, minutes * 1.6);
            List<Double> values = new ArrayList<>(List.of(celsius + Math.sin(minutes) * 0.4));
            while (values.size() < query.fields().size()) {
                values.add(values.size() == 1 ? 1_100 + minutes * 3 : Double.NaN);
            }
            readings.add(new Reading(at, List.copyOf(values)));
        }
        return new Found(query.topics().get(0).name(), query.from(), query.to(), readings);
    }

    @Override
    public void close() {}
}
