package io.fengsui.streams.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.event.DustSensor;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** No rule may name a personal field of its feed, wherever it stands in the rule. */
class PersonalDataTest {
    private static final Feed<?> CALLS = new Feed<>(
            "calls",
            "",
            "",
            DustSensor.class,
            new Schema.Parser().parse("""
                    {"type": "record", "name": "Call", "namespace": "io.fengsui.test", "fields": [
                      {"name": "callNo", "type": "string"},
                      {"name": "callerName", "type": ["null", "string"], "personal": true},
                      {"name": "point", "personal": true, "type": ["null", {"type": "record", "name": "Point", "fields": [
                        {"name": "latitude", "type": "double"}]}]}]}
                    """),
            Lane.TELEMETRY,
            Duration.ZERO,
            false,
            List.of());

    @Test
    void shouldRefuseAPersonalFieldInConditionsCaseAndTexts() {
        assertThat(problems("""
                        rules:
                          - id: call
                            title: {zh: 报警, en: Call}
                            severity: III
                            when: event.callNo != "" && event.callerName == "张三"
                            clear: event.point.latitude > 1.0
                            case: event.callerName
                            explanation: {zh: "报警人 {event.callerName}", en: "call {event.callNo}"}
                            runbook: {zh: 处理, en: Act}
                          - id: known
                            title: {zh: 报警, en: Call}
                            severity: III
                            when: has(event.callerName)
                            explanation: {zh: "报警", en: "call {event.callNo}"}
                            runbook: {zh: 处理, en: Act}
                        """))
                .satisfiesExactly(
                        p -> assertThat(p)
                                .isEqualTo("r.yaml:5:33: event.callerName is personal data; it is masked before rules"
                                        + " see the event"),
                        p -> assertThat(p).startsWith("r.yaml:6:12: event.point is personal data"),
                        p -> assertThat(p).startsWith("r.yaml:7:11: event.callerName is personal data"),
                        p -> assertThat(p).startsWith("r.yaml:8:29: {event.callerName} is personal data"),
                        p -> assertThat(p).startsWith("r.yaml:13:14: event.callerName is personal data"));
    }

    @Test
    void shouldTakeTheOtherFields() {
        assertThat(problems("""
                        rules:
                          - id: call
                            title: {zh: 报警, en: Call}
                            severity: III
                            when: event.callNo != ""
                            case: event.callNo
                            explanation: {zh: "{event.callNo}", en: "call {event.callNo}"}
                            runbook: {zh: 处理, en: Act}
                        """)).isEmpty();
    }

    private static List<String> problems(String yaml) {
        RuleDocument document = new RuleDocument("r.yaml", yaml);
        RuleReader reader = new RuleReader(document, CALLS, Map.of(), Map.of(), "");
        document.root(Set.of("rules"))
                .requiredSections("rules", RuleReader.KEYS)
                .forEach(reader::read);
        return document.refused().problems();
    }
}
