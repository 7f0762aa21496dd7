package io.tidegate.engine.maxcompute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlStatementsTest {
    @Test
    void statements_end_at_semicolons() {
        assertThat(SqlStatements.split("SELECT 1; SELECT 2 ;;\n")).containsExactly("SELECT 1", "SELECT 2");
        assertThat(SqlStatements.split("")).isEmpty();
        assertThat(SqlStatements.split(" ; -- nothing\n")).isEmpty();
    }

    @Test
    void semicolons_in_quotes_and_comments_end_nothing() {
        assertThat(SqlStatements.split("SELECT ';', \"a;b\", `c;d` -- e;f\n, 'it\\'s;' /* g;h */ FROM t; SELECT 2"))
                .containsExactly("SELECT ';', \"a;b\", `c;d` \n, 'it\\'s;'   FROM t", "SELECT 2");
    }

    @Test
    void an_open_quote_or_comment_goes_to_the_end() {
        assertThat(SqlStatements.split("SELECT 'a;")).containsExactly("SELECT 'a;");
        assertThat(SqlStatements.split("SELECT 1 /* a;")).containsExactly("SELECT 1");
        assertThat(SqlStatements.split("SELECT 1 --")).containsExactly("SELECT 1");
        assertThat(SqlStatements.split("SELECT 'a\\")).containsExactly("SELECT 'a\\");
    }

    @Test
    void a_minus_is_no_comment() {
        assertThat(SqlStatements.split("SELECT 1 - 2 / 3 * 4")).containsExactly("SELECT 1 - 2 / 3 * 4");
    }
}
