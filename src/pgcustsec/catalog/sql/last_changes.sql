-- The last change by hand of each object, by the first two parts of its name.
SELECT w.first, w.second, d.at, d.login::text, d.command
FROM unnest(%(firsts)s::text[], %(seconds)s::text[]) AS w (first, second)
CROSS JOIN LATERAL (
    SELECT c.at AT TIME ZONE 'UTC' AS at, c.login, c.command
    FROM pgcustsec_watch.ddl AS c
    WHERE c.names[1] = w.first AND COALESCE(c.names[2], '') = w.second AND c.kind <> 'plan lock'
    ORDER BY c.ddl_id DESC
    LIMIT 1) AS d
