package io.fengsui.streams.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.List;
import java.util.Map;

/** A compiled CEL expression over the {@link Variables} of a feed. Safe for use by many threads. */
public final class Condition {
    private final String text;
    private final CelRuntime.Program program;
    private final Variables variables;
    private final ExpressionNames names;

    Condition(String text, CelRuntime.Program program, Variables variables, ExpressionNames names) {
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
        return names.used();
    }

    /** What else it is made of. */
    ExpressionNames parts() {
        return names;
    }

    Truth test(Facts facts) {
        return test(resolver(facts));
    }

    /** As it is where the names have these values; those that have none are unknown. */
    Truth test(Map<String, Object> values) {
        return test((CelVariableResolver) name -> Variables.assumed(name, values));
    }

    private Truth test(CelVariableResolver values) {
        try {
            Object result = program.eval(values);
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
