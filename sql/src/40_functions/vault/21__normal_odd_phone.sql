-- A function of its own, as what is found at one step is asked for twice at the next. An extension is kept, behind an
-- x: 0755-1234567-1 and 0755-12345671 are two numbers.
CREATE FUNCTION pgcustsec_internal._normal_odd_phone(value text)
    RETURNS text
    LANGUAGE plpgsql
    IMMUTABLE
    STRICT
    PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    -- Every separator a hyphen, none at the ends.
    written text := btrim(translate(lower(pgcustsec_internal._visible(value, '') COLLATE "C"),
        ' ().:‐‒–—―−', '-----------'), '-');
BEGIN
    IF written COLLATE "C" ~ '[^0-9+-]' THEN
        written := regexp_replace(normalize(replace(written COLLATE "C", '-', ''), NFKC) COLLATE "C",
            '(?<=[0-9])(转接?|分机号?|ext|x|#)(?=[0-9]{1,6}$)', 'x');
    ELSIF written COLLATE "C" ~
        '^((([+]|00)?-*86-*0?|0)-*(10|2[0-9]|[3-9][0-9]{2})-*[0-9]{3,4}-?[0-9]{4}'
        '|(([+]|00)?-*86)?-*0?1[3-9][0-9]-?[0-9]{4}-?[0-9]{4})-+[0-9]{1,5}$'
    THEN
        written := regexp_replace(written COLLATE "C", '-+(?=[0-9]{1,5}$)', 'x');
    END IF;
    written := replace(written COLLATE "C", '-', '');

    IF written COLLATE "C" ~ '^(([+]|00)?86)?0?1[3-9][0-9]{9}(x[0-9]+)?$' THEN
        RETURN substring(written COLLATE "C" FROM '1[3-9][0-9]{9}(?:x[0-9]+)?$');
    END IF;
    -- 400 and 800 numbers are dialled without a zero.
    IF written COLLATE "C"
        ~ '^([+]|00)?860?(?![48]00[0-9]{7}(x|$))(10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}(x[0-9]+)?$' THEN
        RETURN '0' || ltrim(substr(ltrim(written, '+0'), 3), '0');
    END IF;
    IF written COLLATE "C" ~ '^([+]|00)86(?!86|00)[0-9]{3,}(x[0-9]+)?$' THEN
        RETURN substr(ltrim(written, '+0'), 3);
    END IF;
    RETURN CASE WHEN written COLLATE "C" ~ '^00[1-9]' THEN '+' || substr(written, 3) ELSE written END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._normal_odd_phone(text) IS
    'What normal_phone gives for a number in a spelling that it cannot tell at a glance.';
REVOKE ALL ON FUNCTION pgcustsec_internal._normal_odd_phone(text) FROM PUBLIC;
