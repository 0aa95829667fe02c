SELECT
    c.certificate_id, c.relation, c.rule, c.request_id, c.action, c.subjects, c.counts, c.keys_digest, c.due_until, c.extracts, c.at,
    c.login::text
FROM pgcustsec.certificates AS c
WHERE %(number)s::bigint IS NULL OR c.certificate_id = %(number)s::bigint
ORDER BY c.certificate_id DESC
