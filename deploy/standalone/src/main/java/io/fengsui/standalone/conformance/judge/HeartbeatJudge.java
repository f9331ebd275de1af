package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Closed;
import io.fengsui.standalone.conformance.observe.Observation.Message;
import io.fengsui.standalone.conformance.observe.Observation.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gaps between the messages of a device against its registered period; those around a cut of the kit do not count. */
final class HeartbeatJudge implements Judge {
    private static final int GAPS = 4;
    private static final double USUAL = 1.5;
    private static final double LONGEST = 2;

    @Override
    public Finding judge(Journal journal) {
        Map<String, List<Message>> byDevice = new LinkedHashMap<>();
        journal.messages().stream()
                .filter(message -> message.reading().heartbeatSeconds() != null && !message.resent())
                .forEach(message -> byDevice.computeIfAbsent(message.reading().deviceId(), id -> new ArrayList<>())
                        .add(message));
        if (byDevice.isEmpty()) {
            return journal.messages().isEmpty()
                    ? Finding.notYet(Point.HEARTBEAT, "还没有消息", "No message yet")
                    : Finding.of(
                            Point.HEARTBEAT,
                            Status.NOT_SEEN,
                            "这些设备未登记周期，沉默属正常",
                            "No period is registered for these devices: silence is normal");
        }
        List<Finding> findings = new ArrayList<>();
        byDevice.forEach((device, messages) -> of(device, messages, journal).ifPresent(findings::add));
        if (findings.isEmpty()) {
            int period = period(byDevice.values().iterator().next());
            return Finding.notYet(
                    Point.HEARTBEAT,
                    "间隔太少：每台设备需 " + GAPS + " 个，周期 " + period + " 秒；用 --for 延长",
                    "Too few gaps: " + GAPS + " a device are needed, the period is " + period
                            + " s; watch longer with --for");
        }
        return worst(findings, byDevice.size());
    }

    private static Finding worst(List<Finding> findings, int devices) {
        Finding worst =
                findings.stream().max(Comparator.comparing(Finding::status)).orElseThrow();
        return worst.showing(findings.stream()
                        .filter(finding -> finding.status() != Status.PASS && !finding.equals(worst))
                        .limit(GAPS)
                        .map(Finding::seen)
                        .toList())
                .settled(findings.size() == devices);
    }

    private static Optional<Finding> of(String device, List<Message> messages, Journal journal) {
        List<Instant> cuts = journal.all(Closed.class)
                .filter(closed -> closed.by() == Side.KIT)
                .map(Closed::at)
                .toList();
        int period = period(messages);
        List<Duration> gaps = new ArrayList<>();
        for (int i = 1; i < messages.size(); i++) {
            add(gaps, messages.get(i - 1).at(), messages.get(i).at(), cuts);
        }
        Instant last = messages.get(messages.size() - 1).at();
        if (Duration.between(last, journal.until()).compareTo(times(period, LONGEST)) > 0) {
            add(gaps, last, journal.until(), cuts);
        }
        gaps.sort(Comparator.naturalOrder());
        return gaps.size() < GAPS ? Optional.empty() : Optional.of(of(device, period, gaps));
    }

    private static void add(List<Duration> gaps, Instant from, Instant to, List<Instant> cuts) {
        if (cuts.stream().noneMatch(cut -> !cut.isBefore(from) && !cut.isAfter(to))) {
            gaps.add(Duration.between(from, to));
        }
    }

    private static Finding of(String device, int period, List<Duration> gaps) {
        Duration median = gaps.get(gaps.size() / 2);
        Duration p95 = gaps.get((int) Math.ceil(gaps.size() * 0.95) - 1);
        Duration longest = gaps.get(gaps.size() - 1);
        boolean late = p95.compareTo(times(period, USUAL)) > 0 || longest.compareTo(times(period, LONGEST)) > 0;
        boolean eager = median.compareTo(times(period, 0.5)) < 0;
        String figures = Seconds.told(median) + " / " + Seconds.told(p95) + " / " + Seconds.told(longest);
        return Finding.of(
                Point.HEARTBEAT,
                late ? Status.FAIL : eager ? Status.WARN : Status.PASS,
                device + "：周期 " + period + " s，间隔中位数 / 95% / 最长 " + figures,
                device + ": period " + period + " s, gaps median / 95 % / longest " + figures);
    }

    private static Duration times(int period, double factor) {
        return Duration.ofMillis((long) (period * factor * 1_000));
    }

    private static int period(List<Message> messages) {
        Integer seconds = messages.get(0).reading().heartbeatSeconds();
        return seconds == null ? 0 : seconds;
    }
}
