package io.fengsui.standalone.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.schema.feed.Feeds;
import io.fengsui.seeds.Vendor;
import io.fengsui.standalone.conformance.Assessment;
import io.fengsui.standalone.conformance.judge.Finding;
import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.judge.Point;
import io.fengsui.standalone.conformance.judge.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final String UGLY =
            "<script>alert('1')</script>&\"\u001b[2J\u202Efengsui/v1/" + "长".repeat(300) + "x".repeat(300);

    private static Assessment with(List<Finding> findings) {
        return new Assessment(
                new Vendor(
                        "acme-with-a-rather-long-name-that-never-ends-0123456789", "样例有限责任公司", "Sample & Sons <Ltd>"),
                Feeds.DUST_SENSOR,
                "broker.example:1883",
                Instant.parse("2026-11-23T00:00:00Z"),
                Instant.parse("2026-11-23T00:05:00Z"),
                12_345,
                true,
                findings);
    }

    private static Finding finding(Point point, Status status, boolean settled) {
        List<Words> cases = status == Status.FAIL || status == Status.WARN
                ? List.of(new Words("主题 " + UGLY, "topic " + UGLY), new Words("QoS 0 ×17", "QoS 0 ×17"))
                : List.of();
        return new Finding(point, status, settled, new Words("见到 " + UGLY, "Seen: " + UGLY), cases);
    }

    private static Assessment ugly() {
        Iterator<Status> statuses =
                Stream.generate(Status::values).flatMap(Arrays::stream).iterator();
        return with(Arrays.stream(Point.values())
                .map(point -> finding(point, statuses.next(), true))
                .toList());
    }

    @Test
    void shouldShowWhatCameFromOutsideAsTextAndCut() throws IOException {
        String html = HtmlReport.of(ugly());
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("conformance-report.html"), html);

        assertThat(html)
                .doesNotContain("<script", "\u001b", "\u202e", "x".repeat(200))
                .contains("&lt;script&gt;", "Sample &amp; Sons &lt;Ltd&gt;", "…");
        assertThat(TextReport.of(ugly())).doesNotContain("\u001b", "\u202e", "x".repeat(200));
    }

    @Test
    void shouldNeedNoOtherFile() {
        assertThat(HtmlReport.of(ugly())).doesNotContain("src=", "href=", "url(", "@import");
    }

    @Test
    void shouldTellRuleAndRemedyOfEveryPointThatIsWantingInBothLanguages() {
        for (Point point : Point.values()) {
            Assessment outcome = with(List.of(finding(point, Status.FAIL, true)));
            for (String report : List.of(TextReport.of(outcome), HtmlReport.of(outcome))) {
                assertThat(report.replace("&lt;", "<")
                                .replace("&gt;", ">")
                                .replace("&#39;", "'")
                                .replace("&quot;", "\""))
                        .contains(point.title().zh(), point.title().en())
                        .contains(point.rule().zh(), point.rule().en())
                        .contains(point.remedy().zh(), point.remedy().en());
            }
        }
    }

    @Test
    void shouldPassOnlyWhatHasNoFailureAndNothingOpen() {
        assertThat(with(List.of(finding(Point.TOPIC, Status.PASS, true), finding(Point.CLOCK, Status.WARN, true)))
                        .passed())
                .isTrue();
        assertThat(with(List.of(finding(Point.TOPIC, Status.NOT_SEEN, true))).passed())
                .as("there was nothing to see")
                .isTrue();
        assertThat(with(List.of(finding(Point.TOPIC, Status.NOT_SEEN, false))).passed())
                .isFalse();
        assertThat(with(List.of(finding(Point.TOPIC, Status.FAIL, false))).passed())
                .isFalse();
    }
}
