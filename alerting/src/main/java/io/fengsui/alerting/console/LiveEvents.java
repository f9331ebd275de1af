package io.fengsui.alerting.console;

import io.fengsui.alerting.access.User;
import io.fengsui.alerting.board.AlertBoard;
import io.fengsui.alerting.board.Subscription;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.schema.topic.Realm;
import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells open pages by server-sent events that a realm has changed; the page then asks for itself anew. Changes of a quarter
 * of a second are told as one, so that a storm of alerts costs a browser four updates a second and no more. Each connection
 * is written to by a thread of its own, so that one that hangs delays no other.
 */
final class LiveEvents implements AutoCloseable {
    /** Sign of life; the page says that the connection is lost when none comes. */
    private static final String BEAT = "beat";

    private static final Duration GAP = Duration.ofMillis(250);
    private static final Duration BEAT_INTERVAL = Duration.ofSeconds(5);
    /** Twice the 500 browsers that a city's duty rooms and wall screens may have open. */
    private static final int MOST_CLIENTS = 1_000;
    /** Of one user: all wall screens of a city may be logged in as the same, but nobody takes the places of all others. */
    private static final int MOST_OF_A_USER = 200;

    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    /** Number of changes by realm; begins anew somewhere else with each process. */
    private final Map<Realm, AtomicLong> versions = new EnumMap<>(Realm.class);

    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService writers;
    private final Thread teller = new Thread(this::run, "alerting-events");
    private final List<Subscription> subscriptions;

    LiveEvents(AlertBoard board, InstantSource clock) {
        for (Realm realm : Realm.values()) {
            versions.put(realm, new AtomicLong(clock.millis() << 20));
        }
        AtomicInteger number = new AtomicInteger();
        // One writes for each connection at most, and another that has just written and is not yet idle.
        this.writers =
                new ThreadPoolExecutor(0, 2 * MOST_CLIENTS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "alerting-events-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        this.teller.setDaemon(true);
        this.subscriptions = List.of(
                board.listen((realm, alert) -> change(realm)), board.incidents().listen(this::change));
    }

    private void change(Realm realm) {
        version(realm).incrementAndGet();
        changed.add(Paths.code(realm));
        wake.release();
    }

    void start() {
        teller.start();
    }

    /** Where a page connects that is about to be drawn: the address says what it will have seen. */
    String address(Realm realm) {
        return "/events?" + Paths.code(realm) + "=" + version(realm).get();
    }

    private AtomicLong version(Realm realm) {
        return Objects.requireNonNull(versions.get(realm));
    }

    private boolean hasMissed(SseClient connection, Realm realm) {
        String seen = connection.ctx().queryParam(Paths.code(realm));
        return seen != null && !seen.equals(Long.toString(version(realm).get()));
    }

    /** Takes a new connection. A page that has missed something is told at once, also after a reconnect. */
    void connect(SseClient connection) {
        Client client = new Client(connection);
        if (clients.size() >= MOST_CLIENTS || client.isOneTooMany()) {
            connection.close(); // its status has gone out; the page asks for itself on a timer and connects again
            return;
        }
        connection.keepAlive();
        connection.onClose(() -> clients.remove(client));
        clients.add(client);
        client.tell(BEAT);
        for (Realm realm : Realm.values()) {
            if (hasMissed(connection, realm)) {
                client.tell(Paths.code(realm));
            }
        }
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                boolean beat = !wake.tryAcquire(BEAT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
                Set<String> events = Set.copyOf(changed);
                changed.removeAll(events);
                events.forEach(this::tellAll);
                if (beat || !events.isEmpty()) {
                    tellAll(BEAT);
                }
                closed.await(GAP.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellAll(String event) {
        clients.forEach(client -> client.tell(event));
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        closed.countDown();
        teller.interrupt();
        clients.forEach(client -> client.connection.close());
        writers.shutdownNow();
    }

    /** One page. What it has not been told yet waits as a set: an event twice is an event once. */
    private final class Client {
        private final SseClient connection;
        private final Optional<User> user;
        private final Set<String> realms;
        private final Set<String> waiting = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean writing = new AtomicBoolean();

        Client(SseClient connection) {
            this.connection = connection;
            this.user = AccessGate.visitor(connection.ctx()).user();
            this.realms = Set.copyOf(connection.ctx().queryParamMap().keySet());
        }

        /** Without log-in nobody can be told from another. */
        boolean isOneTooMany() {
            return user.isPresent()
                    && clients.stream().filter(other -> other.user.equals(user)).count() >= MOST_OF_A_USER;
        }

        void tell(String event) {
            if (!event.equals(BEAT) && !realms.contains(event)) {
                return;
            }
            waiting.add(event);
            if (closed.getCount() > 0 && writing.compareAndSet(false, true)) {
                writers.execute(this::write);
            }
        }

        private void write() {
            try {
                while (!waiting.isEmpty() && !connection.terminated()) {
                    for (String event : Set.copyOf(waiting)) {
                        waiting.remove(event);
                        connection.sendEvent(event, event);
                    }
                }
            } finally {
                writing.set(false);
            }
            if (connection.terminated()) {
                clients.remove(this);
            } else if (!waiting.isEmpty()) {
                tell(waiting.iterator().next());
            }
        }
    }
}
