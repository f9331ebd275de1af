package io.fengsui.alerting.console.page;

/** What a person sees when a page cannot be shown; never a stack trace. */
public record ErrorPage(Frame frame, int status, String title, String text) {}
