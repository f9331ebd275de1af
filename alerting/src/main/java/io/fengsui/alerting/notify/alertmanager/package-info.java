/** Sends live alerts to Prometheus Alertmanager, API v2. */
@NullMarked
package io.fengsui.alerting.notify.alertmanager;

import org.jspecify.annotations.NullMarked;
