package io.fengsui.standalone.drill.crash;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record for a topic that the streams app reads.
 *
 * @param partition to write it to; null: by its key
 * @param at timestamp of the record
 */
@SuppressWarnings("ArrayRecordComponent") // handed on and compared by nobody
record Input(
        String topic, @Nullable Integer partition, @Nullable String key, byte @Nullable [] value, Instant at) {}
