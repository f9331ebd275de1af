/** Absence clocks: when which device is due, and whether the bridges can be heard at all. Pure. */
@NullMarked
package io.fengsui.streams.absence;

import org.jspecify.annotations.NullMarked;
