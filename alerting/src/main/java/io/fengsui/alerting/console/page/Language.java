package io.fengsui.alerting.console.page;

import io.fengsui.alert.AlertText;
import java.util.Optional;

/** The console's languages; Chinese is the first. */
public enum Language {
    ZH("zh", "zh-CN", "中文"),
    EN("en", "en", "English");

    private final String code;
    private final String tag;
    private final String ownName;

    Language(String code, String tag, String ownName) {
        this.code = code;
        this.tag = tag;
        this.ownName = ownName;
    }

    /** In links and cookies. */
    public String code() {
        return code;
    }

    /** For the html element. */
    public String tag() {
        return tag;
    }

    /** How its speakers call it. */
    public String ownName() {
        return ownName;
    }

    public Language other() {
        return this == ZH ? EN : ZH;
    }

    /** The text in this language; in the other one if it is empty here. */
    public String of(AlertText text) {
        String wanted = this == ZH ? text.getZh() : text.getEn();
        String instead = this == ZH ? text.getEn() : text.getZh();
        return wanted.isBlank() ? instead : wanted;
    }

    public static Optional<Language> byCode(String code) {
        for (Language language : values()) {
            if (language.code.equals(code)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }
}
