-- Direction characters among them: they make a number show in another order than it is kept in.
CREATE FUNCTION pgcustsec_internal._has_control(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ U&'[!0001-!001F!007F-!009F!00AD!061C!180E!200B-!200F!2028-!202E!2060-!206F!FEFF!FFF9-!FFFD]'
            UESCAPE '!';
COMMENT ON FUNCTION pgcustsec_internal._has_control(text) IS
    'Whether there is a character in this that is not for the eye: control, zero-width, direction, damaged.';
REVOKE ALL ON FUNCTION pgcustsec_internal._has_control(text) FROM PUBLIC;
