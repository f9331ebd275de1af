/** Posts live alerts as signed JSON to receivers of any kind; docs/delivery.md is what they need to know. */
@NullMarked
package io.fengsui.alerting.notify.webhook;

import org.jspecify.annotations.NullMarked;
