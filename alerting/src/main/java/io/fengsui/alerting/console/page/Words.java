package io.fengsui.alerting.console.page;

import io.fengsui.alert.AlertText;
import io.fengsui.alerting.board.LedgerView;
import io.fengsui.schema.feed.Feeds;
import java.util.Locale;

/** The texts in one language. */
public record Words(Language language) {

    public String of(Phrase phrase) {
        return phrase.in(language);
    }

    /** A text with its values filled in, in order. */
    public String of(Phrase phrase, Object... values) {
        return String.format(Locale.ROOT, phrase.in(language), values);
    }

    public String of(AlertText text) {
        return language.of(text);
    }

    /** Name of a feed; the id itself for one that this version does not know. */
    public String feed(String feedId) {
        if (feedId.equals(LedgerView.UNKNOWN_FEED)) {
            return of(Word.UNKNOWN_FEED);
        }
        return Feeds.byId(feedId)
                .map(feed -> language == Language.ZH ? feed.nameZh() : feed.nameEn())
                .orElse(feedId);
    }

    /** A whole number with its thousands parted. */
    public String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A list in words. */
    public String join(Iterable<String> items) {
        return String.join(language == Language.ZH ? "、" : ", ", items);
    }
}
