-- Made by the script itself and without IF NOT EXISTS: whoever made a schema first would own what is in it.
CREATE SCHEMA pgcustsec AUTHORIZATION pgcustsec_owner;
CREATE SCHEMA pgcustsec_internal AUTHORIZATION pgcustsec_owner;
CREATE SCHEMA pgcustsec_views AUTHORIZATION pgcustsec_owner;

-- Whoever runs this, a restoring superuser included, makes the rest as the owner. CREATE EXTENSION takes the setting back
-- at the end of the script, `pgcustsec install` when it is done.
SET LOCAL ROLE pgcustsec_owner;

COMMENT ON SCHEMA pgcustsec IS 'pgcustsec: the functions that people and applications call.';
REVOKE ALL ON SCHEMA pgcustsec FROM PUBLIC;

COMMENT ON SCHEMA pgcustsec_internal IS
    'pgcustsec: its tables, and what views, policies and triggers call. Application roles have no USAGE.';
REVOKE ALL ON SCHEMA pgcustsec_internal FROM PUBLIC;

COMMENT ON SCHEMA pgcustsec_views IS
    'pgcustsec: where each role''s views work out, once per row, whether the row is served. Nobody has USAGE but their owners.';
REVOKE ALL ON SCHEMA pgcustsec_views FROM PUBLIC;
