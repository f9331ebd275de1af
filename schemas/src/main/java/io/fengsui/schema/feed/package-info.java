/** The feeds, declared once: subscriptions, topics, metric tags, documents and console lists derive from them. */
@NullMarked
package io.fengsui.schema.feed;

import org.jspecify.annotations.NullMarked;
