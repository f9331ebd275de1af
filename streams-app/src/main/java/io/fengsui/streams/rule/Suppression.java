package io.fengsui.streams.rule;

/**
 * What a rule may say under {@code suppress}. The alert is raised all the same; the alerting app shows it as suppressed and tells
 * nobody while what is named here lasts.
 */
public final class Suppression {

    /** A maintenance window of the device, its gateway, site or unit. */
    public static final String MAINTENANCE = "maintenance";

    /** An alert about the device's gateway. */
    public static final String GATEWAY = "gateway";

    /** Put before the id of another rule with an open alert about the same device. */
    public static final String DEVICE = "device:";

    /** Put before the id of another rule with an open alert about a device of the same site. */
    public static final String SITE = "site:";

    private Suppression() {}
}
