-- Only who supervises reads them, by canaries(): else who took the file could take them out.
CREATE TABLE pgcustsec_internal.extract_canary (
    extract_id bigint NOT NULL REFERENCES pgcustsec_internal.extract,
    place integer NOT NULL,
    canary jsonb NOT NULL,
    PRIMARY KEY (extract_id, place)
);
COMMENT ON TABLE pgcustsec_internal.extract_canary IS
    'Customers that are nobody, made for one extract, by which a file that leaked names it (4.3). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.extract_canary.extract_id IS 'The extract; they are beside the rows that it counts.';
COMMENT ON COLUMN pgcustsec_internal.extract_canary.place IS 'Which of its canaries, from 1 on.';
COMMENT ON COLUMN pgcustsec_internal.extract_canary.canary IS 'Its values, by column.';
