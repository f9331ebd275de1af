package io.fengsui.alerting.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Why a program's request is not carried out, as {@code application/problem+json} (RFC 9457).
 *
 * @param reason a name that does not change, for the program
 * @param zh words for people, the detail
 * @param en the same in English, the title
 */
record Problem(HttpStatus status, String reason, String zh, String en) {
    private static final ObjectMapper JSON = new ObjectMapper();

    void answer(Context ctx) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(
                "type", "urn:fengsui:problem:" + reason.toLowerCase(Locale.ROOT).replace('_', '-'));
        members.put("title", en);
        members.put("status", status.getCode());
        members.put("reason", reason);
        members.put("detail", zh);
        try {
            ctx.status(status).contentType("application/problem+json").result(JSON.writeValueAsBytes(members));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }
}
