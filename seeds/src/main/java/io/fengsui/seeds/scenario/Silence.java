package io.fengsui.seeds.scenario;

import io.fengsui.schema.feed.Feed;

/** Devices of a feed that send nothing for a while. */
public record Silence(Feed<?> feed, int devices, Outage outage) {}
