/** Every meter of the bridge, declared once. */
@NullMarked
package io.fengsui.ingest.meter;

import org.jspecify.annotations.NullMarked;
