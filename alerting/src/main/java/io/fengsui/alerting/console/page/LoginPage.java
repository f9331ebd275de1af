package io.fengsui.alerting.console.page;

import io.fengsui.alerting.console.page.Frame.Assets;
import java.util.Optional;

/**
 * Where one logs in. It has no frame: what stands around other pages is for those who are logged in.
 *
 * @param next where to go then, within the console
 * @param name what was typed
 * @param passwords whether the console has users of its own
 * @param openId whether there is single sign-on
 */
public record LoginPage(
        Words words,
        Assets assets,
        String next,
        String name,
        Optional<String> notice,
        Optional<String> problem,
        boolean passwords,
        boolean openId) {

    public Language other() {
        return words.language().other();
    }

    /** This page in the other language. */
    public String inOtherLanguage() {
        return "/login?next=" + Paths.encode(next) + "&lang=" + other().code();
    }

    public String withOpenId() {
        return "/openid?next=" + Paths.encode(next);
    }
}
