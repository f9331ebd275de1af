/** Between a vendor's client and the broker: passes every byte on and watches the packets with Netty's MQTT codec. */
@NullMarked
package io.fengsui.standalone.conformance.proxy;

import org.jspecify.annotations.NullMarked;
