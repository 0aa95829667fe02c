-- What is spent lies in sequences, which no rollback gives back. This row only makes connections of one person take
-- turns at the day's first use: an advisory lock could be held by any login, to keep others from their work.
CREATE TABLE pgcustsec_internal.budget (
    staff_id text COLLATE "C" PRIMARY KEY,
    budget_id bigint GENERATED ALWAYS AS IDENTITY,
    openings regclass,
    customers regclass,
    refusals regclass
);
COMMENT ON TABLE pgcustsec_internal.budget IS
    'Where each person''s budgets of the day are counted, made with their first session (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.budget.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec_internal.budget.budget_id IS 'What the names of their sequences end with.';
COMMENT ON COLUMN pgcustsec_internal.budget.openings IS
    'Sequence of openings and searches: the day, as days since 1970 (UTC), times 10^9, plus how many.';
COMMENT ON COLUMN pgcustsec_internal.budget.customers IS 'Sequence of different customers opened, in the same form.';
COMMENT ON COLUMN pgcustsec_internal.budget.refusals IS 'Sequence of what was refused for want of budget, ever.';
