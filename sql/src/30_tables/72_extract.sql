-- Which rows it holds is fixed when it begins, by their keys: so what is read, however often, is never more than was
-- approved, and it can be told whom it concerns. Arrays, as a million keys are written and read in a fraction of a second.
CREATE TABLE pgcustsec_internal.extract (
    extract_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id bigint NOT NULL REFERENCES pgcustsec_internal.request,
    staff_id text COLLATE "C" NOT NULL,
    role_code text COLLATE "C" NOT NULL,
    department_code text COLLATE "C" NOT NULL,
    relation text COLLATE "C" NOT NULL,
    columns name[] NOT NULL,
    row_count integer NOT NULL,
    integers bigint[],
    uuids uuid[],
    texts text[],
    protection text NOT NULL,
    ends_at timestamptz NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    begun_by xid8 NOT NULL DEFAULT pg_current_xact_id(),
    session_id uuid NOT NULL,
    login name NOT NULL DEFAULT session_user,
    client_address inet DEFAULT inet_client_addr(),
    host text
);
ALTER TABLE pgcustsec_internal.extract
    ALTER COLUMN integers SET STORAGE EXTERNAL, ALTER COLUMN uuids SET STORAGE EXTERNAL;
CREATE INDEX extract_request_id ON pgcustsec_internal.extract (request_id);
CREATE INDEX extract_staff_id ON pgcustsec_internal.extract (staff_id);
COMMENT ON TABLE pgcustsec_internal.extract IS
    'Files that approved requests produced, tracked until they are destroyed (4.1, 4.3, 5.2.1). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.extract.extract_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.extract.request_id IS 'The request.';
COMMENT ON COLUMN pgcustsec_internal.extract.staff_id IS 'Who took it.';
COMMENT ON COLUMN pgcustsec_internal.extract.role_code IS 'In which role.';
COMMENT ON COLUMN pgcustsec_internal.extract.department_code IS 'The department that keeps it (4.1).';
COMMENT ON COLUMN pgcustsec_internal.extract.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.extract.columns IS 'The columns that it has, and no other.';
COMMENT ON COLUMN pgcustsec_internal.extract.row_count IS 'How many rows it covers.';
COMMENT ON COLUMN pgcustsec_internal.extract.integers IS 'The keys of its rows, where they are integers.';
COMMENT ON COLUMN pgcustsec_internal.extract.uuids IS 'The keys of its rows, where they are UUIDs.';
COMMENT ON COLUMN pgcustsec_internal.extract.texts IS 'The keys of its rows, where they are anything else, each as one text.';
COMMENT ON COLUMN pgcustsec_internal.extract.protection IS 'As who took it says: plain, or to whom it is encrypted.';
COMMENT ON COLUMN pgcustsec_internal.extract.ends_at IS 'When its term of use (使用期限) is over: by then it is destroyed (4.3).';
COMMENT ON COLUMN pgcustsec_internal.extract.begun_at IS 'When it was begun.';
COMMENT ON COLUMN pgcustsec_internal.extract.begun_by IS 'The transaction that began it: until that is committed nothing of it is read.';
COMMENT ON COLUMN pgcustsec_internal.extract.session_id IS 'In which session; it is read in no other.';
COMMENT ON COLUMN pgcustsec_internal.extract.login IS 'Over which login.';
COMMENT ON COLUMN pgcustsec_internal.extract.client_address IS 'From where; NULL: on the server itself.';
COMMENT ON COLUMN pgcustsec_internal.extract.host IS 'On which computer the file is, as who took it says.';
COMMENT ON INDEX pgcustsec_internal.extract_request_id IS 'Finds what a request produced.';
COMMENT ON INDEX pgcustsec_internal.extract_staff_id IS 'Finds what somebody holds.';

CREATE TABLE pgcustsec_internal.extract_event (
    extract_id bigint NOT NULL REFERENCES pgcustsec_internal.extract,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('finished', 'destroyed')),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    staff_id text COLLATE "C" NOT NULL,
    sha256 text COLLATE "C",
    bytes bigint,
    evidence text,
    PRIMARY KEY (extract_id, kind)
);
COMMENT ON TABLE pgcustsec_internal.extract_event IS
    'What became of extracts (4.3). Rows are only ever added; one that is not finished is partial, or was never written.';
COMMENT ON COLUMN pgcustsec_internal.extract_event.extract_id IS 'The extract.';
COMMENT ON COLUMN pgcustsec_internal.extract_event.kind IS 'finished: all of it was written; destroyed: no copy is left.';
COMMENT ON COLUMN pgcustsec_internal.extract_event.at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.extract_event.staff_id IS 'Who says so.';
COMMENT ON COLUMN pgcustsec_internal.extract_event.sha256 IS 'Of the file that was finished, as it was written, in hexadecimal.';
COMMENT ON COLUMN pgcustsec_internal.extract_event.bytes IS 'Its size.';
COMMENT ON COLUMN pgcustsec_internal.extract_event.evidence IS 'How it was destroyed, and what shows that.';
