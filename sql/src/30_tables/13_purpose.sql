CREATE TABLE pgcustsec_internal.purpose (
    purpose_code text COLLATE "C" PRIMARY KEY,
    title text NOT NULL,
    roles text[] NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.purpose IS
    'What a session may be for: a closed list, from the role matrix. What is not on it is other use (4.3).';
COMMENT ON COLUMN pgcustsec_internal.purpose.purpose_code IS 'What start_session() takes.';
COMMENT ON COLUMN pgcustsec_internal.purpose.title IS 'What people call it.';
COMMENT ON COLUMN pgcustsec_internal.purpose.roles IS 'Roles that work for it: in these a session shows tier 1 and 2.';
