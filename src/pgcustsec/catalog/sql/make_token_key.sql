-- 366 bits from the server's own source of randomness, folded into 256.
WITH drawn AS MATERIALIZED (
    SELECT pg_catalog.sha256(
        pg_catalog.uuid_send(pg_catalog.gen_random_uuid()) || pg_catalog.uuid_send(pg_catalog.gen_random_uuid())
        || pg_catalog.uuid_send(pg_catalog.gen_random_uuid())) AS secret
), made AS (
    INSERT INTO pgcustsec_keys.token_key (key_id, login, inner_block, outer_block)
    SELECT
        %(key_id)s, %(login)s,
        pgcustsec_internal._hmac_block(d.secret, 54), pgcustsec_internal._hmac_block(d.secret, 92)
    FROM drawn AS d
    RETURNING key_id
)
SELECT m.key_id, d.secret FROM made AS m CROSS JOIN drawn AS d
