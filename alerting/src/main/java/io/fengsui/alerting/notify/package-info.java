/** Tells other systems of live alerts; one loop a receiver, so that a slow one delays nobody. */
@NullMarked
package io.fengsui.alerting.notify;

import org.jspecify.annotations.NullMarked;
