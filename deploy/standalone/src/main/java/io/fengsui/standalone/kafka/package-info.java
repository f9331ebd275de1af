/** A Kafka broker within this JVM. */
@NullMarked
package io.fengsui.standalone.kafka;

import org.jspecify.annotations.NullMarked;
