package io.fengsui.seeds.fleet;

import java.time.Duration;

/**
 * How far a run is.
 *
 * @param published messages handed to the broker, repetitions by scenario included
 * @param acknowledged PUBACKs of any reason code
 * @param unacknowledged messages in flight
 * @param resent messages sent again after a lost connection
 * @param gatewaysDown gateways that are lost by scenario now
 */
public record FleetProgress(
        Duration elapsed, long published, long acknowledged, long unacknowledged, long resent, int gatewaysDown) {}
