package io.fengsui.seeds.fleet;

import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.fleet.link.Acknowledgements;
import io.fengsui.seeds.fleet.link.Link;
import io.fengsui.seeds.fleet.link.LinkSettings;
import io.fengsui.seeds.fleet.link.Outgoing;
import io.fengsui.seeds.scenario.ExerciseScript;
import io.fengsui.seeds.scenario.ExerciseScript.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Says the steps of an exercise over MQTT as the vendors of its devices, each message marked as of the exercise. Its connections
 * have no last will: a real gateway is not told of as lost when one breaks. One thread.
 */
public final class ScriptPlayer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FleetSettings settings;
    private final SeedSet seeds;
    private final String exercise;
    private final String run;
    private final Map<String, Link> links = new TreeMap<>();
    private final AtomicReference<@Nullable String> refused = new AtomicReference<>();
    private int number;

    /**
     * @param exercise name that every message carries
     * @param run what makes the ids of these messages others than those of any other exercise: letters, digits and '-'
     */
    public ScriptPlayer(SeedSet seeds, FleetSettings settings, String exercise, String run) {
        this.settings = settings;
        this.seeds = seeds;
        this.exercise = exercise;
        this.run = run;
    }

    /**
     * Connects as the vendors of these steps.
     *
     * @throws StartException if a device is not known, a vendor has no password, or the broker does not let one in
     */
    public void connect(List<Step> steps) {
        for (Step step : steps) {
            String vendor = device(step).getVendor();
            if (!links.containsKey(vendor)) {
                String password = settings.passwords().apply(vendor);
                if (password == null) {
                    throw new StartException("There is no password for vendor " + vendor + ", whose device "
                            + step.device() + " takes part; --users names a file with vendor=password");
                }
                Link link = new Link(
                        new LinkSettings(settings.brokers(), vendor + "-" + run, vendor, password),
                        () -> null,
                        new Hearing(),
                        settings.nanoTime());
                link.connect();
                links.put(vendor, link);
            }
        }
    }

    /**
     * Publishes a step; returns when the broker has it.
     *
     * @param now device clock
     * @return id of the event that it becomes
     * @throws StartException if the broker refuses it, or does not answer for 30 s
     */
    public String play(Step step, Instant now) throws InterruptedException {
        Device device = device(step);
        String messageId = run + "-" + ++number;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("messageId", messageId);
        fields.put("status", "EXERCISE");
        fields.put("exercise", exercise);
        step.message().forEach((name, value) -> fields.put(name, ofThisRun(value)));
        Outgoing message = new Outgoing(
                number,
                "fengsui/v1/" + device.getVendor() + "/" + device.getFeed() + "/" + device.getDeviceId(),
                messageId,
                JsonEnvelope.payload(JsonEnvelope.of(device, now, fields)));
        Link link = links.get(device.getVendor());
        if (link == null || !link.send(message) || !link.awaitAcknowledged(PATIENCE)) {
            throw new StartException("The MQTT broker did not take the message of " + step.device());
        }
        String reason = refused.get();
        if (reason != null) {
            throw new StartException(reason);
        }
        return device.getVendor() + "/" + device.getDeviceId() + "/" + messageId;
    }

    private Object ofThisRun(Object value) {
        return value instanceof String text ? text.replace(ExerciseScript.RUN, run) : value;
    }

    private Device device(Step step) {
        Device device = seeds.devices().get(step.device());
        if (device == null) {
            throw new StartException("Device " + step.device() + " of the exercise is not in the reference data");
        }
        return device;
    }

    @Override
    public void close() {
        links.values().forEach(Link::close);
    }

    private final class Hearing implements Acknowledgements {
        @Override
        public void acknowledged(Outgoing message, int reasonCode) {
            if (reasonCode >= 128) {
                refused.compareAndSet(
                        null, "The MQTT broker refuses " + message.topic() + " (reason code " + reasonCode + ")");
            }
        }

        @Override
        public void resent(Outgoing message) {
            // the bridge drops what comes twice
        }

        @Override
        public void willMayHaveFired(Outgoing will) {
            // there is none
        }
    }
}
