/** Avro in the Confluent wire format over Confluent's Schema Registry client. */
@NullMarked
package io.fengsui.schema.serde;

import org.jspecify.annotations.NullMarked;
