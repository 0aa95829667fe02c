-- Views and policies ask this in place of session_user where a token is set, so it is as short as it can be, and says no
-- more than NULL: forged, expired, another's, ended, malformed, all are nobody. `_refuse_token` says why.
--
-- What is signed is the login and everything in the token before the signature; nothing of it is read before that is
-- compared. What a key signed can still be odd: nothing is cast that a cast could refuse, since no error may come of a
-- setting that anybody makes.
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
    part text[];
    signature text;
    furthest timestamptz;
    expires timestamptz;
BEGIN
    -- No token of ours is so long, and taking it apart could fail.
    IF octet_length(token) > 4000 THEN
        RETURN NULL;
    END IF;
    part := string_to_array(token, '.');
    IF cardinality(part) <> 8 OR part[1] <> 'pgcustsec1' THEN
        RETURN NULL;
    END IF;
    SELECT
        encode(pgcustsec_internal.hmac_sha256_blocks(
            convert_to(session_user || chr(10) || left(token, -1 - length(part[8])), 'UTF8'),
            k.inner_block, k.outer_block), 'hex'),
        clock_timestamp() + make_interval(mins => a.token_minutes, secs => 60)
    INTO signature, furthest
    FROM pgcustsec_keys.token_key AS k
    JOIN pgcustsec_internal.application AS a ON a.login = k.login
    WHERE k.key_id = part[2] AND k.login = session_user
        AND (k.ends_at IS NULL OR k.ends_at > clock_timestamp())
        AND part[5] = ANY (a.role_hexes);
    IF signature IS NULL OR signature <> part[8]
        OR length(part[3]) <> 10 OR part[3] ~ '[^0-9]'
        OR part[4] NOT LIKE '________-____-____-____-____________' OR part[4] ~ '[^0-9a-f-]'
        OR length(replace(part[4], '-', '')) <> 32
    THEN
        RETURN NULL;
    END IF;
    expires := to_timestamp(part[3]::double precision);
    IF expires <= clock_timestamp() OR expires > furthest
        OR EXISTS (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = part[4]::uuid)
    THEN
        RETURN NULL;
    END IF;
    RETURN pgcustsec_internal.token_standing(part[5], part[6])
        || CASE WHEN in_session THEN '.' || part[4] || '.' || part[7] ELSE '' END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.bearer(text, boolean) IS
    'How the person is known that a signed token speaks for, without or with session and purpose; NULL: nobody (2.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal.bearer(text, boolean) FROM PUBLIC;
