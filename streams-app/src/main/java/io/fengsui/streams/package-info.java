/** The streams app: routes every event to its readers exactly once, runs the rules and the absence clocks. */
@NullMarked
package io.fengsui.streams;

import org.jspecify.annotations.NullMarked;
