package io.fengsui.ingest.decode;

/** The one place that writes event ids: those of events and of dead letters agree, so that accounts can be matched. */
public final class EventId {
    private EventId() {}

    /** Id of a message for which the vendor gave an id. */
    public static String of(String vendor, String deviceId, String messageId) {
        return vendor + "/" + deviceId + "/" + messageId;
    }

    /** Id of a message that is known by its content only. */
    public static String ofHash(String vendor, String deviceId, String hash) {
        return of(vendor, deviceId, "h-" + hash);
    }
}
