/** Benchmarks of the bridge's inside, in its own package because nothing of that is public. */
@NullMarked
package io.fengsui.ingest;

import org.jspecify.annotations.NullMarked;
