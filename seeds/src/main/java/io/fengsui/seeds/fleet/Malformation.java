package io.fengsui.seeds.fleet;

import io.fengsui.schema.rejection.Rejection;
import java.util.function.UnaryOperator;

/** A way to spoil a message, and the reason it must be refused with. */
record Malformation(Rejection reason, UnaryOperator<Draft> spoil) {}
