package io.fengsui.ingest;

import io.fengsui.reference.Device;
import io.fengsui.schema.feed.Feeds;

/** Reference data for tests. */
final class Devices {
    private Devices() {}

    static Device of(String vendor, String feed, String id) {
        return Device.newBuilder()
                .setDeviceId(id)
                .setVendor(vendor)
                .setFeed(feed)
                .setType(feed.equals(Feeds.VIDEO_STATUS.id()) ? "camera" : "other")
                .setName("Sample " + id)
                .build();
    }
}
