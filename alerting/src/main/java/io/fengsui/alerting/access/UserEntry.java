package io.fengsui.alerting.access;

/**
 * A user with what proves him.
 *
 * @param passwordHash bcrypt; empty: cannot log in with a password
 * @param tokenHash SHA-256 of the bearer token; empty: none
 * @param line where it stands, from 1
 */
public record UserEntry(User user, String passwordHash, String tokenHash, int line) {}
