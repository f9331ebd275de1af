/** The whole way of one event: where it came in, where it went, what was said of it, and who did what about that. */
@NullMarked
package io.fengsui.standalone.trace;

import org.jspecify.annotations.NullMarked;
