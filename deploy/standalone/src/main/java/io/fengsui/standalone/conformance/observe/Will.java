package io.fengsui.standalone.conformance.observe;

/**
 * A last will as it stands in CONNECT.
 *
 * @param namesTime whether its payload names a time or a message id, which are those of the connect
 */
public record Will(int qos, boolean retained, boolean namesTime, Reading reading) {}
