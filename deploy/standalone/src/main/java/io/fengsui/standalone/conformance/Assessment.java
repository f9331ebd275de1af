package io.fengsui.standalone.conformance;

import io.fengsui.schema.feed.Feed;
import io.fengsui.seeds.Vendor;
import io.fengsui.standalone.conformance.judge.Finding;
import io.fengsui.standalone.conformance.judge.Finding.Status;
import java.time.Instant;
import java.util.List;

/**
 * The outcome of a check.
 *
 * @param source the broker that was behind the kit, or the files
 * @param messages number of messages judged
 * @param cut whether there were more messages than are judged
 */
public record Assessment(
        Vendor vendor,
        Feed<?> feed,
        String source,
        Instant from,
        Instant until,
        int messages,
        boolean cut,
        List<Finding> findings) {

    public Assessment {
        findings = List.copyOf(findings);
    }

    /** Whether no point failed, and none is left open. */
    public boolean passed() {
        return failed() == 0 && open() == 0;
    }

    public long count(Status status) {
        return findings.stream().filter(finding -> finding.status() == status).count();
    }

    public long failed() {
        return count(Status.FAIL);
    }

    /** Points that could have been judged, and were not: too little was seen. */
    public long open() {
        return findings.stream()
                .filter(finding -> finding.status() == Status.NOT_SEEN && !finding.settled())
                .count();
    }

    /** Whether longer watching would hardly change anything. */
    public boolean complete() {
        return findings.stream().allMatch(Finding::settled);
    }
}
