/** One judge a point: pure decisions over what was observed. */
@NullMarked
package io.fengsui.standalone.conformance.judge;

import org.jspecify.annotations.NullMarked;
