CREATE TABLE pgcustsec_internal.retention_rule (
    rule_code text COLLATE "C" PRIMARY KEY,
    relation text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    place integer NOT NULL,
    keep_days integer NOT NULL,
    keeps text NOT NULL,
    drops_partitions boolean NOT NULL,
    recipe text COLLATE "C" NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.retention_rule IS 'How long rows are kept, from the role matrix (4.3).';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.rule_code IS 'Table and rule.';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.name IS 'The rule.';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.place IS 'Its place among the table''s.';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.keep_days IS 'Days that a row is kept, of 24 hours each.';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.keeps IS 'Of what is anonymised: the columns that stay; empty: it is destroyed.';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.drops_partitions IS
    'Whether partitions that sweeps have emptied, of a range past every term, are dropped.';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.recipe IS
    'Digest of how the table''s terms are worked out: with another one every row''s is worked out anew.';

CREATE TABLE pgcustsec_internal.restamping (
    relation text COLLATE "C" PRIMARY KEY,
    recipe text COLLATE "C" NOT NULL,
    last_key text[],
    done_at timestamptz
);
COMMENT ON TABLE pgcustsec_internal.restamping IS 'How far the terms of a table have been worked out anew (4.3).';
COMMENT ON COLUMN pgcustsec_internal.restamping.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.restamping.recipe IS 'By which rules.';
COMMENT ON COLUMN pgcustsec_internal.restamping.last_key IS 'The key up to which it is done; NULL: from the start.';
COMMENT ON COLUMN pgcustsec_internal.restamping.done_at IS 'When it was done; NULL: not yet.';
