package io.fengsui.ingest.mqtt;

/** The broker refused a filter, or granted it below QoS 1: messages would be lost. Worth another try, and a human. */
final class SubscriptionRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SubscriptionRefusedException(String filter, int reasonCode) {
        super("the broker does not grant '" + filter + "' at QoS 1 (reason code " + reasonCode
                + "): allow the bridge's user to read it");
    }
}
