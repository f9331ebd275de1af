package io.fengsui.alerting.console.page;

/** A text of the console in both languages; {@code %s} stands for a value. */
public interface Phrase {
    String in(Language language);
}
