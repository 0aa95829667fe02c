-- Views and policies ask this in place of session_user where a token is set, so it is as short as it can be, and says no
-- more than NULL: forged, expired, another's, ended, malformed, all are nobody. `_refuse_token` says why.
--
-- What is signed is the login and everything in the token before the signature; nothing of it is read before that is
-- compared. What a key signed can still be odd: nothing is cast that a cast could refuse, since no error may come of a
-- setting that anybody makes. Terms are compared as the digits they are written in.
--
-- In a session it does not ask whether that has ended: then there is no row of that name.
CREATE FUNCTION pgcustsec_internal.bearer(token text, in_session boolean)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    STRICT
    PARALLEL SAFE
    -- As many operators as it takes the time of: else the planner asks it for each row of a table instead of the index.
    COST 500
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    -- No token of ours is so long, and taking it apart could fail.
    -- Nor is one of ours anything but ASCII: a connection's options can set bytes that are no text, which `left` and
    -- `convert_to` refuse. What a byte string is made of is never refused, once it has no backslash.
    part text[] := CASE
        WHEN octet_length(token) <= 4000 AND encode(replace(token, E'\\', '')::bytea, 'escape') = token
            THEN string_to_array(token, '.')
    END;
    key record;
    now_is bigint;
BEGIN
    SELECT k.inner_block, k.outer_block, k.ends_at, a.role_hexes, a.token_minutes * 60 + 60 AS ahead
    INTO key
    FROM pgcustsec_keys.token_key AS k
    JOIN pgcustsec_internal.application AS a ON a.login = k.login
    WHERE k.key_id = part[2] AND k.login = session_user;
    now_is := date_part('epoch', clock_timestamp());
    -- One expression, as PL/pgSQL makes each ready anew in each transaction.
    IF (cardinality(part) = 8 AND part[1] = 'pgcustsec1'
        AND part[8] = encode(pgcustsec_internal.hmac_sha256_blocks(
            convert_to(session_user || chr(10) || left(token, -1 - length(part[8])), 'UTF8'),
            key.inner_block, key.outer_block), 'hex')
        AND part[5] = ANY (key.role_hexes) AND (key.ends_at > clock_timestamp()) IS NOT FALSE
        AND length(part[3]) = 10 AND part[3] > now_is::text AND part[3] <= (now_is + key.ahead)::text) IS NOT TRUE
    THEN
        RETURN NULL;
    END IF;
    IF in_session THEN
        RETURN pgcustsec_internal.token_standing(part[5], part[6]) || '.' || part[4] || '.' || part[7];
    END IF;
    IF part[4] !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = part[4]::uuid) THEN
        RETURN NULL;
    END IF;
    RETURN pgcustsec_internal.token_standing(part[5], part[6]);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.bearer(text, boolean) IS
    'How the person is known that a signed token speaks for, without or with session and purpose; NULL: nobody (2.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal.bearer(text, boolean) FROM PUBLIC;
