package io.fengsui.alerting.lifecycle;

import io.fengsui.alert.Alert;
import java.util.Optional;

/** What the lifecycle makes of a signal or a command. */
public sealed interface Decision {

    /** The alert as it stands from now on: to be kept and told. */
    record Changed(Alert alert, Transition by) implements Decision {}

    /** The alert as it stands from now on, to be kept and told to nobody: no new revision, for a flapping alert comes or goes. */
    record Noted(Alert alert) implements Decision {}

    /** Nothing is to be done, and nothing is wrong. */
    record Unchanged(Because because) implements Decision {}

    /** It is not carried out, and whoever asked should know. */
    record Refused(Refusal refusal) implements Decision {}

    /** Why nothing is to be done. */
    enum Because {
        /** It says what is so already, or was carried out before. */
        REPEATED,
        /** The end of an alert that is not open. */
        NOT_OPEN
    }

    /** The new revision, if there is one. */
    default Optional<Alert> changed() {
        return this instanceof Changed changed ? Optional.of(changed.alert()) : Optional.empty();
    }

    /** The alert as it stands from now on, if anything about it is another. */
    default Optional<Alert> kept() {
        return this instanceof Noted noted ? Optional.of(noted.alert()) : changed();
    }
}
