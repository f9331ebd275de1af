package io.fengsui.standalone.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.standalone.observe.PromQl.Selector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromQlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "up == 0 @ up",
                "sum by (feed, lane) (rate(a_total{x=\"y\"}[5m])) > 0.05 * sum(b_total) @ a_total b_total",
                "histogram_quantile(0.99, sum by (le) (rate(a_bucket[5m]))) @ a_bucket",
                "max(a) by (feed) and on (feed) b unless ignoring (x) c offset 10m @ a b c",
                "(a unless a offset 10m) > bool 0 or vector(0) @ a a",
                "predict_linear(free[6h], 24 * 3600) < 0 @ free",
                "feed:a:rate5m / ignoring (x) group_left (y) b @ feed:a:rate5m b",
                "max_over_time(a{b=~\"{c}|d\"}[1h:1m]) # not_a_metric @ a",
                "sum without (instance) (-a) == +Inf @ a"
            })
    void shouldFindTheMetrics(String expression, String metrics) {
        assertThat(PromQl.of(expression).selectors())
                .extracting(Selector::metric)
                .containsExactly(metrics.split(" "));
    }

    @Test
    void shouldTellMatchersAndGrouping() {
        PromQl read = PromQl.of("sum by (feed) (rate(a_total{realm=\"live\", lane!~\"x, y\"}[5m]))");

        assertThat(read.grouping()).containsExactly("feed");
        assertThat(read.selectors().get(0).labels()).containsExactly("lane", "realm");
        assertThat(read.selectors().get(0).text()).isEqualTo("a_total{realm=\"live\", lane!~\"x, y\"}");
    }

    @Test
    void shouldNotTakeASelectorWithoutAMetric() {
        assertThatThrownBy(() -> PromQl.of("sum({__name__=~\"fengsui.+\"})"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
