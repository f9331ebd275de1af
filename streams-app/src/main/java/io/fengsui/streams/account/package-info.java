/** The ledger's side of the streams app: what became of each message, counted in the transaction that dealt with it. */
@NullMarked
package io.fengsui.streams.account;

import org.jspecify.annotations.NullMarked;
