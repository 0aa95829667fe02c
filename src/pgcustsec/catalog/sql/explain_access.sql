SELECT e.role, e.shown, e.why, e.rule, e.article
FROM pgcustsec.explain_access(%(staff)s, %(relation)s, %(key)s, %(column)s) AS e
