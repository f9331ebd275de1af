package io.fengsui.streams.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import io.fengsui.streams.rule.Variables.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A compiled CEL expression over the {@link Variables} of a feed. Safe for use by many threads.
 *
 * <p>It depends on its variables alone, so what it gave is remembered with their values: heartbeats say the same again and
 * again, and to look is several times faster than to evaluate.
 */
public final class Condition {
    /** A power of two. */
    private static final int REMEMBERED = 16;

    /** Whoever sees one of another thread sees it whole. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Answer(@Nullable Object[] values, Truth truth) {}

    private final String text;
    private final CelRuntime.Program program;
    private final Variables variables;
    private final ExpressionNames names;
    private final Variable[] looksAt;
    private final @Nullable Answer[] answers;

    Condition(String text, CelRuntime.Program program, Variables variables, ExpressionNames names) {
        this.text = text;
        this.program = program;
        this.variables = variables;
        this.names = names;
        this.looksAt = names.used().stream()
                .map(variables::find)
                .filter(Objects::nonNull)
                .toArray(Variable[]::new);
        boolean repeats = Arrays.stream(looksAt).noneMatch(Variable::changesAlways);
        this.answers = new Answer[repeats ? REMEMBERED : 0];
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
        if (answers.length == 0) {
            return test(resolver(facts));
        }
        @Nullable Object[] values = new Object[looksAt.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = looksAt[i].value().apply(facts);
        }
        int hash = Arrays.hashCode(values);
        int place = (hash ^ (hash >>> 16)) & (REMEMBERED - 1);
        Answer known = answers[place];
        if (known == null || !Arrays.equals(known.values(), values)) {
            known = new Answer(values, test(resolver(facts)));
            answers[place] = known;
        }
        return known.truth();
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
