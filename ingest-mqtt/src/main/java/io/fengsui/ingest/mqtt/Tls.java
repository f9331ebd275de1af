package io.fengsui.ingest.mqtt;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * TLS over a socket that is connected.
 *
 * @param context trusted certificates, and the bridge's own if it has one
 * @param identification how the broker's certificate is compared with its name: HTTPS, or empty for not at all
 */
public record Tls(SSLContext context, String identification) {

    /** Shakes hands; each step may take as long. */
    SSLSocket over(Socket connected, InetSocketAddress broker, int timeoutMillis) throws IOException {
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(connected, broker.getHostString(), broker.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(identification);
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(timeoutMillis);
        socket.startHandshake();
        return socket;
    }
}
