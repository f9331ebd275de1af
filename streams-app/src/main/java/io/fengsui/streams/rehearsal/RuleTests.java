package io.fengsui.streams.rehearsal;

import io.fengsui.event.EventHeader;
import io.fengsui.reference.RuleFile;
import io.fengsui.schema.feed.Feed;
import io.fengsui.streams.reference.ReferenceView;
import io.fengsui.streams.rehearsal.RuleTest.Blind;
import io.fengsui.streams.rehearsal.RuleTest.Change;
import io.fengsui.streams.rehearsal.RuleTest.Expected;
import io.fengsui.streams.rehearsal.RuleTest.Send;
import io.fengsui.streams.rehearsal.RuleTest.Step;
import io.fengsui.streams.rehearsal.RuleTest.Wait;
import io.fengsui.streams.rehearsal.VirtualLane.Told;
import io.fengsui.streams.rule.Coverage;
import io.fengsui.streams.rule.RuleBook;
import io.fengsui.streams.rule.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Runs the tests of a rule file. */
public final class RuleTests {
    private static final int EVENT_TIME =
            EventHeader.getClassSchema().getField("eventTime").pos();
    private static final int RECEIVED_AT =
            EventHeader.getClassSchema().getField("receivedAt").pos();
    private static final int LATE =
            EventHeader.getClassSchema().getField("late").pos();

    /** Between device and bridge: two equal times would say that the event bears none of its device. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(1);

    private final RuleSet rules;
    private final RuleBook book;
    private final Coverage coverage;

    private RuleTests(RuleSet rules, String yaml) {
        this.rules = rules;
        this.coverage = new Coverage(rules);
        this.book = new RuleBook(feed -> {});
        String feed = rules.feed().id();
        book.accept(feed, new RuleFile(feed, rules.file(), rules.version(), yaml, null));
    }

    /**
     * Runs those tests that are asked for, each in a world of its own.
     *
     * @param yaml the rules as written
     * @param wanted by the name of the test
     */
    public static TestReport run(RuleSet rules, String yaml, TestFile tests, Predicate<String> wanted) {
        RuleTests runner = new RuleTests(rules, yaml);
        List<TestReport.Outcome> outcomes = new ArrayList<>();
        int left = 0;
        for (RuleTest test : tests.tests()) {
            if (wanted.test(test.name())) {
                outcomes.add(new TestReport.Outcome(test.name(), runner.failures(tests.file(), test)));
            } else {
                left++;
            }
        }
        return new TestReport(tests.file(), outcomes, left, runner.coverage.total(), runner.coverage.untested());
    }

    private List<String> failures(String file, RuleTest test) {
        Set<String> devices = new TreeSet<>();
        test.steps().forEach(step -> {
            if (step.act() instanceof Send send) {
                devices.add(send.deviceId());
            }
        });
        if (devices.isEmpty()) {
            devices.add(TestFileReader.DEVICE);
        }
        Feed<?> feed = rules.feed();
        ReferenceView view = test.city().view(feed, devices);
        coverage.start();
        VirtualLane lane = new VirtualLane(feed, view, book, test.start(), coverage);
        List<String> failures = new ArrayList<>();
        for (Step step : test.steps()) {
            List<Told> told = new ArrayList<>();
            if (step.act() instanceof Send send) {
                told.addAll(lane.advance(lane.now().plus(send.after())));
                Instant said = lane.now().minus(send.age());
                told.addAll(lane.advance(lane.now().plus(ON_ITS_WAY)));
                SpecificRecord event = arriving(send, said, lane.now());
                told.addAll(lane.onEvent(event));
                List<String> flags = feed.header(event).getFlags();
                if (send.flags() != null && !flags.equals(send.flags())) {
                    failures.add(file + ":" + step.line() + ": expected flags " + send.flags() + ", got " + flags);
                }
            } else if (step.act() instanceof Wait wait) {
                told.addAll(lane.advance(lane.now().plus(wait.time())));
            } else if (step.act() instanceof Blind blind) {
                lane.blind(lane.now().plus(blind.time()));
            } else if (step.act() instanceof Change change) {
                change.city().change(view, feed, devices);
                lane.watch();
                told.addAll(lane.advance(lane.now()));
            }
            compare(file, step, told, failures);
        }
        return failures;
    }

    private SpecificRecord arriving(Send send, Instant said, Instant now) {
        SpecificRecord event = SpecificData.get().deepCopy(send.event().getSchema(), send.event());
        EventHeader header = rules.feed().header(event);
        header.put(EVENT_TIME, said);
        header.put(RECEIVED_AT, now);
        header.put(LATE, send.age().compareTo(rules.feed().lateAfter()) > 0);
        return event;
    }

    private static void compare(String file, Step step, List<Told> told, List<String> failures) {
        List<Told> surplus = new ArrayList<>(told);
        for (Expected expected : step.expected()) {
            Told match = surplus.stream()
                    .filter(one -> matches(expected, one))
                    .findFirst()
                    .orElse(null);
            if (match == null) {
                failures.add(file + ":" + expected.line() + ": expected " + expected + ", got " + shown(told));
                continue;
            }
            surplus.remove(match);
            String zh = match.verdict().explanation().zh();
            String en = match.verdict().explanation().en();
            expected.says().stream()
                    .filter(words -> !zh.contains(words) && !en.contains(words))
                    .forEach(words -> failures.add(file + ":" + expected.line() + ": expected the explanation of "
                            + expected + " to say '" + words + "', got '" + zh + "' and '" + en + "'"));
        }
        if (!surplus.isEmpty() && step.expected().size() < told.size()) {
            failures.add(file + ":" + step.line() + ": expected no more, got " + shown(surplus));
        }
    }

    private static boolean matches(Expected expected, Told told) {
        return expected.action() == told.verdict().action()
                && expected.ruleId().equals(told.verdict().ruleId())
                && (expected.severity() == null
                        || expected.severity() == told.verdict().severity())
                && (expected.subject() == null || expected.subject().equals(told.subject()));
    }

    private static String shown(List<Told> told) {
        return told.isEmpty()
                ? "nothing"
                : told.stream()
                        .map(one -> RuleTest.signal(
                                        one.verdict().action(),
                                        one.verdict().severity(),
                                        one.verdict().ruleId())
                                + "@" + one.subject())
                        .collect(Collectors.joining(", "));
    }
}
