package io.fengsui.streams.rehearsal;

import io.fengsui.event.EventHeader;
import io.fengsui.ops.Occurrence;
import io.fengsui.schema.feed.Feed;
import io.fengsui.streams.device.GroupJudge;
import io.fengsui.streams.group.GroupCount;
import io.fengsui.streams.rule.Sighting;
import io.fengsui.streams.rule.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What rules have counted across the devices of a lane. For one thread. */
final class GroupCounts {
    private final GroupJudge judge;
    private final Map<String, GroupCount> counts = new HashMap<>();

    GroupCounts(GroupJudge judge) {
        this.judge = judge;
    }

    /** What the rule says of it; null if nothing. */
    @Nullable
    Verdict count(Sighting sighting, Feed<?> feed, EventHeader header) {
        Occurrence occurrence = Occurrence.newBuilder()
                .setRuleId(sighting.rule().id())
                .setFeed(feed.id())
                .setGroupKind(sighting.across().kind())
                .setGroup(sighting.group())
                .setWhat(sighting.what())
                .setDeviceId(header.getDeviceId())
                .setEventId(header.getEventId())
                .setSeverity(sighting.severity())
                .setEventTime(header.getEventTime())
                .setReceivedAt(header.getReceivedAt())
                .setStatus(header.getStatus())
                .setUnitIds(List.of())
                .setDepartmentIds(List.of())
                .build();
        String key = sighting.rule().id() + "|" + sighting.group();
        return judge.judge(occurrence, counts.computeIfAbsent(key, absent -> new GroupCount()));
    }
}
