/** Log-in at the city's single sign-on, by OpenID Connect. The only package that knows the protocol's library. */
@NullMarked
package io.fengsui.alerting.openid;

import org.jspecify.annotations.NullMarked;
