-- Views and policies ask this in place of session_user where a token is set, so it is as short as it can be, and says no
-- more than NULL: forged, expired, another's, ended, malformed, all are nobody. `_read_token` says why.
--
-- What is signed is the login and everything in the token before the signature; nothing of it is read before that is
-- compared.
CREATE FUNCTION pgcustsec_internal.bearer(token text, in_session boolean)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    STRICT
    PARALLEL SAFE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    part text[] := string_to_array(token, '.');
    signed bytea;
    signature text;
    furthest timestamptz;
    expires timestamptz;
BEGIN
    IF cardinality(part) <> 8 OR part[1] <> 'pgcustsec1' THEN
        RETURN NULL;
    END IF;
    signed := convert_to(session_user || chr(10) || left(token, -1 - length(part[8])), 'UTF8');
    SELECT
        encode(sha256(k.outer_block || sha256(k.inner_block || signed)), 'hex'),
        clock_timestamp() + make_interval(mins => a.token_minutes, secs => 60)
    INTO signature, furthest
    FROM pgcustsec_keys.token_key AS k
    JOIN pgcustsec_internal.application AS a ON a.login = k.login
    WHERE k.key_id = part[2] AND k.login = session_user
        AND (k.ends_at IS NULL OR k.ends_at > clock_timestamp())
        AND part[5] = ANY (a.role_hexes);
    IF signature IS NULL OR signature <> part[8] THEN
        RETURN NULL;
    END IF;
    expires := to_timestamp(part[3]::double precision);
    IF expires <= clock_timestamp() OR expires > furthest
        OR EXISTS (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = part[4]::uuid)
    THEN
        RETURN NULL;
    END IF;
    RETURN pgcustsec_internal.token_standing(part[5], part[6]) || CASE WHEN in_session THEN '.' || part[4] ELSE '' END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.bearer(text, boolean) IS
    'How the person is known that a signed token speaks for, without or with their session; NULL: nobody (2.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal.bearer(text, boolean) FROM PUBLIC;
