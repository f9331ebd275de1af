/** Every meter of the process, declared once. */
@NullMarked
package io.fengsui.alerting.meter;

import org.jspecify.annotations.NullMarked;
