package io.fengsui.alerting.console;

import java.net.URI;
import java.util.Optional;

/**
 * Where the console listens.
 *
 * @param host address to bind, 127.0.0.1 by default
 * @param port TCP port; 0 takes a free one
 * @param publicUrl where people reach it, if that is somewhere else
 * @param access who is let in
 */
public record ConsoleSettings(String host, int port, Optional<URI> publicUrl, Access access) {}
