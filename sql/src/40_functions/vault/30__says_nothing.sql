CREATE FUNCTION pgcustsec_internal._says_nothing(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ U&'^[[:space:]!0085!00A0!1680!2000-!200F!2028-!202F!205F-!206F!3000!FEFF]*([*!FF0A!FE61]{3})?'
            '[[:space:]!0085!00A0!1680!2000-!200F!2028-!202F!205F-!206F!3000!FEFF]*$' UESCAPE '!';
COMMENT ON FUNCTION pgcustsec_internal._says_nothing(text) IS 'Whether this is blank, or *** and nothing else.';
REVOKE ALL ON FUNCTION pgcustsec_internal._says_nothing(text) FROM PUBLIC;
