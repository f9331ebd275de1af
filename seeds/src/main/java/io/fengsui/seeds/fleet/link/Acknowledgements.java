package io.fengsui.seeds.fleet.link;

/** Hears of PUBACKs. Called by threads of the client library; must not block. */
public interface Acknowledgements {

    /** @param reasonCode of MQTT 5: 0 success, 16 no matching subscriber, 128 and above refused */
    void acknowledged(Outgoing message, int reasonCode);

    /** A message whose acknowledgement was lost with its connection is sent again. */
    void resent(Outgoing message);

    /** A connection was lost unasked; the broker may have published this last will of it. */
    void willMayHaveFired(Outgoing will);
}
