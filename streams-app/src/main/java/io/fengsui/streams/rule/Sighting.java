package io.fengsui.streams.rule;

import io.fengsui.event.Severity;

/**
 * An event that a rule counts across devices.
 *
 * @param group what the devices have in common
 * @param what what counts once: the case, else the event
 */
public record Sighting(Rule rule, Across across, String group, String what, Severity severity) {}
