/** What all formats share: the port, the explicit list, strict reading, clocks and event ids. Knows neither MQTT nor Kafka. */
@NullMarked
package io.fengsui.ingest.decode;

import org.jspecify.annotations.NullMarked;
