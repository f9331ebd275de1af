/** What is done about errors that Kafka Streams meets: kept as a dead letter, tried again, or the end. */
@NullMarked
package io.fengsui.streams.failure;

import org.jspecify.annotations.NullMarked;
