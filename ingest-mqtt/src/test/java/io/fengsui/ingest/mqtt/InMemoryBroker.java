package io.fengsui.ingest.mqtt;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.common.util.MqttTopicValidator;

/**
 * A broker and its sources in memory, for tests: sessions, receive maximum, redelivery. Nothing moves by itself; {@link
 * #settle} does what can be done: connect, deliver, redeliver.
 */
public final class InMemoryBroker {

    /** What somebody published. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Published(String topic, byte[] payload, String contentType, String messageId) {}

    private static final class Delivery {
        private final Published message;
        private final boolean ofBridge;
        private boolean redelivered;

        private Delivery(Published message, boolean ofBridge) {
            this.message = message;
            this.ofBridge = ofBridge;
        }
    }

    private final InstantSource clock;
    private final List<Source> sources = new ArrayList<>();
    private final List<Published> fromSources = new ArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();

    public InMemoryBroker(InstantSource clock) {
        this.clock = clock;
    }

    public Source source(Slot slot, int receiveMaximum, MqttSource.Gate gate) {
        Source source = new Source(slot, receiveMaximum, gate);
        sources.stream()
                .filter(other -> other.slot.clientId().equals(slot.clientId()))
                .findFirst()
                .ifPresent(source::takeSessionOf);
        sources.add(source);
        return source;
    }

    public void publish(String topic, byte[] payload) {
        publish(topic, payload, null, null);
    }

    public void publish(String topic, byte[] payload, String contentType, String messageId) {
        Published message = new Published(topic, payload, contentType, messageId);
        sources.forEach(source -> source.enqueue(message, false));
    }

    /** What sources published. */
    public List<Published> published() {
        return List.copyOf(fromSources);
    }

    /** Topics of acknowledged messages, in order. */
    public List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    public int unacknowledged() {
        return sources.stream()
                .mapToInt(source -> source.queue.size() + source.sent.size())
                .sum();
    }

    public void settle() {
        sources.forEach(Source::settle);
    }

    /** One session and its reader. */
    public final class Source implements MqttSource {
        private final Slot slot;
        private final int receiveMaximum;
        private final Gate gate;
        private Deque<Delivery> queue = new ArrayDeque<>();
        private Deque<Delivery> sent = new ArrayDeque<>();
        private boolean session;
        private boolean stopped;
        private OrderedAcks acks;
        private Consumer<InboundMessage> receiver;
        private State state;
        private long lost;

        private Source(Slot slot, int receiveMaximum, Gate gate) {
            this.slot = slot;
            this.receiveMaximum = receiveMaximum;
            this.gate = gate;
            this.state = new State(Phase.STOPPED, "not started", clock.instant());
        }

        private void takeSessionOf(Source other) {
            session = other.session;
            queue = other.queue;
            sent = other.sent;
            other.session = false;
            other.queue = new ArrayDeque<>();
            other.sent = new ArrayDeque<>();
        }

        private void enqueue(Published message, boolean ofBridge) {
            if (session && slot.filters().stream().anyMatch(f -> MqttTopicValidator.isMatched(f, message.topic()))) {
                queue.add(new Delivery(message, ofBridge));
            }
        }

        /** Does what this source can do. */
        public void settle() {
            if (receiver == null || stopped) {
                return;
            }
            if (acks == null) {
                connect();
            }
            while (acks != null && !queue.isEmpty() && sent.size() < receiveMaximum) {
                Delivery next = queue.remove();
                sent.add(next);
                deliver(next, acks);
            }
        }

        private void connect() {
            try {
                String closed = gate.closedBecause();
                if (!closed.isEmpty()) {
                    state = new State(Phase.HELD_BACK, closed, clock.instant());
                    return;
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            try {
                gate.connected(session);
                session = true;
                gate.subscribed();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            acks = new OrderedAcks(
                    packetId -> acknowledged.add(sent.remove().message.topic()));
            state = new State(Phase.SUBSCRIBED, "connected", clock.instant());
        }

        private void deliver(Delivery delivery, OrderedAcks connection) {
            boolean again = delivery.redelivered;
            delivery.redelivered = true;
            OrderedAcks.Ticket ticket = connection.arrived(1, clock.instant());
            Published message = delivery.message;
            InboundMessage inbound = new InboundMessage(
                    message.topic(),
                    message.payload(),
                    message.contentType(),
                    message.messageId(),
                    delivery.ofBridge,
                    again,
                    clock.instant(),
                    new InboundMessage.Settlement() {
                        @Override
                        public void done(Runnable then) {
                            ticket.done(then);
                        }

                        @Override
                        public void failed(String why) {
                            drop(connection, why);
                        }
                    });
            try {
                receiver.accept(inbound);
            } catch (RuntimeException e) {
                drop(connection, e.toString());
            }
        }

        private void drop(OrderedAcks connection, String why) {
            connection.end();
            if (acks == connection) {
                acks = null;
                lost++;
                state = new State(Phase.CONNECTING, why, clock.instant());
                if (!stopped) {
                    lostAtTheGate();
                }
                while (!sent.isEmpty()) {
                    queue.addFirst(sent.removeLast());
                }
            }
        }

        private void lostAtTheGate() {
            try {
                gate.lost();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** The broker closes the connection and keeps the session. */
        public void disconnect() {
            if (acks != null) {
                drop(acks, "closed by the broker");
            }
        }

        @Override
        public void drop(String why) {
            if (acks != null) {
                drop(acks, why);
            }
        }

        /** The broker forgets the session, and its client does not know yet. */
        public void loseSessionUnnoticed() {
            session = false;
            queue.clear();
            sent.clear();
        }

        /** The broker loses the message that came last. */
        public void loseNewest() {
            queue.removeLast();
        }

        /** The broker forgets the session. */
        public void loseSession() {
            disconnect();
            queue.clear();
            session = false;
        }

        public boolean isSubscribed() {
            return state.phase() == Phase.SUBSCRIBED;
        }

        @Override
        public void start(Consumer<InboundMessage> to) {
            receiver = to;
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public boolean alive() {
            return !stopped;
        }

        @Override
        public int inFlight() {
            return acks == null ? 0 : acks.inFlight();
        }

        @Override
        public long connectionsLost() {
            return lost;
        }

        @Override
        public boolean isFlowing() {
            return isSubscribed();
        }

        @Override
        public long messagesLost() {
            return 0;
        }

        @Override
        public CompletableFuture<Boolean> publish(String topic, byte[] payload, String contentType) {
            if (acks != null) {
                Published message = new Published(topic, payload, contentType, null);
                fromSources.add(message);
                sources.stream().filter(source -> source != this).forEach(source -> source.enqueue(message, true));
            }
            return CompletableFuture.completedFuture(acks != null);
        }

        @Override
        public void abandon() {
            stopped = true;
            disconnect();
            state = new State(Phase.STOPPED, "abandoned", clock.instant());
        }

        @Override
        public void close() {
            try {
                if (acks != null) {
                    acks.awaitEmpty(2_000);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            stopped = true;
            disconnect();
            state = new State(Phase.STOPPED, "closed", clock.instant());
        }
    }
}
