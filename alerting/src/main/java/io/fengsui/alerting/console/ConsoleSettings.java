package io.fengsui.alerting.console;

/**
 * Where the console listens.
 *
 * @param host address to bind, 127.0.0.1 by default: the console has no log-in of its own
 * @param port TCP port; 0 takes a free one
 */
public record ConsoleSettings(String host, int port) {}
