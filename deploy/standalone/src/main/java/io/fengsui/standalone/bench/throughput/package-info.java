/** How many records a second the streams app's topology takes, beside a bare one that copies them. */
@NullMarked
package io.fengsui.standalone.bench.throughput;

import org.jspecify.annotations.NullMarked;
