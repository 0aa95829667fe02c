CREATE TABLE pgcustsec_internal.disclosure (
    request_id bigint PRIMARY KEY REFERENCES pgcustsec_internal.request,
    naming_id bigint NOT NULL REFERENCES pgcustsec_internal.custodian,
    department_code text COLLATE "C" NOT NULL,
    authority text NOT NULL,
    legal_basis text NOT NULL,
    document_number text NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.disclosure IS
    'What a disclosure to an authority (监管司法调取) has beside its request (3.3). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.disclosure.request_id IS 'The request, which says what is asked for.';
COMMENT ON COLUMN pgcustsec_internal.disclosure.naming_id IS 'By which naming its requester was the custodian when they filed it.';
COMMENT ON COLUMN pgcustsec_internal.disclosure.department_code IS 'The department whose custodian that was: whoever is it alone handles it.';
COMMENT ON COLUMN pgcustsec_internal.disclosure.authority IS 'The authority that asks.';
COMMENT ON COLUMN pgcustsec_internal.disclosure.legal_basis IS 'By what law.';
COMMENT ON COLUMN pgcustsec_internal.disclosure.document_number IS 'The number of the document in which it asks.';
