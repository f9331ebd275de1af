/** The alerting process: signals and commands in; alert states, notifications and the duty console out. */
@NullMarked
package io.fengsui.alerting;

import org.jspecify.annotations.NullMarked;
