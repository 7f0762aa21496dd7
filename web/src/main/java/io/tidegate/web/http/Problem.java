package io.tidegate.web.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidegate.scheduler.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every error, after RFC 9457. The members beyond the first four appear only where they mean something.
 *
 * @param type {@code about:blank}, or {@code /problems/} and the kind
 * @param detail what happened and what can be done
 * @param findings what a check has found
 * @param incident the id under which the server's log tells more
 * @param line where malformed JSON breaks off, from 1
 * @param column where malformed JSON breaks off, from 1
 * @param field JSON pointer to the refused field of the request
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable List<Finding> findings,
        @Nullable String incident,
        @Nullable Integer line,
        @Nullable Integer column,
        @Nullable String field) {

    public static final String CONTENT_TYPE = "application/problem+json";

    public static Problem of(int status, String kind, String title, String detail) {
        return new Problem("/problems/" + kind, title, status, detail, null, null, null, null, null);
    }

    public Problem withFindings(List<Finding> found) {
        return new Problem(type, title, status, detail, List.copyOf(found), incident, line, column, field);
    }

    public Problem withIncident(String id) {
        return new Problem(type, title, status, detail, findings, id, line, column, field);
    }

    public Problem at(@Nullable Integer atLine, @Nullable Integer atColumn, @Nullable String atField) {
        return new Problem(type, title, status, detail, findings, incident, atLine, atColumn, atField);
    }
}
