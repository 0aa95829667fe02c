-- The record of access as who supervises sees it, newest first. A parameter that is NULL asks for nothing.
SELECT
    a.audit_id, a.at, a.kind, a.staff_id, a.full_name, a.role_code, a.relation, a.record_key, a.customer_key,
    a.column_name::text, a.purpose, a.reason, a.lapses_at, a.session_id, a.login::text, pg_catalog.host(a.client_address),
    a.about
FROM pgcustsec.access_log AS a
WHERE (%(staff)s::text IS NULL OR a.staff_id = %(staff)s)
    AND (%(customer)s::text IS NULL OR a.customer_key = %(customer)s)
    AND (%(kind)s::text IS NULL OR a.kind = %(kind)s)
    AND (%(since)s::timestamptz IS NULL OR a.at >= %(since)s)
    AND (%(until)s::timestamptz IS NULL OR a.at < %(until)s)
ORDER BY a.audit_id DESC
LIMIT %(limit)s
