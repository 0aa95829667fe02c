-- For many messages under one key: its blocks are made once, by _hmac_block, and a message costs two hashes.
CREATE FUNCTION pgcustsec_internal.hmac_sha256_blocks(message bytea, inner_block bytea, outer_block bytea)
    RETURNS bytea
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    sha256(outer_block || sha256(inner_block || message));
COMMENT ON FUNCTION pgcustsec_internal.hmac_sha256_blocks(bytea, bytea, bytea) IS
    'HMAC-SHA-256 of a message under the key whose two blocks these are (RFC 2104).';
REVOKE ALL ON FUNCTION pgcustsec_internal.hmac_sha256_blocks(bytea, bytea, bytea) FROM PUBLIC;
