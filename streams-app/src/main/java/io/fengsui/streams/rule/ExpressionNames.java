package io.fengsui.streams.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import io.fengsui.streams.rule.Variables.Variable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The variables of an expression, checked ahead of the types so that people are told which field they misspelt, and which
 * symbol an enum does not have (to CEL both are texts).
 */
final class ExpressionNames {
    private static final Set<String> ROOTS = Set.of("event", "device", "site", "param");

    private final CelAbstractSyntaxTree tree;
    private final Variables variables;
    private final Set<String> used = new LinkedHashSet<>();
    private final Map<Integer, String> problems = new TreeMap<>();
    private final Set<String> functions = new LinkedHashSet<>();
    private final Set<Object> constants = new LinkedHashSet<>();
    private int size;
    private int loops;

    ExpressionNames(CelAbstractSyntaxTree tree, Variables variables) {
        this.tree = tree;
        this.variables = variables;
        CelNavigableAst.fromAst(tree).getRoot().allNodes().forEach(node -> visit(node.expr()));
    }

    /** How many parts the expression has. */
    int size() {
        return size;
    }

    /** How many loops over lists it has. */
    int loops() {
        return loops;
    }

    /** Operators and functions, as CEL calls them. */
    Set<String> functions() {
        return functions;
    }

    /** Numbers, as Double, and texts. */
    Set<Object> constants() {
        return constants;
    }

    List<String> used() {
        return List.copyOf(used);
    }

    /** By code point of the expression. */
    Map<Integer, String> problems() {
        return problems;
    }

    /** The dotted name that an expression is, if it is one. */
    static Optional<String> qualified(CelExpr expression) {
        if (expression.getKind() == Kind.SELECT && expression.select().operand().getKind() == Kind.IDENT) {
            return Optional.of(expression.select().operand().ident().name() + "."
                    + expression.select().field());
        }
        return Optional.empty();
    }

    private void visit(CelExpr expression) {
        size++;
        switch (expression.getKind()) {
            case COMPREHENSION -> loops++;
            case CONSTANT -> keep(expression.constant());
            case SELECT ->
                qualified(expression)
                        .filter(name -> ROOTS.contains(
                                expression.select().operand().ident().name()))
                        .ifPresent(name -> use(name, expression.select().operand()));
            case IDENT -> {
                String name = expression.ident().name();
                if (name.startsWith(Variables.PRESENT)) {
                    use(name.substring(Variables.PRESENT.length()), expression);
                } else if (variables.find(name) != null) {
                    used.add(name);
                }
            }
            case CALL -> {
                functions.add(expression.call().function());
                compareSymbols(expression.call());
            }
            default -> {}
        }
    }

    private void keep(CelConstant constant) {
        switch (constant.getKind()) {
            case INT64_VALUE -> constants.add((double) constant.int64Value());
            case DOUBLE_VALUE -> constants.add(constant.doubleValue());
            case STRING_VALUE -> constants.add(constant.stringValue());
            default -> {}
        }
    }

    private void use(String name, CelExpr at) {
        if (variables.find(name) != null) {
            used.add(name);
            return;
        }
        if (variables.isPersonal(name)) {
            problem(at, name + Variables.NO_PERSONAL_DATA);
            return;
        }
        String root = name.substring(0, name.indexOf('.') + 1);
        String known = variables.all().stream()
                .map(Variable::name)
                .filter(n -> n.startsWith(root))
                .collect(Collectors.joining(", "));
        problem(at, "there is no " + name + "; there are " + (known.isEmpty() ? "none declared" : known));
    }

    private void compareSymbols(CelExpr.CelCall call) {
        switch (call.function()) {
            case "_==_", "_!=_" -> {
                compare(call.args().get(0), call.args().get(1));
                compare(call.args().get(1), call.args().get(0));
            }
            case "@in" -> {
                if (call.args().get(1).getKind() == Kind.LIST) {
                    call.args()
                            .get(1)
                            .list()
                            .elements()
                            .forEach(element -> compare(call.args().get(0), element));
                }
            }
            default -> {}
        }
    }

    private void compare(CelExpr field, CelExpr constant) {
        List<String> symbols = new ArrayList<>();
        qualified(field).map(variables::find).ifPresent(variable -> symbols.addAll(variable.symbols()));
        if (symbols.isEmpty()
                || constant.getKind() != Kind.CONSTANT
                || constant.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return;
        }
        String symbol = constant.constant().stringValue();
        if (!symbols.contains(symbol)) {
            problem(
                    constant,
                    qualified(field).orElse("") + " is never \"" + symbol + "\"; it is one of "
                            + String.join(", ", symbols));
        }
    }

    private void problem(CelExpr at, String message) {
        problems.put(tree.getSource().getPositionsMap().getOrDefault(at.id(), 0), message);
    }
}
