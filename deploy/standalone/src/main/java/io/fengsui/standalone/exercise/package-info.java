/** Exercises on a running system: playing them, ending them without a trace, and judging what those who took part did. */
@NullMarked
package io.fengsui.standalone.exercise;

import org.jspecify.annotations.NullMarked;
