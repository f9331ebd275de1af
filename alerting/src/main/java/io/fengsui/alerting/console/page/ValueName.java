package io.fengsui.alerting.console.page;

import java.util.Optional;

/** Words for values that mean the same in every feed. */
enum ValueName {
    TRUE("true", "是", "yes"),
    FALSE("false", "否", "no"),
    UNKNOWN("UNKNOWN", "未注明", "not stated");

    private final String value;
    private final String zh;
    private final String en;

    ValueName(String value, String zh, String en) {
        this.value = value;
        this.zh = zh;
        this.en = en;
    }

    static Optional<ValueName> of(String value) {
        for (ValueName name : values()) {
            if (name.value.equals(value)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    String in(Language language) {
        return language == Language.ZH ? zh : en;
    }
}
