CREATE TABLE pgcustsec_internal.pool_claim (
    claim_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id text COLLATE "C" NOT NULL,
    relation text COLLATE "C" NOT NULL,
    record_key text COLLATE "C" NOT NULL,
    claimed_at timestamptz
);
CREATE INDEX pool_claim_record_key ON pgcustsec_internal.pool_claim (relation, record_key);
COMMENT ON TABLE pgcustsec_internal.pool_claim IS
    'Who had which prospect of a shared pool (4.2). Rows are only ever added; keys, never values.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim.claim_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim.staff_id IS 'Who.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim.record_key IS 'The prospect''s key.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim.claimed_at IS
    'When they took it out of the pool; NULL: they came to hold it otherwise, and it went back.';
COMMENT ON INDEX pgcustsec_internal.pool_claim_record_key IS 'Finds who had a prospect.';

CREATE TABLE pgcustsec_internal.pool_claim_end (
    claim_id bigint PRIMARY KEY REFERENCES pgcustsec_internal.pool_claim,
    ended_at timestamptz NOT NULL,
    how text COLLATE "C" NOT NULL CHECK (how IN ('released', 'recycled', 'reassigned', 'bought', 'gone'))
);
COMMENT ON TABLE pgcustsec_internal.pool_claim_end IS
    'When a claim ended, and how (4.2). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim_end.claim_id IS 'Which claim.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim_end.ended_at IS
    'When; where the row itself was changed, when that was found.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim_end.how IS
    'released: given back, also by leaving; recycled: no progress; reassigned: the row names somebody else, or nobody; '
    'bought: it is no prospect any more; gone: nor is the row there.';
