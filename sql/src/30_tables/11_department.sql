CREATE TABLE pgcustsec_internal.department (
    department_code text COLLATE "C" PRIMARY KEY,
    title text NOT NULL,
    agreements text[] NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE pgcustsec_internal.department IS 'Departments (部门), from the role matrix (1.4).';
COMMENT ON COLUMN pgcustsec_internal.department.department_code IS 'The code that staff carry.';
COMMENT ON COLUMN pgcustsec_internal.department.title IS 'What people call it.';
COMMENT ON COLUMN pgcustsec_internal.department.agreements IS 'Agreements that its staff, and who holds a role of it, sign (3.4).';
