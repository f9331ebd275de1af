/** The bridge from MQTT to Kafka: {@link io.fengsui.ingest.Bridge} is the class to read first. */
@NullMarked
package io.fengsui.ingest;

import org.jspecify.annotations.NullMarked;
