SELECT
    k.key_id, COALESCE(a.application_code, ''), k.login::text,
    CASE
        WHEN k.ends_at IS NULL THEN 'in use'
        WHEN k.ends_at > pg_catalog.clock_timestamp() THEN 'ending'
        ELSE 'ended'
    END,
    k.made_at, k.ends_at
FROM pgcustsec_keys.token_key AS k
LEFT JOIN pgcustsec_internal.application AS a ON a.login = k.login
ORDER BY k.made_at DESC
