package io.fengsui.alerting.console.page;

/** A text of the console in both languages. */
public sealed interface Phrase permits Word, DutyWord, HelpWord {
    String in(Language language);
}
