package io.fengsui.schema.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.schema.feed.Feeds;
import org.junit.jupiter.api.Test;

class ReaderTopicTest {

    @Test
    void shouldTellWhoseTopicItIs() {
        assertThat(Topics.readerOf(Topics.township(Realm.LIVE, "zhangpu", Feeds.DUST_SENSOR)
                        .name()))
                .contains("zhangpu");
        assertThat(Topics.readerOf(Topics.cityAlert(Realm.LIVE, "police").name()))
                .contains("police");
    }

    @Test
    void shouldLeaveOutExercisesAndWhatIsNoReaders() {
        assertThat(Topics.readerOf(Topics.townshipAlert(Realm.DRILL, "zhangpu").name()))
                .isEmpty();
        assertThat(Topics.readerOf(Topics.feed(Realm.LIVE, Feeds.DUST_SENSOR).name()))
                .isEmpty();
        assertThat(Topics.readerOf("township")).isEmpty();
    }
}
