package io.fengsui.alerting.console;

import java.net.URI;
import java.util.Optional;

/**
 * Where the console listens.
 *
 * @param host address to bind, 127.0.0.1 by default: the console has no log-in of its own
 * @param port TCP port; 0 takes a free one
 * @param publicUrl where people reach it, if that is somewhere else
 */
public record ConsoleSettings(String host, int port, Optional<URI> publicUrl) {}
