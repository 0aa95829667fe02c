CREATE TABLE pgcustsec_internal.branch (
    branch_code text COLLATE "C" PRIMARY KEY,
    title text NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.branch IS 'Branches (分公司), from the role matrix (1.4).';
COMMENT ON COLUMN pgcustsec_internal.branch.branch_code IS 'The code that customer rows and staff carry.';
COMMENT ON COLUMN pgcustsec_internal.branch.title IS 'What people call it.';
