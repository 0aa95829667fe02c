SELECT w.role, w.staff, w.full_name, w.department, w.shown, w.rows, w.through, w.until, w.rule, w.article
FROM pgcustsec.who_may_see(%(relation)s, %(column)s) AS w
