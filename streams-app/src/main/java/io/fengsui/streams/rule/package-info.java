/**
 * Rules as data: YAML files with CEL conditions, compiled and type-checked against the fields of their feed, and the pure
 * engine that runs them. Nothing here knows Kafka or a clock.
 */
@NullMarked
package io.fengsui.streams.rule;

import org.jspecify.annotations.NullMarked;
