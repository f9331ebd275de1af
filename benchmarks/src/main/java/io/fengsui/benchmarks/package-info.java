/** Peers of the bridge, as programs of their own. */
@NullMarked
package io.fengsui.benchmarks;

import org.jspecify.annotations.NullMarked;
