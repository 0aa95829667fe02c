-- Made by the script itself and without IF NOT EXISTS: whoever made a schema first would own what is in it.
CREATE SCHEMA pgcustsec;
COMMENT ON SCHEMA pgcustsec IS 'pgcustsec: the functions that people and applications call.';
REVOKE ALL ON SCHEMA pgcustsec FROM PUBLIC;

CREATE SCHEMA pgcustsec_internal;
COMMENT ON SCHEMA pgcustsec_internal IS
    'pgcustsec: its tables, and what views, policies and triggers call. Application roles have no USAGE.';
REVOKE ALL ON SCHEMA pgcustsec_internal FROM PUBLIC;

CREATE SCHEMA pgcustsec_views;
COMMENT ON SCHEMA pgcustsec_views IS
    'pgcustsec: where each role''s views work out, once per row, whether the row is served. Nobody has USAGE but their owners.';
REVOKE ALL ON SCHEMA pgcustsec_views FROM PUBLIC;
