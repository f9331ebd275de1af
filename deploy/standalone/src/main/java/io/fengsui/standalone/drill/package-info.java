/** Plays a scenario and audits where every message went. */
@NullMarked
package io.fengsui.standalone.drill;

import org.jspecify.annotations.NullMarked;
