/** Alerts about platforms of units and departments that do not read what is sent to them. */
@NullMarked
package io.fengsui.alerting.readers;

import org.jspecify.annotations.NullMarked;
