package io.fengsui.alerting.openid;

import io.fengsui.alerting.access.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The provider, and what its claims mean here.
 *
 * @param issuer as the provider names itself; its description is below it
 * @param redirect where the provider sends browsers back to, as it is registered there
 * @param scopes asked for besides {@code openid}
 * @param roleClaim claim with the user's groups or roles: a text or a list of texts
 * @param roles what they mean here; of several the first in this order counts
 * @param unitClaim claim with the unit or department
 * @param units what its values mean here; others are ids of units themselves
 */
public record OpenIdSettings(
        URI issuer,
        String clientId,
        String clientSecret,
        URI redirect,
        List<String> scopes,
        String roleClaim,
        Map<String, Role> roles,
        String unitClaim,
        Map<String, String> units) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "OpenIdSettings[" + issuer + ", " + clientId + "]";
    }
}
