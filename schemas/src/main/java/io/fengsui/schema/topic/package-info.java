/** The Kafka topics, declared once, and the tool that creates them and registers their schemas. */
@NullMarked
package io.fengsui.schema.topic;

import org.jspecify.annotations.NullMarked;
