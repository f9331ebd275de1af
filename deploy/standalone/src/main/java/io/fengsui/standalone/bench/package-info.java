/** Measures the whole pipeline from outside, as vendors, readers and duty officers see it. */
@NullMarked
package io.fengsui.standalone.bench;

import org.jspecify.annotations.NullMarked;
