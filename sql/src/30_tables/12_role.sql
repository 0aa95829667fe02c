CREATE TABLE pgcustsec_internal.role (
    role_code text COLLATE "C" PRIMARY KEY,
    group_role name NOT NULL UNIQUE,
    department_code text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.department,
    supervises boolean NOT NULL,
    place integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE pgcustsec_internal.role IS 'Roles of the matrix (5.3).';
COMMENT ON COLUMN pgcustsec_internal.role.role_code IS 'The role''s name in the matrix, and its schema''s name.';
COMMENT ON COLUMN pgcustsec_internal.role.group_role IS 'The NOLOGIN role of the cluster that logins are members of.';
COMMENT ON COLUMN pgcustsec_internal.role.department_code IS 'The department whose part the role is.';
COMMENT ON COLUMN pgcustsec_internal.role.supervises IS 'Sees evidence, not customers (5.1).';
COMMENT ON COLUMN pgcustsec_internal.role.place IS
    'Its place in the matrix: the search path of who holds several roles follows it.';
