package io.fengsui.alerting.console.page;

import io.fengsui.alerting.console.page.Chart.Dot;
import io.fengsui.alerting.console.page.Chart.LimitLine;
import io.fengsui.alerting.console.page.Chart.Mark;
import io.fengsui.alerting.console.page.Chart.Row;
import io.fengsui.alerting.console.page.Chart.Tick;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Draws readings. Coordinates only: colours and lines are the style sheet's. */
final class ChartPen {
    private static final int COLUMNS = 280;
    private static final int ROWS = 30;
    private static final int MOST_DOTS = 60;
    private static final int MOST_LIMITS = 4;
    /** A gap of so many usual distances is silence, and no line. */
    private static final int SILENCE = 5;

    private static final double[] STEPS = {1, 2, 2.5, 5, 10};
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm").withZone(Times.ZONE);

    /** One reading. */
    record Point(Instant at, double value) {}

    /** A line across, and what it is called. */
    record Limit(String name, double value) {}

    /** A line down. */
    record Moment(ChartWord word, Instant at) {}

    private final Times times;
    private final Instant from;
    private final Instant to;

    /** @param to after from */
    ChartPen(Times times, Instant from, Instant to) {
        this.times = times;
        this.from = from;
        this.to = to.isAfter(from) ? to : from.plusSeconds(1);
    }

    /** @param points in the order of their times, one or more */
    Chart draw(String title, String unit, List<Point> points, List<Limit> limits, List<Moment> moments) {
        double low = points.stream().mapToDouble(Point::value).min().orElse(0);
        double high = points.stream().mapToDouble(Point::value).max().orElse(1);
        List<Limit> near = limits.stream().limit(MOST_LIMITS).toList();
        double bottom =
                Math.min(low, near.stream().mapToDouble(Limit::value).min().orElse(low));
        double top =
                Math.max(high, near.stream().mapToDouble(Limit::value).max().orElse(high));
        double step = step(top - bottom);
        double floor = Math.floor(bottom / step) * step;
        double ceiling = Math.max(floor + step, Math.ceil(top / step) * step);
        Scale scale = new Scale(floor, ceiling);
        return new Chart(
                title,
                unit,
                path(points, scale),
                points.size() > MOST_DOTS
                        ? List.of()
                        : points.stream()
                                .map(p -> new Dot(coordinate(x(p.at())), coordinate(scale.y(p.value()))))
                                .toList(),
                up(floor, ceiling, step, scale),
                along(),
                lines(near, unit, scale),
                marks(moments),
                text(title, unit, points, low, high, near),
                rows(points));
    }

    private record Scale(double floor, double ceiling) {
        double y(double value) {
            return Chart.BOTTOM - (value - floor) / (ceiling - floor) * (Chart.BOTTOM - Chart.TOP);
        }
    }

    private double x(Instant at) {
        double share = (double) Duration.between(from, at).toMillis()
                / Duration.between(from, to).toMillis();
        return Chart.LEFT + share * (Chart.RIGHT - Chart.LEFT);
    }

    /** About four steps that people count in. */
    private static double step(double span) {
        if (!(span > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(span / 4)));
        for (double step : STEPS) {
            if (step * power * 4 >= span) {
                return step * power;
            }
        }
        return 10 * power;
    }

    /** Of each column its first, lowest, highest and last: nothing that stood out is lost. */
    private String path(List<Point> points, Scale scale) {
        NavigableSet<Instant> resumed = resumed(points);
        StringBuilder path = new StringBuilder();
        Point former = null;
        for (Point point : thinned(points)) {
            boolean begins = former == null
                    || !resumed.subSet(former.at(), false, point.at(), true).isEmpty();
            path.append(begins ? 'M' : 'L')
                    .append(coordinate(x(point.at())))
                    .append(' ')
                    .append(coordinate(scale.y(point.value())));
            former = point;
        }
        return path.toString();
    }

