package io.fengsui.alerting.openid;

import io.fengsui.alerting.access.Role;
import io.fengsui.alerting.access.User;
import io.fengsui.alerting.openid.OpenIdException.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a user of what a provider claims about him. */
final class ClaimedUser {
    private static final int LONGEST = 50;

    private ClaimedUser() {}

    static User of(Map<String, Object> claims, OpenIdSettings settings) throws OpenIdException {
        Collection<String> held = texts(claims.get(settings.roleClaim()));
        Role role = settings.roles().entrySet().stream()
                .filter(mapped -> held.contains(mapped.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new OpenIdException(
                        Reason.NO_ROLE, "claim " + settings.roleClaim() + " holds no role of this console"));
        Optional<String> unit = role.hasUnit()
                ? Optional.of(texts(claims.get(settings.unitClaim())).stream()
                        .findFirst()
                        .map(claimed -> settings.units().getOrDefault(claimed, claimed))
                        .orElseThrow(() -> new OpenIdException(
                                Reason.NO_ROLE, "claim " + settings.unitClaim() + " is missing for an officer")))
                : Optional.empty();
        String subject = Objects.toString(claims.get("sub"), "");
        String name = first(claims, subject, "preferred_username");
        return new User(plain(name), plain(first(claims, name, "name")), role, unit);
    }

    private static String first(Map<String, Object> claims, String otherwise, String claim) {
        return texts(claims.get(claim)).stream()
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(otherwise);
    }

    /** As short and plain as a name of the users file, and like no rule's. */
    private static String plain(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        String cut = line.codePointCount(0, line.length()) > LONGEST
                ? line.substring(0, line.offsetByCodePoints(0, LONGEST))
                : line;
        return cut.regionMatches(true, 0, "rule:", 0, 5) ? "_" + cut : cut;
    }

    private static Collection<String> texts(@Nullable Object claim) {
        if (claim instanceof Collection<?> several) {
            return several.stream()
                    .flatMap(one -> Stream.ofNullable(one == null ? null : one.toString()))
                    .toList();
        }
        return claim == null ? List.of() : List.of(claim.toString());
    }
}
