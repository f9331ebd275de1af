/** The duty console: pages, live updates, health, metrics and a small JSON interface over HTTP. */
@NullMarked
package io.fengsui.alerting.console;

import org.jspecify.annotations.NullMarked;
