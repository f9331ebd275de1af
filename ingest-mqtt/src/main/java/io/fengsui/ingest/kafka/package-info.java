/** Kafka's side: records, dead letters and pulses, each acknowledged before anything is acknowledged to a vendor. */
@NullMarked
package io.fengsui.ingest.kafka;

import org.jspecify.annotations.NullMarked;
