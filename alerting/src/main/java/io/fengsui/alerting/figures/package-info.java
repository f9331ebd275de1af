/** Monthly figures of alerts: how many, how soon people answered, and whether reports upwards were made in time. */
@NullMarked
package io.fengsui.alerting.figures;

import org.jspecify.annotations.NullMarked;
