/** The fleet's MQTT connections; the only place that knows the client library. */
@NullMarked
package io.fengsui.seeds.fleet.link;

import org.jspecify.annotations.NullMarked;
