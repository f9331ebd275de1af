/** What the duty room's clocks go by, as data: deadlines of escalation and reports, flapping, revisions of figures. */
@NullMarked
package io.fengsui.alerting.duty;

import org.jspecify.annotations.NullMarked;
