/** Generated sample enterprises, buildings and devices: the same for the same seed number, and named as samples. */
@NullMarked
package io.fengsui.seeds.sample;

import org.jspecify.annotations.NullMarked;
