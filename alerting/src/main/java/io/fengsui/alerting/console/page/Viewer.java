package io.fengsui.alerting.console.page;

import io.fengsui.alerting.access.Visitor;

/**
 * Who looks, and how.
 *
 * @param wall whether the page is shown large, to be read from afar
 * @param actor name of the user; without log-in, the one given with the last action, empty at first
 * @param visitor what he may do
 */
public record Viewer(Language language, boolean wall, String actor, Visitor visitor) {}
