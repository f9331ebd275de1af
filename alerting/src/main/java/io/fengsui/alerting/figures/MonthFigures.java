package io.fengsui.alerting.figures;

import io.fengsui.alert.AlertAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Figures of a month.
 *
 * @param city each occurrence once, whoever heard of it
 * @param units by id; one of several units counts for each
 * @param departments by id, likewise; what was escalated to a department counts for it, too
 * @param nobodys of no unit and no department, such as a lane that is blind
 */
public record MonthFigures(
        Figures city, Map<String, Figures> units, Map<String, Figures> departments, Figures nobodys) {

    /** @param now as of when deadlines are judged */
    public static MonthFigures of(Collection<AlertAccount> accounts, Instant now) {
        return new MonthFigures(
                Figures.of(accounts, now),
                by(accounts, AlertAccount::getUnitIds, now),
                by(accounts, AlertAccount::getDepartmentIds, now),
                Figures.of(
                        accounts.stream()
                                .filter(account -> account.getUnitIds().isEmpty()
                                        && account.getDepartmentIds().isEmpty())
                                .toList(),
                        now));
    }

    private static Map<String, Figures> by(
            Collection<AlertAccount> accounts, Function<AlertAccount, List<String>> whose, Instant now) {
        Map<String, List<AlertAccount>> grouped = new TreeMap<>();
        for (AlertAccount account : accounts) {
            whose.apply(account).stream().distinct().forEach(id -> grouped.computeIfAbsent(id, key -> new ArrayList<>())
                    .add(account));
        }
        Map<String, Figures> figures = new TreeMap<>();
        grouped.forEach((id, own) -> figures.put(id, Figures.of(own, now)));
        return figures;
    }
}
