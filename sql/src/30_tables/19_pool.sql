CREATE TABLE pgcustsec_internal.pool (
    pool_code text COLLATE "C" PRIMARY KEY,
    schema_name name NOT NULL,
    table_name name NOT NULL,
    roles text[] NOT NULL,
    recycle_days integer NOT NULL,
    claim_limit integer NOT NULL,
    cool_down_days integer NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.pool IS 'Shared pools (共享池) of unsold prospects, from the role matrix (4.2).';
COMMENT ON COLUMN pgcustsec_internal.pool.pool_code IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.pool.schema_name IS 'The table''s schema.';
COMMENT ON COLUMN pgcustsec_internal.pool.table_name IS 'The table.';
COMMENT ON COLUMN pgcustsec_internal.pool.roles IS 'Roles that see the pool, whose holders take prospects out of it.';
COMMENT ON COLUMN pgcustsec_internal.pool.recycle_days IS 'Days without progress after which a prospect goes back (4.3).';
COMMENT ON COLUMN pgcustsec_internal.pool.claim_limit IS 'How many prospects one person may hold.';
COMMENT ON COLUMN pgcustsec_internal.pool.cool_down_days IS 'Days before the same person may claim the same prospect again.';
