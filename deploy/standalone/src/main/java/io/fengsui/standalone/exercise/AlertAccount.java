package io.fengsui.standalone.exercise;

import io.fengsui.alert.Alert;
import java.time.Instant;
import java.util.Map;

/**
 * An occurrence of an alert of the exercise.
 *
 * @param alert as it stands
 * @param shownAt when the console could show it first
 * @param reachedAt when readers could read it first, by topic
 */
public record AlertAccount(Alert alert, Instant shownAt, Map<String, Instant> reachedAt) {}
