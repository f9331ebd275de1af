/** Composes brokers, registry, the three apps and a fleet into one run. */
@NullMarked
package io.fengsui.standalone;

import org.jspecify.annotations.NullMarked;
