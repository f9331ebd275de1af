package io.fengsui.standalone.exercise;

import io.fengsui.schema.feed.Feed;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** An event of a past incident, as its feed's topic has it. */
record Original<T extends SpecificRecord>(Feed<T> feed, T event) {

    Instant receivedAt() {
        return feed.header(event).getReceivedAt();
    }

    String deviceId() {
        return feed.header(event).getDeviceId();
    }

    T disguised(Disguise disguise, int number, Instant now) {
        return disguise.of(feed, event, number, now);
    }
}
