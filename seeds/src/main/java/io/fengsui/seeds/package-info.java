/** Reference data of the city: read from files, checked as a whole, published to the {@code ref.*} topics. */
@NullMarked
package io.fengsui.seeds;

import org.jspecify.annotations.NullMarked;
