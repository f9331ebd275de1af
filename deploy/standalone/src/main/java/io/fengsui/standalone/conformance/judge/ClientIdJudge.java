package io.fengsui.standalone.conformance.judge;

import io.fengsui.standalone.conformance.judge.Finding.Status;
import io.fengsui.standalone.conformance.observe.Journal;
import io.fengsui.standalone.conformance.observe.Observation.Connect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the session is guarded by the user's name. */
final class ClientIdJudge implements Judge {

    @Override
    public Finding judge(Journal journal) {
        List<Connect> connects = journal.all(Connect.class).toList();
        if (connects.isEmpty()) {
            return Finding.notYet(Point.CLIENT_ID, "还没有 CONNECT", "No CONNECT yet");
        }
        Cases cases = new Cases();
        for (Connect connect : connects) {
            @Nullable String user = connect.userName();
            if (!journal.vendor().equals(user)) {
                cases.add(
                        "用户名是“" + (user == null ? "" : user) + "”，不是“" + journal.vendor() + "”",
                        "the user name is '" + (user == null ? "" : user) + "', not '" + journal.vendor() + "'");
            }
            if (!isOf(journal.vendor(), connect.clientId())) {
                cases.add("客户端标识“" + connect.clientId() + "”", "client id '" + connect.clientId() + "'");
            }
        }
        String first = connects.get(0).clientId();
        return cases.none()
                ? Finding.of(Point.CLIENT_ID, Status.PASS, "客户端标识“" + first + "”", "Client id '" + first + "'")
                : Finding.of(Point.CLIENT_ID, Status.FAIL, "用户名或客户端标识不合规则", "User name or client id is not by the rule")
                        .showing(cases.examples());
    }

    private static boolean isOf(String vendor, String clientId) {
        return clientId.equals(vendor) || clientId.startsWith(vendor + "-");
    }
}
