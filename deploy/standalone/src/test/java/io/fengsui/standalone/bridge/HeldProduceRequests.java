package io.fengsui.standalone.bridge;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between clients and a Kafka broker and passes their requests to produce on when the test says so, all others at once;
 * those of a client that has hung up too, as a network does.
 */
final class HeldProduceRequests implements AutoCloseable {
    /** Key of the request in Kafka's protocol. */
    private static final int PRODUCE = 0;

    private final ServerSocket server;
    private final int broker;
    private final AtomicInteger arrived = new AtomicInteger();
    private final Semaphore leave = new Semaphore(0);

    HeldProduceRequests(int port, int broker) throws IOException {
        this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.broker = broker;
        start(this::accept);
    }

    /** Requests to produce so far, passed on or not. */
    int arrived() {
        return arrived.get();
    }

    /** Passes on the next that many. */
    void pass(int requests) {
        leave.release(requests);
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // One side hung up, or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket kafka = new Socket(InetAddress.getLoopbackAddress(), broker);
            BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();
            start(() -> read(client, requests));
            start(() -> write(requests, kafka));
            start(() -> kafka.getInputStream().transferTo(client.getOutputStream()));
        }
    }

    private void read(Socket client, BlockingQueue<byte[]> requests) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        while (true) {
            byte[] request = in.readNBytes(in.readInt());
            if (isProduce(request)) {
                arrived.incrementAndGet();
            }
            requests.add(request);
        }
    }

    private void write(BlockingQueue<byte[]> requests, Socket kafka) throws IOException, InterruptedException {
        DataOutputStream out = new DataOutputStream(kafka.getOutputStream());
        while (true) {
            byte[] request = requests.take();
            if (isProduce(request)) {
                leave.acquire();
            }
            out.writeInt(request.length);
            out.write(request);
            out.flush();
        }
    }

    private static boolean isProduce(byte[] request) {
        return request[0] == 0 && request[1] == PRODUCE;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
