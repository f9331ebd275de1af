/**
 * Judges a vendor's MQTT connection point by point. {@code observe} is what was seen, {@code judge} decides and knows neither
 * network nor clock, {@code proxy} is the rim, {@code report} tells.
 */
@NullMarked
package io.fengsui.standalone.conformance;

import org.jspecify.annotations.NullMarked;
