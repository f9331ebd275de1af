/** The record of what people did or tried at the console: written to Kafka, and searched there. */
@NullMarked
package io.fengsui.alerting.audit;

import org.jspecify.annotations.NullMarked;
