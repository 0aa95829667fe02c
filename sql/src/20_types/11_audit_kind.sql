-- A domain, as `operation` is: a CHECK of the table, names and all, each opening read anew (40 us of 300).
CREATE DOMAIN pgcustsec_internal.audit_kind AS text COLLATE "C" CHECK (
    VALUE IN (
        'session_started', 'session_ended', 'record_opened', 'record_closed', 'searched', 'subject_shown',
        'agreement_published', 'agreement_signed', 'suspended', 'rectified', 'reinstated',
        'request_drafted', 'request_filed', 'request_amended', 'request_approved', 'request_refused',
        'request_withdrawn', 'request_closed', 'request_handed_over', 'request_erased', 'request_applied', 'emergency_declared',
        'custodian_named', 'custodian_unnamed',
        'hold_placed', 'hold_released', 'partition_dropped',
        'deputy_named', 'deputy_approved', 'deputy_ended',
        'extract_begun', 'extract_finished', 'extract_destroyed',
        'prospect_claimed', 'prospect_released', 'prospect_recycled', 'customer_reassigned'));
COMMENT ON DOMAIN pgcustsec_internal.audit_kind IS 'What a line of the record of access is about.';
REVOKE ALL ON DOMAIN pgcustsec_internal.audit_kind FROM PUBLIC;
