/** CAP messages for readers: Atom feeds, messages, and who may read them. */
@NullMarked
package io.fengsui.alerting.console.cap;

import org.jspecify.annotations.NullMarked;
