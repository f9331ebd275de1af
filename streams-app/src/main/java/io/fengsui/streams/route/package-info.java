/** Who reads an event: units and departments by reference data. Pure. */
@NullMarked
package io.fengsui.streams.route;

import org.jspecify.annotations.NullMarked;
