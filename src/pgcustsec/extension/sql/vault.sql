-- Where the true values will lie, and the keys of their blind indexes. No part of the extension: what drops one must not
-- drop these, and each can be dumped without the other. Runs as the owner of the database.
CREATE SCHEMA pgcustsec_vault AUTHORIZATION pgcustsec_owner;
CREATE SCHEMA pgcustsec_keys AUTHORIZATION pgcustsec_owner;
SET LOCAL ROLE pgcustsec_owner;
COMMENT ON SCHEMA pgcustsec_vault IS 'pgcustsec: true values of tier 1 and of names, one table per table (5.2.1). Granted to nobody.';
COMMENT ON SCHEMA pgcustsec_keys IS 'pgcustsec: keys of the blind indexes and of signed tokens. Granted to nobody; back it up apart from the vault.';
REVOKE ALL ON SCHEMA pgcustsec_vault, pgcustsec_keys FROM PUBLIC;

CREATE TABLE pgcustsec_keys.blind_index_key (
    key_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    inner_block bytea NOT NULL CHECK (length(inner_block) = 64),
    outer_block bytea NOT NULL CHECK (length(outer_block) = 64),
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    retired_at timestamptz
);
CREATE UNIQUE INDEX one_in_use ON pgcustsec_keys.blind_index_key ((true)) WHERE retired_at IS NULL;
COMMENT ON TABLE pgcustsec_keys.blind_index_key IS 'Keys of the blind indexes, as the two blocks that HMAC works with.';
COMMENT ON COLUMN pgcustsec_keys.blind_index_key.key_id IS 'Which key a hash in the history of changes was made with.';
COMMENT ON COLUMN pgcustsec_keys.blind_index_key.inner_block IS 'The key, padded and XORed with the inner pad.';
COMMENT ON COLUMN pgcustsec_keys.blind_index_key.outer_block IS 'The key, padded and XORed with the outer pad.';
COMMENT ON COLUMN pgcustsec_keys.blind_index_key.made_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec_keys.blind_index_key.retired_at IS 'Until when; NULL: in use.';
COMMENT ON INDEX pgcustsec_keys.one_in_use IS 'One key at a time.';
REVOKE ALL ON TABLE pgcustsec_keys.blind_index_key FROM PUBLIC;

CREATE TABLE pgcustsec_keys.token_key (
    key_id text COLLATE "C" PRIMARY KEY CHECK (key_id ~ '^[0-9a-f]{8}$'),
    login name NOT NULL,
    inner_block bytea NOT NULL CHECK (length(inner_block) = 64),
    outer_block bytea NOT NULL CHECK (length(outer_block) = 64),
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ends_at timestamptz
);
COMMENT ON TABLE pgcustsec_keys.token_key IS
    'Keys by which applications sign whom they speak for (2.3), as the two blocks that HMAC works with.';
COMMENT ON COLUMN pgcustsec_keys.token_key.key_id IS 'What a token names its key by.';
COMMENT ON COLUMN pgcustsec_keys.token_key.login IS 'The login whose tokens it signs, and no other''s.';
COMMENT ON COLUMN pgcustsec_keys.token_key.inner_block IS 'The key, padded and XORed with the inner pad.';
COMMENT ON COLUMN pgcustsec_keys.token_key.outer_block IS 'The key, padded and XORed with the outer pad.';
COMMENT ON COLUMN pgcustsec_keys.token_key.made_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec_keys.token_key.ends_at IS 'Until when; NULL: in use.';
REVOKE ALL ON TABLE pgcustsec_keys.token_key FROM PUBLIC;

-- 366 bits from the server's own source of randomness, folded into 256.
INSERT INTO pgcustsec_keys.blind_index_key (inner_block, outer_block)
SELECT pgcustsec_internal._hmac_block(made.key, 54), pgcustsec_internal._hmac_block(made.key, 92)
FROM (
    SELECT pg_catalog.sha256(
        pg_catalog.uuid_send(pg_catalog.gen_random_uuid()) || pg_catalog.uuid_send(pg_catalog.gen_random_uuid())
        || pg_catalog.uuid_send(pg_catalog.gen_random_uuid())) AS key
) AS made;
