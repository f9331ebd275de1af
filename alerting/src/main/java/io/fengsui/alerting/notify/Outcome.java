package io.fengsui.alerting.notify;

import org.jspecify.annotations.Nullable;

/**
 * What a receiver made of the notices it was sent.
 *
 * @param reason what it answered, or why it did not; for people; empty if there is nothing to say
 * @param reference what it knows the notice by; null if it has no name
 */
public record Outcome(
        Delivery delivery, String reason, @Nullable String reference) {

    public static Outcome delivered() {
        return new Outcome(Delivery.DELIVERED, "", null);
    }

    public static Outcome deliveredAs(String reference) {
        return new Outcome(Delivery.DELIVERED, "", reference);
    }

    public static Outcome retry(String reason) {
        return new Outcome(Delivery.RETRY, reason, null);
    }

    public static Outcome rejected(String reason) {
        return new Outcome(Delivery.REJECTED, reason, null);
    }
}
