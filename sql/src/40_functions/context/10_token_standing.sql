-- Longer than the 63 bytes that a role's name can have: no login is ever called this.
CREATE FUNCTION pgcustsec_internal.token_standing(role_hex text, staff_hex text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    STRICT
    PARALLEL SAFE
RETURN
    rpad('token ', 64, '.') || role_hex || '.' || staff_hex;
COMMENT ON FUNCTION pgcustsec_internal.token_standing(text, text) IS
    'How a person is known by whose token an application shows, from what the token says of role and person.';
REVOKE ALL ON FUNCTION pgcustsec_internal.token_standing(text, text) FROM PUBLIC;
