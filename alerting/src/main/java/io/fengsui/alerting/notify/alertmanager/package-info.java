/** Sends alerts to Prometheus Alertmanager, API v2; those of exercises only where it is asked for. */
@NullMarked
package io.fengsui.alerting.notify.alertmanager;

import org.jspecify.annotations.NullMarked;