    /** When readings came again after a silence; of all readings, not of those that are drawn. */
    private static NavigableSet<Instant> resumed(List<Point> points) {
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < points.size(); i++) {
            gaps.add(
                    Duration.between(points.get(i - 1).at(), points.get(i).at()).toMillis());
        }
        List<Long> sorted = gaps.stream().sorted().toList();
        NavigableSet<Instant> resumed = new TreeSet<>();
        for (int i = 0; i < gaps.size(); i++) {
            if (gaps.get(i) > Math.max(10_000, sorted.get(sorted.size() / 2) * SILENCE)) {
                resumed.add(points.get(i + 1).at());
            }
        }
        return resumed;
    }

    private List<Point> thinned(List<Point> points) {
        if (points.size() <= COLUMNS * 2) {
            return points;
        }
        List<Point> kept = new ArrayList<>();
        for (List<Point> column : columns(points, COLUMNS)) {
            Comparator<Point> byValue = Comparator.comparingDouble(Point::value);
            column.stream().min(byValue).ifPresent(kept::add);
            column.stream().max(byValue).ifPresent(kept::add);
            kept.add(column.get(0));
            kept.add(column.get(column.size() - 1));
        }
        return kept.stream().distinct().sorted(Comparator.comparing(Point::at)).toList();
    }

    private List<List<Point>> columns(List<Point> points, int number) {
        List<List<Point>> columns = new ArrayList<>();
        int last = -1;
        for (Point point : points) {
            int column = (int) ((x(point.at()) - Chart.LEFT) * number / (Chart.RIGHT - Chart.LEFT));
            if (column != last) {
                columns.add(new ArrayList<>());
                last = column;
            }
            columns.get(columns.size() - 1).add(point);
        }
        return columns;
    }

    private static List<Tick> up(double floor, double ceiling, double step, Scale scale) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; floor + i * step <= ceiling + step / 1_000; i++) {
            double value = floor + i * step;
            ticks.add(new Tick(coordinate(scale.y(value)), number(value)));
        }
        return ticks;
    }

    private List<Tick> along() {
        List<Tick> ticks = new ArrayList<>();
        long minutes = Math.max(1, Duration.between(from, to).toMinutes());
        long step = minutes <= 10 ? 2 : minutes <= 45 ? 10 : minutes <= 120 ? 20 : minutes <= 240 ? 60 : 120;
        long stepSeconds = step * 60;
        long first = Math.floorDiv(from.getEpochSecond() + stepSeconds - 1, stepSeconds) * stepSeconds;
        for (long second = first; second <= to.getEpochSecond(); second += stepSeconds) {
            Instant at = Instant.ofEpochSecond(second);
            ticks.add(new Tick(coordinate(x(at)), CLOCK.format(at)));
        }
        return ticks;
    }

    private List<LimitLine> lines(List<Limit> limits, String unit, Scale scale) {
        List<LimitLine> lines = new ArrayList<>();
        for (Limit limit : limits) {
            double y = scale.y(limit.value());
            lines.add(new LimitLine(coordinate(y), label(limit, unit), y > Chart.TOP + 16));
        }
        return lines;
    }

    private String label(Limit limit, String unit) {
        return times.words().of(ChartWord.CHART_LIMIT, limit.name(), withUnit(number(limit.value()), unit));
    }

    private List<Mark> marks(List<Moment> moments) {
        List<Mark> marks = new ArrayList<>();
        int row = 0;
        for (Moment moment : moments) {
            if (!moment.at().isBefore(from) && !moment.at().isAfter(to)) {
                double x = x(moment.at());
                marks.add(new Mark(
                        coordinate(x),
                        times.words().of(moment.word()),
                        times.full(moment.at()),
                        moment.word().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        row++ % 2,
                        x > (Chart.LEFT + Chart.RIGHT) / 2.0));
            }
        }
        return marks;
    }

    private String text(String title, String unit, List<Point> points, double low, double high, List<Limit> limits) {
        Point last = points.get(points.size() - 1);
        String text = times.words()
                .of(
                        ChartWord.CHART_TEXT,
                        title,
                        points.size(),
                        number(low),
                        number(high),
                        number(last.value()),
                        unit,
                        times.full(last.at()));
        List<String> parts = new ArrayList<>(List.of(text));
        limits.forEach(limit -> parts.add(label(limit, unit)));
        return String.join(" ", parts);
    }

    private List<Row> rows(List<Point> points) {
        List<Row> rows = new ArrayList<>();
        for (List<Point> span : columns(points, ROWS)) {
            Point last = span.get(span.size() - 1);
            rows.add(new Row(
                    times.full(last.at()),
                    number(span.stream().mapToDouble(Point::value).min().orElse(0)),
                    number(span.stream().mapToDouble(Point::value).max().orElse(0)),
                    number(last.value())));
        }
        return rows;
    }

    private static String withUnit(String number, String unit) {
        return unit.isEmpty() ? number : number + " " + unit;
    }

    /** At most three decimals, no trailing zeros. */
    static String number(double value) {
        String plain = BigDecimal.valueOf(value)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
        return plain.equals("-0") ? "0" : plain;
    }

    /** Of the picture, to a tenth. */
    static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
