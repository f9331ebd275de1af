/** Kafka Streams around the lifecycle: reads signals and commands, keeps alerts, writes them to their readers. */
@NullMarked
package io.fengsui.alerting.topology;

import org.jspecify.annotations.NullMarked;
