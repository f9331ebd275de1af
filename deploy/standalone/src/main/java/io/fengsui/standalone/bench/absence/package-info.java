/** What it costs to watch devices for silence, how soon and how surely it is found, and what a scan of all of them costs. */
@NullMarked
package io.fengsui.standalone.bench.absence;

import org.jspecify.annotations.NullMarked;
