/** Published rules as people read them. Whether they compile is the streams app's to say; nothing is judged here. */
@NullMarked
package io.fengsui.alerting.rulebook;

import org.jspecify.annotations.NullMarked;
