-- Whom supervisors named the custodian of each department; without all_ever the latest naming alone.
SELECT c.department_code, c.staff_id, c.full_name, c.login::text, c.named_at, c.named_by, c.ended_at
FROM pgcustsec.custodians AS c
WHERE %(all_ever)s OR c.ended_at IS NULL
ORDER BY c.department_code, c.naming_id DESC
