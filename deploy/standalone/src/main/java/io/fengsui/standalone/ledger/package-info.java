/** The ledger by hour: what was accepted, what became of it, and whether that adds up. */
@NullMarked
package io.fengsui.standalone.ledger;

import org.jspecify.annotations.NullMarked;
