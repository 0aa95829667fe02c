-- No foreign key to `agreement`: what was published and signed stays when the matrix drops it.
CREATE TABLE pgcustsec_internal.agreement_text (
    agreement_code text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    body text NOT NULL,
    digest text COLLATE "C" NOT NULL,
    in_force_from timestamptz NOT NULL,
    published_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    published_by name NOT NULL DEFAULT session_user,
    PRIMARY KEY (agreement_code, version)
);
COMMENT ON TABLE pgcustsec_internal.agreement_text IS
    'What each version of an agreement says (3.4). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.agreement_text.agreement_code IS 'The agreement.';
COMMENT ON COLUMN pgcustsec_internal.agreement_text.version IS 'From 1 on.';
COMMENT ON COLUMN pgcustsec_internal.agreement_text.body IS 'Its words.';
COMMENT ON COLUMN pgcustsec_internal.agreement_text.digest IS 'SHA-256 of the words in UTF-8, in hexadecimal.';
COMMENT ON COLUMN pgcustsec_internal.agreement_text.in_force_from IS
    'From when on signatures of an earlier version no longer do.';
COMMENT ON COLUMN pgcustsec_internal.agreement_text.published_at IS 'When it was published.';
COMMENT ON COLUMN pgcustsec_internal.agreement_text.published_by IS 'Over which login.';

CREATE TABLE pgcustsec_internal.agreement_signature (
    signature_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id text COLLATE "C" NOT NULL,
    agreement_code text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    digest text COLLATE "C" NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    valid_until timestamptz NOT NULL,
    login name NOT NULL DEFAULT session_user,
    client_address inet DEFAULT inet_client_addr(),
    FOREIGN KEY (agreement_code, version) REFERENCES pgcustsec_internal.agreement_text
);
CREATE INDEX agreement_signature_staff_id ON pgcustsec_internal.agreement_signature (staff_id, agreement_code);
COMMENT ON TABLE pgcustsec_internal.agreement_signature IS
    'Who signed which version of an agreement, each through their own login (3.4). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.agreement_signature.signature_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.agreement_signature.staff_id IS 'Who signed.';
COMMENT ON COLUMN pgcustsec_internal.agreement_signature.agreement_code IS 'The agreement.';
COMMENT ON COLUMN pgcustsec_internal.agreement_signature.version IS 'Its version.';
COMMENT ON COLUMN pgcustsec_internal.agreement_signature.digest IS 'The digest of the words that were signed.';
COMMENT ON COLUMN pgcustsec_internal.agreement_signature.signed_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.agreement_signature.valid_until IS 'Until when it holds, unless another version comes into force.';
COMMENT ON COLUMN pgcustsec_internal.agreement_signature.login IS 'Over which login.';
COMMENT ON COLUMN pgcustsec_internal.agreement_signature.client_address IS 'From where; NULL: on the server itself.';
COMMENT ON INDEX pgcustsec_internal.agreement_signature_staff_id IS 'Finds what somebody has signed.';
