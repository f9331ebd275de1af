package io.fengsui.standalone.conformance.proxy;

import io.fengsui.standalone.conformance.observe.Observation;

/** Hears of everything that passes, and may have the connection cut. Called by the proxy's one thread. */
public interface Watcher {

    /** @param link the connection it was seen on */
    void saw(Observation observation, Link link);

    /** What a watcher may do to a connection. */
    interface Link {

        /** Ends the connection on both sides as soon as the bytes at hand have gone to the broker. */
        void cut();

        /** Sends the client a message that the broker knows nothing of, QoS 0, between two packets. */
        void tell(String topic, byte[] payload);
    }
}
