CREATE TABLE pgcustsec_internal.classification (
    classification_code text COLLATE "C" PRIMARY KEY,
    relation text COLLATE "C" NOT NULL,
    column_name name NOT NULL,
    tier integer NOT NULL,
    kind text COLLATE "C" NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.classification IS 'The tier of each column, from the role matrix (3.2).';
COMMENT ON COLUMN pgcustsec_internal.classification.classification_code IS 'Table, blank, column.';
COMMENT ON COLUMN pgcustsec_internal.classification.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.classification.column_name IS 'The column.';
COMMENT ON COLUMN pgcustsec_internal.classification.tier IS 'Its tier: 1, 2 or 3.';
COMMENT ON COLUMN pgcustsec_internal.classification.kind IS 'Its kind; empty: none is stated.';
