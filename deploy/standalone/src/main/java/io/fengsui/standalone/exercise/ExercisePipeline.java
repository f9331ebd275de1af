package io.fengsui.standalone.exercise;

import io.fengsui.schema.feed.Feeds;
import io.fengsui.schema.feed.Lane;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.drill.GroupLag;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** How far the apps are with what exercises say, by the offsets that they have committed. */
public final class ExercisePipeline implements ExerciseRun.Pipeline {
    private final GroupLag lag;
    private final String streamsId;
    private final String alertingId;

    /** @param streamsId application id of the streams app */
    public ExercisePipeline(Admin admin, String streamsId, String alertingId) {
        this.lag = new GroupLag(admin);
        this.streamsId = streamsId;
        this.alertingId = alertingId;
    }

    @Override
    public long inFlight() throws InterruptedException {
        long events = lag.of(alertingId, List.of(Topics.alertSignal(Realm.DRILL).name()));
        for (Lane lane : Lane.values()) {
            List<String> feeds = Feeds.of(lane).stream()
                    .map(feed -> Topics.feed(Realm.DRILL, feed).name())
                    .toList();
            events += lag.of(lane.group(streamsId), feeds);
        }
        return events;
    }
}
