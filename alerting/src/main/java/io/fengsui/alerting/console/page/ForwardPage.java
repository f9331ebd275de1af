package io.fengsui.alerting.console.page;

/** A page that goes on to another of ours by itself. */
public record ForwardPage(Words words, String next) {}
