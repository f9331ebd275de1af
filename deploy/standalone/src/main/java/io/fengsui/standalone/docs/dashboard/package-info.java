/** Grafana's dashboards, written from the short sources in deploy/grafana/source. */
@NullMarked
package io.fengsui.standalone.docs.dashboard;

import org.jspecify.annotations.NullMarked;
