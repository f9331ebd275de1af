package io.fengsui.streams.device;

import io.fengsui.schema.topic.Realm;

/** A device in a realm: an exercise has its own state, so that it neither hides nor ends anything real. */
public record DeviceKey(Realm realm, String deviceId) {
    private static final String LIVE = "L|";
    private static final String DRILL = "D|";

    /** All of exercises lie between the two in a store. */
    public static final String DRILLS_FROM = DRILL;

    public static final String DRILLS_TO = "D}";

    /** Key in the store. */
    public String text() {
        return (realm == Realm.LIVE ? LIVE : DRILL) + deviceId;
    }

    public static DeviceKey parse(String text) {
        return new DeviceKey(text.startsWith(DRILL) ? Realm.DRILL : Realm.LIVE, text.substring(LIVE.length()));
    }
}
