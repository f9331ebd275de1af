package io.fengsui.seeds.fleet.link;

import io.fengsui.seeds.fleet.traffic.Payload;

/**
 * A message to publish.
 *
 * @param number number of the message in its run; copies have the same
 * @param topic MQTT topic
 * @param messageId MQTT 5 user property message-id
 */
public record Outgoing(int number, String topic, String messageId, Payload payload) {}
