/** What is known of one device: the ids it used lately, when it was heard, and what is going on there. Pure but for the serde. */
@NullMarked
package io.fengsui.streams.device;

import org.jspecify.annotations.NullMarked;
