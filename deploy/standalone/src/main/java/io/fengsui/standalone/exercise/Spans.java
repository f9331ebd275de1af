package io.fengsui.standalone.exercise;

import java.time.Duration;

/** Lengths of time in words. */
final class Spans {

    private Spans() {}

    static String zh(Duration span) {
        return span.toHours() > 0
                ? span.toHours() + " 小时 " + span.toMinutesPart() + " 分"
                : span.toMinutes() > 0
                        ? span.toMinutes() + " 分" + (span.toSecondsPart() > 0 ? " " + span.toSecondsPart() + " 秒" : "钟")
                        : span.toSecondsPart() + " 秒";
    }

    static String en(Duration span) {
        return span.toHours() > 0
                ? span.toHours() + " h " + span.toMinutesPart() + " min"
                : span.toMinutes() > 0
                        ? span.toMinutes() + " min"
                                + (span.toSecondsPart() > 0 ? " " + span.toSecondsPart() + " s" : "")
                        : span.toSecondsPart() + " s";
    }
}
