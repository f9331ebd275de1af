/** What the integration tests share: one running standalone, readers of topics, and the programs of other makers. */
package io.fengsui.standalone.testkit;
