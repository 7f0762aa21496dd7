package io.tidegate.sandbox.maxcompute.storage;

/** MaxCompute's functions that DuckDB lacks or understands otherwise, as macros. The SQL rewriter names them. */
final class SqlFunctions {
    private SqlFunctions() {}

    static final String DEFINITIONS = """
            CREATE OR REPLACE MACRO functions.f_get_json_object(j, path) AS
                CASE WHEN json_valid(CAST(j AS VARCHAR)) THEN json_extract_string(CAST(j AS VARCHAR), path) END;
            CREATE OR REPLACE MACRO functions.f_unit(part) AS CASE lower(part)
                WHEN 'yyyy' THEN 'year' WHEN 'year' THEN 'year' WHEN 'mm' THEN 'month' WHEN 'mon' THEN 'month'
                WHEN 'month' THEN 'month' WHEN 'dd' THEN 'day' WHEN 'day' THEN 'day' WHEN 'hh' THEN 'hour'
                WHEN 'hour' THEN 'hour' WHEN 'mi' THEN 'minute' WHEN 'ss' THEN 'second' WHEN 'q' THEN 'quarter'
                WHEN 'weekday' THEN 'isodow' ELSE error('unknown date part') END;
            CREATE OR REPLACE MACRO functions.f_dateadd(d, n, part) AS
                CAST(d AS TIMESTAMPTZ) + CASE functions.f_unit(part)
                    WHEN 'year' THEN to_years(CAST(n AS INTEGER)) WHEN 'month' THEN to_months(CAST(n AS INTEGER))
                    WHEN 'day' THEN to_days(CAST(n AS INTEGER)) WHEN 'hour' THEN to_hours(CAST(n AS BIGINT))
                    WHEN 'minute' THEN to_minutes(CAST(n AS BIGINT)) ELSE to_seconds(CAST(n AS DOUBLE)) END;
            CREATE OR REPLACE MACRO functions.f_datediff(a, b) AS
                date_diff('day', CAST(b AS TIMESTAMP), CAST(a AS TIMESTAMP)),
                (a, b, part) AS date_diff(functions.f_unit(part), CAST(b AS TIMESTAMP), CAST(a AS TIMESTAMP));
            CREATE OR REPLACE MACRO functions.f_datetrunc(d, part) AS
                date_trunc(functions.f_unit(part), CAST(d AS TIMESTAMPTZ));
            CREATE OR REPLACE MACRO functions.f_datepart(d, part) AS
                CAST(date_part(functions.f_unit(part), CAST(d AS TIMESTAMP)) AS BIGINT);
            CREATE OR REPLACE MACRO functions.f_getdate() AS date_trunc('second', now());
            CREATE OR REPLACE MACRO functions.f_from_unixtime(n) AS to_timestamp(n);
            CREATE OR REPLACE MACRO functions.f_unix_timestamp() AS CAST(floor(epoch(now())) AS BIGINT),
                (d) AS CAST(floor(epoch(CAST(d AS TIMESTAMPTZ))) AS BIGINT);
            CREATE OR REPLACE MACRO functions.f_wm_concat(separator, x) AS string_agg(CAST(x AS VARCHAR), separator);
            CREATE OR REPLACE MACRO functions.f_collect_set(x) AS list(DISTINCT x);
            CREATE OR REPLACE MACRO functions.f_collect_list(x) AS list(x);
            CREATE OR REPLACE MACRO functions.f_split(s, d) AS string_split_regex(s, d);
            CREATE OR REPLACE MACRO functions.f_size(x) AS len(x);
            """;
}
