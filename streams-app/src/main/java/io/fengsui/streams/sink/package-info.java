/** The topics that may be written: which there are, and clients that know them before the first record. */
@NullMarked
package io.fengsui.streams.sink;

import org.jspecify.annotations.NullMarked;
