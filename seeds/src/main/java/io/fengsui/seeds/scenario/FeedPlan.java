package io.fengsui.seeds.scenario;

import io.fengsui.schema.feed.Feed;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What one feed does.
 *
 * @param devices how many registered devices take part; empty for all
 * @param rate messages a second over all its devices
 * @param alarm share of its own messages that tell of something wrong, told in episodes
 * @param nativeFormat share in a format that devices really speak: GB/T 28181 XML for video, Beidou sentences
 * @param faults share of messages by fault; the rest is ordinary
 */
public record FeedPlan(
        Feed<?> feed, OptionalInt devices, double rate, double alarm, double nativeFormat, Map<Fault, Double> faults) {}
