/** Writing down in Kafka what somebody waits for. */
@NullMarked
package io.fengsui.alerting.append;

import org.jspecify.annotations.NullMarked;
