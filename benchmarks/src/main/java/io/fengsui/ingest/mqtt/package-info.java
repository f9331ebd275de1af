/** Benchmarks of the MQTT side. */
@NullMarked
package io.fengsui.ingest.mqtt;

import org.jspecify.annotations.NullMarked;
