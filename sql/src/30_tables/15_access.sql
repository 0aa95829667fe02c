CREATE TABLE pgcustsec_internal.access (
    access_code text COLLATE "C" PRIMARY KEY,
    role_code text COLLATE "C" NOT NULL,
    schema_name name NOT NULL,
    table_name name NOT NULL,
    key_columns name[] NOT NULL,
    opens boolean NOT NULL,
    lifts boolean NOT NULL,
    find_columns name[] NOT NULL,
    find_functions name[] NOT NULL,
    rule json NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.access IS
    'What roles have of tables, from the role matrix: what sessions, record access and find() go by (5.2.1, 5.3).';
COMMENT ON COLUMN pgcustsec_internal.access.access_code IS 'Role, blank, table.';
COMMENT ON COLUMN pgcustsec_internal.access.role_code IS 'The role.';
COMMENT ON COLUMN pgcustsec_internal.access.schema_name IS 'The table''s schema.';
COMMENT ON COLUMN pgcustsec_internal.access.table_name IS 'The table, and the role''s view of it.';
COMMENT ON COLUMN pgcustsec_internal.access.key_columns IS 'The columns of its key, in key order.';
COMMENT ON COLUMN pgcustsec_internal.access.opens IS 'Whether the role opens its records for tier 1, masked (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.access.lifts IS
    'Whether its view shows, of a record that an approved request names, the values of the columns named (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.access.find_columns IS 'Columns that find() searches.';
COMMENT ON COLUMN pgcustsec_internal.access.find_functions IS 'Functions in pgcustsec_internal that search them, in the same order.';
COMMENT ON COLUMN pgcustsec_internal.access.rule IS 'What it gives, as explain_access() reads it: unions of row scopes, scopes of tier 2, columns.';
