CREATE TABLE pgcustsec_internal.application (
    application_code text COLLATE "C" PRIMARY KEY,
    login name NOT NULL UNIQUE,
    roles text[] NOT NULL,
    role_hexes text[] NOT NULL,
    token_minutes integer NOT NULL,
    anonymous boolean NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.application IS
    'Logins that speak for many people, with a signed token for each transaction; from the role matrix (2.3).';
COMMENT ON COLUMN pgcustsec_internal.application.application_code IS 'Its name in the matrix.';
COMMENT ON COLUMN pgcustsec_internal.application.login IS 'Its login.';
COMMENT ON COLUMN pgcustsec_internal.application.roles IS 'Roles that its tokens may name.';
COMMENT ON COLUMN pgcustsec_internal.application.role_hexes IS 'The same as tokens write them: UTF-8 in hexadecimal.';
COMMENT ON COLUMN pgcustsec_internal.application.token_minutes IS 'How far ahead a token may expire.';
COMMENT ON COLUMN pgcustsec_internal.application.anonymous IS
    'Whether it sees tier 3 of rows that are anybody''s without a token.';
