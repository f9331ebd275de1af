/** Events that somebody misses as a queue that people work off: found, given a unit, sent on once, and who did so. */
@NullMarked
package io.fengsui.standalone.unrouted;

import org.jspecify.annotations.NullMarked;
