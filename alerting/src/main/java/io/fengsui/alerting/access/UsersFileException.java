package io.fengsui.alerting.access;

import io.fengsui.platform.StartException;
import java.util.List;

/** A users file that cannot be used; the message has a line for each fault: file, line, what is wrong, what mends it. */
public final class UsersFileException extends StartException {
    private static final long serialVersionUID = 1;

    UsersFileException(List<String> faults) {
        super(String.join("\n", faults));
    }
}
