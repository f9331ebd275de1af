/** What the console's pages show, ready for the templates: words in two languages, rows, counters. Pure: no HTTP, no Kafka. */
@NullMarked
package io.fengsui.alerting.console.page;

import org.jspecify.annotations.NullMarked;
