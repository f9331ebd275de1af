/** Every meter of the streams app, declared once. */
@NullMarked
package io.fengsui.streams.meter;

import org.jspecify.annotations.NullMarked;
