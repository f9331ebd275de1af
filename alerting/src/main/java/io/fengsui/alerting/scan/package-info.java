/** Looking through what Kafka has of a topic, when somebody asks. */
@NullMarked
package io.fengsui.alerting.scan;

import org.jspecify.annotations.NullMarked;
