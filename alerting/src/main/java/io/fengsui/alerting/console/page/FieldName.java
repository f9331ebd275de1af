package io.fengsui.alerting.console.page;

import java.util.Optional;

/** Words for values of alerts that are no field of a feed. One that is missing here is shown under its own name. */
enum FieldName {
    SILENT_SECONDS("silentSeconds", "静默时长", "Silent for"),
    LAST_SEEN("lastSeen", "最后一次上报", "Last seen"),
    TIMEOUT_SECONDS("timeoutSeconds", "静默时限", "Timeout"),
    THRESHOLD("threshold", "阈值", "Threshold"),
    LANE("lane", "通道", "Lane");

    private final String field;
    private final String zh;
    private final String en;

    FieldName(String field, String zh, String en) {
        this.field = field;
        this.zh = zh;
        this.en = en;
    }

    static Optional<FieldName> of(String field) {
        for (FieldName name : values()) {
            if (name.field.equals(field)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    String in(Language language) {
        return language == Language.ZH ? zh : en;
    }
}
