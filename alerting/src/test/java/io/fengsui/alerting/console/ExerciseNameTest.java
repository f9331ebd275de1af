package io.fengsui.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.alert.Alert;
import io.fengsui.alert.AlertState;
import io.fengsui.alerting.console.page.Paths;
import io.fengsui.schema.topic.Realm;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever acts in an exercise shows that he knows of which. */
class ExerciseNameTest {
    private static final String NAME = "粉尘演练 <b>一</b>";

    private final TestConsole console = new TestConsole();
    private final Alert alert = console.samples.exercise(console.samples.entrapment(), NAME);
    private final String page = Paths.alert(Realm.DRILL, alert.getAlertId());

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void shouldDoNothingWithoutTheNameAndKeepWhatWasTyped() throws Exception {
        console.show(alert);

        HttpResponse<String> without = act("");
        HttpResponse<String> other = act("另一个演练");

        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(without.body()).contains("这条告警属于演练“粉尘演练 &lt;b&gt;一&lt;/b&gt;”", "已联系维保");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains("fengsui-exercise"));
        assertThat(state()).isEqualTo(AlertState.FIRING);
    }

    @Test
    void shouldActWithTheNameAndRememberIt() throws Exception {
        console.show(alert);

        HttpResponse<String> done = act("  粉尘演练   <b>一</b> ");

        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
        assertThat(state()).isEqualTo(AlertState.ACKNOWLEDGED);
        String cookie = done.headers().allValues("Set-Cookie").stream()
                .filter(one -> one.startsWith("fengsui-exercise="))
                .findFirst()
                .orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
        String again = console.get(page, "Cookie", cookie.substring(0, cookie.indexOf(';')))
                .body();
        assertThat(again).contains("name=\"exercise\" value=\"粉尘演练 &lt;b>一&lt;/b>\"");
    }

    @Test
    void shouldAskNobodyAboutWhatIsRealOrHasNoName() throws Exception {
        Alert real = console.samples.hopper();
        console.show(real);
        Alert nameless = Alert.newBuilder(alert).setExercise(null).build();
        console.show(nameless);

        assertThat(console.get(Paths.alert(Realm.LIVE, real.getAlertId())).body())
                .doesNotContain("name=\"exercise\"");
        assertThat(console.get(page).body()).doesNotContain("name=\"exercise\"");
        assertThat(act("").statusCode()).isEqualTo(303);
    }

    private AlertState state() {
        return console.board.get(Realm.DRILL, alert.getAlertId()).orElseThrow().getState();
    }

    private HttpResponse<String> act(String exercise) throws Exception {
        return console.post(
                page,
                Map.of(
                        "action",
                        "acknowledge",
                        "actor",
                        "李敏",
                        "note",
                        "已联系维保",
                        "exercise",
                        exercise,
                        "revision",
                        "" + alert.getRevision(),
                        "commandId",
                        UUID.randomUUID().toString()));
    }
}
