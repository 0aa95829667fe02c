-- The login is kept with the name: whoever writes another one into the list of people makes nobody a custodian.
CREATE TABLE pgcustsec_internal.custodian (
    naming_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    department_code text COLLATE "C" NOT NULL,
    staff_id text COLLATE "C",
    login name,
    named_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    named_by text COLLATE "C" NOT NULL
);
CREATE INDEX custodian_department_code ON pgcustsec_internal.custodian (department_code, naming_id);
COMMENT ON TABLE pgcustsec_internal.custodian IS
    'Whom supervisors named the custodian (指定人员) of a department, who alone handles its disclosures (3.3). The latest row of '
    'a department counts. Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.custodian.naming_id IS 'Its number; later namings have higher ones.';
COMMENT ON COLUMN pgcustsec_internal.custodian.department_code IS 'The department (部门).';
COMMENT ON COLUMN pgcustsec_internal.custodian.staff_id IS 'The person; NULL: nobody any more.';
COMMENT ON COLUMN pgcustsec_internal.custodian.login IS 'Their own login at that moment: over it alone they are the custodian (2.3).';
COMMENT ON COLUMN pgcustsec_internal.custodian.named_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec_internal.custodian.named_by IS 'By which supervisor.';
COMMENT ON INDEX pgcustsec_internal.custodian_department_code IS 'Finds the latest of a department.';
