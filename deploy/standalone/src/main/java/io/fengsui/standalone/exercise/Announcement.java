package io.fengsui.standalone.exercise;

import io.fengsui.ingest.decode.DeviceTime;
import io.fengsui.platform.StartException;
import io.fengsui.reference.Device;
import io.fengsui.reference.Unit;
import io.fengsui.schema.feed.Feed;
import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topic;
import io.fengsui.schema.topic.Topics;
import io.fengsui.seeds.SeedSet;
import io.fengsui.seeds.fleet.Destinations;
import io.fengsui.seeds.scenario.ExerciseScript;
import io.fengsui.standalone.letters.Language;
import io.fengsui.standalone.letters.Printable;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said before an exercise begins: what is played, how long, who will see it. */
public final class Announcement {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(DeviceTime.SHANGHAI);

    private final Language language;
    private final SeedSet seeds;
    private final Consumer<String> out;

    public Announcement(Language language, SeedSet seeds, Consumer<String> out) {
        this.language = language;
        this.seeds = seeds;
        this.out = out;
    }

    /** A name with its time, so that two exercises of a day are two. */
    public static String named(String title, Instant now) {
        String name = title + " " + DAY.format(now);
        return name.length() <= 60 ? name : name.substring(name.length() - 60);
    }

    /** Alert topics for exercises of all units and departments. */
    public static List<String> alertTopics(SeedSet seeds) {
        return seeds.units().values().stream()
                .flatMap(unit ->
                        Topics.readersOf(Realm.DRILL, unit, seeds.routes().values()).stream())
                .map(Topic::name)
                .filter(name -> name.endsWith("." + Topics.ALERT))
                .toList();
    }

    /** @throws StartException that lists what the script names and the reference data has not */
    public void check(ExerciseScript script) {
        List<String> problems = new ArrayList<>();
        Stream.concat(script.steps().stream(), script.closing().stream())
                .map(ExerciseScript.Step::device)
                .distinct()
                .filter(id -> !seeds.devices().containsKey(id))
                .forEach(id -> problems.add("no device " + id));
        String rules =
                seeds.rules().values().stream().map(file -> file.getYaml()).collect(Collectors.joining("\n"))
                        + seeds.incidents().values().stream()
                                .map(file -> file.getYaml())
                                .collect(Collectors.joining("\n"));
        script.reactions().stream()
                .map(ExerciseScript.Reaction::rule)
                .distinct()
                .filter(rule -> !rules.contains("id: " + rule))
                .forEach(rule -> problems.add("no rule " + rule));
        if (!problems.isEmpty()) {
            throw new StartException("The exercise " + script.name() + " does not fit the reference data: "
                    + String.join(", ", problems));
        }
    }

    /** Tells it. */
    public void of(ExercisePlan plan, Instant now) {
        line("演练 EXERCISE  " + plan.name());
        line(say(plan.about().getZh(), plan.about().getEn()));
        line(say("参演：", "Takes part: ")
                + say(plan.participants().getZh(), plan.participants().getEn()));
        line(say("时长：", "Lasts: ")
                + say(Spans.zh(plan.lasts()), Spans.en(plan.lasts()))
                + say("，", ", ")
                + plan.cues().size()
                + say(" 条消息", " messages"));
        line(say("将收到（均在 drill. 主题和“演练”页面）：", "Will see it, behind drill. and under 演练: ") + readers(plan, now));
        line(say(
                "实时主题、实时告警、Alertmanager 实时路由、CAP 实时订阅和 Webhook 均不会收到。",
                "No live topic, live alert, live route of Alertmanager, live CAP feed or webhook is told."));
        for (int i = 0; i < plan.cues().size() && i < 40; i++) {
            ExercisePlan.Cue cue = plan.cues().get(i);
            line("  " + clock(cue) + "  " + Printable.pad(cue.device(), 22) + " "
                    + say(cue.tells().getZh(), cue.tells().getEn()));
        }
        plan.reactions()
                .forEach(reaction -> line(
                        "  □ " + say(reaction.words().getZh(), reaction.words().getEn())));
    }

    /** Tells what of a past incident cannot be played. */
    public void lacking(PastIncident past) {
        if (past.gone() > 0) {
            line(say("已过保存期、不能重演的消息：", "Messages that are gone and cannot be played: ") + past.gone());
        }
        if (past.silences() > 0) {
            line(say("由失联产生、没有消息可重演的信号：", "Signals of silence, which have no message to play: ") + past.silences());
        }
    }

    private String readers(ExercisePlan plan, Instant now) {
        Destinations destinations = new Destinations(seeds);
        Set<String> units = new LinkedHashSet<>();
        for (String id : plan.devices()) {
            Device device = seeds.devices().get(id);
            Feed<?> feed = device == null ? null : Feeds.byId(device.getFeed()).orElse(null);
            if (device != null && feed != null) {
                destinations.of(Realm.DRILL, feed, device, null, now).topics().stream()
                        .map(topic -> topic.split("\\.")[2])
                        .filter(seeds.units()::containsKey)
                        .forEach(units::add);
            }
        }
        return units.stream().map(unit -> unit(language, unit)).sorted().collect(Collectors.joining(say("、", ", ")));
    }

    /** Name of a unit; its id if it is not known. */
    public String unit(Language in, String id) {
        Unit unit = seeds.units().get(id);
        return unit == null ? id : in.say(unit.getNameZh(), unit.getNameEn());
    }

    static String clock(ExercisePlan.Cue cue) {
        return String.format(
                Locale.ROOT, "%3d:%02d", cue.at().toMinutes(), cue.at().toSecondsPart());
    }

    private String say(String zh, String en) {
        return language.say(zh, en);
    }

    private void line(String text) {
        out.accept(Printable.of(text));
    }
}
