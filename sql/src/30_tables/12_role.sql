CREATE TABLE pgcustsec_internal.role (
    role_code text COLLATE "C" PRIMARY KEY,
    group_role name NOT NULL UNIQUE,
    department_code text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.department,
    supervises boolean NOT NULL,
    service boolean NOT NULL DEFAULT false,
    place integer NOT NULL DEFAULT 0,
    session_hours integer NOT NULL DEFAULT 10,
    record_minutes integer NOT NULL DEFAULT 5,
    openings_per_day integer NOT NULL DEFAULT 0,
    customers_per_day integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE pgcustsec_internal.role IS 'Roles of the matrix (5.3).';
COMMENT ON COLUMN pgcustsec_internal.role.role_code IS 'The role''s name in the matrix, and its schema''s name.';
COMMENT ON COLUMN pgcustsec_internal.role.group_role IS 'The NOLOGIN role of the cluster that logins are members of.';
COMMENT ON COLUMN pgcustsec_internal.role.department_code IS 'The department whose part the role is.';
COMMENT ON COLUMN pgcustsec_internal.role.supervises IS 'Sees evidence, not customers (5.1).';
COMMENT ON COLUMN pgcustsec_internal.role.service IS
    'Of unattended services: who holds it is no person, and uses standing requests alone (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.role.place IS
    'Its place in the matrix: the search path of who holds several roles follows it.';
COMMENT ON COLUMN pgcustsec_internal.role.session_hours IS 'How long a session lasts at most.';
COMMENT ON COLUMN pgcustsec_internal.role.record_minutes IS 'How long a record stays open (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.role.openings_per_day IS 'How often a person may open records, or search by value, a day.';
COMMENT ON COLUMN pgcustsec_internal.role.customers_per_day IS 'How many different customers'' records a person may open a day.';
