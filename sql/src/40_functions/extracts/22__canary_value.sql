CREATE FUNCTION pgcustsec_internal._digits(how_many integer)
    RETURNS text
    LANGUAGE plpgsql
    VOLATILE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (SELECT string_agg((floor(random() * 10)::integer)::text, '') FROM generate_series(1, how_many));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._digits(integer) IS 'So many digits at random.';
REVOKE ALL ON FUNCTION pgcustsec_internal._digits(integer) FROM PUBLIC;

-- Well-formed, check digits included, so that nobody tells them from a customer's by looking.
CREATE FUNCTION pgcustsec_internal._canary_value(kind text)
    RETURNS text
    LANGUAGE plpgsql
    VOLATILE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    surnames text[] := '{王,李,张,刘,陈,杨,赵,黄,周,吴,徐,孙,马,朱,胡,郭,何,林,高,罗}';
    given text[] := '{伟,芳,娜,敏,静,丽,强,磊,洋,艳,勇,军,杰,娟,涛,超,明,霞,平,刚,桂英,建华,志强,秀兰,晓东,海燕}';
    starts text[] := '{138,139,136,150,158,186,188,199,177,133}';
    weights integer[] := '{7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2}';
    digits text;
    total integer;
BEGIN
    CASE kind
        WHEN 'name' THEN
            RETURN surnames[1 + floor(random() * 20)::integer] || given[1 + floor(random() * 26)::integer];
        WHEN 'phone' THEN
            RETURN starts[1 + floor(random() * 10)::integer] || pgcustsec_internal._digits(8);
        WHEN 'email' THEN
            RETURN chr(97 + floor(random() * 26)::integer) || chr(97 + floor(random() * 26)::integer)
                || pgcustsec_internal._digits(8) || '@163.com';
        WHEN 'messenger' THEN
            RETURN 'wx_' || chr(97 + floor(random() * 26)::integer) || pgcustsec_internal._digits(9);
        WHEN 'plate' THEN
            RETURN '京' || chr(65 + floor(random() * 8)::integer) || pgcustsec_internal._digits(5);
        WHEN 'address' THEN
            RETURN format('北京市朝阳区建国路%s号院%s号楼%s单元%s室', 1 + floor(random() * 200)::integer, 1 + floor(random() * 20)::integer,
                1 + floor(random() * 6)::integer, 101 + 100 * floor(random() * 20)::integer);
        WHEN 'id_document' THEN
            digits := '110105' || to_char(date '1960-01-01' + floor(random() * 14600)::integer, 'YYYYMMDD')
                || pgcustsec_internal._digits(3);
            total := (SELECT sum(substr(digits, n, 1)::integer * weights[n]) FROM generate_series(1, 17) AS n);
            RETURN digits || substr('10X98765432', total % 11 + 1, 1);
        WHEN 'bank_account' THEN
            digits := '622202' || pgcustsec_internal._digits(12);
            -- Luhn: with the check digit at the end, every second digit from there is doubled.
            total := (
                SELECT sum(CASE WHEN n % 2 = 0 THEN d * 2 - CASE WHEN d > 4 THEN 9 ELSE 0 END ELSE d END)
                FROM generate_series(1, 18) AS n CROSS JOIN LATERAL (SELECT substr(digits, n, 1)::integer AS d) AS x);
            RETURN digits || ((10 - total % 10) % 10)::text;
        ELSE
            RETURN NULL;
    END CASE;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._canary_value(text) IS
    'A made-up value of a kind, well-formed; NULL: of that kind there is none (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._canary_value(text) FROM PUBLIC;
