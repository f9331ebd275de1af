package io.fengsui.streams.absence;

import io.fengsui.alert.SignalAction;
import io.fengsui.alert.SubjectKind;
import io.fengsui.event.Severity;
import io.fengsui.schema.feed.Lane;
import io.fengsui.streams.rule.Verdict;
import io.fengsui.streams.rule.Words;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The one alert about ourselves: a lane of which nothing is heard. Built in and no rule file, since it is about no feed and
 * must be there when no rule file compiles.
 */
public final class BlindAlert {
    public static final String RULE_ID = "ingest-blind";
    private static final Words TITLE = new Words("采集中断", "Ingest blind");
    private static final Words RUNBOOK = new Words("""
            1. 这是我方采集中断，不是设备故障：失联判断已全部暂停，不必逐台联系设备。
            2. 依次检查：MQTT 代理、采集桥（fengsui ingest）、Kafka、本程序积压；查看 /health/ready 的说明。
            3. 生命安全通道中断的，立即改用电话接报，并通知各区镇值班室。全部通道同时中断时只发这一条。""", """
            1. This is our own intake, not the devices: all judging of silence stands still, so do not call about single devices.
            2. Check in this order: MQTT broker, bridge (fengsui ingest), Kafka, backlog of this app; /health/ready tells more.
            3. If the life-safety lane is blind, take reports by telephone at once and tell the townships' duty rooms. If all
               lanes are blind, this alert stands for all.""");

    private BlindAlert() {}

    public static Severity severity(Lane lane) {
        return lane == Lane.LIFE_SAFETY ? Severity.II : Severity.III;
    }

    /** @param slots of which nothing is heard, if that is known */
    public static Verdict raised(Lane lane, List<String> slots, long blindAfterMillis, Instant now) {
        long seconds = blindAfterMillis / 1000;
        String named = String.join(", ", slots);
        Words explanation = new Words(
                "通道 " + lane.id() + (named.isEmpty() ? "" : "（槽位 " + named + "）") + " 超过 " + seconds
                        + " 秒没有采集桥的脉冲，失联判断已暂停。",
                "Lane " + lane.id() + (named.isEmpty() ? "" : " (slots " + named + ")")
                        + " has had no pulse of a bridge for more than " + seconds
                        + " s; the judging of silence stands still.");
        return verdict(SignalAction.RAISE, lane, explanation, now);
    }

    public static Verdict cleared(Lane lane, Instant now) {
        Words explanation = new Words(
                "通道 " + lane.id() + " 的脉冲已恢复，失联判断重新计时。",
                "Pulses of lane " + lane.id() + " are back; every device has its full time anew.");
        return verdict(SignalAction.CLEAR, lane, explanation, now);
    }

    private static Verdict verdict(SignalAction action, Lane lane, Words explanation, Instant now) {
        return new Verdict(
                RULE_ID,
                SubjectKind.INGEST,
                action,
                severity(lane),
                TITLE,
                explanation,
                RUNBOOK,
                Map.of("lane", lane.id()),
                now,
                "",
                "",
                false,
                Verdict.Source.BUILT_IN);
    }
}
