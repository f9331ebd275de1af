/** The life of an alert, pure: no Kafka, no HTTP, no clock. Read {@code AlertLifecycle} first. */
@NullMarked
package io.fengsui.alerting.lifecycle;

import org.jspecify.annotations.NullMarked;
