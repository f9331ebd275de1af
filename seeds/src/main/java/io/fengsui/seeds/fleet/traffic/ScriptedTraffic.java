package io.fengsui.seeds.fleet.traffic;

import io.fengsui.reference.Device;
import io.fengsui.reference.DivisionCode;
import io.fengsui.reference.Unit;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.topic.Topics;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what a {@link Script} says. Events that name their own division are spread over those that have a code. */
final class ScriptedTraffic implements FeedTraffic {
    private static final int OPEN_STORIES = 4;
    private static final Pattern AROUND = Pattern.compile("(-?[0-9.]+) ± ([0-9.]+)");
    private static final Pattern RISING = Pattern.compile("\\+ ([0-9.]+)");

    private record Division(String code, String name) {}

    /** What one device tells in several reports. */
    private final class Story {
        private final Device device;
        private final boolean alarming;
        private final int length;
        private final Map<String, Object> values = new LinkedHashMap<>();
        private int step;

        Story(Device device, Map<String, Object> script, boolean alarming, String number) {
            this.device = device;
            this.alarming = alarming;
            this.length = alarming ? alarmLength : reportLength;
            if (order != null) {
                values.put(order, number);
            }
            script.forEach((field, value) -> values.put(
                    field, value instanceof List<?> choices ? choices.get(random.nextInt(choices.size())) : value));
            if (named) {
                Division division = divisions.get(random.nextInt(divisions.size()));
                values.put(Feed.DIVISION_CODE, division.code);
                values.put(Feed.DIVISION_NAME, division.name);
            }
        }

        boolean isOver() {
            return step == length;
        }

        DeviceReport report() {
            Map<String, Object> fields = new LinkedHashMap<>();
            values.forEach((field, value) -> fields.put(field, said(device, field, value, step)));
            step++;
            return new DeviceReport(device, fields, null, alarming);
        }
    }

    private final Script script;
    private final @Nullable String order;
    private final boolean named;
    private final int reportLength;
    private final int alarmLength;
    private final List<Division> divisions;
    private final DeviceRing ring;
    private final Episodes episodes;
    private final Random random;
    private final String run;
    private final Deque<Story> open = new ArrayDeque<>();
    private final Map<String, Double> counters = new HashMap<>();
    private int stories;

    /**
     * @param units of the reference data, with their codes
     * @param run tells the numbers of one run from those of another
     */
    ScriptedTraffic(
            Feed<?> feed,
            Script script,
            List<Device> devices,
            Collection<Unit> units,
            double alarmShare,
            Random random,
            String run) {
        this.script = script;
        this.order = script.order();
        this.named = feed.namesDivision();
        this.reportLength = Script.length(script.report());
        this.alarmLength = Script.length(script.alarm());
        this.divisions = units.stream()
                .filter(unit -> Topics.hasTownshipTopics(unit.getKind()))
                .flatMap(unit -> unit.getCodes().stream()
                        .filter(code -> code.getValidTo() == null)
                        .map(DivisionCode::getCode)
                        .map(code -> new Division(code, unit.getNameZh())))
                .toList();
        this.ring = new DeviceRing(devices, random);
        this.episodes = new Episodes(alarmShare, alarmLength);
        this.random = random;
        this.run = run;
    }

    @Override
    public Optional<Device> device(Predicate<Device> canSpeak) {
        return ring.next(canSpeak);
    }

    @Override
    public Optional<DeviceReport> next(Predicate<Device> canSpeak) {
        boolean alarming = episodes.begins();
        boolean beginsAnother = reportLength == 1 ? open.isEmpty() : open.size() < OPEN_STORIES;
        if (alarming || beginsAnother) {
            Optional<Device> device = ring.next(canSpeak);
            device.ifPresent(d -> open.addLast(story(d, alarming)));
            return device.map(d -> told(open.removeLast()));
        }
        for (int tried = 0; tried < open.size(); tried++) {
            Story story = open.removeFirst();
            if (canSpeak.test(story.device)) {
                return Optional.of(told(story));
            }
            open.addLast(story);
        }
        return ring.next(canSpeak).map(this::plain);
    }

    private DeviceReport told(Story story) {
        DeviceReport report = story.report();
        if (!story.isOver()) {
            open.addLast(story);
        }
        return report;
    }

    private Story story(Device device, boolean alarming) {
        return new Story(device, alarming ? script.alarm() : script.report(), alarming, "S" + run + "-" + ++stories);
    }

    @Override
    public DeviceReport plain(Device device) {
        Story story = story(device, false);
        story.step = story.length - 1;
        return story.report();
    }

    private Object said(Device device, String field, Object value, int step) {
        if (!(value instanceof String text)) {
            return value;
        }
        String[] steps = text.split(Script.THEN);
        String now = steps[Math.min(step, steps.length - 1)].strip();
        Matcher around = AROUND.matcher(now);
        if (around.matches()) {
            return rounded(Double.parseDouble(around.group(1))
                    + (random.nextDouble() * 2 - 1) * Double.parseDouble(around.group(2)));
        }
        Matcher rising = RISING.matcher(now);
        if (rising.matches()) {
            double by = random.nextDouble() * Double.parseDouble(rising.group(1));
            return rounded(counters.merge(device.getDeviceId() + " " + field, by, Double::sum));
        }
        return now.matches("-?[0-9]{1,9}\\.[0-9]+") ? Double.valueOf(now) : now;
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
