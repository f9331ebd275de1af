/**
 * Which alerts belong together, and which gateway or vendor is dark, pure: no Kafka, no HTTP, no clock. Read {@code
 * Correlator} first.
 */
@NullMarked
package io.fengsui.alerting.incident;

import org.jspecify.annotations.NullMarked;
