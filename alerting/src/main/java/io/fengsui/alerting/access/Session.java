package io.fengsui.alerting.access;

import java.time.Instant;

/**
 * Somebody who is logged in at one browser.
 *
 * @param id what the cookie holds
 * @param csrf what each form must bring back
 * @param proof what was true at log-in and ends the session when it is no longer: the password's hash
 * @param fromFile whether the user stands in the users file, and must go on standing there
 * @param begun time of the log-in
 * @param acted time of the last thing that the person, not the page by itself, asked for
 */
public record Session(String id, String csrf, User user, String proof, boolean fromFile, Instant begun, Instant acted) {

    /** Whether a form that brings this back was made for this session. */
    public boolean sent(String given) {
        return Tokens.equal(csrf, given);
    }

    Session actedAt(Instant now) {
        return new Session(id, csrf, user, proof, fromFile, begun, now);
    }
}
