CREATE TABLE pgcustsec_internal.staff (
    staff_id text COLLATE "C" PRIMARY KEY CHECK (staff_id <> ''),
    full_name text NOT NULL,
    login name UNIQUE,
    department_code text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.department,
    branch_code text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.branch,
    manager_id text COLLATE "C" REFERENCES pgcustsec_internal.staff CHECK (manager_id <> staff_id),
    active boolean NOT NULL DEFAULT true
);
CREATE INDEX staff_manager_id ON pgcustsec_internal.staff (manager_id);
CREATE INDEX staff_department_code ON pgcustsec_internal.staff (department_code);
COMMENT ON TABLE pgcustsec_internal.staff IS 'People who work here. One login per person, at most (2.3).';
COMMENT ON COLUMN pgcustsec_internal.staff.staff_id IS 'Staff number, as customer rows name who serves them.';
COMMENT ON COLUMN pgcustsec_internal.staff.full_name IS 'For lists and reports.';
COMMENT ON COLUMN pgcustsec_internal.staff.login IS 'The person''s own login, compared with session_user; NULL: cannot connect.';
COMMENT ON COLUMN pgcustsec_internal.staff.department_code IS 'The department (部门) they belong to.';
COMMENT ON COLUMN pgcustsec_internal.staff.branch_code IS 'The branch (分公司) they belong to.';
COMMENT ON COLUMN pgcustsec_internal.staff.manager_id IS 'Their manager; NULL at the top.';
COMMENT ON COLUMN pgcustsec_internal.staff.active IS 'False once they left: nobody to every policy, and serving no one.';
