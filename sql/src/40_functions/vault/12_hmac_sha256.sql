CREATE FUNCTION pgcustsec_internal.hmac_sha256(message bytea, key bytea)
    RETURNS bytea
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    pgcustsec_internal.hmac_sha256_blocks(
        message, pgcustsec_internal._hmac_block(key, 54), pgcustsec_internal._hmac_block(key, 92));
COMMENT ON FUNCTION pgcustsec_internal.hmac_sha256(bytea, bytea) IS
    'HMAC-SHA-256 of a message under a key (RFC 2104); hmac_sha256_blocks is the way for many messages.';
REVOKE ALL ON FUNCTION pgcustsec_internal.hmac_sha256(bytea, bytea) FROM PUBLIC;
