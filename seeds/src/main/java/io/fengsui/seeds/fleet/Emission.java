package io.fengsui.seeds.fleet;

import io.fengsui.reference.Device;
import io.fengsui.seeds.fleet.link.Outgoing;

/** A message with the device whose connection carries it. */
record Emission(Device sender, Outgoing message, EventKind kind) {}
