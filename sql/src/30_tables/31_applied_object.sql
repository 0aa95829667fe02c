CREATE TABLE pgcustsec_internal.applied_object (
    object text COLLATE "C" PRIMARY KEY,
    source_digest text NOT NULL,
    present_digest text NOT NULL,
    server_major integer NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.applied_object IS
    'Bodies as applied: a body is ours as long as its source and what the server makes of it are both unchanged.';
COMMENT ON COLUMN pgcustsec_internal.applied_object.object IS 'Kind and identity of the object.';
COMMENT ON COLUMN pgcustsec_internal.applied_object.source_digest IS 'SHA-256 of what was compiled.';
COMMENT ON COLUMN pgcustsec_internal.applied_object.present_digest IS 'SHA-256 of what the server printed of it afterwards.';
COMMENT ON COLUMN pgcustsec_internal.applied_object.server_major IS 'The server version that printed it.';
