package io.fengsui.seeds.scenario;

/**
 * Gateways whose connection breaks, so that the broker publishes their last will; their devices send nothing until it is
 * back. Each time others may be hit.
 */
public record GatewayLoss(int gateways, Outage outage) {}
