package io.fengsui.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.event.VideoState;
import io.fengsui.ops.DeadLetter;
import io.fengsui.ops.Unrouted;
import io.fengsui.schema.topic.Realm;
import io.fengsui.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** Records that would stop a task each time it reads them, and topics that do not take what is written. */
class PoisonIT extends StreamsOnKafka {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int FAULTY = 424_242;

    @Test
    void shouldSetARecordAsideThatBringsAFaultOfOursOut() throws Exception {
        registry.faulty = FAULTY;
        prepare();
        start();
        send("cam-1", "before", VideoState.ON);
        byte[] poison = ByteBuffer.allocate(9).put((byte) 0).putInt(FAULTY).array();
        kafka.sendBytes("feed.video-status", 0, "cam-1", poison);
        send("cam-1", "after", VideoState.ON);
        awaitRouted(2);

        await().atMost(SOON).until(() -> !kafka.read(Topics.DEAD_LETTER).isEmpty());
        assertThat(kafka.read(Topics.DEAD_LETTER)).singleElement().satisfies((DeadLetter letter) -> {
            assertThat(letter.getReason()).isEqualTo("PROCESSING_FAILED");
            assertThat(letter.getDetail()).contains("a fault of ours");
            assertThat(letter.getPayload()).isEqualTo(ByteBuffer.wrap(poison));
        });
        assertThat(replaced("SetAside")).isEqualTo(1);
        await().atMost(SOON).until(() -> app.check().ready());
    }

    @Test
    void shouldQueueWhatIsTooLargeForAReaderTopic() throws Exception {
        prepare();
        shrink(READERS.name());
        start();
        send("cam-1", "refused", VideoState.ON);
        assertQueued("refused");
    }

    @Test
    void shouldQueueWhatAReaderTopicMayNotBeGiven() throws Exception {
        prepare();
        start();
        deny(READERS.name());
        send("cam-1", "denied", VideoState.ON);
        assertQueued("denied");
    }

    private void assertQueued(String message) {
        var queue = Topics.unrouted(Realm.LIVE, null);
        await().atMost(SOON).until(() -> !kafka.read(queue).isEmpty());

        assertThat(kafka.read(queue)).singleElement().satisfies((Unrouted unrouted) -> {
            assertThat(unrouted.getEventId()).isEqualTo("acme/cam-1/" + message);
            assertThat(unrouted.getReason()).isEqualTo("MISSING_TOPIC");
            assertThat(unrouted.getDetail()).contains(READERS.name());
        });
        assertThat(kafka.read(Topics.DEAD_LETTER)).isEmpty();
        await().atMost(SOON).until(() -> app.check().ready());
    }

    private double replaced(String cause) {
        return meters.get("fengsui.streams.threads.replaced")
                .tag("cause", cause)
                .counter()
                .count();
    }

    private void shrink(String topic) throws Exception {
        try (Admin admin = kafka.admin()) {
            ConfigEntry limit = new ConfigEntry("max.message.bytes", "120");
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                    .all()
                    .get(10, TimeUnit.SECONDS);
        }
    }

    /** Nobody may write; an ACL on a topic closes it to all that it does not allow. */
    private void deny(String topic) throws Exception {
        try (Admin admin = kafka.admin()) {
            admin.createAcls(List.of(
                            acl(topic, AclOperation.WRITE, AclPermissionType.DENY),
                            acl(topic, AclOperation.READ, AclPermissionType.ALLOW),
                            acl(topic, AclOperation.DESCRIBE, AclPermissionType.ALLOW)))
                    .all()
                    .get(10, TimeUnit.SECONDS);
        }
    }

    private static AclBinding acl(String topic, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", operation, permission));
    }
}
