/** The simulated device fleet: a scenario played over real MQTT connections, with a list of what must come of it. */
@NullMarked
package io.fengsui.seeds.fleet;

import org.jspecify.annotations.NullMarked;
