package io.fengsui.platform;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Health of an app.
 *
 * @param live false if only a restart can help
 * @param ready false while it does not do its work
 * @param details state by part, for people
 */
public record Health(boolean live, boolean ready, Map<String, String> details) {

    public static Health up(Map<String, String> details) {
        return new Health(true, true, details);
    }

    public static Health notReady(Map<String, String> details) {
        return new Health(true, false, details);
    }

    public static Health dead(Map<String, String> details) {
        return new Health(false, false, details);
    }

    /** Health of a whole: live and ready if all its parts are; details are prefixed by the part's name. */
    public static Health of(Map<String, Health> parts) {
        Map<String, String> details = new LinkedHashMap<>();
        boolean live = true;
        boolean ready = true;
        for (Map.Entry<String, Health> part : parts.entrySet()) {
            live &= part.getValue().live();
            ready &= part.getValue().ready();
            part.getValue().details().forEach((key, value) -> details.put(part.getKey() + "." + key, value));
        }
        return new Health(live, ready, details);
    }
}
