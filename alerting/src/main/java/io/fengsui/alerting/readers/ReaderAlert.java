package io.fengsui.alerting.readers;

import io.fengsui.alert.AlertSignal;
import io.fengsui.alert.AlertSubject;
import io.fengsui.alert.AlertText;
import io.fengsui.alert.SignalAction;
import io.fengsui.alert.SubjectKind;
import io.fengsui.alerting.board.ReaderSource.Receipt;
import io.fengsui.event.EventStatus;
import io.fengsui.event.Severity;
import io.fengsui.reference.Unit;
import io.fengsui.schema.topic.Topics;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The alert that a platform does not read. Built in and no rule file, since it is about no feed and holds for all of them. */
final class ReaderAlert {
    static final String RULE_ID = "reader-silent";

    private static final String RULE_VERSION = "built-in";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));
    private static final AlertText TITLE = new AlertText("单位平台停止读取", "A unit's platform does not read");
    private static final AlertText RUNBOOK = new AlertText("""
            1. 打电话给该单位平台的值班人员；该单位有未确认的告警，先口头通知。
            2. 同时有多个平台停止读取的，先查本方 Kafka 和网络，看“读者”页。
            3. 平台恢复读取后本告警自动解除。消费组早已停用的：删除该组（kafka-consumer-groups --delete --group 组名），再手动“解除”。""", """
            1. Telephone whoever runs that platform; tell the unit first of alerts that nobody has acknowledged.
            2. If several platforms stopped at the same time, look at our Kafka and network first, and at the page "Readers".
            3. The alert ends by itself when the platform reads again. A group that nobody uses any more: delete it
               (kafka-consumer-groups --delete --group NAME), then resolve by hand.""");

    private ReaderAlert() {}

    static String id(Receipt receipt) {
        return RULE_ID + "@" + subject(receipt);
    }

    /** A group may have any name; its alert must have an address. */
    private static String subject(Receipt receipt) {
        return receipt.unit() + ":" + URLEncoder.encode(receipt.group(), StandardCharsets.UTF_8);
    }

    /**
     * Says that a platform does not read. Whoever says it of the same silence says the same.
     *
     * @param oldest when the oldest record was written that waits
     * @param due when that had waited too long
     */
    static AlertSignal raised(
            Receipt receipt, Unit unit, Optional<String> cityCommand, Instant oldest, Duration limit, Instant due) {
        String since = TIME.format(oldest);
        long minutes = limit.toMinutes();
        AlertText explanation = new AlertText(
                unit.getNameZh() + "的平台（消费组 " + receipt.group() + "）自 " + since + " 的记录起没有读取，已超过 " + minutes
                        + " 分钟：该单位可能看不到新的事件和告警。",
                "The platform of " + unit.getNameEn() + " (consumer group " + receipt.group()
                        + ") has not read what was written since " + since + ", for more than " + minutes
                        + " min: its people may not see new events and alerts.");
        return signal(receipt, unit, cityCommand, SignalAction.RAISE, explanation, oldest, due);
    }

    static AlertSignal cleared(Receipt receipt, Unit unit, Optional<String> cityCommand, Instant now) {
        AlertText explanation = new AlertText(
                unit.getNameZh() + "的平台（消费组 " + receipt.group() + "）已恢复读取。",
                "The platform of " + unit.getNameEn() + " (consumer group " + receipt.group() + ") reads again.");
        return signal(receipt, unit, cityCommand, SignalAction.CLEAR, explanation, now, now);
    }

    private static AlertSignal signal(
            Receipt receipt,
            Unit unit,
            Optional<String> cityCommand,
            SignalAction action,
            AlertText explanation,
            Instant eventTime,
            Instant at) {
        boolean township = Topics.hasTownshipTopics(unit.getKind());
        List<String> departments = Stream.concat(
                        township ? Stream.empty() : Stream.of(unit.getUnitId()), cityCommand.stream())
                .distinct()
                .toList();
        AlertSubject subject = AlertSubject.newBuilder()
                .setKind(SubjectKind.UNIT)
                .setId(subject(receipt))
                .setName(unit.getNameZh() + " " + receipt.group())
                .setUnitIds(township ? List.of(unit.getUnitId()) : List.of())
                .setDepartmentIds(departments)
                .build();
        return AlertSignal.newBuilder()
                .setAlertId(id(receipt))
                .setAction(action)
                .setRuleId(RULE_ID)
                .setRuleVersion(RULE_VERSION)
                .setFeed("")
                .setSubject(subject)
                .setSeverity(Severity.III)
                .setTitle(TITLE)
                .setExplanation(explanation)
                .setRunbook(RUNBOOK)
                .setValues(Map.of("unit", unit.getUnitId(), "group", receipt.group()))
                .setEventTime(eventTime)
                .setSignalledAt(at)
                .setStatus(EventStatus.ACTUAL)
                .build();
    }
}
