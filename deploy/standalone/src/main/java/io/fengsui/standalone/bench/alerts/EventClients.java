package io.fengsui.standalone.bench.alerts;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Many open boards, as far as the server is concerned: they hear the events and ask for nothing. */
final class EventClients implements AutoCloseable {
    private static final int THREADS = 2;

    /** What a client that heard nothing counts as, milliseconds. */
    private static final int PATIENCE = 10_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "bench-clients");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http = HttpClient.newBuilder().executor(threads).build();
    private final List<Client> clients = new ArrayList<>();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicLong events = new AtomicLong();

    /** Opens so many and waits until each has heard the server. */
    void open(String console, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            Client client = new Client();
            clients.add(client);
            CompletableFuture<?> unused = http.sendAsync(
                    HttpRequest.newBuilder(URI.create(console + "/events?live=0"))
                            .header("Accept", "text/event-stream")
                            .build(),
                    BodyHandlers.fromLineSubscriber(client));
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (connected.get() < count) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(connected.get() + " of " + count + " clients could connect");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** All events of news that all clients have heard. */
    long events() {
        return events.get();
    }

    /** Does what makes news, and notes how long it takes each client to hear of it. */
    void hear(Runnable news, Samples delivery) throws InterruptedException {
        long began = System.nanoTime();
        clients.forEach(client -> client.heard.set(0));
        news.run();
        long deadline = began + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
        while (clients.stream().anyMatch(client -> client.heard.get() == 0) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        for (Client client : clients) {
            long heard = client.heard.get();
            delivery.add(heard == 0 ? PATIENCE : (heard - began) / 1e6);
        }
    }

    @Override
    public void close() {
        clients.forEach(Client::cancel);
        threads.shutdownNow();
    }

    private final class Client implements Flow.Subscriber<String> {
        private final AtomicLong heard = new AtomicLong();
        private volatile boolean known;
        private volatile Flow.Subscription subscription = new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        };

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (!known && line.startsWith("event: ")) {
                known = true;
                connected.incrementAndGet();
            }
            if (line.equals("event: live")) {
                events.incrementAndGet();
                heard.compareAndSet(0, System.nanoTime());
            }
        }

        @Override
        public void onError(Throwable thrown) {
            known = true;
        }

        @Override
        public void onComplete() {}

        void cancel() {
            subscription.cancel();
        }
    }
}
