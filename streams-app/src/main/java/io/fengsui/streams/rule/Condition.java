package io.fengsui.streams.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.List;

/** A compiled CEL expression over the {@link Variables} of a feed. Safe for use by many threads. */
public final class Condition {
    private final String text;
    private final CelRuntime.Program program;
    private final Variables variables;
    private final List<String> names;

    Condition(String text, CelRuntime.Program program, Variables variables, List<String> names) {
        this.text = text;
        this.program = program;
        this.variables = variables;
        this.names = names;
    }

    /** The expression as written. */
    public String text() {
        return text;
    }

    /** Names of the variables it looks at. */
    public List<String> names() {
        return names;
    }

    Truth test(Facts facts) {
        try {
            Object result = program.eval(resolver(facts));
            if (result instanceof Boolean truth) {
                return truth ? Truth.TRUE : Truth.FALSE;
            }
            return Truth.UNKNOWN;
        } catch (CelEvaluationException e) {
            return Truth.FAILED;
        }
    }

    /** The result of an expression that gives a text; empty if it is unknown. */
    String textOf(Facts facts) {
        try {
            return program.eval(resolver(facts)) instanceof String result ? result : "";
        } catch (CelEvaluationException e) {
            return "";
        }
    }

    private CelVariableResolver resolver(Facts facts) {
        return name -> variables.resolve(name, facts);
    }

    @Override
    public String toString() {
        return text;
    }
}
