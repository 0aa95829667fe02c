-- Letters of every script by their blocks, as the classes of the "C" collation know ASCII alone.
CREATE FUNCTION pgcustsec_internal._has_letter(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ U&'[A-Za-z!00C0-!180D!1810-!1FFF!2C00-!2DFF!3041-!30FA!30FC-!D7FF!F900-!FDFF!FE70-!FEFC'
            '!FF21-!FF3A!FF41-!FF5A!FF66-!FFDC!+010000-!+01EFFF!+020000-!+03FFFD]' UESCAPE '!';
COMMENT ON FUNCTION pgcustsec_internal._has_letter(text) IS 'Whether there is a letter, of any script, in this.';
REVOKE ALL ON FUNCTION pgcustsec_internal._has_letter(text) FROM PUBLIC;
