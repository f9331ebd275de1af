/** What is shipped for Prometheus, Alertmanager and Grafana, held to the meters that there are. */
@NullMarked
package io.fengsui.standalone.observe;

import org.jspecify.annotations.NullMarked;
