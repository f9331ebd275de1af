/** What a device reported around an alert: looked up in Kafka when somebody asks, kept nowhere. */
@NullMarked
package io.fengsui.alerting.readings;

import org.jspecify.annotations.NullMarked;
