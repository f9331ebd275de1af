/**
 * Reports of Beidou terminals that are too long for one message: parts come minutes apart, in any order, some twice, and
 * are joined here. Pure but for the serde.
 */
@NullMarked
package io.fengsui.streams.assembly;

import org.jspecify.annotations.NullMarked;
