/** The broker's side: one connection a slot, acknowledgements in order, own reconnect loop. Only package that knows Paho. */
@NullMarked
package io.fengsui.ingest.mqtt;

import org.jspecify.annotations.NullMarked;
