package io.fengsui.alerting.console.page;

import io.fengsui.alert.Alert;
import io.fengsui.alerting.console.page.ChartPen.Limit;
import io.fengsui.alerting.console.page.ChartPen.Moment;
import io.fengsui.alerting.console.page.ChartPen.Point;
import io.fengsui.alerting.readings.ReadingPlan;
import io.fengsui.alerting.readings.Readings.Found;
import io.fengsui.alerting.readings.Readings.Reading;
import io.fengsui.alerting.rulebook.RuleSheet;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.topic.Realm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a device reported around an alert. An alert's own page takes the charts out of this one.
 *
 * @param notes what must be said of the charts, or instead of them
 */
public record ReadingsPage(
        Frame frame,
        Realm realm,
        String alertUrl,
        String readingsUrl,
        String title,
        String subject,
        List<Chart> charts,
        List<String> notes) {

    /** Where the alert's readings are drawn. */
    public static String address(Realm realm, String alertId) {
        return Paths.alert(realm, alertId).replaceFirst("^/alerts/", "/readings/");
    }

    public static ReadingsPage of(
            Frame frame, Realm realm, Alert alert, ReadingPlan plan, Optional<RuleSheet> sheet, Found found) {
        Times times = frame.times();
        Words words = times.words();
        ChartPen pen = new ChartPen(times, found.from(), found.to());
        Feed<?> feed = plan.query().feed();
        List<Chart> charts = new ArrayList<>();
        for (int i = 0; i < plan.query().fields().size(); i++) {
            String field = plan.query().fields().get(i);
            List<Point> points = points(found.readings(), i);
            if (!points.isEmpty()) {
                Quantity quantity = Quantity.of(feed.id(), field, "0", words);
                charts.add(pen.draw(
                        quantity.name(),
                        quantity.unit(),
                        points,
                        plan.limits().getOrDefault(field, List.of()).stream()
                                .map(limit -> new Limit(name(limit, sheet, words), limit.value()))
                                .toList(),
                        moments(alert)));
            }
        }
        List<String> notes = new ArrayList<>();
        notes.add(words.of(ChartWord.READINGS_SPAN, times.full(found.from()), times.full(found.to())));
        if (found.from().isAfter(plan.query().from())
                || found.to().isBefore(plan.query().to())) {
            notes.add(words.of(ChartWord.READINGS_SHORTENED));
        }
        notes.add(
                charts.isEmpty()
                        ? words.of(ChartWord.READINGS_NONE)
                        : words.of(ChartWord.READINGS_SOURCE, found.topic()));
        return page(frame, realm, alert, charts, notes);
    }

    /** @param why in the words of who could not read */
    public static ReadingsPage unavailable(Frame frame, Realm realm, Alert alert, String why) {
        return page(frame, realm, alert, List.of(), List.of(frame.words().of(ChartWord.READINGS_UNAVAILABLE, why)));
    }

    private static ReadingsPage page(Frame frame, Realm realm, Alert alert, List<Chart> charts, List<String> notes) {
        return new ReadingsPage(
                frame,
                realm,
                Paths.alert(realm, alert.getAlertId()),
                address(realm, alert.getAlertId()),
                frame.words().of(alert.getTitle()),
                alert.getSubject().getName(),
                charts,
                notes);
    }

    private static List<Point> points(List<Reading> readings, int field) {
        return readings.stream()
                .filter(reading -> Double.isFinite(reading.values().get(field)))
                .map(reading -> new Point(reading.at(), reading.values().get(field)))
                .toList();
    }

    private static String name(ReadingPlan.Limit limit, Optional<RuleSheet> sheet, Words words) {
        return sheet.flatMap(rules -> rules.param(limit.parameter()))
                .map(param -> words.of(param.title()))
                .filter(title -> !title.isEmpty())
                .orElse(limit.parameter());
    }

    private static List<Moment> moments(Alert alert) {
        List<Moment> moments = new ArrayList<>(List.of(new Moment(ChartWord.MARK_RAISED, alert.getStartedAt())));
        if (alert.getAcknowledgedAt() != null) {
            moments.add(new Moment(ChartWord.MARK_ACKNOWLEDGED, alert.getAcknowledgedAt()));
        }
        if (alert.getEndedAt() != null) {
            moments.add(new Moment(ChartWord.MARK_ENDED, alert.getEndedAt()));
        }
        return moments;
    }

    public Words words() {
        return frame.words();
    }
}
