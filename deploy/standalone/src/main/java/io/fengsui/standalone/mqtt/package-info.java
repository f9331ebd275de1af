/** An MQTT broker within this JVM, with its users and their rights. */
@NullMarked
package io.fengsui.standalone.mqtt;

import org.jspecify.annotations.NullMarked;
