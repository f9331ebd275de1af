/** What alerts cost and how soon they are seen: the alerting app on real Kafka, with Alertmanager and browsers' connections. */
@NullMarked
package io.fengsui.standalone.bench.alerts;

import org.jspecify.annotations.NullMarked;
