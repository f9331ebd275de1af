package io.fengsui.alerting.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertingMetersTest {

    @Test
    void shouldHaveEveryMeterThatTheRulesOfPrometheusUse() throws IOException {
        PrometheusNamingConvention naming = new PrometheusNamingConvention();
        Set<String> declared = Arrays.stream(AlertingMeters.values())
                .map(meter -> naming.name(meter.meter(), meter.type(), null))
                .collect(Collectors.toSet());
        String rules = Files.readString(Path.of("../deploy/prometheus/rules/alerting.yml"));

        Set<String> used = Pattern.compile("expr: .*|^ {10}.*", Pattern.MULTILINE)
                .matcher(rules)
                .results()
                .map(MatchResult::group)
                .flatMap(line -> Pattern.compile("fengsui_\\w+").matcher(line).results())
                .map(name -> name.group().replaceFirst("_(bucket|count|sum|total)$", ""))
                .filter(name -> name.startsWith("fengsui_alert"))
                .collect(Collectors.toSet());

        assertThat(used).hasSizeGreaterThan(3);
        assertThat(declared).containsAll(used);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhatItIs(AlertingMeters meter) {
        assertThat(meter.meter()).matches("fengsui\\.[a-z.]+");
        assertThat(meter.description()).isNotBlank();
        assertThat(meter.tags()).doesNotContain("device", "subject", "alert");
    }
}
