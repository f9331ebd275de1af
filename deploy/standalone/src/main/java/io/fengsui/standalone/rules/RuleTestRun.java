package io.fengsui.standalone.rules;

import io.fengsui.streams.rehearsal.RuleTests;
import io.fengsui.streams.rehearsal.TestReport;
import io.fengsui.streams.rehearsal.TestReport.Outcome;
import io.fengsui.streams.rule.RuleException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Runs the tests of rule files and prints how they went, file by file. */
public final class RuleTestRun {
    private final String filter;
    private final LongSupplier nanos;
    private final Consumer<String> out;
    private final List<String> unreadable = new ArrayList<>();
    private int ran;
    private int failed;
    private int untested;

    /**
     * @param filter only tests with this in their name; empty: all, and then every branch must be reached
     * @param nanos a clock that only rises
     */
    public RuleTestRun(String filter, LongSupplier nanos, Consumer<String> out) {
        this.filter = filter;
        this.nanos = nanos;
        this.out = out;
    }

    /** @return whether every test passed and, if all of them ran, every branch was reached */
    public boolean run(List<RuleSource> sources) {
        long start = nanos.getAsLong();
        sources.forEach(this::run);
        out.accept(String.format(
                Locale.ROOT,
                "%d tests, %d failed, %s; %.1f s",
                ran,
                failed,
                filter.isEmpty() ? untested + " branches untested" : "branches are not judged with --filter",
                Duration.ofNanos(nanos.getAsLong() - start).toMillis() / 1_000.0));
        if (ran == 0 && !filter.isEmpty()) {
            out.accept("No test has '" + filter + "' in its name");
        }
        return failed == 0 && unreadable.isEmpty() && (filter.isEmpty() ? untested == 0 : ran > 0);
    }

    private void run(RuleSource source) {
        long start = nanos.getAsLong();
        TestReport report;
        try {
            report = RuleTests.run(
                    source.rules(), source.yaml(), source.tests(), name -> filter.isEmpty() || name.contains(filter));
        } catch (RuleException e) {
            out.accept(source.testFile() + " is no file of tests");
            e.problems().forEach(problem -> out.accept("  " + problem));
            unreadable.addAll(e.problems());
            return;
        }
        if (!filter.isEmpty() && report.outcomes().isEmpty()) {
            return;
        }
        out.accept(String.format(
                Locale.ROOT,
                "%s  %d tests, %d of %d branches, %d ms",
                report.file(),
                report.outcomes().size(),
                report.branches() - report.untested().size(),
                report.branches(),
                Duration.ofNanos(nanos.getAsLong() - start).toMillis()));
        for (Outcome outcome : report.outcomes()) {
            out.accept((outcome.passed() ? "  ok      " : "  FAILED  ") + outcome.name());
            outcome.failures().forEach(failure -> out.accept("    " + failure));
            ran++;
            failed += outcome.passed() ? 0 : 1;
        }
        if (filter.isEmpty()) {
            report.untested().forEach(branch -> out.accept("  no test of  " + branch));
            untested += report.untested().size();
        }
    }
}
