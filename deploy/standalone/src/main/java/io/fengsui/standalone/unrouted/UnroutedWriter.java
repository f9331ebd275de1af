package io.fengsui.standalone.unrouted;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.fengsui.ops.UnroutedReplay;
import io.fengsui.platform.StartException;
import io.fengsui.schema.topic.Topics;
import io.fengsui.standalone.letters.ReplayTransactions;
import io.fengsui.standalone.letters.ReplayTransactions.Order;
import io.fengsui.streams.device.Forwarding;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Writes the copies of events together with the account of it, in {@link ReplayTransactions}: whoever dies half-way has delivered
 * nothing that is not known. One thread.
 */
public final class UnroutedWriter implements AutoCloseable {
    private final ReplayTransactions transactions;

    private UnroutedWriter(ReplayTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Takes the place of any other replay.
     *
     * @param kafka settings of Kafka's clients
     */
    public static UnroutedWriter begin(Map<String, Object> kafka, SchemaRegistryClient registry) {
        return new UnroutedWriter(
                ReplayTransactions.begin(kafka, registry, "unrouted-replay", "fengsui-unrouted-replay"));
    }

    /**
     * Writes deliveries; those that change nothing leave no trace.
     *
     * @param forwarding makes copies of events; the events are changed
     * @param progress told how many are done, after each transaction
     * @throws StartException at the first failure; names the first event that was not written
     */
    public void write(List<Delivery> deliveries, Forwarding forwarding, Order order, IntConsumer progress) {
        transactions.write(deliveries, Delivery::eventId, delivery -> write(delivery, forwarding, order), progress);
    }

    private void write(Delivery delivery, Forwarding forwarding, Order order) {
        if (delivery.changesNothing()) {
            return;
        }
        forwarding.prepare(delivery.feed(), delivery.event(), delivery.header(), delivery.routing());
        String deviceId = delivery.header().getDeviceId();
        delivery.topics().forEach(topic -> transactions.send(topic, deviceId, delivery.event()));
        transactions.send(Topics.UNROUTED_REPLAY.name(), delivery.eventId(), replay(delivery, order));
    }

    private static UnroutedReplay replay(Delivery delivery, Order order) {
        return UnroutedReplay.newBuilder()
                .setEventId(delivery.eventId())
                .setFeed(delivery.feed().id())
                .setDeviceId(delivery.header().getDeviceId())
                .setStatus(delivery.header().getStatus())
                .setCause(delivery.cause())
                .setDeliveredTo(delivery.topics())
                .setSettled(delivery.settles())
                .setActor(order.actor())
                .setNote(order.note())
                .setReplayedAt(order.at())
                .build();
    }

    @Override
    public void close() {
        transactions.close();
    }
}
