package io.fengsui.alerting.console.page;

/**
 * Who looks, as far as cookies tell.
 *
 * @param wall whether the page is shown large, to be read from afar
 * @param actor name given with the last action; empty at first
 */
public record Viewer(Language language, boolean wall, String actor) {}
