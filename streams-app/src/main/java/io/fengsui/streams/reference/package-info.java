/** The city's reference data as the streams app sees it: units, sites, devices, routes, parameters. */
@NullMarked
package io.fengsui.streams.reference;

import org.jspecify.annotations.NullMarked;
