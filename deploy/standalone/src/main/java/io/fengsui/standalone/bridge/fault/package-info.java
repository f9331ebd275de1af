/** Faults on purpose while vendors publish, and the account of what became of every message. */
@NullMarked
package io.fengsui.standalone.bridge.fault;

import org.jspecify.annotations.NullMarked;
