CREATE TABLE pgcustsec_internal.agreement (
    agreement_code text COLLATE "C" PRIMARY KEY,
    title text NOT NULL,
    valid_days integer NOT NULL,
    everyone boolean NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.agreement IS 'Agreements (保密协议) that staff sign, from the role matrix (3.4).';
COMMENT ON COLUMN pgcustsec_internal.agreement.agreement_code IS 'Its name in the matrix.';
COMMENT ON COLUMN pgcustsec_internal.agreement.title IS 'Its title.';
COMMENT ON COLUMN pgcustsec_internal.agreement.valid_days IS 'For how many days a signature holds.';
COMMENT ON COLUMN pgcustsec_internal.agreement.everyone IS 'Whether all staff sign it; else those of departments that name it.';
