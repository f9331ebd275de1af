package io.fengsui.streams.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Turns the expressions of one file into {@link Condition}s, or into problems at their place. */
final class ConditionCompiler {

    /** 70 and 70.0 compare alike: people write rules. */
    private static final CelOptions OPTIONS =
            CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

    /** Parts of an expression. The largest shipped one has 45, and each costs about 20 ns. */
    private static final int LARGEST = 200;

    private static final int MOST_LOOPS = 2;

    private final RuleDocument document;
    private final Variables variables;
    private final CelCompiler conditions;
    private final CelCompiler texts;
    private final CelRuntime runtime;

    ConditionCompiler(RuleDocument document, Variables variables) {
        this.document = document;
        this.variables = variables;
        this.conditions = compiler(variables, SimpleType.BOOL);
        this.texts = compiler(variables, SimpleType.STRING);
        this.runtime =
                CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();
    }

    /** Null if it is wrong; the document has the problems then. */
    @Nullable
    Condition condition(@Nullable ScalarNode text) {
        return text == null ? null : compile(conditions, text);
    }

    /** The same for an expression that gives a text. */
    @Nullable
    Condition text(@Nullable ScalarNode text) {
        return text == null ? null : compile(texts, text);
    }

    private @Nullable Condition compile(CelCompiler compiler, ScalarNode text) {
        String expression = text.getValue().strip();
        int indent = text.getValue().indexOf(expression);
        CelValidationResult parsed = compiler.parse(expression);
        if (parsed.hasError()) {
            report(parsed, text, indent);
            return null;
        }
        try {
            CelAbstractSyntaxTree tree = parsed.getAst();
            ExpressionNames names = new ExpressionNames(tree, variables);
            if (!names.problems().isEmpty()) {
                names.problems().forEach((at, message) -> document.problem(text, indent + at, message));
                return null;
            }
            if (names.size() > LARGEST || names.loops() > MOST_LOOPS) {
                document.problem(
                        text,
                        "costs too much: " + names.size() + " parts and " + names.loops() + " loops, at most " + LARGEST
                                + " and " + MOST_LOOPS + "; split it into rules or name fewer cases");
                return null;
            }
            CelValidationResult checked = compiler.check(tree);
            if (checked.hasError()) {
                report(checked, text, indent);
                return null;
            }
            return new Condition(expression, runtime.createProgram(checked.getAst()), variables, names);
        } catch (CelValidationException | CelEvaluationException e) {
            document.problem(text, "cannot be compiled: " + e.getMessage());
            return null;
        }
    }

    private void report(CelValidationResult result, ScalarNode text, int indent) {
        for (CelIssue issue : result.getErrors()) {
            int at = result.getSource()
                    .getLocationOffset(issue.getSourceLocation())
                    .orElse(0);
            document.problem(text, indent + at, issue.getMessage());
        }
    }

    private static CelCompiler compiler(Variables variables, CelType result) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.ALL, CelStandardMacro.EXISTS, CelStandardMacro.EXISTS_ONE)
                .addMacros(CelMacro.newGlobalMacro("has", 1, (factory, target, arguments) -> presence(arguments.get(0))
                        .map(factory::newIdentifier)))
                .setResultType(result);
        for (Variables.Variable variable : variables.all()) {
            builder.addVar(variable.name(), variable.type());
            builder.addVar(Variables.PRESENT + variable.name(), SimpleType.BOOL);
        }
        return builder.build();
    }

    /** {@code has(event.x)} becomes a variable of its own, since {@code event} is no value but part of a name. */
    private static Optional<String> presence(CelExpr argument) {
        return ExpressionNames.qualified(argument).map(name -> Variables.PRESENT + name);
    }
}
