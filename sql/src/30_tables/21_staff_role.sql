CREATE TABLE pgcustsec_internal.staff_role (
    staff_id text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.staff ON DELETE CASCADE,
    role_code text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.role,
    granted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    granted_by name NOT NULL DEFAULT session_user,
    PRIMARY KEY (staff_id, role_code)
);
CREATE INDEX staff_role_role_code ON pgcustsec_internal.staff_role (role_code);
COMMENT ON TABLE pgcustsec_internal.staff_role IS
    'Which person holds which role. It, not the membership of a login, decides what a view shows (5.3).';
COMMENT ON COLUMN pgcustsec_internal.staff_role.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec_internal.staff_role.role_code IS 'The role of the matrix.';
COMMENT ON COLUMN pgcustsec_internal.staff_role.granted_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec_internal.staff_role.granted_by IS 'The login of the administrator who gave it.';
