CREATE TABLE pgcustsec_internal.request_kind (
    kind_code text COLLATE "C" PRIMARY KEY,
    title text NOT NULL,
    filed_by text[] NOT NULL,
    custodian text COLLATE "C" NOT NULL,
    approvals jsonb NOT NULL,
    max_days integer NOT NULL,
    max_rows integer NOT NULL,
    canaries boolean NOT NULL,
    emergency_hours integer NOT NULL,
    standing boolean NOT NULL,
    erases boolean NOT NULL,
    widens boolean NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.request_kind IS
    'Kinds of special application (专项事务申请), from the role matrix (3.3, 5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.request_kind.kind_code IS 'Its name in the matrix.';
COMMENT ON COLUMN pgcustsec_internal.request_kind.title IS 'Its title.';
COMMENT ON COLUMN pgcustsec_internal.request_kind.filed_by IS 'Roles whose holders may file it.';
COMMENT ON COLUMN pgcustsec_internal.request_kind.custodian IS 'The role that alone handles it (3.3); empty: whoever files it.';
COMMENT ON COLUMN pgcustsec_internal.request_kind.approvals IS
    'Who approves, in order: {"role": ...} or {"manager_of": "requester"}.';
COMMENT ON COLUMN pgcustsec_internal.request_kind.max_days IS 'The longest term of use, and how long it waits for decisions (4.3).';
COMMENT ON COLUMN pgcustsec_internal.request_kind.max_rows IS
    'The most rows that it covers, of a standing one the most records a day; 0: the matrix states none.';
COMMENT ON COLUMN pgcustsec_internal.request_kind.canaries IS 'Whether extracts carry canaries.';
COMMENT ON COLUMN pgcustsec_internal.request_kind.emergency_hours IS
    'Open at once when filed, and to be approved within so many hours, else its requester is suspended; 0: no emergency.';
COMMENT ON COLUMN pgcustsec_internal.request_kind.standing IS
    'Used by an unattended service, one record after the other, day by day; filed by who answers for the service.';
COMMENT ON COLUMN pgcustsec_internal.request_kind.erases IS
    'A customer''s wish to be erased: approved, its rows are destroyed; it shows nothing (4.3).';
COMMENT ON COLUMN pgcustsec_internal.request_kind.widens IS
    'Without one of it, approved, no matrix is applied that lets anybody see more; it shows nothing (5.2.5).';
