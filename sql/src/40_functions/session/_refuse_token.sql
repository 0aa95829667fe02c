CREATE FUNCTION pgcustsec_internal._refuse_token(token text)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    part text[];
    session uuid;
BEGIN
    IF octet_length(token) <= 4000 THEN
        part := string_to_array(token, '.');
    END IF;
    -- Of a token that is not ours nothing is said but that: no hint for who tries.
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_keys.token_key AS k
        WHERE k.key_id = part[2] AND k.login = session_user
            AND encode(pgcustsec_internal.hmac_sha256_blocks(
                convert_to(session_user || chr(10) || left(token, -1 - length(part[8])), 'UTF8'),
                k.inner_block, k.outer_block), 'hex') = part[8])
    THEN
        RAISE EXCEPTION 'this is no token of login %', session_user
            USING ERRCODE = 'CS003', HINT = 'Mint it with a key of this login: pgcustsec token keys list.';
    END IF;
    IF part[4] ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
        session := part[4]::uuid;
    END IF;
    IF EXISTS (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = session) THEN
        RAISE EXCEPTION 'session % has ended', session USING ERRCODE = 'CS006', HINT = 'Mint a token with a new session.';
    END IF;
    RAISE EXCEPTION 'this token is past its term, or its key is, or it is for longer or another role than the matrix lets login % sign for', session_user
        USING ERRCODE = 'CS004', HINT = 'Mint a new one, for token_minutes of the matrix at most; do the clocks agree?';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_token(text) IS 'Says why a token is nobody''s, as far as its holder may know (2.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_token(text) FROM PUBLIC;
