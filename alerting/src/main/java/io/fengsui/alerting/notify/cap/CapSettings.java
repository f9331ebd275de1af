package io.fengsui.alerting.notify.cap;

import io.fengsui.alert.AlertText;
import java.util.Map;

/**
 * What is the same in all CAP messages.
 *
 * @param sender identifier of the sender, unique in the world, as a domain name is; no space, comma, {@code <} or {@code &}
 * @param senderName for people
 * @param contact for people; empty for none
 * @param scope Public or Restricted
 * @param categories category of CAP by feed id; {@code Safety} for a feed that is not in it
 */
public record CapSettings(
        String sender, AlertText senderName, String contact, String scope, Map<String, String> categories) {

    static final String OTHER = "Safety";

    String category(String feedId) {
        return categories.getOrDefault(feedId, OTHER);
    }
}
