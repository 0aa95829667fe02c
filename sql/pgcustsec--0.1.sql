-- sql/src/00_guard.sql
\echo Use "CREATE EXTENSION pgcustsec" to load this file. \quit

-- sql/src/05_owner.sql
-- Everything here belongs to one role that nobody logs in as. Roles are the cluster's: another database may have made it
-- already, or be making it now. A restore by a superuser comes through here too, so it ends with the same owners.
DO $block$
DECLARE
    -- Since 16 a membership says by itself whether it lets one act as the role.
    later constant boolean := pg_catalog.current_setting('server_version_num')::integer >= 160000;
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE r.rolname = 'pgcustsec_owner') THEN
        BEGIN
            CREATE ROLE pgcustsec_owner NOLOGIN;
            COMMENT ON ROLE pgcustsec_owner IS 'Owns pgcustsec in every database of the cluster. Nobody logs in as it.';
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;

    SELECT pg_catalog.concat_ws(', ',
            CASE WHEN r.rolsuper THEN 'SUPERUSER' END, CASE WHEN r.rolcanlogin THEN 'LOGIN' END,
            CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END, CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
            CASE WHEN r.rolcreatedb THEN 'CREATEDB' END, CASE WHEN r.rolreplication THEN 'REPLICATION' END)
        INTO wrong
        FROM pg_catalog.pg_roles AS r
        WHERE r.rolname = 'pgcustsec_owner';
    IF wrong <> '' THEN
        RAISE 'role pgcustsec_owner must own pgcustsec and nothing else, but it is %', wrong
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'ALTER ROLE pgcustsec_owner NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION';
    END IF;

    IF NOT pg_catalog.pg_has_role(CURRENT_USER, 'pgcustsec_owner', CASE WHEN later THEN 'SET' ELSE 'MEMBER' END) THEN
        EXECUTE pg_catalog.format('GRANT pgcustsec_owner TO CURRENT_USER%s',
            CASE WHEN later THEN ' WITH INHERIT FALSE, SET TRUE' END);
    END IF;

    -- To end the connections of who is suspended. Where the one who installs may not grant it, a superuser does later.
    IF NOT pg_catalog.pg_has_role('pgcustsec_owner', 'pg_signal_backend', 'USAGE') THEN
        BEGIN
            GRANT pg_signal_backend TO pgcustsec_owner;
        EXCEPTION WHEN insufficient_privilege THEN
            NULL;
        END;
    END IF;
END;
$block$;

-- sql/src/10_schema.sql
-- Made by the script itself and without IF NOT EXISTS: whoever made a schema first would own what is in it.
CREATE SCHEMA pgcustsec AUTHORIZATION pgcustsec_owner;
CREATE SCHEMA pgcustsec_internal AUTHORIZATION pgcustsec_owner;
CREATE SCHEMA pgcustsec_views AUTHORIZATION pgcustsec_owner;

-- Whoever runs this, a restoring superuser included, makes the rest as the owner. CREATE EXTENSION takes the setting back
-- at the end of the script, `pgcustsec install` when it is done.
SET LOCAL ROLE pgcustsec_owner;

COMMENT ON SCHEMA pgcustsec IS 'pgcustsec: the functions that people and applications call.';
REVOKE ALL ON SCHEMA pgcustsec FROM PUBLIC;

COMMENT ON SCHEMA pgcustsec_internal IS
    'pgcustsec: its tables, and what views, policies and triggers call. Application roles have no USAGE.';
REVOKE ALL ON SCHEMA pgcustsec_internal FROM PUBLIC;

COMMENT ON SCHEMA pgcustsec_views IS
    'pgcustsec: where each role''s views work out, once per row, whether the row is served. Nobody has USAGE but their owners.';
REVOKE ALL ON SCHEMA pgcustsec_views FROM PUBLIC;

-- sql/src/20_types/10_operation.sql
-- A domain, because PostgreSQL keeps its condition at hand; a table's CHECK it reads anew for every statement that writes
-- a row (5 us a change).
CREATE DOMAIN pgcustsec_internal.operation AS text CHECK (VALUE IN ('made', 'changed', 'removed'));
COMMENT ON DOMAIN pgcustsec_internal.operation IS 'What happened to a record, or to a column of it.';
REVOKE ALL ON DOMAIN pgcustsec_internal.operation FROM PUBLIC;

-- sql/src/20_types/11_audit_kind.sql
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

-- sql/src/30_tables/10_branch.sql
CREATE TABLE pgcustsec_internal.branch (
    branch_code text COLLATE "C" PRIMARY KEY,
    title text NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.branch IS 'Branches (分公司), from the role matrix (1.4).';
COMMENT ON COLUMN pgcustsec_internal.branch.branch_code IS 'The code that customer rows and staff carry.';
COMMENT ON COLUMN pgcustsec_internal.branch.title IS 'What people call it.';

-- sql/src/30_tables/11_department.sql
CREATE TABLE pgcustsec_internal.department (
    department_code text COLLATE "C" PRIMARY KEY,
    title text NOT NULL,
    agreements text[] NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE pgcustsec_internal.department IS 'Departments (部门), from the role matrix (1.4).';
COMMENT ON COLUMN pgcustsec_internal.department.department_code IS 'The code that staff carry.';
COMMENT ON COLUMN pgcustsec_internal.department.title IS 'What people call it.';
COMMENT ON COLUMN pgcustsec_internal.department.agreements IS 'Agreements that its staff, and who holds a role of it, sign (3.4).';

-- sql/src/30_tables/12_role.sql
CREATE TABLE pgcustsec_internal.role (
    role_code text COLLATE "C" PRIMARY KEY,
    group_role name NOT NULL UNIQUE,
    department_code text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.department,
    supervises boolean NOT NULL,
    service boolean NOT NULL DEFAULT false,
    place integer NOT NULL DEFAULT 0,
    session_hours integer NOT NULL DEFAULT 10,
    record_minutes integer NOT NULL DEFAULT 5,
    openings_per_day integer NOT NULL DEFAULT 0,
    customers_per_day integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE pgcustsec_internal.role IS 'Roles of the matrix (5.3).';
COMMENT ON COLUMN pgcustsec_internal.role.role_code IS 'The role''s name in the matrix, and its schema''s name.';
COMMENT ON COLUMN pgcustsec_internal.role.group_role IS 'The NOLOGIN role of the cluster that logins are members of.';
COMMENT ON COLUMN pgcustsec_internal.role.department_code IS 'The department whose part the role is.';
COMMENT ON COLUMN pgcustsec_internal.role.supervises IS 'Sees evidence, not customers (5.1).';
COMMENT ON COLUMN pgcustsec_internal.role.service IS
    'Of unattended services: who holds it is no person, and uses standing requests alone (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.role.place IS
    'Its place in the matrix: the search path of who holds several roles follows it.';
COMMENT ON COLUMN pgcustsec_internal.role.session_hours IS 'How long a session lasts at most.';
COMMENT ON COLUMN pgcustsec_internal.role.record_minutes IS 'How long a record stays open (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.role.openings_per_day IS 'How often a person may open records, or search by value, a day.';
COMMENT ON COLUMN pgcustsec_internal.role.customers_per_day IS 'How many different customers'' records a person may open a day.';

-- sql/src/30_tables/13_purpose.sql
CREATE TABLE pgcustsec_internal.purpose (
    purpose_code text COLLATE "C" PRIMARY KEY,
    title text NOT NULL,
    roles text[] NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.purpose IS
    'What a session may be for: a closed list, from the role matrix. What is not on it is other use (4.3).';
COMMENT ON COLUMN pgcustsec_internal.purpose.purpose_code IS 'What start_session() takes.';
COMMENT ON COLUMN pgcustsec_internal.purpose.title IS 'What people call it.';
COMMENT ON COLUMN pgcustsec_internal.purpose.roles IS 'Roles that work for it: in these a session shows tier 1 and 2.';

-- sql/src/30_tables/14_application.sql
CREATE TABLE pgcustsec_internal.application (
    application_code text COLLATE "C" PRIMARY KEY,
    login name NOT NULL UNIQUE,
    roles text[] NOT NULL,
    role_hexes text[] NOT NULL,
    token_minutes integer NOT NULL,
    anonymous boolean NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.application IS
    'Logins that speak for many people, with a signed token for each transaction; from the role matrix (2.3).';
COMMENT ON COLUMN pgcustsec_internal.application.application_code IS 'Its name in the matrix.';
COMMENT ON COLUMN pgcustsec_internal.application.login IS 'Its login.';
COMMENT ON COLUMN pgcustsec_internal.application.roles IS 'Roles that its tokens may name.';
COMMENT ON COLUMN pgcustsec_internal.application.role_hexes IS 'The same as tokens write them: UTF-8 in hexadecimal.';
COMMENT ON COLUMN pgcustsec_internal.application.token_minutes IS 'How far ahead a token may expire.';
COMMENT ON COLUMN pgcustsec_internal.application.anonymous IS
    'Whether it sees tier 3 of rows that are anybody''s without a token.';

-- sql/src/30_tables/15_access.sql
CREATE TABLE pgcustsec_internal.access (
    access_code text COLLATE "C" PRIMARY KEY,
    role_code text COLLATE "C" NOT NULL,
    schema_name name NOT NULL,
    table_name name NOT NULL,
    key_columns name[] NOT NULL,
    opens boolean NOT NULL,
    lifts boolean NOT NULL,
    find_columns name[] NOT NULL,
    find_functions name[] NOT NULL,
    rule json NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.access IS
    'What roles have of tables, from the role matrix: what sessions, record access and find() go by (5.2.1, 5.3).';
COMMENT ON COLUMN pgcustsec_internal.access.access_code IS 'Role, blank, table.';
COMMENT ON COLUMN pgcustsec_internal.access.role_code IS 'The role.';
COMMENT ON COLUMN pgcustsec_internal.access.schema_name IS 'The table''s schema.';
COMMENT ON COLUMN pgcustsec_internal.access.table_name IS 'The table, and the role''s view of it.';
COMMENT ON COLUMN pgcustsec_internal.access.key_columns IS 'The columns of its key, in key order.';
COMMENT ON COLUMN pgcustsec_internal.access.opens IS 'Whether the role opens its records for tier 1, masked (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.access.lifts IS
    'Whether its view shows, of a record that an approved request names, the values of the columns named (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.access.find_columns IS 'Columns that find() searches.';
COMMENT ON COLUMN pgcustsec_internal.access.find_functions IS 'Functions in pgcustsec_internal that search them, in the same order.';
COMMENT ON COLUMN pgcustsec_internal.access.rule IS 'What it gives, as explain_access() reads it: unions of row scopes, scopes of tier 2, columns.';

-- sql/src/30_tables/16_agreement.sql
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

-- sql/src/30_tables/17_request_kind.sql
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

-- sql/src/30_tables/18_classification.sql
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

-- sql/src/30_tables/19_pool.sql
CREATE TABLE pgcustsec_internal.pool (
    pool_code text COLLATE "C" PRIMARY KEY,
    schema_name name NOT NULL,
    table_name name NOT NULL,
    roles text[] NOT NULL,
    recycle_days integer NOT NULL,
    claim_limit integer NOT NULL,
    cool_down_days integer NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.pool IS 'Shared pools (共享池) of unsold prospects, from the role matrix (4.2).';
COMMENT ON COLUMN pgcustsec_internal.pool.pool_code IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.pool.schema_name IS 'The table''s schema.';
COMMENT ON COLUMN pgcustsec_internal.pool.table_name IS 'The table.';
COMMENT ON COLUMN pgcustsec_internal.pool.roles IS 'Roles that see the pool, whose holders take prospects out of it.';
COMMENT ON COLUMN pgcustsec_internal.pool.recycle_days IS 'Days without progress after which a prospect goes back (4.3).';
COMMENT ON COLUMN pgcustsec_internal.pool.claim_limit IS 'How many prospects one person may hold.';
COMMENT ON COLUMN pgcustsec_internal.pool.cool_down_days IS 'Days before the same person may claim the same prospect again.';

-- sql/src/30_tables/19_retention_rule.sql
CREATE TABLE pgcustsec_internal.retention_rule (
    rule_code text COLLATE "C" PRIMARY KEY,
    relation text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    place integer NOT NULL,
    keep_days integer NOT NULL,
    keeps text NOT NULL,
    drops_partitions boolean NOT NULL,
    recipe text COLLATE "C" NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.retention_rule IS 'How long rows are kept, from the role matrix (4.3).';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.rule_code IS 'Table and rule.';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.name IS 'The rule.';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.place IS 'Its place among the table''s.';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.keep_days IS 'Days that a row is kept, of 24 hours each.';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.keeps IS 'Of what is anonymised: the columns that stay; empty: it is destroyed.';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.drops_partitions IS
    'Whether partitions that sweeps have emptied, of a range past every term, are dropped.';
COMMENT ON COLUMN pgcustsec_internal.retention_rule.recipe IS
    'Digest of how the table''s terms are worked out: with another one every row''s is worked out anew.';

CREATE TABLE pgcustsec_internal.restamping (
    relation text COLLATE "C" PRIMARY KEY,
    recipe text COLLATE "C" NOT NULL,
    last_key text[],
    done_at timestamptz
);
COMMENT ON TABLE pgcustsec_internal.restamping IS 'How far the terms of a table have been worked out anew (4.3).';
COMMENT ON COLUMN pgcustsec_internal.restamping.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.restamping.recipe IS 'By which rules.';
COMMENT ON COLUMN pgcustsec_internal.restamping.last_key IS 'The key up to which it is done; NULL: from the start.';
COMMENT ON COLUMN pgcustsec_internal.restamping.done_at IS 'When it was done; NULL: not yet.';

-- sql/src/30_tables/20_staff.sql
CREATE TABLE pgcustsec_internal.staff (
    staff_id text COLLATE "C" PRIMARY KEY CHECK (staff_id <> ''),
    full_name text NOT NULL,
    login name UNIQUE,
    department_code text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.department,
    branch_code text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.branch,
    manager_id text COLLATE "C" REFERENCES pgcustsec_internal.staff CHECK (manager_id <> staff_id),
    active boolean NOT NULL DEFAULT true
);
CREATE INDEX staff_manager_id ON pgcustsec_internal.staff (manager_id);
CREATE INDEX staff_department_code ON pgcustsec_internal.staff (department_code);
COMMENT ON TABLE pgcustsec_internal.staff IS 'People who work here. One login per person, at most (2.3).';
COMMENT ON COLUMN pgcustsec_internal.staff.staff_id IS 'Staff number, as customer rows name who serves them.';
COMMENT ON COLUMN pgcustsec_internal.staff.full_name IS 'For lists and reports.';
COMMENT ON COLUMN pgcustsec_internal.staff.login IS 'The person''s own login, compared with session_user; NULL: cannot connect.';
COMMENT ON COLUMN pgcustsec_internal.staff.department_code IS 'The department (部门) they belong to.';
COMMENT ON COLUMN pgcustsec_internal.staff.branch_code IS 'The branch (分公司) they belong to.';
COMMENT ON COLUMN pgcustsec_internal.staff.manager_id IS 'Their manager; NULL at the top.';
COMMENT ON COLUMN pgcustsec_internal.staff.active IS 'False once they left: nobody to every policy, and serving no one.';

-- sql/src/30_tables/21_staff_role.sql
CREATE TABLE pgcustsec_internal.staff_role (
    staff_id text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.staff ON DELETE CASCADE,
    role_code text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.role,
    granted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    granted_by name NOT NULL DEFAULT session_user,
    PRIMARY KEY (staff_id, role_code)
);
CREATE INDEX staff_role_role_code ON pgcustsec_internal.staff_role (role_code);
COMMENT ON TABLE pgcustsec_internal.staff_role IS
    'Which person holds which role. It, not the membership of a login, decides what a view shows (5.3).';
COMMENT ON COLUMN pgcustsec_internal.staff_role.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec_internal.staff_role.role_code IS 'The role of the matrix.';
COMMENT ON COLUMN pgcustsec_internal.staff_role.granted_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec_internal.staff_role.granted_by IS 'The login of the administrator who gave it.';

-- sql/src/30_tables/22_standing.sql
CREATE TABLE pgcustsec_internal.standing (
    known_as text COLLATE "C",
    role_code text COLLATE "C",
    staff_id text COLLATE "C",
    department_code text COLLATE "C",
    branch_code text COLLATE "C",
    serves_none text[] NOT NULL,
    serves_direct text[] NOT NULL,
    serves_chain text[] NOT NULL,
    answers text COLLATE "C",
    PRIMARY KEY (known_as, role_code)
)
-- Few rows to a page, so that the planner takes the index: every statement asks who asks, and a list of fifty people
-- in four pages was read whole each time (9.6 us instead of 3.6).
WITH (fillfactor = 10);
COMMENT ON TABLE pgcustsec_internal.standing IS
    'What people may in each role that they hold, kept ready by trigger: every statement asks for it, and one row answers.';
COMMENT ON COLUMN pgcustsec_internal.standing.known_as IS
    'How a statement tells who asks: by login, or by what a signed token names, which no login''s name is as long as.';
COMMENT ON COLUMN pgcustsec_internal.standing.role_code IS 'A role that the person holds (5.3).';
COMMENT ON COLUMN pgcustsec_internal.standing.staff_id IS
    'The person; NULL: an application without a token, where the matrix lets it see tier 3.';
COMMENT ON COLUMN pgcustsec_internal.standing.department_code IS 'Their department (1.4).';
COMMENT ON COLUMN pgcustsec_internal.standing.branch_code IS 'Their branch (1.4).';
COMMENT ON COLUMN pgcustsec_internal.standing.serves_none IS
    'Staff numbers whose customers they serve where managers serve none: their own (5.2.2).';
COMMENT ON COLUMN pgcustsec_internal.standing.serves_direct IS
    'Their own number, and those of active staff whose manager they are (5.2.2).';
COMMENT ON COLUMN pgcustsec_internal.standing.serves_chain IS
    'The same with active staff anywhere below. The chain goes through people who left; they serve nobody (5.2.2).';
COMMENT ON COLUMN pgcustsec_internal.standing.answers IS
    'Who answers for what is done: the person, or the manager of a service. An emergency of theirs suspends by the clock (4.2).';

-- sql/src/30_tables/30_applied_matrix.sql
CREATE TABLE pgcustsec_internal.applied_matrix (
    applied_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    matrix jsonb NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    applied_by name NOT NULL DEFAULT session_user
);
COMMENT ON TABLE pgcustsec_internal.applied_matrix IS 'Every matrix ever applied here, newest last: what was allowed when.';
COMMENT ON COLUMN pgcustsec_internal.applied_matrix.applied_id IS 'Order of application.';
COMMENT ON COLUMN pgcustsec_internal.applied_matrix.matrix IS 'What each role was given, per table and column.';
COMMENT ON COLUMN pgcustsec_internal.applied_matrix.applied_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.applied_matrix.applied_by IS 'The login that applied it.';

-- sql/src/30_tables/31_applied_object.sql
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

-- sql/src/30_tables/40_change.sql
CREATE TABLE pgcustsec_internal.change (
    change_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    relation text COLLATE "C" NOT NULL,
    record_key text COLLATE "C" NOT NULL,
    operation pgcustsec_internal.operation NOT NULL,
    column_name name,
    old_value text,
    new_value text,
    old_blind bytea,
    new_blind bytea,
    key_id integer,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    staff_id text COLLATE "C",
    login name NOT NULL DEFAULT session_user,
    session_id uuid,
    application_name text,
    reason text
);
CREATE INDEX change_record ON pgcustsec_internal.change (relation, record_key);
COMMENT ON TABLE pgcustsec_internal.change IS
    'Who made, changed or removed a record with tier-1 or tier-2 values, when and why (3.1). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.change.change_id IS 'What confirm_change() takes.';
COMMENT ON COLUMN pgcustsec_internal.change.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.change.record_key IS 'The row''s key; a key of several columns as a JSON array.';
COMMENT ON COLUMN pgcustsec_internal.change.operation IS 'made or removed: the record; changed: the column.';
COMMENT ON COLUMN pgcustsec_internal.change.column_name IS 'The column that was changed; NULL: the record as a whole.';
COMMENT ON COLUMN pgcustsec_internal.change.old_value IS 'Value before; of tier 1 and names the masked form.';
COMMENT ON COLUMN pgcustsec_internal.change.new_value IS 'Value after; of tier 1 and names the masked form.';
COMMENT ON COLUMN pgcustsec_internal.change.old_blind IS 'Of tier 1 and names: keyed blind index of the value before.';
COMMENT ON COLUMN pgcustsec_internal.change.new_blind IS 'Of tier 1 and names: keyed blind index of the value after.';
COMMENT ON COLUMN pgcustsec_internal.change.key_id IS 'The key of both blind indexes.';
COMMENT ON COLUMN pgcustsec_internal.change.changed_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.change.staff_id IS 'The person; NULL: a login of no member of staff.';
COMMENT ON COLUMN pgcustsec_internal.change.login IS 'The login that it came over.';
COMMENT ON COLUMN pgcustsec_internal.change.session_id IS 'The session at work.';
COMMENT ON COLUMN pgcustsec_internal.change.application_name IS 'What the client called itself.';
COMMENT ON COLUMN pgcustsec_internal.change.reason IS 'What the client set as pgcustsec.change_reason.';
COMMENT ON INDEX pgcustsec_internal.change_record IS 'Finds what happened to a record.';

-- sql/src/30_tables/41_change_confirmation.sql
CREATE TABLE pgcustsec_internal.change_confirmation (
    change_id bigint NOT NULL REFERENCES pgcustsec_internal.change,
    confirmed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    staff_id text COLLATE "C" NOT NULL,
    word text NOT NULL CHECK (word <> '')
);
CREATE INDEX change_confirmation_change_id ON pgcustsec_internal.change_confirmation (change_id);
COMMENT ON TABLE pgcustsec_internal.change_confirmation IS
    'On whose word a changed value stands (3.1): what confirm_change() recorded. Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.change_confirmation.change_id IS 'The change.';
COMMENT ON COLUMN pgcustsec_internal.change_confirmation.confirmed_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.change_confirmation.staff_id IS 'Who recorded it.';
COMMENT ON COLUMN pgcustsec_internal.change_confirmation.word IS 'How the customer confirmed, in the person''s words.';

-- sql/src/30_tables/50_session.sql
CREATE TABLE pgcustsec_internal.session (
    session_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    staff_id text COLLATE "C" NOT NULL,
    login name NOT NULL DEFAULT session_user,
    roles text[] NOT NULL,
    purpose text COLLATE "C" NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ends_at timestamptz NOT NULL,
    client_address inet DEFAULT inet_client_addr(),
    application_name text DEFAULT current_setting('application_name')
);
CREATE INDEX session_staff_id ON pgcustsec_internal.session (staff_id, started_at);
COMMENT ON TABLE pgcustsec_internal.session IS
    'One person at work under a stated purpose (5.2.4). Rows are only ever added; session_end says what ended early.';
COMMENT ON COLUMN pgcustsec_internal.session.session_id IS 'Which; of an application''s, named by its tokens.';
COMMENT ON COLUMN pgcustsec_internal.session.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec_internal.session.login IS 'The login that it came over: their own, or an application''s.';
COMMENT ON COLUMN pgcustsec_internal.session.roles IS 'Roles in which it shows tier 1 and 2: held by the person, for this purpose.';
COMMENT ON COLUMN pgcustsec_internal.session.purpose IS 'What for, from the matrix'' list (4.3).';
COMMENT ON COLUMN pgcustsec_internal.session.started_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec_internal.session.ends_at IS 'Its term: it ends then at the latest.';
COMMENT ON COLUMN pgcustsec_internal.session.client_address IS 'Where the client was; NULL: on the server itself.';
COMMENT ON COLUMN pgcustsec_internal.session.application_name IS 'What the client called itself.';
COMMENT ON INDEX pgcustsec_internal.session_staff_id IS 'Finds a person''s sessions.';

-- sql/src/30_tables/51_session_end.sql
-- No unique index and no foreign key: who ends a session must not wait for what the session's own person has open.
CREATE TABLE pgcustsec_internal.session_end (
    session_id uuid NOT NULL,
    ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    why text NOT NULL CHECK (why IN ('ended', 'superseded', 'revoked', 'left', 'agreement', 'suspended')),
    ended_by name NOT NULL DEFAULT session_user
);
CREATE INDEX session_end_session_id ON pgcustsec_internal.session_end (session_id);
COMMENT ON TABLE pgcustsec_internal.session_end IS
    'Sessions that ended before their term; a token that names one is nobody''s (5.2.4). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.session_end.session_id IS 'The session.';
COMMENT ON COLUMN pgcustsec_internal.session_end.ended_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.session_end.why IS
    'ended: by the person; superseded: by their next one; revoked: by an administrator; left: the person has left; agreement: theirs is no longer in force; suspended: and lifted since.';
COMMENT ON COLUMN pgcustsec_internal.session_end.ended_by IS 'The login that ended it.';
COMMENT ON INDEX pgcustsec_internal.session_end_session_id IS 'Says whether a session has ended.';

-- sql/src/30_tables/52_session_access.sql
CREATE TABLE pgcustsec_internal.session_access (
    known_as text COLLATE "C",
    access_code text COLLATE "C",
    session_id uuid NOT NULL,
    staff_id text COLLATE "C" NOT NULL,
    purpose text COLLATE "C" NOT NULL,
    ends_at timestamptz NOT NULL,
    begun_by xid8 NOT NULL DEFAULT pg_current_xact_id(),
    record_key text,
    lapses_at timestamptz,
    opened_by xid8,
    request_id bigint,
    PRIMARY KEY (known_as, access_code)
)
WITH (fillfactor = 10);
CREATE INDEX session_access_session_id ON pgcustsec_internal.session_access (session_id);
CREATE INDEX session_access_staff_id ON pgcustsec_internal.session_access (staff_id);
COMMENT ON TABLE pgcustsec_internal.session_access IS
    'Sessions at work, table by table: one row tells a statement whether tier 1 and 2 show, and of which record (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.session_access.known_as IS 'The login, or what a signed token names, its session included.';
COMMENT ON COLUMN pgcustsec_internal.session_access.access_code IS 'Role and table; or a role as such.';
COMMENT ON COLUMN pgcustsec_internal.session_access.session_id IS 'The session.';
COMMENT ON COLUMN pgcustsec_internal.session_access.staff_id IS 'Its person.';
COMMENT ON COLUMN pgcustsec_internal.session_access.purpose IS 'Its purpose.';
COMMENT ON COLUMN pgcustsec_internal.session_access.ends_at IS 'Its term.';
COMMENT ON COLUMN pgcustsec_internal.session_access.begun_by IS 'The transaction that began it: until that is committed it shows nothing.';
COMMENT ON COLUMN pgcustsec_internal.session_access.record_key IS 'The one record that is open; NULL: none.';
COMMENT ON COLUMN pgcustsec_internal.session_access.lapses_at IS 'When that record closes by itself: never after the session.';
COMMENT ON COLUMN pgcustsec_internal.session_access.opened_by IS 'The transaction that opened it: until that is committed it shows nothing.';
COMMENT ON COLUMN pgcustsec_internal.session_access.request_id IS 'The request by which it is open in full; NULL: none, it shows masked.';
COMMENT ON INDEX pgcustsec_internal.session_access_session_id IS 'Finds what a session has open.';
COMMENT ON INDEX pgcustsec_internal.session_access_staff_id IS 'Finds what a person has open.';

-- sql/src/30_tables/53_audit.sql
CREATE TABLE pgcustsec_internal.audit (
    audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind pgcustsec_internal.audit_kind NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    staff_id text COLLATE "C",
    session_id uuid,
    login name NOT NULL DEFAULT session_user,
    client_address inet DEFAULT inet_client_addr(),
    role_code text COLLATE "C",
    relation text COLLATE "C",
    record_key text COLLATE "C",
    customer_key text COLLATE "C",
    column_name name,
    purpose text COLLATE "C",
    reason text,
    lapses_at timestamptz,
    about text COLLATE "C"
);
CREATE INDEX audit_staff_id ON pgcustsec_internal.audit (staff_id, at);
CREATE INDEX audit_customer_key ON pgcustsec_internal.audit (customer_key, staff_id, at) WHERE customer_key IS NOT NULL;
CREATE INDEX audit_at ON pgcustsec_internal.audit USING brin (at);
COMMENT ON TABLE pgcustsec_internal.audit IS
    'Who worked under which purpose, and which records they opened or searched for (5.2.4). Rows are only ever added; '
    'keys, never values.';
COMMENT ON COLUMN pgcustsec_internal.audit.audit_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.audit.kind IS 'What was done.';
COMMENT ON COLUMN pgcustsec_internal.audit.at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.audit.staff_id IS 'By whom; NULL: by an administrator, over their login.';
COMMENT ON COLUMN pgcustsec_internal.audit.session_id IS 'In which session.';
COMMENT ON COLUMN pgcustsec_internal.audit.login IS 'Over which login.';
COMMENT ON COLUMN pgcustsec_internal.audit.client_address IS 'From where; NULL: on the server itself.';
COMMENT ON COLUMN pgcustsec_internal.audit.role_code IS 'In which role.';
COMMENT ON COLUMN pgcustsec_internal.audit.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.audit.record_key IS 'The row''s key; of a search each one that was found, NULL: none.';
COMMENT ON COLUMN pgcustsec_internal.audit.customer_key IS 'The customer whose record it is: their table, blank, their key.';
COMMENT ON COLUMN pgcustsec_internal.audit.column_name IS 'The column that was searched.';
COMMENT ON COLUMN pgcustsec_internal.audit.purpose IS 'The session''s purpose.';
COMMENT ON COLUMN pgcustsec_internal.audit.reason IS 'Why, in the person''s words.';
COMMENT ON COLUMN pgcustsec_internal.audit.lapses_at IS 'Until when the record is open, or the session.';
COMMENT ON COLUMN pgcustsec_internal.audit.about IS 'The agreement, suspension, request, person or partition that it is about.';
COMMENT ON INDEX pgcustsec_internal.audit_staff_id IS 'Finds what somebody did.';
COMMENT ON INDEX pgcustsec_internal.audit_customer_key IS
    'Finds who opened a customer''s record, and whether somebody has today.';
COMMENT ON INDEX pgcustsec_internal.audit_at IS 'Finds what was done in a time.';

-- sql/src/30_tables/54_budget.sql
-- What is spent lies in sequences, which no rollback gives back. This row only makes connections of one person take
-- turns at the day's first use: an advisory lock could be held by any login, to keep others from their work.
CREATE TABLE pgcustsec_internal.budget (
    staff_id text COLLATE "C" PRIMARY KEY,
    budget_id bigint GENERATED ALWAYS AS IDENTITY,
    openings regclass,
    customers regclass,
    refusals regclass
);
COMMENT ON TABLE pgcustsec_internal.budget IS
    'Where each person''s budgets of the day are counted, made with their first session (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.budget.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec_internal.budget.budget_id IS 'What the names of their sequences end with.';
COMMENT ON COLUMN pgcustsec_internal.budget.openings IS
    'Sequence of openings and searches: the day, as days since 1970 (UTC), times 10^9, plus how many.';
COMMENT ON COLUMN pgcustsec_internal.budget.customers IS 'Sequence of different customers opened, in the same form.';
COMMENT ON COLUMN pgcustsec_internal.budget.refusals IS 'Sequence of what was refused for want of budget, ever.';

-- sql/src/30_tables/60_agreement_text.sql
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

-- sql/src/30_tables/61_suspension.sql
CREATE TABLE pgcustsec_internal.suspension (
    suspension_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('person', 'role', 'department')),
    code text COLLATE "C" NOT NULL,
    reason text NOT NULL,
    reference text,
    suspended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    suspended_by text COLLATE "C" NOT NULL,
    starts_at timestamptz NOT NULL DEFAULT '-infinity',
    request_id bigint,
    in_flight jsonb NOT NULL
);
CREATE UNIQUE INDEX suspension_request_id ON pgcustsec_internal.suspension (request_id);
CREATE INDEX suspension_emergency ON pgcustsec_internal.suspension (code) WHERE request_id IS NOT NULL;
COMMENT ON TABLE pgcustsec_internal.suspension IS
    'Whose right to retrieve customer information, of every tier, was suspended (4.2). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.suspension.suspension_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.suspension.kind IS 'Whether a person, a role or a department.';
COMMENT ON COLUMN pgcustsec_internal.suspension.code IS 'The staff number, or the name in the matrix.';
COMMENT ON COLUMN pgcustsec_internal.suspension.reason IS 'Why.';
COMMENT ON COLUMN pgcustsec_internal.suspension.reference IS 'The document or finding that it goes by.';
COMMENT ON COLUMN pgcustsec_internal.suspension.suspended_at IS 'When that was said.';
COMMENT ON COLUMN pgcustsec_internal.suspension.suspended_by IS 'By which supervisor; of an emergency, whom it concerns.';
COMMENT ON COLUMN pgcustsec_internal.suspension.starts_at IS
    'In force from then on; -infinity: from when it was said. An emergency''s is in force unless it is approved before (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.suspension.request_id IS 'The emergency that it comes of.';
COMMENT ON COLUMN pgcustsec_internal.suspension.in_flight IS
    'How many sessions, open records and connections there were at that moment.';
COMMENT ON INDEX pgcustsec_internal.suspension_request_id IS 'An emergency announces one suspension.';
COMMENT ON INDEX pgcustsec_internal.suspension_emergency IS 'Finds what emergencies announced of somebody.';

CREATE TABLE pgcustsec_internal.rectification (
    suspension_id bigint NOT NULL REFERENCES pgcustsec_internal.suspension,
    rectified_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    rectified_by text COLLATE "C" NOT NULL,
    what text NOT NULL
);
CREATE INDEX rectification_suspension_id ON pgcustsec_internal.rectification (suspension_id);
COMMENT ON TABLE pgcustsec_internal.rectification IS
    'What was put right about a suspension (4.2). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.rectification.suspension_id IS 'The suspension.';
COMMENT ON COLUMN pgcustsec_internal.rectification.rectified_at IS 'When it was reported.';
COMMENT ON COLUMN pgcustsec_internal.rectification.rectified_by IS 'By whom.';
COMMENT ON COLUMN pgcustsec_internal.rectification.what IS 'What was done.';
COMMENT ON INDEX pgcustsec_internal.rectification_suspension_id IS 'Finds what was put right about a suspension.';

CREATE TABLE pgcustsec_internal.reinstatement (
    suspension_id bigint PRIMARY KEY REFERENCES pgcustsec_internal.suspension,
    reinstated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    reinstated_by text COLLATE "C" NOT NULL,
    comment text NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.reinstatement IS
    'Which suspensions are over, their rectification accepted (4.2). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.reinstatement.suspension_id IS 'The suspension.';
COMMENT ON COLUMN pgcustsec_internal.reinstatement.reinstated_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.reinstatement.reinstated_by IS 'By which supervisor: not who suspended.';
COMMENT ON COLUMN pgcustsec_internal.reinstatement.comment IS 'Why the rectification is accepted.';

-- Written by who files and decides, so beside the suspensions: whoever leaves such a transaction open keeps nobody from
-- suspending, or from changing the lists of people.
CREATE TABLE pgcustsec_internal.emergency_end (
    suspension_id bigint PRIMARY KEY REFERENCES pgcustsec_internal.suspension,
    how text COLLATE "C" NOT NULL CHECK (how IN ('approved', 'refused')),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    by_staff text COLLATE "C" NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.emergency_end IS
    'What was decided about emergencies before their suspension began (5.2.1). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.emergency_end.suspension_id IS 'The suspension that was announced.';
COMMENT ON COLUMN pgcustsec_internal.emergency_end.how IS 'approved: it never begins; refused: it began at that moment.';
COMMENT ON COLUMN pgcustsec_internal.emergency_end.at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.emergency_end.by_staff IS 'By whom.';

CREATE TABLE pgcustsec_internal.supervising ();
COMMENT ON TABLE pgcustsec_internal.supervising IS
    'Nothing but a lock, of those who suspend and reinstate: of two at once the second sees what the first has done.';

-- One row, found by its key: every statement asks (six tables of evidence took 10 us of a point read's 78).
CREATE TABLE pgcustsec_internal.emergency (
    staff_id text COLLATE "C" PRIMARY KEY,
    suspension_id bigint NOT NULL UNIQUE REFERENCES pgcustsec_internal.suspension,
    due_at timestamptz NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.emergency IS
    'Whom an emergency suspends, and from when on: kept ready beside `standing`, which no transaction of theirs may hold (4.2).';
COMMENT ON COLUMN pgcustsec_internal.emergency.staff_id IS 'Who declared it.';
COMMENT ON COLUMN pgcustsec_internal.emergency.suspension_id IS 'The suspension that it announced.';
COMMENT ON COLUMN pgcustsec_internal.emergency.due_at IS 'When that begins. Approved, the row is gone; refused, it is that moment.';

-- sql/src/30_tables/70_request.sql
CREATE TABLE pgcustsec_internal.request (
    request_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind_code text COLLATE "C" NOT NULL,
    requester text COLLATE "C" NOT NULL,
    used_by text COLLATE "C" NOT NULL,
    role_code text COLLATE "C" NOT NULL,
    purpose text COLLATE "C" NOT NULL,
    relation text COLLATE "C" NOT NULL,
    columns name[] NOT NULL,
    predicate jsonb,
    keys text[],
    days integer NOT NULL,
    max_rows integer NOT NULL
);
CREATE INDEX request_requester ON pgcustsec_internal.request (requester);
CREATE INDEX request_used_by ON pgcustsec_internal.request (used_by);
COMMENT ON TABLE pgcustsec_internal.request IS
    'Special applications (专项事务申请): what is asked for (5.2.1). What became of them says request_event.';
COMMENT ON COLUMN pgcustsec_internal.request.request_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.request.kind_code IS 'Its kind, from the matrix.';
COMMENT ON COLUMN pgcustsec_internal.request.requester IS 'Who asks.';
COMMENT ON COLUMN pgcustsec_internal.request.used_by IS
    'Who alone may use it: who asks, or the service that they answer for.';
COMMENT ON COLUMN pgcustsec_internal.request.role_code IS 'In which role, within whose rows it stays.';
COMMENT ON COLUMN pgcustsec_internal.request.purpose IS 'What for, from the matrix'' list (4.3).';
COMMENT ON COLUMN pgcustsec_internal.request.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.request.columns IS 'The columns whose values it asks for, and no other.';
COMMENT ON COLUMN pgcustsec_internal.request.predicate IS
    'Which rows: conditions that all hold, each {"column": ..., "is": ..., "value": ...}.';
COMMENT ON COLUMN pgcustsec_internal.request.keys IS 'Which rows: their keys.';
COMMENT ON COLUMN pgcustsec_internal.request.days IS 'Its term of use (使用期限), in days from its approval on (4.3).';
COMMENT ON COLUMN pgcustsec_internal.request.max_rows IS
    'The most rows that it covers, of a standing one the most records a day; 0: the matrix states none.';
COMMENT ON INDEX pgcustsec_internal.request_requester IS 'Finds what somebody has asked for.';
COMMENT ON INDEX pgcustsec_internal.request_used_by IS 'Finds what somebody may use.';

-- sql/src/30_tables/71_request_event.sql
CREATE TABLE pgcustsec_internal.request_event (
    event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id bigint NOT NULL REFERENCES pgcustsec_internal.request,
    kind text COLLATE "C" NOT NULL CHECK (
        kind IN ('drafted', 'filed', 'amended', 'approved', 'refused', 'withdrawn', 'closed', 'handed over', 'erased', 'applied')),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    staff_id text COLLATE "C" NOT NULL,
    for_staff text COLLATE "C",
    step integer,
    comment text,
    terms text COLLATE "C" NOT NULL
);
CREATE INDEX request_event_request_id ON pgcustsec_internal.request_event (request_id, event_id);
CREATE UNIQUE INDEX request_event_handed_over ON pgcustsec_internal.request_event (request_id) WHERE kind = 'handed over';
CREATE UNIQUE INDEX request_event_erased ON pgcustsec_internal.request_event (request_id) WHERE kind = 'erased';
CREATE UNIQUE INDEX request_event_applied ON pgcustsec_internal.request_event (request_id) WHERE kind = 'applied';
COMMENT ON TABLE pgcustsec_internal.request_event IS
    'What became of requests, step by step (5.2.1). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.request_event.event_id IS 'Its number; later events have higher ones.';
COMMENT ON COLUMN pgcustsec_internal.request_event.request_id IS 'The request.';
COMMENT ON COLUMN pgcustsec_internal.request_event.kind IS 'What happened.';
COMMENT ON COLUMN pgcustsec_internal.request_event.at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.request_event.staff_id IS 'By whom.';
COMMENT ON COLUMN pgcustsec_internal.request_event.for_staff IS 'In whose place, as their deputy; NULL: their own.';
COMMENT ON COLUMN pgcustsec_internal.request_event.step IS 'Of a decision: the step of the chain, from 1 on.';
COMMENT ON COLUMN pgcustsec_internal.request_event.comment IS 'In their words.';
COMMENT ON COLUMN pgcustsec_internal.request_event.terms IS
    'Digest of the request and of what the matrix said of it at that moment: an approval of other terms is none.';
COMMENT ON INDEX pgcustsec_internal.request_event_request_id IS 'Finds what became of a request.';
COMMENT ON INDEX pgcustsec_internal.request_event_handed_over IS 'A disclosure is handed over once (3.3).';
COMMENT ON INDEX pgcustsec_internal.request_event_erased IS 'A wish to be erased is fulfilled once (4.3).';
COMMENT ON INDEX pgcustsec_internal.request_event_applied IS 'By an approved widening one matrix is applied, once (5.2.5).';

-- sql/src/30_tables/72_extract.sql
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

-- sql/src/30_tables/73_custodian.sql
-- The login is kept with the name: whoever writes another one into the list of people makes nobody a custodian.
CREATE TABLE pgcustsec_internal.custodian (
    naming_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    department_code text COLLATE "C" NOT NULL,
    staff_id text COLLATE "C",
    login name,
    named_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    named_by text COLLATE "C" NOT NULL
);
CREATE INDEX custodian_department_code ON pgcustsec_internal.custodian (department_code, naming_id);
COMMENT ON TABLE pgcustsec_internal.custodian IS
    'Whom supervisors named the custodian (指定人员) of a department, who alone handles its disclosures (3.3). The latest row of '
    'a department counts. Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.custodian.naming_id IS 'Its number; later namings have higher ones.';
COMMENT ON COLUMN pgcustsec_internal.custodian.department_code IS 'The department (部门).';
COMMENT ON COLUMN pgcustsec_internal.custodian.staff_id IS 'The person; NULL: nobody any more.';
COMMENT ON COLUMN pgcustsec_internal.custodian.login IS 'Their own login at that moment: over it alone they are the custodian (2.3).';
COMMENT ON COLUMN pgcustsec_internal.custodian.named_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec_internal.custodian.named_by IS 'By which supervisor.';
COMMENT ON INDEX pgcustsec_internal.custodian_department_code IS 'Finds the latest of a department.';

-- sql/src/30_tables/74_disclosure.sql
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

-- sql/src/30_tables/75_deputy.sql
CREATE TABLE pgcustsec_internal.deputy (
    deputy_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id text COLLATE "C" NOT NULL,
    deputy text COLLATE "C" NOT NULL CHECK (deputy <> staff_id),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
    named_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX deputy_deputy ON pgcustsec_internal.deputy (deputy);
COMMENT ON TABLE pgcustsec_internal.deputy IS
    'Who decides on requests in an absent approver''s place, and in which period (5.2.1). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.deputy.deputy_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.deputy.staff_id IS 'In whose place: they name their deputy themselves.';
COMMENT ON COLUMN pgcustsec_internal.deputy.deputy IS 'Who.';
COMMENT ON COLUMN pgcustsec_internal.deputy.starts_at IS 'From when on.';
COMMENT ON COLUMN pgcustsec_internal.deputy.ends_at IS 'Until when.';
COMMENT ON COLUMN pgcustsec_internal.deputy.named_at IS 'When it was said.';
COMMENT ON INDEX pgcustsec_internal.deputy_deputy IS 'Finds in whose place somebody decides.';

CREATE TABLE pgcustsec_internal.deputy_event (
    deputy_id bigint NOT NULL REFERENCES pgcustsec_internal.deputy,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('approved', 'ended')),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    staff_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (deputy_id, kind)
);
COMMENT ON TABLE pgcustsec_internal.deputy_event IS
    'What became of deputies: none counts before a supervisor has approved it, nor once it is ended. Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.deputy_event.deputy_id IS 'Which.';
COMMENT ON COLUMN pgcustsec_internal.deputy_event.kind IS 'approved: by a supervisor; ended: before its period is over.';
COMMENT ON COLUMN pgcustsec_internal.deputy_event.at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.deputy_event.staff_id IS 'By whom.';

-- sql/src/30_tables/76_extract_canary.sql
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

-- sql/src/30_tables/77_pool_claim.sql
CREATE TABLE pgcustsec_internal.pool_claim (
    claim_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id text COLLATE "C" NOT NULL,
    relation text COLLATE "C" NOT NULL,
    record_key text COLLATE "C" NOT NULL,
    claimed_at timestamptz
);
CREATE INDEX pool_claim_record_key ON pgcustsec_internal.pool_claim (relation, record_key);
COMMENT ON TABLE pgcustsec_internal.pool_claim IS
    'Who had which prospect of a shared pool (4.2). Rows are only ever added; keys, never values.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim.claim_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim.staff_id IS 'Who.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim.record_key IS 'The prospect''s key.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim.claimed_at IS
    'When they took it out of the pool; NULL: they came to hold it otherwise, and it went back.';
COMMENT ON INDEX pgcustsec_internal.pool_claim_record_key IS 'Finds who had a prospect.';

CREATE TABLE pgcustsec_internal.pool_claim_end (
    claim_id bigint PRIMARY KEY REFERENCES pgcustsec_internal.pool_claim,
    ended_at timestamptz NOT NULL,
    how text COLLATE "C" NOT NULL CHECK (how IN ('released', 'recycled', 'reassigned', 'bought', 'gone'))
);
COMMENT ON TABLE pgcustsec_internal.pool_claim_end IS
    'When a claim ended, and how (4.2). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim_end.claim_id IS 'Which claim.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim_end.ended_at IS
    'When; where the row itself was changed, when that was found.';
COMMENT ON COLUMN pgcustsec_internal.pool_claim_end.how IS
    'released: given back, also by leaving; recycled: no progress; reassigned: the row names somebody else, or nobody; '
    'bought: it is no prospect any more; gone: nor is the row there.';

-- sql/src/30_tables/80_hold.sql
CREATE TABLE pgcustsec_internal.hold (
    hold_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    relation text COLLATE "C" NOT NULL,
    predicate jsonb,
    reason text NOT NULL,
    reference text,
    review_at timestamptz NOT NULL,
    placed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    placed_by text COLLATE "C" NOT NULL,
    begun_by xid8 NOT NULL DEFAULT pg_current_xact_id()
);
COMMENT ON TABLE pgcustsec_internal.hold IS
    'Legal holds: what they cover is not destroyed, though it is past its term and shows to nobody (3.3, 4.3). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.hold.hold_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.hold.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.hold.predicate IS 'Which rows, by conditions that all hold, also of those to come; NULL: those named.';
COMMENT ON COLUMN pgcustsec_internal.hold.reason IS 'Why.';
COMMENT ON COLUMN pgcustsec_internal.hold.reference IS 'The document that it goes by.';
COMMENT ON COLUMN pgcustsec_internal.hold.review_at IS 'When it is looked at again. It holds on until it is released.';
COMMENT ON COLUMN pgcustsec_internal.hold.placed_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.hold.placed_by IS 'By which supervisor.';
COMMENT ON COLUMN pgcustsec_internal.hold.begun_by IS
    'The transaction that placed it: until that is committed nobody is told what its conditions cover.';

CREATE TABLE pgcustsec_internal.hold_subject (
    hold_id bigint NOT NULL REFERENCES pgcustsec_internal.hold,
    relation text COLLATE "C" NOT NULL,
    record_key text COLLATE "C" NOT NULL,
    found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (relation, record_key, hold_id)
);
COMMENT ON TABLE pgcustsec_internal.hold_subject IS
    'Rows that a hold covers: named, or found by its predicate when they were due (4.3). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.hold_subject.hold_id IS 'The hold.';
COMMENT ON COLUMN pgcustsec_internal.hold_subject.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.hold_subject.record_key IS 'The row''s key.';
COMMENT ON COLUMN pgcustsec_internal.hold_subject.found_at IS 'Since when.';

CREATE TABLE pgcustsec_internal.hold_release (
    hold_id bigint PRIMARY KEY REFERENCES pgcustsec_internal.hold,
    reason text NOT NULL,
    released_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    released_by text COLLATE "C" NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.hold_release IS 'Which holds are over (4.3). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.hold_release.hold_id IS 'The hold.';
COMMENT ON COLUMN pgcustsec_internal.hold_release.reason IS 'Why it is released.';
COMMENT ON COLUMN pgcustsec_internal.hold_release.released_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.hold_release.released_by IS 'By which supervisor.';

-- sql/src/30_tables/81_certificate.sql
CREATE TABLE pgcustsec_internal.certificate (
    certificate_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    relation text COLLATE "C" NOT NULL,
    rule text COLLATE "C",
    request_id bigint REFERENCES pgcustsec_internal.request,
    action text COLLATE "C" NOT NULL CHECK (action IN ('destroyed', 'anonymised')),
    subjects integer NOT NULL,
    counts jsonb NOT NULL,
    keys_digest text COLLATE "C" NOT NULL,
    due_until timestamptz,
    extracts bigint[] NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    login name NOT NULL DEFAULT session_user,
    CONSTRAINT certificate_ground CHECK (num_nonnulls(rule, request_id) = 1 AND (rule IS NULL) = (due_until IS NULL))
);
CREATE INDEX certificate_at ON pgcustsec_internal.certificate (at);
CREATE UNIQUE INDEX certificate_request_id ON pgcustsec_internal.certificate (request_id) WHERE request_id IS NOT NULL;
COMMENT ON TABLE pgcustsec_internal.certificate IS
    'What was destroyed or anonymised, at the end of its term or by a customer''s wish: written in the transaction that did it (4.3). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.certificate.certificate_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.certificate.relation IS 'The table of the subjects, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.certificate.rule IS 'The rule of the matrix that they were due by; NULL: erased by a request.';
COMMENT ON COLUMN pgcustsec_internal.certificate.request_id IS 'The approved request by which they were erased; NULL: at the end of their term.';
COMMENT ON COLUMN pgcustsec_internal.certificate.action IS 'destroyed or anonymised.';
COMMENT ON COLUMN pgcustsec_internal.certificate.subjects IS 'How many.';
COMMENT ON COLUMN pgcustsec_internal.certificate.counts IS 'How many rows of which table.';
COMMENT ON COLUMN pgcustsec_internal.certificate.keys_digest IS
    'SHA-256 of the keys, in order of their bytes, each on a line; empty where rows were anonymised: it would lead back to them.';
COMMENT ON COLUMN pgcustsec_internal.certificate.due_until IS 'The latest of the terms; NULL: erased, before its end.';
COMMENT ON COLUMN pgcustsec_internal.certificate.extracts IS 'Extracts that hold some of it and are not destroyed.';
COMMENT ON COLUMN pgcustsec_internal.certificate.at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.certificate.login IS 'Over which login.';
COMMENT ON INDEX pgcustsec_internal.certificate_at IS 'Finds what was destroyed in a time.';
COMMENT ON INDEX pgcustsec_internal.certificate_request_id IS 'Finds what a request erased, once.';

CREATE TABLE pgcustsec_internal.anonymised (
    relation text COLLATE "C" NOT NULL,
    combination jsonb NOT NULL,
    rows bigint NOT NULL,
    PRIMARY KEY (relation, combination)
);
COMMENT ON TABLE pgcustsec_internal.anonymised IS 'How many anonymised rows are alike: of too few what they keep goes too (4.3).';
COMMENT ON COLUMN pgcustsec_internal.anonymised.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.anonymised.combination IS 'What they keep.';
COMMENT ON COLUMN pgcustsec_internal.anonymised.rows IS 'How many.';

-- sql/src/30_tables/82_job.sql
CREATE TABLE pgcustsec_internal.job_schedule (
    schedule_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job text COLLATE "C" NOT NULL CHECK (job IN ('retention', 'pool')),
    run_by text COLLATE "C" NOT NULL CHECK (run_by IN ('pg_cron', 'system', 'nobody')),
    every interval NOT NULL DEFAULT '1 day',
    line text,
    place name,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    login name NOT NULL DEFAULT session_user
);
COMMENT ON TABLE pgcustsec_internal.job_schedule IS
    'What was promised to run by itself (4.2, 4.3); of each job the latest row holds. Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.schedule_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.job IS 'retention: terms worked out anew, then sweeps; pool: recycling.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.run_by IS
    'pg_cron; system: a systemd timer or a crontab, on some machine; nobody: the promise is taken back.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.every IS 'How often.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.line IS 'When: in pg_cron''s words and time zone, or HH:MM of UTC.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.place IS 'The database that pg_cron keeps its jobs in.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.since IS 'Since when.';
COMMENT ON COLUMN pgcustsec_internal.job_schedule.login IS 'Over which login; pg_cron runs the job as it.';

CREATE TABLE pgcustsec_internal.job_run (
    run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job text COLLATE "C" NOT NULL CHECK (job IN ('retention', 'pool')),
    how text COLLATE "C" NOT NULL CHECK (how IN ('procedure', 'command')),
    began timestamptz NOT NULL DEFAULT clock_timestamp(),
    login name NOT NULL DEFAULT session_user,
    process integer NOT NULL DEFAULT pg_backend_pid()
);
CREATE INDEX job_run_began ON pgcustsec_internal.job_run (job, began);
COMMENT ON TABLE pgcustsec_internal.job_run IS
    'Runs of jobs, committed before they do anything (4.2, 4.3). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.job_run.run_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.job_run.job IS 'The job.';
COMMENT ON COLUMN pgcustsec_internal.job_run.how IS 'procedure: run_scheduled(), as pg_cron calls it; command: pgcustsec.';
COMMENT ON COLUMN pgcustsec_internal.job_run.began IS 'When it began.';
COMMENT ON COLUMN pgcustsec_internal.job_run.login IS 'Over which login.';
COMMENT ON COLUMN pgcustsec_internal.job_run.process IS 'The server''s process: while it is there the run goes on.';
COMMENT ON INDEX pgcustsec_internal.job_run_began IS 'Finds a job''s latest run.';

CREATE TABLE pgcustsec_internal.job_run_end (
    run_id bigint PRIMARY KEY REFERENCES pgcustsec_internal.job_run,
    ended timestamptz NOT NULL DEFAULT clock_timestamp(),
    complete boolean NOT NULL,
    done jsonb NOT NULL,
    failed jsonb NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.job_run_end IS
    'How runs ended (4.2, 4.3); one that has no row here, and no process, was killed. Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.job_run_end.run_id IS 'The run.';
COMMENT ON COLUMN pgcustsec_internal.job_run_end.ended IS 'When it ended.';
COMMENT ON COLUMN pgcustsec_internal.job_run_end.complete IS
    'It came to the end of every table; not so: its time was over, or it was told to do less.';
COMMENT ON COLUMN pgcustsec_internal.job_run_end.done IS 'How many rows, by table and what was done with them.';
COMMENT ON COLUMN pgcustsec_internal.job_run_end.failed IS
    'The SQLSTATE by table, or by job, of what failed; its message, which may quote a value, is not kept.';

-- sql/src/40_functions/access/10__today.sql
CREATE FUNCTION pgcustsec_internal._today()
    RETURNS bigint
    LANGUAGE sql
    VOLATILE
    PARALLEL SAFE
RETURN floor(extract(epoch FROM clock_timestamp()) / 86400)::bigint;
COMMENT ON FUNCTION pgcustsec_internal._today() IS 'The day, as days since 1970 (UTC): no caller''s TimeZone moves it.';
REVOKE ALL ON FUNCTION pgcustsec_internal._today() FROM PUBLIC;

-- sql/src/40_functions/access/20__spent.sql
CREATE FUNCTION pgcustsec_internal._spent(budget regclass)
    RETURNS bigint
    LANGUAGE plpgsql
    VOLATILE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    state bigint := coalesce(pg_sequence_last_value(budget), 0);
BEGIN
    RETURN CASE WHEN state / 1000000000 = pgcustsec_internal._today() THEN state % 1000000000 ELSE 0 END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._spent(regclass) IS 'How much of a day''s budget is spent, rolled back or not (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._spent(regclass) FROM PUBLIC;

-- sql/src/40_functions/access/21__spend.sql
-- A sequence's number is given out once and never given back, whatever becomes of the transaction. The clock is read
-- after: a number of another day than it says is not counted.
CREATE FUNCTION pgcustsec_internal._spend(staff_id text, budget regclass, at_most integer)
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    state bigint;
    today bigint;
BEGIN
    FOR attempt IN 1..3 LOOP
        today := pgcustsec_internal._today();
        state := coalesce(pg_sequence_last_value(budget), 0);
        IF state / 1000000000 < today THEN
            -- The day's first: one connection of the person begins it, the others wait and find it begun.
            PERFORM FROM pgcustsec_internal.budget AS b WHERE b.staff_id = _spend.staff_id FOR NO KEY UPDATE;
            IF coalesce(pg_sequence_last_value(budget), 0) / 1000000000 < today THEN
                PERFORM setval(budget, today * 1000000000);
            END IF;
            state := pg_sequence_last_value(budget);
        END IF;
        -- Asked before as well, so that no number of refusals carries the count into another day.
        IF state >= today * 1000000000 + at_most THEN
            RETURN false;
        END IF;
        state := nextval(budget);
        IF state / 1000000000 = pgcustsec_internal._today() THEN
            RETURN state % 1000000000 <= at_most;
        END IF;
    END LOOP;
    RETURN false;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._spend(text, regclass, integer) IS
    'Spends one unit of a person''s budget of the day; false: there is none left (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._spend(text, regclass, integer) FROM PUBLIC;

-- sql/src/40_functions/access/29__name_parts.sql
CREATE FUNCTION pgcustsec_internal._name_parts(relation text)
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    known text[];
BEGIN
    SELECT ARRAY[a.schema_name, a.table_name]::text[] INTO known
    FROM pgcustsec_internal.access AS a
    WHERE relation = a.schema_name || '.' || a.table_name
    LIMIT 1;
    RETURN coalesce(known, parse_ident(relation));
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN '{}';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._name_parts(text) IS
    'A relation''s name in parts, as the matrix writes it or as SQL does; empty: it is no name.';
REVOKE ALL ON FUNCTION pgcustsec_internal._name_parts(text) FROM PUBLIC;

-- sql/src/40_functions/access/30__access.sql
-- A relation is named as the matrix names it, as the role's view, or as the table alone: application roles may not look
-- names up in the tables' schema. Where several roles would do, the one of the session at work, then the one that opens.
--
-- All that openings, closings and searches go by in one look-up: who asks, in which role, what that may, the session.
CREATE FUNCTION pgcustsec_internal._access(
    relation text, OUT staff_id text, OUT works_as text, OUT access_code text, OUT role_code text, OUT schema_name name,
    OUT table_name name, OUT key_columns name[], OUT opens boolean, OUT find_columns name[], OUT find_functions name[],
    OUT record_minutes integer, OUT openings_per_day integer, OUT customers_per_day integer, OUT session_id uuid,
    OUT purpose text, OUT ends_at timestamptz, OUT committed boolean, OUT record_key text, OUT lapses_at timestamptz)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    token text := current_setting('pgcustsec.token', true);
    known text := coalesce(pgcustsec_internal.bearer(token, false), session_user::text);
    parts text[] := CASE
        WHEN relation ~ '^[a-z_][a-z0-9_]*([.][a-z_][a-z0-9_]*)?$' THEN string_to_array(relation, '.')
        ELSE pgcustsec_internal._name_parts(relation)
    END;
BEGIN
    works_as := coalesce(pgcustsec_internal.bearer(token, true), session_user::text);
    SELECT
        s.staff_id, a.access_code, a.role_code, a.schema_name, a.table_name, a.key_columns, a.opens, a.find_columns,
        a.find_functions, r.record_minutes, r.openings_per_day, r.customers_per_day,
        w.session_id, w.purpose, w.ends_at, pgcustsec_internal.is_committed(w.begun_by), w.record_key, w.lapses_at
    INTO
        staff_id, access_code, role_code, schema_name, table_name, key_columns, opens, find_columns,
        find_functions, record_minutes, openings_per_day, customers_per_day,
        session_id, purpose, ends_at, committed, record_key, lapses_at
    FROM pgcustsec_internal.standing AS s
    JOIN pgcustsec_internal.role AS r ON r.role_code = s.role_code
    JOIN pgcustsec_internal.access AS a ON a.role_code = s.role_code
    LEFT JOIN pgcustsec_internal.session_access AS w
        ON w.known_as = works_as AND w.access_code = a.access_code AND w.staff_id = s.staff_id
        AND w.begun_by < pg_snapshot_xmax(pg_current_snapshot())
    WHERE s.known_as = known AND s.staff_id IS NOT NULL AND NOT pgcustsec_internal._emergency_over(s.answers)
        AND a.table_name = parts[cardinality(parts)]
        AND (cardinality(parts) = 1 OR cardinality(parts) = 2 AND parts[1] IN (a.schema_name, a.role_code))
    ORDER BY w.session_id IS NULL, a.opens DESC, r.place, a.access_code
    LIMIT 1;
    IF access_code IS NULL THEN
        PERFORM pgcustsec_internal._refuse_suspended((SELECT p.staff_id FROM pgcustsec_internal._person() AS p));
        RAISE EXCEPTION 'no table of that name in a role of yours (5.2.5)'
            USING ERRCODE = 'CS208', HINT = 'Name it as in your queries, or as the matrix does: crm.customer.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._access(text) IS
    'What the caller has of a table, by its name: in which role, by what rules, in which session; an error where they have nothing (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._access(text) FROM PUBLIC;

-- sql/src/40_functions/access/31__refuse_idle.sql
CREATE FUNCTION pgcustsec_internal._refuse_idle(role_code text, ends_at timestamptz, committed boolean)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- What has ended since such a snapshot was taken would go on. And asked of a hidden row, policies raise this only
        -- if it is there.
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    IF ends_at > clock_timestamp() AND committed THEN
        RETURN;
    END IF;
    IF ends_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'your session is past its term (5.2.4)'
            USING ERRCODE = 'CS006', HINT = 'Start another: SELECT pgcustsec.start_session(purpose).';
    END IF;
    RAISE EXCEPTION 'you are in no session that role % works in (5.2.4)', role_code
        USING ERRCODE = 'CS005',
            HINT = 'Start one, and commit it: SELECT pgcustsec.start_session(purpose). An application registers its token.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_idle(text, timestamptz, boolean) IS
    'An error unless a role''s session is committed and goes on, in a snapshot that would know (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_idle(text, timestamptz, boolean) FROM PUBLIC;

-- sql/src/40_functions/access/33__refuse_spent.sql
-- What is refused leaves no row: the error takes it back. The sequence keeps how often, the server's log when and who.
CREATE FUNCTION pgcustsec_internal._refuse_spent(staff_id text, kind text, at_most integer)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    PERFORM nextval(b.refusals) FROM pgcustsec_internal.budget AS b WHERE b.staff_id = _refuse_spent.staff_id;
    RAISE LOG 'pgcustsec: % asked for more than % % a day', staff_id, at_most, kind;
    RAISE EXCEPTION 'today''s budget of % % is spent (5.2.1)', at_most, kind
        USING ERRCODE = CASE kind WHEN 'openings' THEN 'CS204' ELSE 'CS205' END,
            HINT = format(
                'Go on after %s, or file a request for what you need.',
                to_char(
                    to_timestamp((pgcustsec_internal._today() + 1) * 86400) AT TIME ZONE 'UTC',
                    'YYYY-MM-DD HH24:MI "UTC"'));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_spent(text, text, integer) IS 'Refuses what goes beyond a budget, and counts that (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_spent(text, text, integer) FROM PUBLIC;

-- sql/src/40_functions/access/34__opened_today.sql
-- By that one index whatever the statistics say: a record of access that was empty when it was last looked at would be
-- read whole, or the day's part of it.
CREATE FUNCTION pgcustsec_internal._opened_today(staff_id text, customer_key text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET enable_seqscan = off
    SET enable_bitmapscan = off
AS $function$
DECLARE
    begun timestamptz := to_timestamp(pgcustsec_internal._today() * 86400);
BEGIN
    RETURN EXISTS (
        SELECT
        FROM pgcustsec_internal.audit AS a
        WHERE a.customer_key = _opened_today.customer_key AND a.at >= begun
            AND a.staff_id = _opened_today.staff_id AND a.kind = 'record_opened');
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._opened_today(text, text) IS
    'Whether a person has opened a record of this customer since the day (UTC) began (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._opened_today(text, text) FROM PUBLIC;

-- sql/src/40_functions/access/38__record_search.sql
CREATE FUNCTION pgcustsec_internal._record_search(
    staff_id text, session_id uuid, purpose text, role_code text, relation text, column_name name,
    record_key text, customer_key text, moment timestamptz)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    INSERT INTO pgcustsec_internal.audit (
        kind, staff_id, session_id, role_code, relation, record_key, customer_key, column_name, purpose, at)
    VALUES (
        'searched', staff_id, session_id, role_code, relation, record_key, customer_key, column_name, purpose, moment);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._record_search(
    text, uuid, text, text, text, name, text, text, timestamptz) IS
    'Writes down a search by value, and what it found (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._record_search(
    text, uuid, text, text, text, name, text, text, timestamptz) FROM PUBLIC;

-- sql/src/40_functions/access/39__open_record.sql
-- What it opens shows once this transaction has committed, and its commit waits for the disk: nothing of tier 1 is shown
-- whose record is not there. A caller can turn that waiting off after us; then a crash of the server within a fraction of
-- a second may take the record of what was seen (docs: architecture).
CREATE FUNCTION pgcustsec_internal._open_record(relation text, key text, reason text, request bigint)
    RETURNS timestamptz
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._access(relation);
    opened text[];  -- key and customer
    budget pgcustsec_internal.budget;
    term timestamptz;
    counted boolean := false;  -- by the request's own limit
    lapses timestamptz;
BEGIN
    IF request IS NULL AND NOT access.opens THEN
        RAISE EXCEPTION 'role % opens no records of %.% (5.2.1)', access.role_code, access.schema_name, access.table_name
            USING ERRCODE = 'CS202', HINT = 'If your work needs it, file a request.';
    END IF;
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    opened := pgcustsec_internal.row_of_key(access.access_code, key);
    IF opened IS NULL THEN
        RAISE EXCEPTION 'no such record of %.%, or none that role % sees (5.2.2)',
            access.schema_name, access.table_name, access.role_code
            USING ERRCODE = 'CS201', HINT = 'Check the key: it is the one that the view shows.';
    END IF;

    -- One opening of a person after the other, until each commits: so one record is open, and not two at the same moment.
    SELECT b.* INTO budget FROM pgcustsec_internal.budget AS b WHERE b.staff_id = access.staff_id FOR NO KEY UPDATE;
    IF request IS NOT NULL THEN
        SELECT u.ends_at, u.counts
        INTO term, counted
        FROM pgcustsec_internal._use_request(request, access.access_code, opened[1]) AS u;
    END IF;
    IF NOT counted AND NOT pgcustsec_internal._spend(access.staff_id, budget.openings, access.openings_per_day) THEN
        PERFORM pgcustsec_internal._refuse_spent(access.staff_id, 'openings', access.openings_per_day);
    END IF;
    IF NOT counted AND NOT pgcustsec_internal._opened_today(access.staff_id, opened[2])
        AND NOT pgcustsec_internal._spend(access.staff_id, budget.customers, access.customers_per_day)
    THEN
        PERFORM pgcustsec_internal._refuse_spent(access.staff_id, 'customers', access.customers_per_day);
    END IF;

    lapses := least(access.ends_at, term, clock_timestamp() + make_interval(mins => access.record_minutes));
    INSERT INTO pgcustsec_internal.audit (
        kind, staff_id, session_id, role_code, relation, record_key, customer_key, purpose, reason, lapses_at, about)
    VALUES (
        'record_opened', access.staff_id, access.session_id, access.role_code,
        access.schema_name || '.' || access.table_name, opened[1], opened[2],
        access.purpose, reason, lapses, 'request ' || request);
    -- One record a person and table: another session of theirs, or another role, has it open no longer.
    UPDATE pgcustsec_internal.session_access AS w
    SET record_key = NULL, lapses_at = NULL, opened_by = NULL, request_id = NULL
    WHERE w.staff_id = access.staff_id AND w.record_key IS NOT NULL
        AND w.access_code IN (
            SELECT a.access_code
            FROM pgcustsec_internal.access AS a
            WHERE a.schema_name = access.schema_name AND a.table_name = access.table_name)
        AND (w.known_as, w.access_code) <> (access.works_as, access.access_code);
    UPDATE pgcustsec_internal.session_access AS w
    SET record_key = opened[1], lapses_at = lapses, opened_by = pg_current_xact_id(), request_id = request
    WHERE w.known_as = access.works_as AND w.access_code = access.access_code AND w.session_id = access.session_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'your session has ended meanwhile (5.2.4)'
            USING ERRCODE = 'CS006', HINT = 'Start another: SELECT pgcustsec.start_session(purpose).';
    END IF;
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN lapses;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._open_record(text, text, text, bigint) IS
    'Opens one record, in place of the one before: for tier 1, masked, or by a request in full; returns when it lapses (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._open_record(text, text, text, bigint) FROM PUBLIC;

-- sql/src/40_functions/access/40_open_record.sql
CREATE FUNCTION pgcustsec.open_record(relation text, key text, reason text)
    RETURNS timestamptz
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF coalesce(pgcustsec_internal._says_nothing(reason), true) THEN
        RAISE EXCEPTION 'a record is opened for a stated reason only (5.2.4)'
            USING ERRCODE = 'CS206', HINT = 'Say why, as the third argument.';
    END IF;
    IF length(reason) > 1000 THEN
        RAISE EXCEPTION 'a reason is 1000 characters at most'
            USING ERRCODE = 'CS206', HINT = 'Say it shorter.';
    END IF;
    RETURN pgcustsec_internal._open_record(relation, key, reason, NULL);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.open_record(text, text, text) IS
    'Opens one record for tier 1, masked, in place of the one before; returns when it lapses. It shows once this is committed (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.open_record(text, text, text) FROM PUBLIC;

-- sql/src/40_functions/access/41_close_record.sql
CREATE FUNCTION pgcustsec.close_record(relation text)
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._access(relation);
BEGIN
    IF (access.lapses_at > clock_timestamp()) IS NOT TRUE THEN
        RETURN false;
    END IF;
    UPDATE pgcustsec_internal.session_access AS w
    SET record_key = NULL, lapses_at = NULL, opened_by = NULL, request_id = NULL
    WHERE w.known_as = access.works_as AND w.access_code = access.access_code;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, session_id, role_code, relation, record_key, purpose)
    VALUES (
        'record_closed', access.staff_id, access.session_id, access.role_code,
        access.schema_name || '.' || access.table_name, access.record_key, access.purpose);
    RETURN true;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.close_record(text) IS 'Closes the record of a table that is open; false: none was (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.close_record(text) FROM PUBLIC;

-- sql/src/40_functions/access/42_find.sql
-- Keys, and no more: what they belong to is opened like any other record. The search itself tells that a value belongs to
-- a customer, and a rollback would take its record back: so the day's budget is spent and a line logged before it answers.
CREATE FUNCTION pgcustsec.find(relation text, column_name name, value text)
    RETURNS SETOF text
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._access(relation);
    relation_name text := access.schema_name || '.' || access.table_name;
    budget regclass;
    place integer;
    candidate record;
    seen text[];  -- key and customer
    found_any boolean := false;
    -- One search, one moment, however many rows it leaves: so searches can be counted.
    moment timestamptz := clock_timestamp();
BEGIN
    place := array_position(access.find_columns, column_name);
    IF place IS NULL THEN
        RAISE EXCEPTION 'no column of %.% by that name is searched by value in role % (5.2.1)',
            access.schema_name, access.table_name, access.role_code
            USING ERRCODE = 'CS207',
                HINT = format('Those that are: %s.', coalesce(nullif(array_to_string(access.find_columns, ', '), ''), 'none'));
    END IF;
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    SELECT b.openings INTO budget FROM pgcustsec_internal.budget AS b WHERE b.staff_id = access.staff_id;
    IF NOT pgcustsec_internal._spend(access.staff_id, budget, access.openings_per_day) THEN
        PERFORM pgcustsec_internal._refuse_spent(access.staff_id, 'openings', access.openings_per_day);
    END IF;
    RAISE LOG 'pgcustsec: % searches %.% by value of %', access.staff_id, access.schema_name, access.table_name, column_name;
    PERFORM set_config('synchronous_commit', 'on', true);

    FOR candidate IN
        EXECUTE format('SELECT f.record_key, f.matches FROM pgcustsec_internal.%I($1) AS f', access.find_functions[place])
        USING value
    LOOP
        seen := pgcustsec_internal.row_of_key(access.access_code, candidate.record_key);
        CONTINUE WHEN seen IS NULL OR NOT candidate.matches;
        found_any := true;
        PERFORM pgcustsec_internal._record_search(
            access.staff_id, access.session_id, access.purpose, access.role_code, relation_name, column_name,
            seen[1], seen[2], moment);
        RETURN NEXT seen[1];
    END LOOP;
    IF NOT found_any THEN
        PERFORM pgcustsec_internal._record_search(
            access.staff_id, access.session_id, access.purpose, access.role_code, relation_name, column_name,
            NULL, NULL, moment);
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.find(text, name, text) IS
    'Keys of the records in the caller''s scope that have exactly this value, however it is spelt (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.find(text, name, text) FROM PUBLIC;

-- sql/src/40_functions/access/43__name_of.sql
CREATE FUNCTION pgcustsec_internal._name_of(relation regclass)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    STRICT
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT format('%I.%I', n.nspname, c.relname)
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.oid = relation);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._name_of(regclass) IS 'A relation''s name with its schema, whatever the search path is.';
REVOKE ALL ON FUNCTION pgcustsec_internal._name_of(regclass) FROM PUBLIC;

-- sql/src/40_functions/access/44_by_regclass.sql
-- Who may look the name up may hand over the relation itself.
CREATE FUNCTION pgcustsec.open_record(relation regclass, key text, reason text)
    RETURNS timestamptz
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN pgcustsec.open_record(pgcustsec_internal._name_of(relation), key, reason);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.open_record(regclass, text, text) IS 'open_record() of a relation in place of its name (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.open_record(regclass, text, text) FROM PUBLIC;

CREATE FUNCTION pgcustsec.close_record(relation regclass)
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN pgcustsec.close_record(pgcustsec_internal._name_of(relation));
END;
$function$;
COMMENT ON FUNCTION pgcustsec.close_record(regclass) IS 'close_record() of a relation in place of its name (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.close_record(regclass) FROM PUBLIC;

CREATE FUNCTION pgcustsec.find(relation regclass, column_name name, value text)
    RETURNS SETOF text
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY SELECT f.* FROM pgcustsec.find(pgcustsec_internal._name_of(relation), column_name, value) AS f;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.find(regclass, name, text) IS 'find() in a relation in place of its name (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.find(regclass, name, text) FROM PUBLIC;

-- sql/src/40_functions/access/50_my_budget.sql
CREATE FUNCTION pgcustsec.my_budget()
    RETURNS TABLE (role text, what text, spent bigint, at_most integer)
    LANGUAGE plpgsql
    VOLATILE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT r.role_code, k.what, coalesce(pgcustsec_internal._spent(k.budget), 0), k.at_most
        FROM pgcustsec_internal._person() AS p
        CROSS JOIN LATERAL unnest(p.roles) AS held (role_code)
        JOIN pgcustsec_internal.role AS r ON r.role_code = held.role_code
        LEFT JOIN pgcustsec_internal.budget AS b ON b.staff_id = p.staff_id
        CROSS JOIN LATERAL (VALUES
            (1, 'openings', b.openings, r.openings_per_day), (2, 'customers', b.customers, r.customers_per_day)
        ) AS k (place, what, budget, at_most)
        WHERE EXISTS (SELECT FROM pgcustsec_internal.access AS a WHERE a.role_code = r.role_code AND (a.opens OR a.find_columns <> '{}'))
        ORDER BY r.place, k.place;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.my_budget() IS
    'What the caller has spent today (UTC) of openings and customers, rolled back or not, and how much there is (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.my_budget() FROM PUBLIC;

-- sql/src/40_functions/access/60_open_place.sql
-- For show_record(), which has no more rights than its caller.
CREATE FUNCTION pgcustsec.open_place(relation text, OUT view text, OUT condition text)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._access(relation);
BEGIN
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    view := format('%I.%I', access.role_code, access.table_name);
    condition := pgcustsec_internal._key_condition(access.key_columns, access.record_key);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.open_place(text) IS
    'Which view shows the record that the caller has open, and the condition that finds it there (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.open_place(text) FROM PUBLIC;

-- sql/src/40_functions/access/61_show_record.sql
-- INVOKER, and without a path of its own: neither could end a transaction. So every name has its schema, operators too.
-- What it prints is what the caller's own view shows them.
CREATE PROCEDURE pgcustsec.show_record(relation text, key text, reason text, INOUT record text DEFAULT NULL)
    LANGUAGE plpgsql
AS $procedure$
DECLARE
    place record;
BEGIN
    IF pg_catalog.transaction_timestamp() OPERATOR(pg_catalog.<>) pg_catalog.statement_timestamp() THEN
        RAISE EXCEPTION 'a record shows once its opening is committed, and a transaction is open here (5.2.4)'
            USING ERRCODE = 'CS203', HINT = 'COMMIT first, then CALL again; or open_record(), COMMIT and SELECT by yourself.';
    END IF;
    PERFORM pgcustsec.open_record(relation, key, reason);
    COMMIT;
    SELECT o.view, o.condition INTO place FROM pgcustsec.open_place(relation) AS o;
    EXECUTE pg_catalog.format(
        $query$
        SELECT pg_catalog.string_agg(
            pg_catalog.concat(pg_catalog.rpad(c.key, 20), ' ', c.value), pg_catalog.chr(10) ORDER BY c.place)
        FROM %s AS t
        CROSS JOIN LATERAL pg_catalog.json_each_text(pg_catalog.row_to_json(t)) WITH ORDINALITY AS c (key, value, place)
        WHERE %s
        $query$, place.view, place.condition)
        INTO record;
END;
$procedure$;
COMMENT ON PROCEDURE pgcustsec.show_record(text, text, text, text) IS
    'Opens one record, commits, and prints it as the caller''s view shows it: for people at a psql prompt (5.2.1).';
REVOKE ALL ON PROCEDURE pgcustsec.show_record(text, text, text, text) FROM PUBLIC;

-- sql/src/40_functions/agreements/05__answers_for.sql
CREATE FUNCTION pgcustsec_internal._is_service(staff_id text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN EXISTS (
        SELECT
        FROM pgcustsec_internal.staff_role AS h
        JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code AND r.service
        WHERE h.staff_id = _is_service.staff_id);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._is_service(text) IS 'Whether a member of staff is an unattended service, by a role of theirs (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._is_service(text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal._answers_for(staff_id text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF NOT pgcustsec_internal._is_service(staff_id) THEN
        RETURN staff_id;
    END IF;
    RETURN (
        SELECT m.staff_id
        FROM pgcustsec_internal.staff AS s
        JOIN pgcustsec_internal.staff AS m ON m.staff_id = s.manager_id AND m.active
            AND NOT pgcustsec_internal._is_service(m.staff_id)
        WHERE s.staff_id = _answers_for.staff_id);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._answers_for(text) IS
    'Whose agreements count: a person''s own, a service''s manager''s; NULL: nobody answers for the service (3.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._answers_for(text) FROM PUBLIC;

-- sql/src/40_functions/agreements/10__required_agreements.sql
CREATE FUNCTION pgcustsec_internal._required_agreements(staff_id text)
    RETURNS TABLE (agreement_code text, title text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT a.agreement_code, a.title
        FROM pgcustsec_internal.agreement AS a
        WHERE EXISTS (SELECT FROM pgcustsec_internal.staff AS s WHERE s.staff_id = _required_agreements.staff_id)
            AND NOT pgcustsec_internal._is_service(_required_agreements.staff_id)
            AND (a.everyone OR EXISTS (
                SELECT
                FROM pgcustsec_internal.department AS d
                WHERE a.agreement_code = ANY (d.agreements)
                    AND d.department_code IN (
                        SELECT s.department_code
                        FROM pgcustsec_internal.staff AS s
                        WHERE s.staff_id = _required_agreements.staff_id
                        UNION ALL
                        SELECT r.department_code
                        FROM pgcustsec_internal.staff_role AS h
                        JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code
                        WHERE h.staff_id = _required_agreements.staff_id)))
        ORDER BY a.agreement_code;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._required_agreements(text) IS
    'Agreements that a person signs: everybody''s, their department''s, and those of their roles'' departments; a service signs none (3.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._required_agreements(text) FROM PUBLIC;

-- sql/src/40_functions/agreements/20__agreed_until.sql
CREATE FUNCTION pgcustsec_internal._agreed_until(staff_id text, agreement_code text)
    RETURNS timestamptz
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT max(least(s.valid_until, (
            SELECT min(t.in_force_from)
            FROM pgcustsec_internal.agreement_text AS t
            WHERE t.agreement_code = s.agreement_code AND t.version > s.version)))
        FROM pgcustsec_internal.agreement_signature AS s
        WHERE s.staff_id = _agreed_until.staff_id AND s.agreement_code = _agreed_until.agreement_code);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._agreed_until(text, text) IS
    'Until when a person''s signatures of an agreement hold: by their days, or until the next version comes into force; NULL: never signed (3.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._agreed_until(text, text) FROM PUBLIC;

-- sql/src/40_functions/agreements/30__cleared_until.sql
-- What ends by a day caps the term of sessions; so no statement asks for it.
CREATE FUNCTION pgcustsec_internal._cleared_until(staff_id text)
    RETURNS timestamptz
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    answers text := pgcustsec_internal._answers_for(staff_id);
BEGIN
    IF answers IS NULL THEN
        RETURN '-infinity';
    END IF;
    RETURN (
        SELECT coalesce(
            min(coalesce(pgcustsec_internal._agreed_until(answers, q.agreement_code), '-infinity')), 'infinity')
        FROM pgcustsec_internal._required_agreements(answers) AS q);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._cleared_until(text) IS
    'Until when what a person must have, by a day, is in force: sessions end then at the latest; -infinity: something is missing (3.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._cleared_until(text) FROM PUBLIC;

-- sql/src/40_functions/agreements/31_agreements_of.sql
-- Views ask it of their reader for EXECUTE on what they call: so it decides by the caller what they may know.
CREATE FUNCTION pgcustsec_internal.agreements_of(staff_id text)
    RETURNS TABLE (
        agreement_code text, title text, version integer, in_force_from timestamptz, digest text, body text,
        signed_at timestamptz, signed_until timestamptz, missing boolean)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    person record := pgcustsec_internal._asking();
BEGIN
    IF person.staff_id IS NULL OR person.staff_id <> agreements_of.staff_id AND NOT EXISTS (
        SELECT FROM pgcustsec_internal.role AS r WHERE r.role_code = ANY (person.roles) AND r.supervises)
    THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT
            q.agreement_code, q.title, t.version, t.in_force_from, t.digest, t.body,
            (SELECT max(x.signed_at) FROM pgcustsec_internal.agreement_signature AS x
                WHERE x.staff_id = agreements_of.staff_id AND x.agreement_code = q.agreement_code),
            u.signed_until, (u.signed_until > clock_timestamp()) IS NOT TRUE
        FROM pgcustsec_internal._required_agreements(agreements_of.staff_id) AS q
        LEFT JOIN LATERAL (
            SELECT x.version, x.in_force_from, x.digest, x.body
            FROM pgcustsec_internal.agreement_text AS x
            WHERE x.agreement_code = q.agreement_code
            ORDER BY x.version DESC
            LIMIT 1) AS t ON true
        CROSS JOIN LATERAL pgcustsec_internal._agreed_until(agreements_of.staff_id, q.agreement_code) AS u (signed_until)
        ORDER BY q.agreement_code;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.agreements_of(text) IS
    'Agreements that a person signs, each in its latest version: the caller''s own, or anybody''s for who supervises (3.4, 5.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.agreements_of(text) FROM PUBLIC;

-- sql/src/40_functions/agreements/40__limit_sessions.sql
CREATE FUNCTION pgcustsec_internal._limit_sessions()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    PERFORM pgcustsec_internal._newest_snapshot();
    IF TG_TABLE_NAME NOT IN ('staff', 'staff_role') THEN
        -- Waits for sessions that begin at this moment, which are seen by nobody yet. Not where one person moves: nobody
        -- shall keep that from happening by leaving a transaction open.
        LOCK TABLE pgcustsec_internal.agreement_text IN EXCLUSIVE MODE;
    END IF;
    UPDATE pgcustsec_internal.session_access AS w
    SET ends_at = u.ends_at, lapses_at = least(w.lapses_at, u.ends_at)
    FROM (
        SELECT p.staff_id, pgcustsec_internal._cleared_until(p.staff_id) AS ends_at
        FROM (SELECT DISTINCT x.staff_id FROM pgcustsec_internal.session_access AS x WHERE x.ends_at > clock_timestamp()) AS p
    ) AS u
    WHERE w.staff_id = u.staff_id AND w.ends_at > u.ends_at;
    INSERT INTO pgcustsec_internal.session_end (session_id, why)
    SELECT DISTINCT s.session_id, 'agreement'
    FROM pgcustsec_internal.session AS s
    JOIN pgcustsec_internal.session_access AS w ON w.session_id = s.session_id
    WHERE s.ends_at > clock_timestamp() AND w.ends_at <= clock_timestamp()
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = s.session_id);
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._limit_sessions() IS
    'Shortens sessions at work to what their people have signed (3.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._limit_sessions() FROM PUBLIC;

-- sql/src/40_functions/agreements/50_my_agreements.sql
CREATE FUNCTION pgcustsec.my_agreements()
    RETURNS TABLE (
        agreement text, title text, version integer, in_force_from timestamptz, digest text, body text, signed_until timestamptz, missing boolean)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._person();
BEGIN
    RETURN QUERY
        SELECT
            a.agreement_code, a.title, a.version, a.in_force_from, a.digest, a.body, a.signed_until, a.missing
        FROM pgcustsec_internal.agreements_of(person.staff_id) AS a;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.my_agreements() IS
    'Agreements that the caller signs, each in its latest version, and until when their signature holds (3.4).';
REVOKE ALL ON FUNCTION pgcustsec.my_agreements() FROM PUBLIC;

-- sql/src/40_functions/agreements/51_sign_agreement.sql
CREATE FUNCTION pgcustsec.sign_agreement(name text, digest text DEFAULT NULL)
    RETURNS timestamptz
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._person();
    latest record;
    ends_at timestamptz;
BEGIN
    IF person.by_token THEN
        RAISE EXCEPTION 'an agreement is signed through one''s own login, not an application''s (3.4)'
            USING ERRCODE = 'CS003', HINT = 'Connect as yourself: SELECT pgcustsec.sign_agreement(name, digest).';
    END IF;
    SELECT t.version, t.digest, a.valid_days
    INTO latest
    FROM pgcustsec_internal.agreement AS a
    JOIN pgcustsec_internal.agreement_text AS t ON t.agreement_code = a.agreement_code
    WHERE a.agreement_code = name
    ORDER BY t.version DESC
    LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no agreement of that name to sign (3.4)'
            USING ERRCODE = 'CS102', HINT = format('Yours: %s. One without a text is published first: pgcustsec agreement publish.', (
                SELECT coalesce(string_agg(q.agreement_code, ', '), 'none')
                FROM pgcustsec_internal._required_agreements(person.staff_id) AS q));
    END IF;
    IF sign_agreement.digest IS DISTINCT FROM latest.digest THEN
        RAISE EXCEPTION 'that is not the digest of the text as it is by now (3.4)'
            USING ERRCODE = 'CS102',
                HINT = 'Read it: SELECT body, digest FROM pgcustsec.my_agreements(); and name that digest: sign_agreement(name, digest).';
    END IF;
    ends_at := clock_timestamp() + make_interval(days => latest.valid_days);
    INSERT INTO pgcustsec_internal.agreement_signature (staff_id, agreement_code, version, digest, valid_until)
        VALUES (person.staff_id, name, latest.version, latest.digest, ends_at);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, lapses_at)
        VALUES ('agreement_signed', person.staff_id, format('agreement %s %s', name, latest.version), ends_at);
    RETURN ends_at;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.sign_agreement(text, text) IS
    'Signs the latest version of an agreement, the caller having read the text with this digest; returns until when that holds (3.4).';
REVOKE ALL ON FUNCTION pgcustsec.sign_agreement(text, text) FROM PUBLIC;

-- sql/src/40_functions/agreements/52_publish_agreement.sql
CREATE FUNCTION pgcustsec.publish_agreement(name text, body text, in_force_from timestamptz DEFAULT NULL)
    RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET lock_timeout = '5s'
AS $function$
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
    made integer;
    begins timestamptz;
BEGIN
    IF NOT EXISTS (SELECT FROM pgcustsec_internal.agreement AS a WHERE a.agreement_code = name) THEN
        RAISE EXCEPTION 'the matrix has no agreement of that name (3.4)'
            USING ERRCODE = 'CS102', HINT = format('It has: %s.', (
                SELECT coalesce(string_agg(a.agreement_code, ', ' ORDER BY a.agreement_code), 'none')
                FROM pgcustsec_internal.agreement AS a));
    END IF;
    IF coalesce(pgcustsec_internal._says_nothing(body), true) THEN
        RAISE EXCEPTION 'an agreement without words binds nobody (3.4)'
            USING ERRCODE = 'CS206', HINT = 'Give the whole text.';
    END IF;
    -- One after the other: each version its number. And not while a session begins; see _limit_sessions().
    LOCK TABLE pgcustsec_internal.agreement_text IN EXCLUSIVE MODE;
    INSERT INTO pgcustsec_internal.agreement_text AS t (agreement_code, version, body, digest, in_force_from)
    SELECT
        name, coalesce(max(x.version), 0) + 1, publish_agreement.body,
        encode(sha256(convert_to(publish_agreement.body, 'UTF8')), 'hex'),
        greatest(coalesce(publish_agreement.in_force_from, clock_timestamp()), clock_timestamp())
    FROM pgcustsec_internal.agreement_text AS x
    WHERE x.agreement_code = name
    RETURNING t.version, t.in_force_from INTO made, begins;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, lapses_at)
        VALUES ('agreement_published', supervisor, format('agreement %s %s', name, made), begins);
    RETURN made;
EXCEPTION WHEN lock_not_available THEN
    RAISE EXCEPTION 'somebody has left a transaction open in which they began a session, or opened a record (3.4)'
        USING ERRCODE = 'lock_not_available',
            HINT = 'Wait for it, or end it: SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = ''idle in transaction''.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec.publish_agreement(text, text, timestamptz) IS
    'Publishes a version of an agreement, for who supervises; signatures of earlier ones hold until it comes into force: at once, unless said (3.4).';
REVOKE ALL ON FUNCTION pgcustsec.publish_agreement(text, text, timestamptz) FROM PUBLIC;

-- sql/src/40_functions/api/_why_nobody.sql
CREATE FUNCTION pgcustsec_internal._why_nobody(OUT reason text, OUT next_step text)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF EXISTS (SELECT FROM pgcustsec_internal.staff AS s WHERE s.login = session_user) THEN
        reason := format('the person behind login %I has left', session_user);
        next_step := 'if they are back, an administrator registers them anew: pgcustsec staff add';
    ELSIF EXISTS (SELECT FROM pgcustsec_internal.application AS a WHERE a.login = session_user) THEN
        reason := format('login %I speaks for others, and carries no valid token (2.3)', session_user);
        next_step := 'SET LOCAL pgcustsec.token, anew in each transaction; pgcustsec.register_session(token) says what is wrong with one';
    ELSE
        reason := format('login %I is registered to no member of staff (2.3)', session_user);
        next_step := 'use your own login; or ask an administrator: pgcustsec staff add';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._why_nobody() IS 'Why this login is nobody, and what to do.';
REVOKE ALL ON FUNCTION pgcustsec_internal._why_nobody() FROM PUBLIC;

-- sql/src/40_functions/api/_why_uncleared.sql
CREATE FUNCTION pgcustsec_internal._why_uncleared(
    staff_id text, roles text[], session_id uuid, committed boolean)
    RETURNS TABLE (reason text, next_step text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    purposes text := (
        SELECT string_agg(quote_literal(p.purpose_code), ' or ' ORDER BY p.purpose_code)
        FROM pgcustsec_internal.purpose AS p WHERE p.roles && _why_uncleared.roles);
BEGIN
    RETURN QUERY SELECT u.reason, u.next_step FROM pgcustsec_internal._uncleared(staff_id) AS u;
    IF session_id IS NULL THEN
        RETURN QUERY SELECT
            'you are in no session, so tier 1 and 2 do not show (5.2.4)',
            CASE
                WHEN nullif(current_setting('pgcustsec.token', true), '') IS NOT NULL
                    THEN 'register the token''s session: SELECT pgcustsec.register_session(token)'
                WHEN purposes IS NULL
                    THEN 'ask an administrator: no purpose of the matrix is for a role of yours'
                ELSE format('start one: SELECT pgcustsec.start_session(%s)', purposes)
            END;
    ELSIF committed IS NOT TRUE THEN
        RETURN QUERY SELECT 'your session is not committed yet, so it shows nothing (5.2.4)', 'COMMIT';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._why_uncleared(text, text[], uuid, boolean) IS
    'What keeps a person from tier 1 and 2, session included, and what to do about it, most pressing first (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._why_uncleared(text, text[], uuid, boolean) FROM PUBLIC;

-- sql/src/40_functions/api/confirm_change.sql
CREATE FUNCTION pgcustsec.confirm_change(change_id bigint, word text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person text := (SELECT p.staff_id FROM pgcustsec_internal._person() AS p);
BEGIN
    -- Whose word it was is known to who made the change, and to nobody who merely guesses a number.
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.change AS c
        WHERE c.change_id = confirm_change.change_id AND c.operation = 'changed' AND c.staff_id = person)
    THEN
        RAISE EXCEPTION 'there is no change % of yours', confirm_change.change_id
            USING ERRCODE = 'CS201', HINT = 'Its number is among those of pgcustsec.my_changes().';
    END IF;
    IF coalesce(trim(confirm_change.word), '') = '' THEN
        RAISE EXCEPTION 'the customer''s word is missing' USING ERRCODE = 'CS206', HINT = 'Say how the customer confirmed it.';
    END IF;
    INSERT INTO pgcustsec_internal.change_confirmation (change_id, staff_id, word)
        VALUES (confirm_change.change_id, person, confirm_change.word);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.confirm_change(bigint, text) IS
    'Records the customer''s confirmation of a value that this login''s person changed, and how they gave it (3.1).';
REVOKE ALL ON FUNCTION pgcustsec.confirm_change(bigint, text) FROM PUBLIC;

-- sql/src/40_functions/api/my_changes.sql
CREATE FUNCTION pgcustsec.my_changes()
    RETURNS TABLE (change_id bigint, changed_at timestamptz, relation text, record_key text, column_name name, confirmed boolean)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- No values: whom one served once is not whom one serves now.
    RETURN QUERY
        SELECT
            c.change_id, c.changed_at, c.relation, c.record_key, c.column_name,
            EXISTS (SELECT FROM pgcustsec_internal.change_confirmation AS f WHERE f.change_id = c.change_id)
        FROM pgcustsec_internal.change AS c
        WHERE c.operation = 'changed'
            AND c.staff_id = (SELECT p.staff_id FROM pgcustsec_internal._asking() AS p)
        ORDER BY c.change_id DESC;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.my_changes() IS
    'Changes that this login''s person made, newest first and without values: the numbers that confirm_change() takes (3.1).';
REVOKE ALL ON FUNCTION pgcustsec.my_changes() FROM PUBLIC;

-- sql/src/40_functions/api/version.sql
CREATE FUNCTION pgcustsec.version()
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN '0.1';
COMMENT ON FUNCTION pgcustsec.version() IS 'The version that was delivered here, the same for both deliveries.';
REVOKE ALL ON FUNCTION pgcustsec.version() FROM PUBLIC;

-- sql/src/40_functions/api/whoami.sql
CREATE FUNCTION pgcustsec.whoami()
    RETURNS TABLE (
        staff_id text,
        full_name text,
        roles text[],
        department text,
        branch text,
        session uuid,
        cleared boolean,
        reason text,
        next_step text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._asking();
    known pgcustsec_internal.staff;
    live record;
    lack record;
BEGIN
    -- One who left is told no more than a stranger: nothing about them is theirs to read any longer.
    IF person.staff_id IS NULL THEN
        RETURN QUERY SELECT NULL::text, NULL::text, '{}'::text[], NULL::text, NULL::text, NULL::uuid, false, w.reason, w.next_step
            FROM pgcustsec_internal._why_nobody() AS w;
        RETURN;
    END IF;
    SELECT s.* INTO known FROM pgcustsec_internal.staff AS s WHERE s.staff_id = person.staff_id;
    SELECT l.* INTO live FROM pgcustsec_internal._live_session(person.staff_id, person.works_as) AS l;
    SELECT w.reason, w.next_step
    INTO lack
    FROM pgcustsec_internal._why_uncleared(person.staff_id, person.roles, live.session_id, live.committed) AS w
    LIMIT 1;
    RETURN QUERY
        SELECT known.staff_id, known.full_name, person.roles, known.department_code, known.branch_code,
            live.session_id, lack.reason IS NULL, lack.reason, lack.next_step;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.whoami() IS
    'One row about the person behind this: roles, department, branch, session, whether cleared, and if not, why and what to do.';
REVOKE ALL ON FUNCTION pgcustsec.whoami() FROM PUBLIC;

-- sql/src/40_functions/context/10_token_standing.sql
-- Longer than the 63 bytes that a role's name can have: no login is ever called this.
CREATE FUNCTION pgcustsec_internal.token_standing(role_hex text, staff_hex text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    STRICT
    PARALLEL SAFE
RETURN
    rpad('token ', 64, '.') || role_hex || '.' || staff_hex;
COMMENT ON FUNCTION pgcustsec_internal.token_standing(text, text) IS
    'How a person is known by whose token an application shows, from what the token says of role and person.';
REVOKE ALL ON FUNCTION pgcustsec_internal.token_standing(text, text) FROM PUBLIC;

-- sql/src/40_functions/context/12_is_committed.sql
-- It becomes part of each statement's plan, so it is as short as it can be: it raises for a transaction of the future, as a
-- restored dump may hold, and who asks leaves such sessions out. A prepared transaction is in progress.
CREATE FUNCTION pgcustsec_internal.is_committed(transaction_id xid8)
    RETURNS boolean
    LANGUAGE sql
    VOLATILE
    PARALLEL SAFE
RETURN
    pg_xact_status(transaction_id) = 'committed';
COMMENT ON FUNCTION pgcustsec_internal.is_committed(xid8) IS
    'Whether a transaction has committed; false in doubt, NULL when it is too long ago to tell (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal.is_committed(xid8) FROM PUBLIC;

-- sql/src/40_functions/context/20_bearer.sql
-- Views and policies ask this in place of session_user where a token is set, so it is as short as it can be, and says no
-- more than NULL: forged, expired, another's, ended, malformed, all are nobody. `_refuse_token` says why.
--
-- What is signed is the login and everything in the token before the signature; nothing of it is read before that is
-- compared. What a key signed can still be odd: nothing is cast that a cast could refuse, since no error may come of a
-- setting that anybody makes. Terms are compared as the digits they are written in.
--
-- In a session it does not ask whether that has ended: then there is no row of that name.
CREATE FUNCTION pgcustsec_internal.bearer(token text, in_session boolean)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    STRICT
    PARALLEL SAFE
    -- As many operators as it takes the time of: else the planner asks it for each row of a table instead of the index.
    COST 500
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    -- No token of ours is so long, and taking it apart could fail.
    -- Nor is one of ours anything but ASCII: a connection's options can set bytes that are no text, which `left` and
    -- `convert_to` refuse. What a byte string is made of is never refused, once it has no backslash.
    part text[] := CASE
        WHEN octet_length(token) <= 4000 AND encode(replace(token, E'\\', '')::bytea, 'escape') = token
            THEN string_to_array(token, '.')
    END;
    key record;
    now_is bigint;
BEGIN
    SELECT k.inner_block, k.outer_block, k.ends_at, a.role_hexes, a.token_minutes * 60 + 60 AS ahead
    INTO key
    FROM pgcustsec_keys.token_key AS k
    JOIN pgcustsec_internal.application AS a ON a.login = k.login
    WHERE k.key_id = part[2] AND k.login = session_user;
    now_is := date_part('epoch', clock_timestamp());
    -- One expression, as PL/pgSQL makes each ready anew in each transaction.
    IF (cardinality(part) = 8 AND part[1] = 'pgcustsec1'
        AND part[8] = encode(pgcustsec_internal.hmac_sha256_blocks(
            convert_to(session_user || chr(10) || left(token, -1 - length(part[8])), 'UTF8'),
            key.inner_block, key.outer_block), 'hex')
        AND part[5] = ANY (key.role_hexes) AND (key.ends_at > clock_timestamp()) IS NOT FALSE
        AND length(part[3]) = 10 AND part[3] > now_is::text AND part[3] <= (now_is + key.ahead)::text) IS NOT TRUE
    THEN
        RETURN NULL;
    END IF;
    IF in_session THEN
        RETURN pgcustsec_internal.token_standing(part[5], part[6]) || '.' || part[4] || '.' || part[7];
    END IF;
    IF part[4] !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = part[4]::uuid) THEN
        RETURN NULL;
    END IF;
    RETURN pgcustsec_internal.token_standing(part[5], part[6]);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.bearer(text, boolean) IS
    'How the person is known that a signed token speaks for, without or with session and purpose; NULL: nobody (2.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal.bearer(text, boolean) FROM PUBLIC;

-- sql/src/40_functions/context/30__asking.sql
-- For our own functions, which answer for the caller: views and policies read `asker` and `at_work`.
CREATE FUNCTION pgcustsec_internal._asking(OUT staff_id text, OUT roles text[], OUT works_as text, OUT by_token boolean)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    token text := current_setting('pgcustsec.token', true);
    bearer text := pgcustsec_internal.bearer(token, false);
BEGIN
    by_token := bearer IS NOT NULL;
    works_as := coalesce(pgcustsec_internal.bearer(token, true), session_user::text);
    SELECT min(s.staff_id), array_agg(s.role_code ORDER BY r.place, s.role_code)
    INTO staff_id, roles
    FROM pgcustsec_internal.standing AS s
    JOIN pgcustsec_internal.role AS r ON r.role_code = s.role_code
    WHERE s.known_as = coalesce(bearer, session_user::text) AND s.staff_id IS NOT NULL
        AND NOT pgcustsec_internal._emergency_over(s.answers);
    IF staff_id IS NULL THEN
        -- Somebody without a role is somebody all the same, to themselves.
        SELECT s.staff_id, '{}' INTO staff_id, roles
        FROM pgcustsec_internal.staff AS s WHERE s.login = session_user AND s.active;
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._asking() IS
    'The person behind this statement, the roles they may use in it, and the name that their session goes by (2.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._asking() FROM PUBLIC;

-- sql/src/40_functions/context/31__person.sql
CREATE FUNCTION pgcustsec_internal._person(OUT staff_id text, OUT roles text[], OUT works_as text, OUT by_token boolean)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    SELECT a.staff_id, a.roles, a.works_as, a.by_token
    INTO staff_id, roles, works_as, by_token
    FROM pgcustsec_internal._asking() AS a;
    IF staff_id IS NULL THEN
        RAISE EXCEPTION 'login % is registered to no active member of staff, and carries no valid token (2.3)', session_user
            USING ERRCODE = 'CS001',
                HINT = 'Use your own login. An application: SET LOCAL pgcustsec.token, anew in each transaction.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._person() IS '_asking(), or an error for nobody (2.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._person() FROM PUBLIC;

-- sql/src/40_functions/context/_reports.sql
CREATE FUNCTION pgcustsec_internal._reports(manager text)
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- UNION, not UNION ALL: a circle of managers ends.
    RETURN ARRAY(
        WITH RECURSIVE below AS (
            SELECT s.staff_id, s.active FROM pgcustsec_internal.staff AS s WHERE s.manager_id = manager
            UNION
            SELECT s.staff_id, s.active
            FROM below
            JOIN pgcustsec_internal.staff AS s ON s.manager_id = below.staff_id)
        SELECT below.staff_id FROM below WHERE below.active ORDER BY 1);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._reports(text) IS 'Active staff anywhere below a manager (5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._reports(text) FROM PUBLIC;

-- sql/src/40_functions/context/refuse_old_snapshot.sql
CREATE FUNCTION pgcustsec_internal.refuse_old_snapshot()
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RAISE EXCEPTION 'tier 1 and tier 2 show in READ COMMITTED transactions only'
        USING ERRCODE = 'CS107',
            HINT = 'Begin the transaction READ COMMITTED: an older snapshot would outlive a suspension.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.refuse_old_snapshot() IS
    'Ends a statement that asks for tier 1 or 2 in a snapshot older than itself (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal.refuse_old_snapshot() FROM PUBLIC;

-- sql/src/40_functions/deputies/10__acts_for.sql
-- Not of who has left, or is suspended: a deputy has what the absent one would have, and no more.
CREATE FUNCTION pgcustsec_internal._acts_for(staff text)
    RETURNS SETOF text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT DISTINCT d.staff_id
        FROM pgcustsec_internal.deputy AS d
        JOIN pgcustsec_internal.deputy_event AS a ON a.deputy_id = d.deputy_id AND a.kind = 'approved'
        JOIN pgcustsec_internal.staff AS p ON p.staff_id = d.staff_id AND p.active
        WHERE d.deputy = _acts_for.staff AND clock_timestamp() >= d.starts_at AND clock_timestamp() < d.ends_at
            AND NOT EXISTS (
                SELECT FROM pgcustsec_internal.deputy_event AS e WHERE e.deputy_id = d.deputy_id AND e.kind = 'ended')
            AND NOT EXISTS (SELECT FROM pgcustsec_internal._suspensions_of(d.staff_id));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._acts_for(text) IS
    'In whose place somebody decides at this moment: approved, in its period, of who is there and not suspended (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._acts_for(text) FROM PUBLIC;

-- sql/src/40_functions/deputies/40_name_deputy.sql
CREATE FUNCTION pgcustsec.name_deputy(deputy text, starts_at timestamptz, ends_at timestamptz)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    made bigint;
BEGIN
    IF person.by_token THEN
        RAISE EXCEPTION 'a deputy is named through one''s own login, not an application''s (2.3)'
            USING ERRCODE = 'CS003', HINT = 'Connect as yourself.';
    END IF;
    PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.staff AS d
        JOIN pgcustsec_internal.staff AS p ON p.staff_id = person.staff_id AND p.department_code = d.department_code
        WHERE d.staff_id = deputy AND d.active AND d.staff_id <> p.staff_id)
    THEN
        RAISE EXCEPTION 'a deputy is another person of one''s own department (1.4)'
            USING ERRCODE = 'CS208', HINT = 'Give the staff number of a colleague who is there.';
    ELSIF (ends_at > greatest(starts_at, clock_timestamp())) IS NOT TRUE OR starts_at IS NULL THEN
        RAISE EXCEPTION 'a deputy is named for a period, which ends after it begins, and after today (4.3)'
            USING ERRCODE = 'CS306', HINT = 'Say from when, and until when.';
    ELSIF ends_at > greatest(starts_at, clock_timestamp()) + interval '92 days' THEN
        RAISE EXCEPTION 'a deputy is named for 92 days at most (4.3)'
            USING ERRCODE = 'CS307', HINT = 'Name them anew after that; who is gone for longer hands the role over.';
    END IF;
    INSERT INTO pgcustsec_internal.deputy AS d (staff_id, deputy, starts_at, ends_at)
        VALUES (person.staff_id, deputy, starts_at, ends_at)
        RETURNING d.deputy_id INTO made;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, lapses_at)
        VALUES ('deputy_named', person.staff_id, format('deputy %s: %s', made, deputy), ends_at);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.name_deputy(text, timestamptz, timestamptz) IS
    'Names a colleague who decides on requests in one''s place for a period, once a supervisor has approved it; returns its number (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.name_deputy(text, timestamptz, timestamptz) FROM PUBLIC;

-- sql/src/40_functions/deputies/41_approve_deputy.sql
CREATE FUNCTION pgcustsec.approve_deputy(number bigint)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
    named record;
BEGIN
    -- One at a time: of two at once the second sees what the first has done.
    LOCK TABLE pgcustsec_internal.deputy IN SHARE ROW EXCLUSIVE MODE;
    SELECT d.staff_id, d.deputy INTO named
    FROM pgcustsec_internal.deputy AS d
    WHERE d.deputy_id = number AND d.ends_at > clock_timestamp()
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.deputy_event AS e WHERE e.deputy_id = d.deputy_id);
    IF named.staff_id IS NULL THEN
        RAISE EXCEPTION 'there is no deputy % that awaits approval (5.2.1)', number
            USING ERRCODE = 'CS301', HINT = 'See pgcustsec.deputies.';
    ELSIF supervisor IN (named.staff_id, named.deputy) THEN
        RAISE EXCEPTION 'nobody approves their own deputy, nor to be one (5.2.1)'
            USING ERRCODE = 'CS303', HINT = 'Another supervisor does.';
    END IF;
    INSERT INTO pgcustsec_internal.deputy_event (deputy_id, kind, staff_id) VALUES (number, 'approved', supervisor);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about)
        VALUES ('deputy_approved', supervisor, format('deputy %s: %s for %s', number, named.deputy, named.staff_id));
END;
$function$;
COMMENT ON FUNCTION pgcustsec.approve_deputy(bigint) IS
    'Approves that somebody decides in another''s place, for who supervises and is neither of the two (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.approve_deputy(bigint) FROM PUBLIC;

-- sql/src/40_functions/deputies/42_end_deputy.sql
CREATE FUNCTION pgcustsec.end_deputy(number bigint)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
BEGIN
    LOCK TABLE pgcustsec_internal.deputy IN SHARE ROW EXCLUSIVE MODE;
    PERFORM
    FROM pgcustsec_internal.deputy AS d
    WHERE d.deputy_id = number AND d.ends_at > clock_timestamp()
        AND NOT EXISTS (
            SELECT FROM pgcustsec_internal.deputy_event AS e WHERE e.deputy_id = d.deputy_id AND e.kind = 'ended')
        AND (person.staff_id IN (d.staff_id, d.deputy) OR EXISTS (
            SELECT FROM pgcustsec_internal.role AS r WHERE r.role_code = ANY (person.roles) AND r.supervises));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no deputy % for you to end (5.2.1)', number
            USING ERRCODE = 'CS301', HINT = 'See pgcustsec.deputies.';
    END IF;
    INSERT INTO pgcustsec_internal.deputy_event (deputy_id, kind, staff_id) VALUES (number, 'ended', person.staff_id);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about)
        VALUES ('deputy_ended', person.staff_id, format('deputy %s', number));
END;
$function$;
COMMENT ON FUNCTION pgcustsec.end_deputy(bigint) IS
    'Ends before its period that somebody decides in another''s place: either of the two, or a supervisor (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.end_deputy(bigint) FROM PUBLIC;

-- sql/src/40_functions/disclosures/10__custodian.sql
-- Judged by the lists of today: who left, moved, lost the role, is suspended or has another login is it no longer.
CREATE FUNCTION pgcustsec_internal._custodian(
    department text, role_code text, OUT naming_id bigint, OUT staff_id text, OUT login name)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    SELECT n.naming_id, s.staff_id, s.login
    INTO naming_id, staff_id, login
    FROM (
        SELECT c.naming_id, c.staff_id, c.login
        FROM pgcustsec_internal.custodian AS c
        WHERE c.department_code = department
        ORDER BY c.naming_id DESC
        LIMIT 1) AS n
    JOIN pgcustsec_internal.staff AS s ON s.staff_id = n.staff_id AND s.login = n.login
        AND s.department_code = department AND s.active
    JOIN pgcustsec_internal.staff_role AS h ON h.staff_id = s.staff_id AND h.role_code = _custodian.role_code
    WHERE NOT EXISTS (SELECT FROM pgcustsec_internal._suspensions_of(s.staff_id));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._custodian(text, text) IS
    'The custodian of a department in a role, today; NULL: it has none (3.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._custodian(text, text) FROM PUBLIC;

-- sql/src/40_functions/disclosures/11__in_custody.sql
-- A request whose kind has a custodian, or that was filed as a disclosure, is its requester's only while they are the
-- custodian of the department that it was filed from.
CREATE FUNCTION pgcustsec_internal._in_custody(request bigint, login name)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN coalesce((
        SELECT coalesce(k.custodian, '') = '' AND d.request_id IS NULL
            OR c.staff_id = r.requester AND c.login = coalesce(_in_custody.login, c.login)
        FROM pgcustsec_internal.request AS r
        LEFT JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
        LEFT JOIN pgcustsec_internal.disclosure AS d ON d.request_id = r.request_id
        LEFT JOIN LATERAL pgcustsec_internal._custodian(d.department_code, r.role_code) AS c ON true
        WHERE r.request_id = request), false);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._in_custody(bigint, name) IS
    'Whether a request is handled by its custodian today, over this login if one is said; true of what is no disclosure (3.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._in_custody(bigint, name) FROM PUBLIC;

-- sql/src/40_functions/disclosures/12__refuse_unusable.sql
CREATE FUNCTION pgcustsec_internal._refuse_unusable(request bigint)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    state text;
    opens boolean;
BEGIN
    SELECT s.state, s.opens INTO state, opens FROM pgcustsec_internal._request_state(request) AS s;
    IF state = 'handed over' THEN
        RAISE EXCEPTION 'disclosure % was handed over: nothing of it shows any more (3.3)', request
            USING ERRCODE = 'CS313', HINT = 'Its extracts are to be destroyed now: see pgcustsec.extracts.';
    ELSIF opens IS NOT TRUE THEN
        RAISE EXCEPTION 'request % is not approved: it is % (5.2.1)', request, state
            USING ERRCODE = CASE state WHEN 'withdrawn' THEN 'CS310' WHEN 'lapsed' THEN 'CS308' ELSE 'CS302' END,
                HINT = 'See pgcustsec.requests: who decides next, and until when it is good.';
    ELSIF NOT pgcustsec_internal._in_custody(request, session_user) THEN
        PERFORM pgcustsec_internal._refuse_suspended((
            SELECT r.requester FROM pgcustsec_internal.request AS r WHERE r.request_id = request));
        RAISE EXCEPTION 'request % is a disclosure: the named custodian of its department alone handles it, over their own login (3.3)', request
            USING ERRCODE = 'CS312', HINT = 'What you hold of it is to be destroyed. Its custodian of today files another.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_unusable(bigint) IS
    'An error unless a request is approved today, and, if it is a disclosure, its custodian''s over this login (3.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_unusable(bigint) FROM PUBLIC;

-- sql/src/40_functions/disclosures/13__refuse_others.sql
CREATE FUNCTION pgcustsec_internal._refuse_others(staff text, role_code text, discloses boolean)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.staff AS s
        CROSS JOIN LATERAL pgcustsec_internal._custodian(s.department_code, _refuse_others.role_code) AS c
        WHERE s.staff_id = staff AND c.staff_id = staff AND c.login = session_user)
    THEN
        RAISE EXCEPTION 'you are not the named custodian of your department, who alone files disclosures (3.3)'
            USING ERRCODE = 'CS312', HINT = 'Ask the custodian. A supervisor names them: pgcustsec.name_custodian(department, staff).';
    ELSIF NOT discloses THEN
        RAISE EXCEPTION 'a disclosure states the authority, the legal basis and the number of its document (3.3)'
            USING ERRCODE = 'CS206', HINT = 'File it with SELECT pgcustsec.file_disclosure(...), or: pgcustsec disclosure file.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_others(text, text, boolean) IS
    'An error for who files a disclosure and is not the named custodian, or does not say for whom it is (3.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_others(text, text, boolean) FROM PUBLIC;

-- sql/src/40_functions/disclosures/20_disclosure_seen.sql
-- Views ask it of their reader for EXECUTE on what they call: so it decides by the caller what they may know.
CREATE FUNCTION pgcustsec_internal.disclosure_seen(request bigint)
    RETURNS TABLE (
        state text, still_custodian boolean, filed_at timestamptz, approved_at timestamptz, ends_at timestamptz,
        handed_over_at timestamptz, receipt text, opened_records bigint, extracted_rows integer, sha256 text[],
        destroyed_at timestamptz, evidence text[])
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    seen record;
    handed record;
    taken record;
BEGIN
    SELECT s.state, s.filed_at, s.approved_at, s.ends_at INTO seen FROM pgcustsec_internal.request_seen(request) AS s;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT max(e.at) FILTER (WHERE e.kind = 'approved') AS approved_at, max(e.at) FILTER (WHERE e.kind = 'handed over') AS at,
        max(e.comment) FILTER (WHERE e.kind = 'handed over') AS receipt
    INTO handed
    FROM pgcustsec_internal.request_event AS e
    WHERE e.request_id = request;
    SELECT max(e.row_count) AS row_count, bool_and(d.at IS NOT NULL) AS destroyed,
        bool_or(d.at IS NULL AND pgcustsec_internal._extract_state(e.extract_id) = 'overdue') AS due, max(d.at) AS destroyed_at,
        array_agg(f.sha256 ORDER BY e.extract_id) FILTER (WHERE f.sha256 IS NOT NULL) AS sha256,
        array_agg(d.evidence ORDER BY e.extract_id) FILTER (WHERE d.evidence IS NOT NULL) AS evidence
    INTO taken
    FROM pgcustsec_internal.extract AS e
    LEFT JOIN pgcustsec_internal.extract_event AS f ON f.extract_id = e.extract_id AND f.kind = 'finished'
    LEFT JOIN pgcustsec_internal.extract_event AS d ON d.extract_id = e.extract_id AND d.kind = 'destroyed'
    WHERE e.request_id = request;
    RETURN QUERY
        SELECT
            CASE
                WHEN taken.due THEN 'destruction due'
                WHEN handed.at IS NOT NULL AND taken.destroyed THEN 'destroyed'
                ELSE seen.state
            END,
            pgcustsec_internal._in_custody(request, NULL), seen.filed_at,
            CASE WHEN handed.at IS NOT NULL THEN handed.approved_at ELSE seen.approved_at END,
            seen.ends_at, handed.at, handed.receipt, (
                SELECT count(DISTINCT a.record_key)
                FROM pgcustsec_internal.audit AS a
                JOIN pgcustsec_internal.request AS r ON r.request_id = request AND r.requester = a.staff_id
                WHERE a.kind = 'record_opened' AND a.about = format('request %s', request)),
            taken.row_count, taken.sha256, CASE WHEN taken.destroyed THEN taken.destroyed_at END, taken.evidence;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.disclosure_seen(bigint) IS
    'What a disclosure has come to, for who sees its request; no row for anybody else (3.3, 5.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.disclosure_seen(bigint) FROM PUBLIC;

-- sql/src/40_functions/disclosures/40_file_disclosure.sql
CREATE FUNCTION pgcustsec.file_disclosure(
    kind text, purpose text, relation text, columns text[], predicate jsonb, keys text[], days integer, authority text,
    legal_basis text, document_number text, max_rows integer DEFAULT NULL)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    made bigint;
BEGIN
    IF person.by_token THEN
        RAISE EXCEPTION 'a disclosure is filed through one''s own login, not an application''s (2.3)'
            USING ERRCODE = 'CS003', HINT = 'Connect as yourself.';
    END IF;
    made := pgcustsec_internal._file_request(kind, purpose, relation, columns, predicate, keys, days, max_rows, true, NULL);
    IF pgcustsec_internal._says_nothing(authority) IS NOT FALSE OR pgcustsec_internal._says_nothing(legal_basis) IS NOT FALSE
        OR pgcustsec_internal._says_nothing(document_number) IS NOT FALSE
    THEN
        RAISE EXCEPTION 'a disclosure states the authority, the legal basis and the number of its document (3.3)'
            USING ERRCODE = 'CS206', HINT = 'Say all three, as the eighth to the tenth argument.';
    END IF;
    INSERT INTO pgcustsec_internal.disclosure (
        request_id, naming_id, department_code, authority, legal_basis, document_number)
    SELECT made, c.naming_id, s.department_code, authority, legal_basis, document_number
    FROM pgcustsec_internal.request AS r
    JOIN pgcustsec_internal.staff AS s ON s.staff_id = r.requester
    CROSS JOIN LATERAL pgcustsec_internal._custodian(s.department_code, r.role_code) AS c
    WHERE r.request_id = made;
    -- Its terms have the disclosure in them: so this comes after.
    PERFORM pgcustsec_internal._record_request(made, 'filed', person.staff_id, NULL, NULL);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.file_disclosure(text, text, text, text[], jsonb, text[], integer, text, text, text, integer) IS
    'Files a disclosure to an authority (监管司法调取), for the named custodian of a department: a request like any other, with authority, legal basis and document number; returns its number (3.3).';
REVOKE ALL ON FUNCTION pgcustsec.file_disclosure(text, text, text, text[], jsonb, text[], integer, text, text, text, integer) FROM PUBLIC;

-- sql/src/40_functions/disclosures/41_hand_over.sql
CREATE FUNCTION pgcustsec.hand_over(request bigint, receipt text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
BEGIN
    IF person.by_token THEN
        RAISE EXCEPTION 'a disclosure is handed over by its custodian, not through an application (2.3)'
            USING ERRCODE = 'CS003', HINT = 'Connect as yourself.';
    ELSIF pgcustsec_internal._says_nothing(receipt) IS NOT FALSE THEN
        RAISE EXCEPTION 'who hands a disclosure over states to whom, and by what receipt (3.3)'
            USING ERRCODE = 'CS206', HINT = 'Say it, as the second argument.';
    END IF;
    PERFORM pgcustsec_internal._own_request(request, person.staff_id);
    IF NOT EXISTS (SELECT FROM pgcustsec_internal.disclosure AS d WHERE d.request_id = request) THEN
        RAISE EXCEPTION 'request % is no disclosure (3.3)', request
            USING ERRCODE = 'CS301', HINT = 'See pgcustsec.disclosures.';
    END IF;
    PERFORM pgcustsec_internal._refuse_unusable(request);
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.extract AS e
        JOIN pgcustsec_internal.extract_event AS v ON v.extract_id = e.extract_id AND v.kind = 'finished'
        WHERE e.request_id = request)
        AND NOT EXISTS (
            SELECT FROM pgcustsec_internal.audit AS a
            WHERE a.staff_id = person.staff_id AND a.kind = 'record_opened' AND a.about = format('request %s', request))
    THEN
        RAISE EXCEPTION 'nothing of disclosure % was taken that could be handed over (3.3)', request
            USING ERRCODE = 'CS309',
                HINT = 'Take its extract and finish it, which says its digest, or open its records in full.';
    END IF;
    -- What was taken of it is due for destruction with this: _extract_state().
    PERFORM pgcustsec_internal._record_request(request, 'handed over', person.staff_id, NULL, receipt);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.hand_over(bigint, text) IS
    'Records that a disclosure was handed over, to whom and by what receipt: from then on nothing of it shows, and its extracts are due for destruction at once (3.3).';
REVOKE ALL ON FUNCTION pgcustsec.hand_over(bigint, text) FROM PUBLIC;

-- sql/src/40_functions/disclosures/42_name_custodian.sql
CREATE FUNCTION pgcustsec.name_custodian(department text, staff text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
    named_login name;
BEGIN
    IF (SELECT p.by_token FROM pgcustsec_internal._person() AS p) THEN
        RAISE EXCEPTION 'a custodian is named through one''s own login, not an application''s (2.3)'
            USING ERRCODE = 'CS003', HINT = 'Connect as yourself.';
    ELSIF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    -- One naming of a department after the other: the latest counts.
    PERFORM FROM pgcustsec_internal.department AS d WHERE d.department_code = department FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no such department (3.3)'
            USING ERRCODE = 'CS208', HINT = 'SELECT pgcustsec.name_custodian(department, staff number); NULL for nobody.';
    ELSIF staff = supervisor THEN
        RAISE EXCEPTION 'nobody names themselves a custodian (5.1)'
            USING ERRCODE = 'CS603', HINT = 'Another supervisor does.';
    END IF;
    IF staff IS NOT NULL THEN
        named_login := (
            SELECT s.login
            FROM pgcustsec_internal.staff AS s
            WHERE s.staff_id = staff AND s.active AND s.department_code = department AND EXISTS (
                SELECT
                FROM pgcustsec_internal.staff_role AS h
                JOIN pgcustsec_internal.request_kind AS k ON k.custodian = h.role_code
                WHERE h.staff_id = s.staff_id));
        IF named_login IS NULL THEN
            RAISE EXCEPTION 'the custodian of % is active there, has a login, and a role that handles disclosures (3.3)', department
                USING ERRCODE = 'CS312', HINT = format('Roles that do: %s.', (
                    SELECT coalesce(string_agg(DISTINCT k.custodian, ', '), 'none')
                    FROM pgcustsec_internal.request_kind AS k WHERE k.custodian <> ''));
        END IF;
    END IF;
    INSERT INTO pgcustsec_internal.custodian (department_code, staff_id, login, named_by)
        VALUES (department, staff, named_login, supervisor);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about)
        VALUES (
            CASE WHEN staff IS NULL THEN 'custodian_unnamed' ELSE 'custodian_named' END, supervisor,
            format('department %s', department) || coalesce(': ' || staff, ''));
    PERFORM set_config('synchronous_commit', 'on', true);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.name_custodian(text, text) IS
    'Names the custodian (指定人员) of a department in place of the one before, for who supervises; NULL: it has none from now on (3.3).';
REVOKE ALL ON FUNCTION pgcustsec.name_custodian(text, text) FROM PUBLIC;

-- sql/src/40_functions/explain/10__scope_met.sql
CREATE FUNCTION pgcustsec_internal._scope_met(scopes json, stands text[])
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT s.value ->> 'scope'
        FROM json_array_elements(scopes) WITH ORDINALITY AS s (value, place)
        WHERE s.value ->> 'scope' = ANY (stands)
            AND coalesce(clock_timestamp() < (s.value ->> 'until')::timestamptz, true)
        ORDER BY s.place
        LIMIT 1);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._scope_met(json, text[]) IS
    'The first of some scopes, as a rule of access has them, in which a row stands to somebody; NULL: in none (5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._scope_met(json, text[]) FROM PUBLIC;

-- sql/src/40_functions/explain/11__scopes_said.sql
CREATE FUNCTION pgcustsec_internal._scopes_said(scopes json)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT coalesce(string_agg(
            CASE
                WHEN s.value ->> 'until' IS NULL THEN s.value ->> 'scope'
                ELSE format('%s until %s', s.value ->> 'scope', s.value ->> 'until')
            END, ' or ' ORDER BY s.place), 'none')
        FROM json_array_elements(scopes) WITH ORDINALITY AS s (value, place));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._scopes_said(json) IS 'Some scopes, as a rule of access has them, in words.';
REVOKE ALL ON FUNCTION pgcustsec_internal._scopes_said(json) FROM PUBLIC;

-- sql/src/40_functions/explain/12__relation_known.sql
CREATE FUNCTION pgcustsec_internal._relation_known(relation text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    parts text[] := pgcustsec_internal._name_parts(relation);
    known text;
BEGIN
    SELECT c.relation INTO known
    FROM pgcustsec_internal.classification AS c
    WHERE c.relation = array_to_string(parts, '.')
        OR cardinality(parts) = 1 AND right(c.relation, length(parts[1]) + 1) = '.' || parts[1]
    ORDER BY c.relation
    LIMIT 1;
    IF known IS NULL THEN
        RAISE EXCEPTION 'no table of that name in the matrix (5.2.5)'
            USING ERRCODE = 'CS208', HINT = 'Name it as the matrix does: crm.customer.';
    END IF;
    RETURN known;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._relation_known(text) IS
    'A table''s name as the matrix has it, given so or without its schema; an error where it has none.';
REVOKE ALL ON FUNCTION pgcustsec_internal._relation_known(text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal._column_known(relation text, column_name name)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    IF NOT EXISTS (
        SELECT FROM pgcustsec_internal.classification AS c
        WHERE c.relation = relation AND c.column_name = column_name)
    THEN
        RAISE EXCEPTION 'no column of that name of % in the matrix (5.2.5)', relation
            USING ERRCODE = 'CS209', HINT = 'A column that the matrix does not name is in no view.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._column_known(text, name) IS 'Refuses a column that the matrix does not name.';
REVOKE ALL ON FUNCTION pgcustsec_internal._column_known(text, name) FROM PUBLIC;

-- sql/src/40_functions/explain/20__at_work_of.sql
-- What `at_work` is to who asks. CASE keeps is_committed() from transactions of the future, as a restored dump may hold.
CREATE FUNCTION pgcustsec_internal._at_work_of(staff_id text, access_code text, works_as text)
    RETURNS TABLE (record_key text, lapses_at timestamptz, request_id bigint)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    horizon xid8 := pg_snapshot_xmax(pg_current_snapshot());
BEGIN
    RETURN QUERY
        SELECT o.record_key, o.lapses_at, o.request_id
        FROM pgcustsec_internal.session_access AS w
        LEFT JOIN LATERAL (
            SELECT w.record_key, w.lapses_at, w.request_id
            WHERE w.lapses_at > clock_timestamp()
                AND CASE WHEN w.opened_by < horizon THEN pgcustsec_internal.is_committed(w.opened_by) END) AS o ON true
        WHERE w.staff_id = _at_work_of.staff_id AND w.access_code = _at_work_of.access_code
            AND w.known_as = coalesce(works_as, w.known_as)
            AND w.ends_at > clock_timestamp()
            AND CASE WHEN w.begun_by < horizon THEN pgcustsec_internal.is_committed(w.begun_by) END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._at_work_of(text, text, text) IS
    'A row for each live session of somebody''s in an access, under one name or any, with the record that it has open (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._at_work_of(text, text, text) FROM PUBLIC;

-- sql/src/40_functions/explain/21__why_away.sql
CREATE FUNCTION pgcustsec_internal._why_away(staff_id text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN coalesce(
        (SELECT u.reason FROM pgcustsec_internal._uncleared(staff_id) AS u LIMIT 1),
        'in no session under a purpose of the role');
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._why_away(text) IS 'Why somebody has no live session, as far as can be told (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._why_away(text) FROM PUBLIC;

-- sql/src/40_functions/explain/30__explained.sql
-- The same in the order in which policy and view decide: who, which rows, which column, which cell. Of a row that does not
-- show it says no more than that: whether there is such a row is not for who may not see it.
CREATE FUNCTION pgcustsec_internal._explained(
    staff_id text, role_code text, works_as text, relation text, key text, column_name name,
    OUT shown text, OUT why text, OUT rule text[], OUT article text)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    access record;
    person record;
    reach record;
    stands text[];
    cell json;
    in_session boolean;
    lapses timestamptz;
    request record;
    by_scope text;
BEGIN
    rule := ARRAY['roles', role_code, 'tables', relation];
    SELECT a.access_code, a.rule INTO access
    FROM pgcustsec_internal.access AS a
    WHERE a.role_code = role_code AND a.schema_name || '.' || a.table_name = relation;
    IF access.access_code IS NULL THEN
        shown := 'no row';
        why := 'the role has nothing of the table';
        rule := ARRAY['roles', role_code];
        article := '5.3';
        RETURN;
    END IF;
    SELECT s.department_code, s.branch_code, s.serves_none, s.serves_direct, s.serves_chain INTO person
    FROM pgcustsec_internal.standing AS s
    WHERE s.staff_id = staff_id AND s.role_code = role_code AND NOT pgcustsec_internal._emergency_over(s.answers)
    LIMIT 1;
    IF person.serves_none IS NULL THEN
        shown := 'no row';
        SELECT format('suspended: suspension %s, of %s %s', u.suspension_id, u.kind, u.code), NULL, '4.2'
        INTO why, rule, article
        FROM pgcustsec_internal._suspensions_of(staff_id) AS u
        WHERE EXISTS (SELECT FROM pgcustsec_internal.staff AS p WHERE p.staff_id = staff_id AND p.active)
        LIMIT 1;
        IF why IS NULL AND pgcustsec_internal._is_service(staff_id) THEN
            SELECT u.reason INTO why FROM pgcustsec_internal._uncleared(staff_id) AS u LIMIT 1;
        END IF;
        why := coalesce(why, 'the person has left');
        article := coalesce(article, '5.3');
        RETURN;
    END IF;
    cell := access.rule -> 'columns' -> column_name::text;
    IF cell IS NULL THEN
        shown := 'no column';
        why := 'tier1: absent, so the view has no such column';
        rule := rule || 'tier1'::text;
        article := '5.2.1';
        RETURN;
    END IF;
    in_session := EXISTS (SELECT FROM pgcustsec_internal._at_work_of(staff_id, access.access_code, works_as));
    SELECT r.* INTO reach
    FROM pgcustsec_internal.reach(
        relation, key, person.serves_none, person.serves_direct, person.serves_chain, person.department_code,
        person.branch_code) AS r;
    stands := CASE WHEN reach.record_key IS NOT NULL THEN array_remove(ARRAY[
        'all', CASE WHEN reach.serving THEN 'serving' END, CASE WHEN reach.pool THEN 'pool' END,
        CASE WHEN reach.branch THEN 'branch' END, CASE WHEN reach.department THEN 'department' END], NULL) END;
    IF stands IS NULL OR EXISTS (
        SELECT FROM json_array_elements(access.rule -> 'rows') AS u (scopes)
        WHERE pgcustsec_internal._scope_met(u.scopes, stands) IS NULL)
    THEN
        shown := 'no row';
        why := format('no such row, or not in rows: %s', (
            SELECT coalesce(string_agg(pgcustsec_internal._scopes_said(u.scopes), ', and in ' ORDER BY u.place), 'all')
            FROM json_array_elements(access.rule -> 'rows') WITH ORDINALITY AS u (scopes, place)));
        rule := rule || 'rows'::text;
        article := '5.2.2';
        RETURN;
    END IF;
    IF (access.rule ->> 'session')::boolean AND NOT in_session THEN
        shown := 'no row';
        why := 'that such a row exists is tier 2: ' || pgcustsec_internal._why_away(staff_id);
        rule := ARRAY['tables', relation, 'exists'];
        article := '5.2.4';
        RETURN;
    END IF;
    IF (cell ->> 'tier')::integer = 3 THEN
        shown := 'shown';
        why := 'tier 3 shows in every row that the role sees';
        rule := ARRAY['tables', relation, 'columns', column_name];
        article := '5.2.3';
        RETURN;
    END IF;
    IF (cell ->> 'lifts')::boolean THEN
        SELECT r.request_id, r.kind_code, w.lapses_at INTO request
        FROM pgcustsec_internal._at_work_of(staff_id, access.access_code, works_as) AS w
        JOIN pgcustsec_internal.request AS r ON r.request_id = w.request_id AND r.used_by = staff_id
            AND r.role_code = role_code AND r.relation = relation AND column_name = ANY (r.columns)
        WHERE w.record_key = reach.record_key
            AND (SELECT s.opens FROM pgcustsec_internal._request_state(r.request_id) AS s)
            AND pgcustsec_internal._in_custody(r.request_id, NULL)
        LIMIT 1;
        IF request.request_id IS NOT NULL THEN
            shown := 'shown';
            why := format('in full by request %s, under which the record is open until %s', request.request_id, request.lapses_at);
            rule := ARRAY['requests', request.kind_code];
            article := '5.2.1';
            RETURN;
        END IF;
    END IF;
    SELECT max(o.lapses_at) INTO lapses
    FROM (
        SELECT w.lapses_at
        FROM pgcustsec_internal._at_work_of(staff_id, access.access_code, works_as) AS w
        WHERE w.record_key = reach.record_key
        UNION ALL
        SELECT w.lapses_at
        FROM pgcustsec_internal._at_work_of(staff_id, role_code || ' ' || (access.rule ->> 'top'), works_as) AS w
        WHERE (access.rule ->> 'subject')::boolean AND (cell ->> 'tier')::integer = 1
            AND w.record_key = reach.customer_key) AS o;
    IF (cell ->> 'tier')::integer = 1 THEN
        rule := rule || 'tier1'::text;
        article := '5.2.1';
        shown := CASE WHEN (cell ->> 'opens')::boolean AND lapses IS NOT NULL THEN 'masked' ELSE 'hidden' END;
        why := CASE
            WHEN (cell ->> 'opens')::boolean IS NOT TRUE THEN 'the role opens no record for this column'
            WHEN lapses IS NOT NULL THEN format('the record is open until %s', lapses)
            WHEN in_session THEN 'the record is not open'
            ELSE 'the record is not open: ' || pgcustsec_internal._why_away(staff_id)
        END;
        RETURN;
    END IF;
    rule := rule || 'tier2'::text;
    by_scope := pgcustsec_internal._scope_met(access.rule -> 'tier2', stands);
    IF by_scope IS NULL THEN
        shown := 'hidden';
        why := format('in the role''s rows, but tier 2 shows in: %s', pgcustsec_internal._scopes_said(access.rule -> 'tier2'));
        article := '5.2.2';
    ELSIF NOT in_session THEN
        shown := 'hidden';
        why := pgcustsec_internal._why_away(staff_id);
        rule := ARRAY['sessions'];
        article := '5.2.4';
    ELSIF (cell ->> 'name')::boolean IS NOT TRUE THEN
        shown := 'shown';
        why := format('tier 2 shows in: %s', by_scope);
        article := '5.2.2';
    ELSIF lapses IS NOT NULL AND clock_timestamp() < (cell ->> 'named_until')::timestamptz THEN
        shown := 'shown';
        why := format('names: value, and the record is open until %s', lapses);
        rule := rule[:cardinality(rule) - 1] || 'names'::text;
        article := '5.2.5';
    ELSE
        shown := 'masked';
        why := format('tier 2 shows in: %s; a name is masked even then', by_scope);
        article := '5.2.2';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._explained(text, text, text, text, text, name) IS
    'What a cell shows to somebody in one role now, and the rule that decides: why, its place in the matrix, article (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._explained(text, text, text, text, text, name) FROM PUBLIC;

-- sql/src/40_functions/explain/40_explain_access.sql
CREATE FUNCTION pgcustsec.explain_access(staff text, relation text, key text, column_name name)
    RETURNS TABLE (role text, shown text, why text, rule text[], article text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._asking();
    oneself boolean := coalesce(person.staff_id = staff, false);
    known text;
BEGIN
    IF NOT oneself THEN
        PERFORM pgcustsec_internal._supervisor();
    END IF;
    known := pgcustsec_internal._relation_known(relation);
    PERFORM pgcustsec_internal._column_known(known, column_name);
    RETURN QUERY
        SELECT r.role_code, e.shown, e.why, e.rule, e.article
        FROM pgcustsec_internal.staff_role AS h
        JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code
        CROSS JOIN LATERAL pgcustsec_internal._explained(
            staff, r.role_code, CASE WHEN oneself THEN person.works_as END, known, key, column_name) AS e
        WHERE h.staff_id = staff
        ORDER BY r.place;
    IF NOT FOUND THEN
        RETURN QUERY SELECT NULL::text, 'no row', 'nobody of that number holds a role', NULL::text[], '5.3';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.explain_access(text, text, text, name) IS
    'What a cell shows to somebody now, in each role that they hold: shown, masked, hidden, no column or no row, and the rule that decides. Of oneself; of anybody for who supervises (5.1, 5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.explain_access(text, text, text, name) FROM PUBLIC;

-- sql/src/40_functions/explain/41_who_may_see.sql
CREATE FUNCTION pgcustsec.who_may_see(relation text, column_name name)
    RETURNS TABLE (
        role text, staff text, full_name text, department text, shown text, rows text, through text, until timestamptz,
        rule text[], article text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    known text;
BEGIN
    PERFORM pgcustsec_internal._supervisor();
    known := pgcustsec_internal._relation_known(relation);
    PERFORM pgcustsec_internal._column_known(known, column_name);
    -- By the matrix: whose role has the column, and is not suspended.
    RETURN QUERY
        SELECT
            a.role_code, p.staff_id, p.full_name, p.department_code,
            CASE
                WHEN a.tier = 3 OR a.tier = 2 AND NOT a.is_name THEN 'shown'
                WHEN a.is_name AND a.cell ->> 'named_until' IS NOT NULL THEN 'masked; shown while the record is open'
                WHEN a.is_name THEN 'masked'
                ELSE 'masked while the record is open'
            END,
            concat_ws(', and in ',
                (SELECT string_agg(pgcustsec_internal._scopes_said(u.scopes), ', and in ' ORDER BY u.place)
                    FROM json_array_elements(a.rule -> 'rows') WITH ORDINALITY AS u (scopes, place)),
                CASE WHEN a.tier = 2 THEN pgcustsec_internal._scopes_said(a.rule -> 'tier2') END),
            'the matrix', NULL::timestamptz,
            ARRAY['roles', a.role_code, 'tables', known] || CASE a.tier WHEN 3 THEN 'rows' ELSE 'tier' || a.tier END,
            '5.2.' || a.tier
        FROM (
            SELECT
                x.role_code, x.rule, c.cell, (c.cell ->> 'tier')::integer AS tier,
                coalesce((c.cell ->> 'name')::boolean, false) AS is_name
            FROM pgcustsec_internal.access AS x
            CROSS JOIN LATERAL (SELECT x.rule -> 'columns' -> column_name::text AS cell) AS c
            WHERE x.schema_name || '.' || x.table_name = known
                AND CASE (c.cell ->> 'tier')::integer
                    WHEN 1 THEN (c.cell ->> 'opens')::boolean
                    WHEN 2 THEN json_array_length(x.rule -> 'tier2') > 0
                    ELSE c.cell IS NOT NULL
                END
            ) AS a
        JOIN pgcustsec_internal.role AS r ON r.role_code = a.role_code
        JOIN (SELECT DISTINCT s.role_code, s.staff_id FROM pgcustsec_internal.standing AS s WHERE NOT pgcustsec_internal._emergency_over(s.answers)) AS h
            ON h.role_code = a.role_code
        JOIN pgcustsec_internal.staff AS p ON p.staff_id = h.staff_id
        ORDER BY r.place, p.staff_id;
    -- By approval: one record after the other, or what was taken out and is not destroyed yet.
    RETURN QUERY
        SELECT
            q.role_code, q.used_by, p.full_name, p.department_code, 'shown, one record at a time',
            coalesce(format('%s keys', cardinality(q.keys)), q.predicate::text, ''),
            CASE s.state
                WHEN 'approved' THEN format('request %s, approved by %s', q.request_id, (
                    SELECT string_agg(DISTINCT e.staff_id, ', ')
                    FROM pgcustsec_internal.request_event AS e
                    WHERE e.request_id = q.request_id AND e.kind = 'approved' AND e.terms = s.terms))
                ELSE format('emergency request %s, not approved yet', q.request_id)
            END,
            s.ends_at, ARRAY['requests', q.kind_code], '5.2.1'
        FROM pgcustsec_internal.request AS q
        CROSS JOIN LATERAL pgcustsec_internal._request_state(q.request_id) AS s
        JOIN pgcustsec_internal.staff AS p ON p.staff_id = q.used_by
        WHERE q.relation = known AND column_name = ANY (q.columns) AND s.opens
            AND pgcustsec_internal._in_custody(q.request_id, NULL)
            AND EXISTS (
                SELECT FROM pgcustsec_internal.standing AS h
                WHERE h.staff_id = q.used_by AND h.role_code = q.role_code AND NOT pgcustsec_internal._emergency_over(h.answers))
        ORDER BY q.request_id;
    RETURN QUERY
        SELECT
            x.role_code, x.staff_id, p.full_name, x.department_code, 'shown, in a file',
            format('%s rows', x.row_count), format('extract %s of request %s, %s', x.extract_id, x.request_id, s.state),
            x.ends_at, ARRAY['requests', q.kind_code], '4.3'
        FROM pgcustsec_internal.extract AS x
        CROSS JOIN LATERAL (SELECT pgcustsec_internal._extract_state(x.extract_id) AS state) AS s
        JOIN pgcustsec_internal.request AS q ON q.request_id = x.request_id
        JOIN pgcustsec_internal.staff AS p ON p.staff_id = x.staff_id
        WHERE x.relation = known AND column_name = ANY (x.columns) AND s.state <> 'destroyed'
        ORDER BY x.extract_id;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.who_may_see(text, name) IS
    'Everybody who could see values of a column now: how, in which rows, through what, until when; for who supervises (5.1, 5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.who_may_see(text, name) FROM PUBLIC;

-- sql/src/40_functions/extracts/10__extracting.sql
-- Judged like an open record: committed, in the session that goes on, in a snapshot that would know of its end.
CREATE FUNCTION pgcustsec_internal._extracting(access_code text)
    RETURNS bigint
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    works_as text := coalesce(pgcustsec_internal.bearer(current_setting('pgcustsec.token', true), true), session_user::text);
    running bigint;
    session_by xid8;
    extract_by xid8;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    SELECT e.extract_id, w.begun_by, e.begun_by INTO running, session_by, extract_by
    FROM pgcustsec_internal.session_access AS w
    JOIN pgcustsec_internal.access AS a ON a.access_code = w.access_code
    JOIN pgcustsec_internal.asker AS s ON s.role_code = a.role_code AND s.staff_id = w.staff_id
    JOIN pgcustsec_internal.extract AS e ON e.session_id = w.session_id AND e.staff_id = w.staff_id
        AND e.role_code = a.role_code AND e.relation = a.schema_name || '.' || a.table_name
    WHERE w.known_as = works_as AND w.access_code = access_code AND w.ends_at > clock_timestamp()
        AND w.begun_by < pg_snapshot_xmax(pg_current_snapshot()) AND e.begun_by < pg_snapshot_xmax(pg_current_snapshot())
        -- Nor one that was broken off before another of the same request was finished.
        AND NOT EXISTS (
            SELECT
            FROM pgcustsec_internal.extract AS o
            JOIN pgcustsec_internal.extract_event AS v ON v.extract_id = o.extract_id
            WHERE o.request_id = e.request_id AND (v.kind = 'finished' OR o.extract_id = e.extract_id))
    ORDER BY e.extract_id DESC
    LIMIT 1;
    -- Not in the query: of a transaction of the future, as a restored dump may hold, that is an error.
    IF (pgcustsec_internal.is_committed(session_by) AND pgcustsec_internal.is_committed(extract_by)) IS NOT TRUE THEN
        RETURN NULL;
    END IF;
    RETURN (
        SELECT e.extract_id
        FROM pgcustsec_internal.extract AS e
        CROSS JOIN LATERAL pgcustsec_internal._request_state(e.request_id) AS s
        WHERE e.extract_id = running AND s.state = 'approved'
            AND pgcustsec_internal._in_custody(e.request_id, session_user));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._extracting(text) IS
    'The extract by an access that the caller has begun, committed, and not finished, nor another of the same request, which is approved today; NULL: none (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._extracting(text) FROM PUBLIC;

-- sql/src/40_functions/extracts/11_extract_rows.sql
-- What the views of extracts call: each answers for the caller's own extract alone.
CREATE FUNCTION pgcustsec_internal.extract_has(access_code text, column_name name)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT column_name = ANY (e.columns)
        FROM pgcustsec_internal.extract AS e
        WHERE e.extract_id = pgcustsec_internal._extracting(access_code));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.extract_has(text, name) IS
    'Whether the caller''s extract by an access has this column; NULL: there is none (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.extract_has(text, name) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal.extract_runs(access_code text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN pgcustsec_internal._extracting(access_code) IS NOT NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.extract_runs(text) IS
    'Whether the caller reads an extract by an access: else the vault''s rows show to nobody (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.extract_runs(text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal.extract_integers(access_code text)
    RETURNS SETOF bigint
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    ROWS 10000
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT unnest(e.integers)
        FROM pgcustsec_internal.extract AS e
        WHERE e.extract_id = pgcustsec_internal._extracting(access_code);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.extract_integers(text) IS
    'The keys of the caller''s extract by an access, where they are integers (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.extract_integers(text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal.extract_uuids(access_code text)
    RETURNS SETOF uuid
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    ROWS 10000
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT unnest(e.uuids)
        FROM pgcustsec_internal.extract AS e
        WHERE e.extract_id = pgcustsec_internal._extracting(access_code);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.extract_uuids(text) IS
    'The keys of the caller''s extract by an access, where they are UUIDs (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.extract_uuids(text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal.extract_texts(access_code text)
    RETURNS SETOF text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    ROWS 10000
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT unnest(e.texts)
        FROM pgcustsec_internal.extract AS e
        WHERE e.extract_id = pgcustsec_internal._extracting(access_code);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.extract_texts(text) IS
    'The keys of the caller''s extract by an access, where they are anything else (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.extract_texts(text) FROM PUBLIC;

-- sql/src/40_functions/extracts/12_extract_canaries.sql
CREATE FUNCTION pgcustsec_internal.extract_canaries(access_code text)
    RETURNS SETOF jsonb
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT c.canary
        FROM pgcustsec_internal.extract_canary AS c
        WHERE c.extract_id = pgcustsec_internal._extracting(access_code)
        ORDER BY c.place;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.extract_canaries(text) IS
    'The canaries of the caller''s extract by an access: they are read like its rows (4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.extract_canaries(text) FROM PUBLIC;

-- sql/src/40_functions/extracts/20__extract_state.sql
CREATE FUNCTION pgcustsec_internal._extract_state(number bigint)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT CASE
            WHEN EXISTS (
                SELECT FROM pgcustsec_internal.extract_event AS v
                WHERE v.extract_id = e.extract_id AND v.kind = 'destroyed') THEN 'destroyed'
            WHEN e.ends_at <= clock_timestamp() THEN 'overdue'
            WHEN EXISTS (
                SELECT FROM pgcustsec_internal.request_event AS v
                WHERE v.request_id = e.request_id AND v.kind = 'handed over') THEN 'overdue'
            WHEN NOT pgcustsec_internal._in_custody(e.request_id, NULL) THEN 'overdue'
            WHEN EXISTS (
                SELECT FROM pgcustsec_internal.extract_event AS v
                WHERE v.extract_id = e.extract_id AND v.kind = 'finished') THEN 'kept'
            ELSE 'partial'
        END
        FROM pgcustsec_internal.extract AS e
        WHERE e.extract_id = number);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._extract_state(bigint) IS
    'What an extract has come to: partial (begun, not finished), kept, overdue (past its term, handed over, or its custodian is another: not destroyed) or destroyed (3.3, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._extract_state(bigint) FROM PUBLIC;

-- sql/src/40_functions/extracts/21__refuse_overdue.sql
CREATE FUNCTION pgcustsec_internal._refuse_overdue(staff text)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    overdue bigint;
BEGIN
    SELECT e.extract_id INTO overdue
    FROM pgcustsec_internal.extract AS e
    WHERE e.staff_id = staff
        AND (e.ends_at <= clock_timestamp() OR EXISTS (
            SELECT FROM pgcustsec_internal.request_event AS v
            WHERE v.request_id = e.request_id AND v.kind = 'handed over')
            OR NOT pgcustsec_internal._in_custody(e.request_id, NULL))
        AND pgcustsec_internal._extract_state(e.extract_id) = 'overdue'
    ORDER BY e.ends_at
    LIMIT 1;
    IF overdue IS NOT NULL THEN
        RAISE EXCEPTION 'extract % is past its term, was handed over, or has another custodian, and is not destroyed: until it is, no request of yours goes on (4.3)', overdue
            USING ERRCODE = 'CS308',
                HINT = format('Destroy it, and say so: SELECT pgcustsec.extract_destroyed(%s, evidence).', overdue);
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_overdue(text) IS
    'An error for who holds an extract past its term, of what was handed over, or of another''s custody: it suspends their requests (3.3, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_overdue(text) FROM PUBLIC;

-- sql/src/40_functions/extracts/22__canary_value.sql
CREATE FUNCTION pgcustsec_internal._digits(how_many integer)
    RETURNS text
    LANGUAGE plpgsql
    VOLATILE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (SELECT string_agg((floor(random() * 10)::integer)::text, '') FROM generate_series(1, how_many));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._digits(integer) IS 'So many digits at random.';
REVOKE ALL ON FUNCTION pgcustsec_internal._digits(integer) FROM PUBLIC;

-- Well-formed, check digits included, so that nobody tells them from a customer's by looking.
CREATE FUNCTION pgcustsec_internal._canary_value(kind text)
    RETURNS text
    LANGUAGE plpgsql
    VOLATILE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    surnames text[] := '{王,李,张,刘,陈,杨,赵,黄,周,吴,徐,孙,马,朱,胡,郭,何,林,高,罗}';
    given text[] := '{伟,芳,娜,敏,静,丽,强,磊,洋,艳,勇,军,杰,娟,涛,超,明,霞,平,刚,桂英,建华,志强,秀兰,晓东,海燕}';
    starts text[] := '{138,139,136,150,158,186,188,199,177,133}';
    weights integer[] := '{7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2}';
    digits text;
    total integer;
BEGIN
    CASE kind
        WHEN 'name' THEN
            RETURN surnames[1 + floor(random() * 20)::integer] || given[1 + floor(random() * 26)::integer];
        WHEN 'phone' THEN
            RETURN starts[1 + floor(random() * 10)::integer] || pgcustsec_internal._digits(8);
        WHEN 'email' THEN
            RETURN chr(97 + floor(random() * 26)::integer) || chr(97 + floor(random() * 26)::integer)
                || pgcustsec_internal._digits(8) || '@163.com';
        WHEN 'messenger' THEN
            RETURN 'wx_' || chr(97 + floor(random() * 26)::integer) || pgcustsec_internal._digits(9);
        WHEN 'plate' THEN
            RETURN '京' || chr(65 + floor(random() * 8)::integer) || pgcustsec_internal._digits(5);
        WHEN 'address' THEN
            RETURN format('北京市朝阳区建国路%s号院%s号楼%s单元%s室', 1 + floor(random() * 200)::integer, 1 + floor(random() * 20)::integer,
                1 + floor(random() * 6)::integer, 101 + 100 * floor(random() * 20)::integer);
        WHEN 'id_document' THEN
            digits := '110105' || to_char(date '1960-01-01' + floor(random() * 14600)::integer, 'YYYYMMDD')
                || pgcustsec_internal._digits(3);
            total := (SELECT sum(substr(digits, n, 1)::integer * weights[n]) FROM generate_series(1, 17) AS n);
            RETURN digits || substr('10X98765432', total % 11 + 1, 1);
        WHEN 'bank_account' THEN
            digits := '622202' || pgcustsec_internal._digits(12);
            -- Luhn: with the check digit at the end, every second digit from there is doubled.
            total := (
                SELECT sum(CASE WHEN n % 2 = 0 THEN d * 2 - CASE WHEN d > 4 THEN 9 ELSE 0 END ELSE d END)
                FROM generate_series(1, 18) AS n CROSS JOIN LATERAL (SELECT substr(digits, n, 1)::integer AS d) AS x);
            RETURN digits || ((10 - total % 10) % 10)::text;
        ELSE
            RETURN NULL;
    END CASE;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._canary_value(text) IS
    'A made-up value of a kind, well-formed; NULL: of that kind there is none (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._canary_value(text) FROM PUBLIC;

-- sql/src/40_functions/extracts/23__make_canaries.sql
CREATE FUNCTION pgcustsec_internal._make_canaries(number bigint)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    taken record;
    key_columns name[];
    keys bigint[];
BEGIN
    SELECT e.relation, e.role_code, e.columns, e.integers, e.uuids INTO taken
    FROM pgcustsec_internal.extract AS e WHERE e.extract_id = number;
    SELECT a.key_columns INTO key_columns
    FROM pgcustsec_internal.access AS a
    WHERE a.role_code = taken.role_code AND a.schema_name || '.' || a.table_name = taken.relation;
    -- Three that differ, among those of the rows where there is room, and else after them.
    keys := ARRAY(
        SELECT c.key
        FROM (SELECT min(k) AS lowest, max(k) AS highest FROM unnest(taken.integers) AS k) AS b
        CROSS JOIN LATERAL (
            SELECT DISTINCT b.lowest + floor(random() * (b.highest - b.lowest + 50))::bigint AS key FROM generate_series(1, 50)
            UNION SELECT b.highest + 50 + n FROM generate_series(1, 3) AS n) AS c
        WHERE c.key <> ALL (taken.integers)
        ORDER BY c.key > b.highest + 50, random()
        LIMIT 3);
    INSERT INTO pgcustsec_internal.extract_canary (extract_id, place, canary)
    SELECT
        number, n.place,
        (
            SELECT jsonb_object_agg(c.column_name, CASE
                WHEN ARRAY[c.column_name] <> key_columns THEN pgcustsec_internal._canary_value(c.kind)
                WHEN taken.uuids IS NOT NULL THEN gen_random_uuid()::text
                ELSE keys[n.place]::text
                END)
            FROM pgcustsec_internal.classification AS c
            WHERE c.relation = taken.relation AND c.column_name = ANY (taken.columns))
    FROM generate_series(1, 3) AS n (place);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._make_canaries(bigint) IS
    'Makes the customers of an extract who are nobody, three of them (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._make_canaries(bigint) FROM PUBLIC;

-- sql/src/40_functions/extracts/30__own_extract.sql
CREATE FUNCTION pgcustsec_internal._own_extract(number bigint, staff text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    PERFORM FROM pgcustsec_internal.extract AS e WHERE e.extract_id = number AND e.staff_id = staff;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no extract % of yours (4.3)', number
            USING ERRCODE = 'CS301', HINT = 'See pgcustsec.extracts.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._own_extract(bigint, text) IS 'An error unless an extract is this person''s own (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._own_extract(bigint, text) FROM PUBLIC;

-- sql/src/40_functions/extracts/31_extract_seen.sql
-- Views ask it of their reader for EXECUTE on what they call: so it decides by the caller what they may know.
CREATE FUNCTION pgcustsec_internal.extract_seen(number bigint)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._asking();
BEGIN
    RETURN (
        SELECT pgcustsec_internal._extract_state(e.extract_id)
        FROM pgcustsec_internal.extract AS e
        WHERE e.extract_id = number AND (e.staff_id = person.staff_id OR EXISTS (
            SELECT FROM pgcustsec_internal.role AS r WHERE r.role_code = ANY (person.roles) AND r.supervises)));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.extract_seen(bigint) IS
    'What an extract has come to, if it is the caller''s or they supervise; NULL for anybody else (5.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.extract_seen(bigint) FROM PUBLIC;

-- sql/src/40_functions/extracts/40_begin_extract.sql
-- Committed before its first row is read: what was taken is on record, whatever becomes of the one who reads it.
CREATE FUNCTION pgcustsec.begin_extract(request bigint, protection text, host text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    asked record;
    access record;
    parts text[];
    made bigint;
BEGIN
    IF coalesce(pgcustsec_internal._says_nothing(protection), true) THEN
        RAISE EXCEPTION 'an extract states how it is protected (5.2.1)'
            USING ERRCODE = 'CS206', HINT = 'Say to whom it is encrypted, or: plain.';
    END IF;
    -- One after the other: two would both find that there is none yet.
    PERFORM FROM pgcustsec_internal.request AS r
    WHERE r.request_id = request AND r.used_by = person.staff_id FOR UPDATE;
    asked := pgcustsec_internal._approved_request(request, person.staff_id, false);
    IF asked.state <> 'approved' THEN
        RAISE EXCEPTION 'request % is an emergency: until it is approved it opens one record after the other (5.2.1)', request
            USING ERRCODE = 'CS314', HINT = 'SELECT pgcustsec.open_full(request, key).';
    ELSIF (SELECT k.standing FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = asked.kind_code) THEN
        RAISE EXCEPTION 'request % is a standing one: it opens one record after the other (5.2.1)', request
            USING ERRCODE = 'CS202', HINT = 'SELECT pgcustsec.open_full(request, key).';
    END IF;
    parts := pgcustsec_internal._name_parts(asked.relation);
    access := pgcustsec_internal._access(format('%I.%I', asked.role_code, parts[2]));
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    IF access.role_code <> asked.role_code OR EXISTS (
        SELECT
        FROM pgcustsec_internal.extract AS e
        JOIN pgcustsec_internal.extract_event AS v ON v.extract_id = e.extract_id
        WHERE e.request_id = request AND v.kind = 'finished')
    THEN
        RAISE EXCEPTION 'the extract of request % was made already (4.3)', request
            USING ERRCODE = 'CS311', HINT = 'File another request for another extract.';
    END IF;
    -- A run that was broken off left its keys: another one holds those rows, and no others that have come since.
    INSERT INTO pgcustsec_internal.extract AS e (
        request_id, staff_id, role_code, department_code, relation, columns, row_count, integers, uuids, texts,
        protection, ends_at, session_id, host)
    SELECT
        request, person.staff_id, asked.role_code, s.department_code, asked.relation, asked.columns,
        coalesce(cardinality(k.integers), cardinality(k.uuids), cardinality(k.texts)), k.integers, k.uuids, k.texts,
        protection, asked.ends_at, access.session_id, host
    FROM pgcustsec_internal.staff AS s
    CROSS JOIN LATERAL (
        (SELECT x.integers, x.uuids, x.texts
        FROM pgcustsec_internal.extract AS x
        WHERE x.request_id = request
        ORDER BY x.extract_id
        LIMIT 1)
        UNION ALL
        SELECT q.integers, q.uuids, q.texts
        FROM pgcustsec_internal.keys_of_request(
            access.access_code, asked.predicate, asked.keys, NULL, nullif(asked.max_rows, 0)) AS q
        WHERE NOT EXISTS (SELECT FROM pgcustsec_internal.extract AS x WHERE x.request_id = request)) AS k
    WHERE s.staff_id = person.staff_id
        AND coalesce(cardinality(k.integers), cardinality(k.uuids), cardinality(k.texts)) > 0
    RETURNING e.extract_id INTO made;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'request % covers no row that role % sees (5.2.1)', request, asked.role_code
            USING ERRCODE = 'CS309', HINT = 'Nothing is there to extract.';
    END IF;
    IF (SELECT k.canaries FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = asked.kind_code) THEN
        PERFORM pgcustsec_internal._make_canaries(made);
    END IF;
    INSERT INTO pgcustsec_internal.audit (
        kind, staff_id, session_id, role_code, relation, purpose, about, lapses_at)
    VALUES (
        'extract_begun', person.staff_id, access.session_id, asked.role_code, asked.relation, access.purpose,
        format('extract %s of request %s', made, request), asked.ends_at);
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.begin_extract(bigint, text, text) IS
    'Begins the extract of an approved request of the caller''s and returns its number; once that is committed its rows are read through pgcustsec_extracts."<role>.<table>" (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.begin_extract(bigint, text, text) FROM PUBLIC;

-- sql/src/40_functions/extracts/41_extract_finished.sql
CREATE FUNCTION pgcustsec.extract_finished(number bigint, sha256 text, bytes bigint)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
BEGIN
    PERFORM pgcustsec_internal._own_extract(number, person.staff_id);
    IF (sha256 ~ '^[0-9a-f]{64}$' AND bytes >= 0) IS NOT TRUE THEN
        RAISE EXCEPTION 'an extract that is finished states the SHA-256 of its file, in hexadecimal, and its bytes (4.3)'
            USING ERRCODE = 'CS206', HINT = 'sha256sum FILE tells it.';
    END IF;
    -- What was handed over has its digest by then, or never: it comes after this, or is seen here.
    PERFORM FROM pgcustsec_internal.request AS r
    JOIN pgcustsec_internal.extract AS e ON e.request_id = r.request_id
    WHERE e.extract_id = number FOR SHARE OF r;
    IF EXISTS (
        SELECT
        FROM pgcustsec_internal.extract AS e
        JOIN pgcustsec_internal.request_event AS v ON v.request_id = e.request_id AND v.kind = 'handed over'
        WHERE e.extract_id = number)
    THEN
        RAISE EXCEPTION 'extract % is of a disclosure that was handed over: what there is of it is destroyed, not finished (3.3)', number
            USING ERRCODE = 'CS313', HINT = format('Destroy it, and say so: SELECT pgcustsec.extract_destroyed(%s, evidence).', number);
    END IF;
    INSERT INTO pgcustsec_internal.extract_event (extract_id, kind, staff_id, sha256, bytes)
        VALUES (number, 'finished', person.staff_id, sha256, bytes)
        ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'extract % is finished already (4.3)', number
            USING ERRCODE = 'CS311', HINT = 'See pgcustsec.extracts.';
    END IF;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about)
        VALUES ('extract_finished', person.staff_id, format('extract %s', number));
END;
$function$;
COMMENT ON FUNCTION pgcustsec.extract_finished(bigint, text, bigint) IS
    'Says that an extract of the caller''s is written, with the digest of its file: from then on nothing of it is read any more (4.3).';
REVOKE ALL ON FUNCTION pgcustsec.extract_finished(bigint, text, bigint) FROM PUBLIC;

-- sql/src/40_functions/extracts/42_extract_destroyed.sql
CREATE FUNCTION pgcustsec.extract_destroyed(number bigint, evidence text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
BEGIN
    PERFORM pgcustsec_internal._own_extract(number, person.staff_id);
    IF coalesce(pgcustsec_internal._says_nothing(evidence), true) THEN
        RAISE EXCEPTION 'who destroys an extract states how, and what shows it (4.3)'
            USING ERRCODE = 'CS206', HINT = 'Say it, as the second argument.';
    END IF;
    INSERT INTO pgcustsec_internal.extract_event (extract_id, kind, staff_id, evidence)
        VALUES (number, 'destroyed', person.staff_id, evidence)
        ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'extract % is destroyed already (4.3)', number
            USING ERRCODE = 'CS311', HINT = 'See pgcustsec.extracts.';
    END IF;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('extract_destroyed', person.staff_id, format('extract %s', number), evidence);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.extract_destroyed(bigint, text) IS
    'Records that no copy of an extract of the caller''s is left, and how it was destroyed (4.3).';
REVOKE ALL ON FUNCTION pgcustsec.extract_destroyed(bigint, text) FROM PUBLIC;

-- sql/src/40_functions/extracts/43_canaries.sql
CREATE FUNCTION pgcustsec.canaries()
    RETURNS TABLE (extract_id bigint, place integer, value text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM pgcustsec_internal._supervisor();
    RETURN QUERY
        SELECT c.extract_id, c.place, v.value
        FROM pgcustsec_internal.extract_canary AS c
        JOIN pgcustsec_internal.extract AS e ON e.extract_id = c.extract_id
        CROSS JOIN LATERAL jsonb_each_text(c.canary) AS v (key, value)
        JOIN pgcustsec_internal.classification AS k ON k.relation = e.relation AND k.column_name = v.key
        WHERE k.kind IN ('phone', 'email', 'messenger', 'id_document', 'bank_account', 'plate')
        ORDER BY 1, 2, 3;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.canaries() IS
    'Values by which a file that leaked names its extract, for who supervises (4.2, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec.canaries() FROM PUBLIC;

-- sql/src/40_functions/history/_refuse_but_forgetting.sql
-- What a record held goes with it: values, their hashes, and the words beside them. That it was changed, when and by whom, stays.
CREATE FUNCTION pgcustsec_internal._refuse_but_forgetting()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    -- Of a change its values and the reason; of a confirmation the word.
    forgotten record := CASE TG_TABLE_NAME
        WHEN 'change' THEN jsonb_populate_record(OLD, '{"old_value": null, "new_value": null, "old_blind": null,
            "new_blind": null, "key_id": null, "reason": null}')
        ELSE jsonb_populate_record(OLD, '{"word": "***"}')
    END;
BEGIN
    IF NEW IS DISTINCT FROM forgotten THEN
        RAISE EXCEPTION '%.% is evidence: rows are added to it, never changed and never removed', TG_TABLE_SCHEMA, TG_TABLE_NAME
            USING ERRCODE = 'CS604', HINT = 'Record a correction beside what is there.';
    END IF;
    RETURN NEW;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_but_forgetting() IS
    'Lets a change be forgotten and not rewritten: its values go, what happened stays (4.3, 5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_but_forgetting() FROM PUBLIC;

-- sql/src/40_functions/history/_refuse_rewriting.sql
CREATE FUNCTION pgcustsec_internal._refuse_rewriting()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RAISE EXCEPTION '%.% is evidence: rows are added to it, never changed and never removed', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'CS604',
            HINT = 'Record a correction beside what is there.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_rewriting() IS 'Keeps evidence as it was written (5.2.4), its owner included.';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_rewriting() FROM PUBLIC;

-- sql/src/40_functions/history/clearing.sql
CREATE FUNCTION pgcustsec_internal.clearing()
    RETURNS text[]
    LANGUAGE sql
    STABLE
    PARALLEL SAFE
RETURN
    -- Blanks around a name are no part of it; blanks in it are.
    regexp_split_to_array(btrim(current_setting('pgcustsec.clear', true), ' '), ' *, *');
COMMENT ON FUNCTION pgcustsec_internal.clearing() IS
    'Columns that the client says it clears, by pgcustsec.clear; NULL: none (3.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.clearing() FROM PUBLIC;

-- sql/src/40_functions/history/record_change.sql
CREATE FUNCTION pgcustsec_internal.record_change(
    relation text, record_key text, operation text,
    column_name text DEFAULT NULL, old_value text DEFAULT NULL, new_value text DEFAULT NULL,
    old_blind bytea DEFAULT NULL, new_blind bytea DEFAULT NULL, key_id integer DEFAULT NULL)
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._asking();
BEGIN
    INSERT INTO pgcustsec_internal.change (
        relation, record_key, operation, column_name, old_value, new_value, old_blind, new_blind, key_id,
        staff_id, session_id, application_name, reason)
    VALUES (
        record_change.relation, record_change.record_key, record_change.operation, record_change.column_name,
        record_change.old_value, record_change.new_value, record_change.old_blind, record_change.new_blind,
        record_change.key_id,
        person.staff_id, (SELECT l.session_id FROM pgcustsec_internal._live_session(person.staff_id, person.works_as) AS l),
        current_setting('application_name'), nullif(current_setting('pgcustsec.change_reason', true), ''));
    RETURN true;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.record_change(text, text, text, text, text, text, bytea, bytea, integer) IS
    'Writes down what this login does to a record (3.1). Called by what writes through views, as the role''s viewer.';
REVOKE ALL ON FUNCTION pgcustsec_internal.record_change(text, text, text, text, text, text, bytea, bytea, integer)
    FROM PUBLIC;

-- sql/src/40_functions/history/refuse_command.sql
-- On a view that PostgreSQL could not write by itself: with a trigger it looks at the caller's rights first and says that
-- they are missing; without, it would say how to make the view writable. Nobody has the right, so nobody gets here.
CREATE FUNCTION pgcustsec_internal.refuse_command()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RAISE EXCEPTION 'permission denied for view %', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege', HINT = format('The role matrix gives no %s here (5.3).', TG_OP);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.refuse_command() IS
    'Stands in a role''s view where a command is that the role may not use (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal.refuse_command() FROM PUBLIC;

-- sql/src/40_functions/history/refuse_write.sql
-- Every refusal of a write in one place: what was asked, of which column, what to do next, and never a value.
CREATE FUNCTION pgcustsec_internal.refuse_write(state text, relation text, columns text[])
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    named constant text := array_to_string(columns, ', ');
    said text;
    next_step text;
BEGIN
    SELECT w.said, w.next_step
    INTO said, next_step
    FROM (VALUES
        ('40001', 'others changed this record of %1$s while this statement went on',
            'Read it again, and repeat the transaction. A statement that meets a row twice fails like this as well.'),
        ('CS203', '%1$s.%2$s is tier 1, and this record is not open (5.2.1)',
            'SELECT pgcustsec.open_record(...), COMMIT, then write.'),
        ('CS401', 'what was written to %1$s.%2$s is a masked form, not a true value (3.1)',
            'Leave the column out, or write the value that the customer gave.'),
        ('CS402', '%1$s.%2$s is hidden in this row, and what is not seen is not changed (3.1)',
            'Leave the column as it was read.'),
        ('CS403', 'this would clear %1$s.%2$s (3.1)',
            format('If that is meant: SET LOCAL pgcustsec.clear = %L, in the same transaction.', named)),
        ('CS404', 'another record has this value of %1$s.%2$s already', 'Look for the record that has it.'),
        ('CS405', 'what was written to %1$s.%2$s has not the shape of its kind',
            'Check it for slips of the pen; blanks alone, stars and control characters are no value.'),
        ('CS406', 'this role may not write %1$s.%2$s (5.3)', 'Leave the column out, or as it was read; if somebody else has changed it meanwhile, read the row again.')
    ) AS w (state, said, next_step)
    WHERE w.state = refuse_write.state;

    RAISE EXCEPTION '%', format(said, relation, named) USING ERRCODE = state, HINT = next_step;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.refuse_write(text, text, text[]) IS
    'Ends a statement that writes what it may not (3.1, 5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal.refuse_write(text, text, text[]) FROM PUBLIC;

-- sql/src/40_functions/jobs/10__begin_run.sql
CREATE FUNCTION pgcustsec_internal._begin_run(job text, how text)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    begun bigint;
BEGIN
    INSERT INTO pgcustsec_internal.job_run AS r (job, how) VALUES (job, how) RETURNING r.run_id INTO begun;
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN begun;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._begin_run(text, text) IS 'Writes down that a job begins (4.2, 4.3); returns the run''s number.';
REVOKE ALL ON FUNCTION pgcustsec_internal._begin_run(text, text) FROM PUBLIC;

-- sql/src/40_functions/jobs/11__end_run.sql
CREATE FUNCTION pgcustsec_internal._end_run(run bigint, complete boolean, done jsonb, failed jsonb)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    INSERT INTO pgcustsec_internal.job_run_end (run_id, complete, done, failed) VALUES (run, complete, done, failed);
    PERFORM set_config('synchronous_commit', 'on', true);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._end_run(bigint, boolean, jsonb, jsonb) IS
    'Writes down how a run ended: what it did, and the SQLSTATE of what failed (4.2, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._end_run(bigint, boolean, jsonb, jsonb) FROM PUBLIC;

-- sql/src/40_functions/jobs/12__at_work.sql
-- A process is known by number, login and database; whose number came to somebody else is no run any more.
CREATE FUNCTION pgcustsec_internal._at_work(run bigint)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN EXISTS (
        SELECT
        FROM pgcustsec_internal.job_run AS r
        JOIN pg_stat_activity AS a
            ON a.pid = r.process AND a.usename = r.login AND a.datname = current_database() AND a.pid <> pg_backend_pid()
        WHERE r.run_id = run AND r.began > clock_timestamp() - interval '1 day'
            AND NOT EXISTS (SELECT FROM pgcustsec_internal.job_run_end AS e WHERE e.run_id = r.run_id));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._at_work(bigint) IS
    'Whether another process is about a run (4.2, 4.3): a run that is over, killed, or one''s own, is not.';
REVOKE ALL ON FUNCTION pgcustsec_internal._at_work(bigint) FROM PUBLIC;

-- sql/src/40_functions/jobs/20__begin_scheduled.sql
CREATE FUNCTION pgcustsec_internal._begin_scheduled(job text, time_limit interval)
    RETURNS jsonb
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET lock_timeout = '2s'
AS $function$
#variable_conflict use_variable
DECLARE
    tasks jsonb;
    other pgcustsec_internal.job_run;
BEGIN
    IF job IS NULL OR job NOT IN ('retention', 'pool') THEN
        RAISE EXCEPTION 'there is no such job (4.2, 4.3)'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Name one: retention, pool.';
    ELSIF time_limit IS NULL OR time_limit <= interval '0' THEN
        RAISE EXCEPTION 'a run has some time (4.2, 4.3)'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Give a limit as ''4 hours'', or none.';
    END IF;
    -- Of two that begin at once the second sees the first.
    LOCK TABLE pgcustsec_internal.job_run IN SHARE ROW EXCLUSIVE MODE;
    SELECT r.* INTO other
    FROM pgcustsec_internal.job_run AS r
    WHERE r.job = job AND r.began > clock_timestamp() - interval '1 day' AND pgcustsec_internal._at_work(r.run_id)
    ORDER BY r.began DESC LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'job % is at work already: run %, process %', job, other.run_id, other.process
            USING ERRCODE = 'lock_not_available', HINT = 'Nothing is left undone: that one goes on.';
    END IF;
    IF job = 'retention' THEN
        -- First what rules changed, in tables whose rows can be touched: those that are sealed.
        SELECT jsonb_agg(jsonb_build_array(t.task, q.relation) ORDER BY t.place, q.relation) INTO tasks
        FROM (SELECT DISTINCT r.relation FROM pgcustsec_internal.retention_rule AS r) AS q
        CROSS JOIN (VALUES (1, 'restamp'), (2, 'sweep')) AS t (place, task)
        WHERE t.task = 'sweep' OR NOT EXISTS (
            SELECT FROM pg_constraint AS k
            WHERE k.conrelid = to_regclass(format('%I.%I', split_part(q.relation, '.', 1), split_part(q.relation, '.', 2)))
                AND NOT k.convalidated AND starts_with(k.conname, 'pgcustsec_sealed_'));
    ELSE
        SELECT jsonb_agg(jsonb_build_array('recycle', p.pool_code) ORDER BY p.pool_code) INTO tasks
        FROM pgcustsec_internal.pool AS p;
    END IF;
    RETURN jsonb_build_object(
        'run', pgcustsec_internal._begin_run(job, 'procedure'), 'until', clock_timestamp() + time_limit,
        'tasks', coalesce(tasks, '[]'), 'done', jsonb_build_object(), 'failed', jsonb_build_object(), 'tries', 0);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._begin_scheduled(text, interval) IS
    'Begins a run, unless one of the job is at work: what is to be done, of which table, until when (4.2, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._begin_scheduled(text, interval) FROM PUBLIC;

-- sql/src/40_functions/jobs/21__run_batch.sql
CREATE FUNCTION pgcustsec_internal._run_batch(task text, relation text, OUT went jsonb, OUT finished boolean)
    RETURNS record
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- No matrix is applied meanwhile.
    LOCK TABLE pgcustsec_internal.applied_matrix IN ROW EXCLUSIVE MODE;
    CASE task
        WHEN 'restamp' THEN
            SELECT jsonb_build_object('restamped', b.changed), b.done INTO went, finished
            FROM pgcustsec.restamp(relation, 10000) AS b;
        WHEN 'sweep' THEN
            SELECT
                jsonb_build_object(
                    'destroyed', b.destroyed, 'anonymised', b.anonymised, 'restamped', b.restamped, 'blocked', b.blocked),
                b.destroyed + b.anonymised + b.restamped = 0
            INTO went, finished
            FROM pgcustsec.sweep(relation, 1000) AS b;
        WHEN 'recycle' THEN
            SELECT jsonb_build_object('recycled', b.returned), b.returned < 1000 INTO went, finished
            FROM pgcustsec.recycle(relation, 1000) AS b (returned);
    END CASE;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._run_batch(text, text) IS
    'One batch of a run: how many rows, by what was done with them, and whether the table is finished (4.2, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._run_batch(text, text) FROM PUBLIC;

-- sql/src/40_functions/jobs/22__run_step.sql
-- Rows are found by key whatever the statistics say, and expressions not compiled for a batch.
CREATE FUNCTION pgcustsec_internal._run_step(state jsonb)
    RETURNS jsonb
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET lock_timeout = '2s'
    SET enable_seqscan = off
    SET random_page_cost = 1
    SET jit = off
AS $function$
DECLARE
    task text := state -> 'tasks' -> 0 ->> 0;
    relation text := state -> 'tasks' -> 0 ->> 1;
    tries integer := (state ->> 'tries')::integer;
    batch record;
    failure text;
    had jsonb;
BEGIN
    IF task IS NULL OR clock_timestamp() >= (state ->> 'until')::timestamptz THEN
        PERFORM pgcustsec_internal._end_run((state ->> 'run')::bigint, task IS NULL, state -> 'done', state -> 'failed');
        RETURN NULL;
    END IF;
    BEGIN
        SELECT b.went, b.finished INTO batch FROM pgcustsec_internal._run_batch(task, relation) AS b;
    EXCEPTION
        WHEN lock_not_available OR deadlock_detected OR serialization_failure THEN
            -- Others have what it needs: twice more, then the next table.
            failure := SQLSTATE;
            tries := tries + 1;
        WHEN OTHERS THEN
            failure := SQLSTATE;
            tries := 3;
            RAISE WARNING '% of % failed: %', task, relation, failure
                USING HINT = 'Run it by hand: pgcustsec retention run, pgcustsec pool recycle.';
    END;
    IF failure IS NOT NULL AND tries < 3 THEN
        RETURN state || jsonb_build_object('tries', tries);
    ELSIF failure IS NOT NULL THEN
        RETURN state || jsonb_build_object(
            'tasks', (state -> 'tasks') - 0, 'tries', 0,
            'failed', (state -> 'failed') || jsonb_build_object(relation, failure));
    END IF;
    had := coalesce(state -> 'done' -> relation, jsonb_build_object());
    -- What blocks its end is counted anew by each batch.
    had := had || (
        SELECT jsonb_object_agg(
            w.key,
            coalesce(w.value::bigint, 0) + CASE w.key WHEN 'blocked' THEN 0 ELSE coalesce((had ->> w.key)::bigint, 0) END)
        FROM jsonb_each_text(batch.went) AS w (key, value));
    RETURN state || jsonb_build_object(
        'tasks', CASE WHEN batch.finished IS FALSE THEN state -> 'tasks' ELSE (state -> 'tasks') - 0 END, 'tries', 0,
        'done', (state -> 'done') || jsonb_build_object(relation, had));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._run_step(jsonb) IS
    'The next batch of a run, or its end, of which NULL tells; a table that fails keeps no other from its batch (4.2, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._run_step(jsonb) FROM PUBLIC;

-- sql/src/40_functions/jobs/40_run_scheduled.sql
-- INVOKER, and without a path of its own: neither could end a transaction. So every name has its schema; and each
-- transaction works as pgcustsec_owner, whom only administrators may become.
CREATE PROCEDURE pgcustsec.run_scheduled(job text, time_limit interval DEFAULT '4 hours')
    LANGUAGE plpgsql
AS $procedure$
DECLARE
    state pg_catalog.jsonb;
BEGIN
    -- Ends whatever it was called in, or fails: batches are transactions of their own.
    COMMIT;
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
    SET LOCAL ROLE pgcustsec_owner;
    state := pgcustsec_internal._begin_scheduled(job, time_limit);
    LOOP
        -- Nothing may be worked out between this and SET TRANSACTION, not even a condition.
        COMMIT;
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
        SET LOCAL ROLE pgcustsec_owner;
        state := pgcustsec_internal._run_step(state);
        EXIT WHEN state IS NULL;
    END LOOP;
END;
$procedure$;
COMMENT ON PROCEDURE pgcustsec.run_scheduled(text, interval) IS
    'Does a job, retention or pool, in batches that it commits, and writes its run down: for pg_cron, over an administrator''s login (4.2, 4.3).';
REVOKE ALL ON PROCEDURE pgcustsec.run_scheduled(text, interval) FROM PUBLIC;

-- sql/src/40_functions/jobs/50__overdue.sql
CREATE FUNCTION pgcustsec_internal._overdue()
    RETURNS TABLE (job text, relation text, rows bigint, since timestamptz)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    known text;
BEGIN
    FOR known IN SELECT DISTINCT q.relation FROM pgcustsec_internal.retention_rule AS q ORDER BY 1 LOOP
        RETURN QUERY
            SELECT 'retention', known, sum(d.rows)::bigint, min(d.oldest)
            FROM pgcustsec_internal.due_rows(known, 0) AS d
            WHERE d.month IS NULL AND NOT d.held
            HAVING count(*) > 0;
    END LOOP;
    RETURN QUERY
        SELECT 'pool', s.relation, sum(s.overdue)::bigint, min(s.oldest) + make_interval(hours => 24 * p.recycle_days)
        FROM pgcustsec_internal._pool_state() AS s
        JOIN pgcustsec_internal.pool AS p ON p.pool_code = s.relation
        WHERE s.overdue > 0
        GROUP BY s.relation, p.recycle_days
        ORDER BY s.relation;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._overdue() IS
    'What waits for a job: rows that are due and not held, prospects without progress, and since when (4.2, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._overdue() FROM PUBLIC;

-- sql/src/40_functions/masks/mask_address.sql
-- The province stays and nothing below it: a city next to a birth date may say who. It must be written out (北京市, 广东省):
-- 上海路 is a street and 海南州 lies elsewhere. Twelve characters at least, so that the middle four are never among those
-- shown.
CREATE FUNCTION pgcustsec_internal.mask_address(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) >= 12 AND value COLLATE "C" !~ '[^㐀-䶿一-鿿𠀀-𳎯0-9A-Za-z#()（）、－-]'
            THEN
                CASE
                    WHEN left(value, 3) COLLATE "C" IN (
                        '北京市', '天津市', '上海市', '重庆市', '河北省', '山西省', '辽宁省', '吉林省', '江苏省',
                        '浙江省', '安徽省', '福建省', '江西省', '山东省', '河南省', '湖北省', '湖南省', '广东省',
                        '海南省', '四川省', '贵州省', '云南省', '陕西省', '甘肃省', '青海省', '台湾省'
                    )
                        THEN left(value, 3) || '******'
                    WHEN value COLLATE "C" LIKE '黑龙江省%' THEN '黑龙江******'
                    WHEN value COLLATE "C" LIKE '内蒙古自治区%' THEN '内蒙古******'
                    WHEN value COLLATE "C" LIKE '广西壮族自治区%' THEN '广西******'
                    WHEN value COLLATE "C" LIKE '西藏自治区%' THEN '西藏******'
                    WHEN value COLLATE "C" LIKE '宁夏回族自治区%' THEN '宁夏******'
                    WHEN value COLLATE "C" LIKE '新疆维吾尔自治区%' THEN '新疆******'
                    WHEN value COLLATE "C" LIKE '香港特别行政区%' THEN '香港******'
                    WHEN value COLLATE "C" LIKE '澳门特别行政区%' THEN '澳门******'
                    ELSE '***'
                END
        WHEN value COLLATE "C" IN (
            '北京市******', '天津市******', '上海市******', '重庆市******', '河北省******', '山西省******',
            '辽宁省******', '吉林省******', '江苏省******', '浙江省******', '安徽省******', '福建省******',
            '江西省******', '山东省******', '河南省******', '湖北省******', '湖南省******', '广东省******',
            '海南省******', '四川省******', '贵州省******', '云南省******', '陕西省******', '甘肃省******',
            '青海省******', '台湾省******', '黑龙江******', '内蒙古******', '广西******', '西藏******',
            '宁夏******', '新疆******', '香港******', '澳门******', '***'
        )
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_address(text) IS
    'Address (地址) as 北京市******; *** where no province is recognised or for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_address(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_bank_account.sql
-- The last four alone, behind as many stars as the shortest account needs: the first and last four of a twelve-digit
-- account would leave 10,000 numbers to try, a tenth of them with a right check digit. The length is not told.
CREATE FUNCTION pgcustsec_internal.mask_bank_account(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 12 AND 19 AND value COLLATE "C" !~ '[^0-9]'
            THEN '********' || right(value, 4)
        WHEN value COLLATE "C" ~ '^([*]{8}[0-9]{4}|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_bank_account(text) IS
    'Bank account (银行账号) as ********5678; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_bank_account(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_email.sql
-- The domain goes as well: one's own domain is a name, and in most addresses the middle four characters, which the
-- policy hides, reach into it.
CREATE FUNCTION pgcustsec_internal.mask_email(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 8 AND 254
            AND value COLLATE "C" ~ '^[0-9A-Za-z][0-9A-Za-z._+-]+@[0-9A-Za-z-]+([.][0-9A-Za-z-]+)+$'
            THEN left(value, 1) || '***@***'
        WHEN value COLLATE "C" ~ '^([0-9A-Za-z][*]{3}@[*]{3}|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_email(text) IS
    'Email address (联系方式) as z***@***; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_email(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_id_document.sql
-- The province alone stays of a citizen's number. Next to the birth date and sex that tiers 2 and 3 show, the six
-- digits of the county would leave 500 numbers to try; the province leaves tens of thousands and tells no more than the
-- address does. The length stays: it tells an old number (15) from a new one (18). Of a passport or permit the first
-- letter stays, which is its type.
CREATE FUNCTION pgcustsec_internal.mask_id_document(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) IN (15, 18)
            AND left(value, 17) COLLATE "C" !~ '[^0-9]' AND right(value, 1) COLLATE "C" !~ '[^0-9Xx]'
            AND left(value, 2) COLLATE "C" IN (
                '11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34',
                '35', '36', '37', '41', '42', '43', '44', '45', '46', '50', '51', '52',
                '53', '54', '61', '62', '63', '64', '65', '71', '81', '82', '83'
            )
            THEN left(value, 2) || repeat('*', length(value) - 2)
        WHEN value COLLATE "C" ~ '^[A-Z]([0-9]{8}|[A-Z][0-9]{7}|[0-9]{10})$'
            THEN left(value, 1) || '********'
        WHEN value COLLATE "C" ~ '^((1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[*]{13}([*]{3})?'
            '|[A-Z][*]{8}|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_id_document(text) IS
    'Identity document (身份证件) as 11**************** or E********; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_id_document(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_messenger.sql
-- Messenger ids have no shape to check, and many are a phone number: nothing of them is shown.
CREATE FUNCTION pgcustsec_internal.mask_messenger(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_messenger(text) IS
    'Messenger id (联系方式) as *** (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_messenger(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_name.sql
-- Every served row of every list shows a name: the common case costs one length and one character class.
--
-- The surname stays; more than two characters behind it count as two, so that a long name does not stand out. Compound
-- surnames (复姓) are those that can hardly be a single surname and a given name: where they can, as 乐正 or 段干, only the
-- first character is shown. Two characters are never taken for a compound surname alone.
-- Names with a dot and long names keep the first character, Latin ones the first letter before a mask of fixed length.
-- The masked form goes through the same rule and comes out as it was.
CREATE FUNCTION pgcustsec_internal.mask_name(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 2 AND 20 AND value COLLATE "C" !~ '[^㐀-䶿一-鿿𠀀-𳎯]'
            OR length(value) BETWEEN 3 AND 40 AND value COLLATE "C" ~ '^[㐀-䶿一-鿿𠀀-𳎯]+([·•‧・][㐀-䶿一-鿿𠀀-𳎯]+)+$'
            OR value COLLATE "C" ~ '^[㐀-䶿一-鿿𠀀-𳎯]{1,2}[*]{1,2}$'
            THEN
                CASE
                    WHEN length(value) = 2
                        THEN left(value, 1) || '*'
                    -- The code points of their first characters come first: numbers are at hand in every statement,
                    -- while the list of surnames is only made ready where one of them may stand.
                    WHEN ascii(value) IN (
                        19975, 19978, 19996, 20115, 20196, 20210, 20844, 21271, 21335, 21363, 21460, 21496, 21628, 22756,
                        22799, 22826, 23376, 23431, 23436, 23561, 24043, 24494, 24917, 25299, 26481, 27431, 27472, 28147,
                        28422, 28601, 28654, 29420, 29544, 30003, 30334, 30343, 31471, 31532, 32013, 32435, 32650, 32822,
                        32862, 33836, 35098, 35199, 35576, 35832, 36203, 36562, 36713, 36798, 36948, 37758, 37912, 38047,
                        38263, 38271, 38317, 38395, 38398, 38995, 39067, 39854, 40092
                    ) AND left(value, 2) COLLATE "C" IN (
                        '欧阳', '上官', '司马', '司徒', '司空', '司寇', '诸葛', '夏侯', '皇甫', '尉迟', '公孙', '公羊', '公冶',
                        '公西', '公良', '慕容', '令狐', '东方', '东郭', '东门', '西门', '南门', '南宫', '北宫', '长孙', '仲孙',
                        '叔孙', '颛孙', '宇文', '端木', '轩辕', '独孤', '钟离', '申屠', '濮阳', '闻人', '万俟', '淳于', '鲜于',
                        '太叔', '太史', '澹台', '赫连', '百里', '呼延', '拓跋', '闾丘', '亓官', '巫马', '漆雕', '壤驷', '子车',
                        '羊舌', '微生', '即墨', '达奚', '褚师', '第五', '完颜', '耶律', '纳兰', '歐陽', '司馬', '諸葛', '尉遲',
                        '公孫', '東方', '東郭', '東門', '西門', '南門', '南宮', '北宮', '長孫', '仲孫', '叔孫', '顓孫', '軒轅',
                        '獨孤', '鍾離', '鐘離', '濮陽', '聞人', '萬俟', '鮮于', '澹臺', '赫連', '閭丘', '巫馬', '壤駟', '子車',
                        '達奚', '褚師', '完顏', '納蘭'
                    )
                        THEN left(value, 2) || CASE length(value) WHEN 3 THEN '*' ELSE '**' END
                    ELSE left(value, 1) || '**'
                END
        WHEN length(value) BETWEEN 4 AND 60
            AND value COLLATE "C" ~ '^[A-Za-zÀ-ÖØ-öø-ž][A-Za-zÀ-ÖØ-öø-ž .''-]*[A-Za-zÀ-ÖØ-öø-ž.]$'
            THEN left(value, 1) || '***'
        WHEN value COLLATE "C" ~ '^[A-Za-zÀ-ÖØ-öø-ž]?[*]{3}$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_name(text) IS
    'Name (姓名) as 张*, 张**, 欧阳**, or J***; *** for any other shape (5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_name(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_phone.sql
-- One canonical form whatever the spelling, so that a masked number neither tells how it was written nor outgrows its
-- column. A mobile number loses its middle four digits; a landline all but the area code and the last two, because the
-- middle of what is dialled locally and the middle of the whole number are different digits. With an extension, which
-- moves the middle again, only the area code stays.
-- COLLATE "C" throughout: ranges are code points, and a column whose collation is nondeterministic works too.
CREATE FUNCTION pgcustsec_internal.mask_phone(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) = 11 AND left(value, 2) COLLATE "C" BETWEEN '13' AND '19' AND value COLLATE "C" !~ '[^0-9]'
            THEN left(value, 3) || '****' || right(value, 4)
        WHEN value COLLATE "C" ~ '^([+]|00)?86[ -]?1[3-9][0-9]([ -]?[0-9]{4}){2}$'
            THEN left(right(translate(value, ' -', ''), 11), 3) || '****' || right(value, 4)
        WHEN value COLLATE "C" ~ '^0(10|2[0-9])-?[0-9]{7,8}$'
            THEN left(value, 3) || '-****' || right(value, 2)
        WHEN value COLLATE "C" ~ '^0[3-9][0-9]{2}-?[0-9]{7,8}$'
            THEN left(value, 4) || '-****' || right(value, 2)
        WHEN value COLLATE "C" ~ '^0(10|2[0-9]|[3-9][0-9]{2})-[0-9]{7,8}-[0-9]{1,5}$'
            THEN left(value, strpos(value COLLATE "C", '-')) || '****'
        WHEN value COLLATE "C" ~ '^([+]|00)86[ -]?0?(10|2[0-9])[ -]?[0-9]{3,4}[ -]?[0-9]{4}$'
            THEN '0' || left(ltrim(substr(ltrim(translate(value, ' -', ''), '+0'), 3), '0'), 2)
                || '-****' || right(value, 2)
        WHEN value COLLATE "C" ~ '^([+]|00)86[ -]?0?[3-9][0-9]{2}[ -]?[0-9]{3,4}[ -]?[0-9]{4}$'
            THEN '0' || left(ltrim(substr(ltrim(translate(value, ' -', ''), '+0'), 3), '0'), 3)
                || '-****' || right(value, 2)
        WHEN value COLLATE "C" ~ '^(1[3-9][0-9][*]{4}[0-9]{4}|0(10|2[0-9]|[3-9][0-9]{2})-[*]{4}([0-9]{2})?|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_phone(text) IS
    'Phone number (联系方式) as 138****5678 or 010-****78; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_phone(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_plate.sql
-- Who issued it stays; the rest goes at one length, so that a new-energy plate (新能源) looks like any other.
CREATE FUNCTION pgcustsec_internal.mask_plate(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" ~ '^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z]·?'
            '([0-9A-HJ-NP-Z]{4}[0-9A-HJ-NP-Z学警港澳挂]|[0-9A-HJ-NP-Z]{6})$'
            THEN left(value, 2) || '*****'
        WHEN value COLLATE "C" ~ '^([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z][*]{5}|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_plate(text) IS
    'Number plate (车牌) as 京A*****; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_plate(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_text.sql
-- For what has no shape of its own: nothing of it is shown.
CREATE FUNCTION pgcustsec_internal.mask_text(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_text(text) IS
    'Any other text as *** (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_text(text) FROM PUBLIC;

-- sql/src/40_functions/people/10__newest_snapshot.sql
-- What is worked out anew from lists of people is worked out from the newest: an older snapshot does not know of a
-- suspension since, and would take it back.
CREATE FUNCTION pgcustsec_internal._newest_snapshot()
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'people and what they may change in READ COMMITTED transactions only'
            USING ERRCODE = 'CS107',
                HINT = 'Begin the transaction READ COMMITTED: an older snapshot does not know of a suspension since.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._newest_snapshot() IS
    'Ends a transaction that would work out what people may from an older snapshot than its statement''s (4.2, 5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._newest_snapshot() FROM PUBLIC;

-- sql/src/40_functions/people/20__hand_over.sql
-- What the matrix says about who serves is compiled when it is applied; before that, nobody serves anybody.
CREATE FUNCTION pgcustsec_internal._hand_over(leaver text, heir text)
    RETURNS TABLE (relation text, customers bigint)
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    moment timestamptz := clock_timestamp();
    moved record;
    counts jsonb := '{}';
BEGIN
    IF to_regprocedure('pgcustsec_internal.hand_over(text, text, timestamptz)') IS NULL THEN
        RETURN;
    END IF;
    FOR moved IN SELECT h.* FROM pgcustsec_internal.hand_over(leaver, heir, moment) AS h LOOP
        IF moved.was_prospect THEN
            PERFORM pgcustsec_internal._end_claims(
                moved.relation, moved.record_key, leaver, CASE WHEN heir IS NULL THEN 'released' ELSE 'reassigned' END,
                moment);
        END IF;
        INSERT INTO pgcustsec_internal.audit (kind, relation, record_key, customer_key, about, at)
            VALUES (
                CASE WHEN heir IS NULL THEN 'prospect_released' ELSE 'customer_reassigned' END,
                moved.relation, moved.record_key, moved.relation || ' ' || moved.record_key,
                'from ' || leaver || coalesce(' to ' || heir, ''), moment);
        counts := jsonb_set(
            counts, ARRAY[moved.relation], to_jsonb(coalesce((counts ->> moved.relation)::bigint, 0) + 1));
    END LOOP;
    RETURN QUERY SELECT c.key, c.value::bigint FROM jsonb_each_text(counts) AS c ORDER BY 1;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._hand_over(text, text) IS
    'Moves what a leaver served to somebody else, NULL: prospects to their pool; how many of each table (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._hand_over(text, text) FROM PUBLIC;

-- sql/src/40_functions/people/21__still_served.sql
CREATE FUNCTION pgcustsec_internal._still_served(leaver text)
    RETURNS TABLE (relation text, customers bigint)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    IF to_regprocedure('pgcustsec_internal.customers_served(text)') IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT c.relation, c.customers FROM pgcustsec_internal.customers_served(leaver) AS c WHERE c.customers > 0;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._still_served(text) IS
    'How many customers still name somebody as who serves them directly (5.2.2, 5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._still_served(text) FROM PUBLIC;

-- sql/src/40_functions/people/_refresh_standing.sql
CREATE FUNCTION pgcustsec_internal._refresh_standing()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    PERFORM pgcustsec_internal._newest_snapshot();
    -- One at a time: each must see what the other changed. Staff itself cannot be the lock, both hold it already.
    LOCK TABLE pgcustsec_internal.department IN SHARE ROW EXCLUSIVE MODE;
    WITH service AS (
        SELECT DISTINCT h.staff_id
        FROM pgcustsec_internal.staff_role AS h
        JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code AND r.service
    ), held AS (
        SELECT
            p.staff_id, p.login, p.department_code, p.branch_code, r.role_code,
            ARRAY[p.staff_id] AS serves_none,
            p.staff_id || ARRAY(
                SELECT d.staff_id FROM pgcustsec_internal.staff AS d
                WHERE d.manager_id = p.staff_id AND d.active ORDER BY 1) AS serves_direct,
            p.staff_id || pgcustsec_internal._reports(p.staff_id) AS serves_chain,
            CASE WHEN v.staff_id IS NULL THEN p.staff_id ELSE p.manager_id END AS answers
        FROM pgcustsec_internal.staff AS p
        JOIN pgcustsec_internal.staff_role AS r USING (staff_id)
        JOIN pgcustsec_internal.role AS o ON o.role_code = r.role_code
        LEFT JOIN service AS v ON v.staff_id = p.staff_id
        WHERE p.active
            -- A service is nothing but that, and nothing without who answers for it.
            AND (v.staff_id IS NULL OR o.service AND EXISTS (
                SELECT
                FROM pgcustsec_internal.staff AS m
                WHERE m.staff_id = p.manager_id AND m.active
                    AND NOT EXISTS (SELECT FROM service AS x WHERE x.staff_id = m.staff_id)
                    AND NOT EXISTS (SELECT FROM pgcustsec_internal._suspensions_of(m.staff_id))))
            AND NOT EXISTS (
                SELECT
                FROM pgcustsec_internal.in_force AS u
                WHERE u.request_id IS NULL AND CASE u.kind
                    WHEN 'person' THEN u.code = p.staff_id
                    WHEN 'role' THEN u.code = r.role_code
                    ELSE u.code IN (p.department_code, o.department_code)
                END)
    ), wanted AS MATERIALIZED (
        SELECT
            k.known_as, h.role_code, h.staff_id, h.department_code, h.branch_code,
            h.serves_none, h.serves_direct, h.serves_chain, h.answers
        FROM held AS h
        CROSS JOIN LATERAL (VALUES
            (h.login::text),
            (pgcustsec_internal.token_standing(
                encode(convert_to(h.role_code, 'UTF8'), 'hex'), encode(convert_to(h.staff_id, 'UTF8'), 'hex')))
        ) AS k (known_as)
        WHERE k.known_as IS NOT NULL
        UNION ALL
        SELECT a.login::text, r.role_code, NULL, NULL, NULL, '{}', '{}', '{}', NULL
        FROM pgcustsec_internal.application AS a
        CROSS JOIN LATERAL unnest(a.roles) AS r (role_code)
        WHERE a.anonymous
            AND NOT EXISTS (
                SELECT
                FROM pgcustsec_internal.in_force AS u
                JOIN pgcustsec_internal.role AS o ON o.role_code = r.role_code
                WHERE u.kind = 'role' AND u.code = r.role_code OR u.kind = 'department' AND u.code = o.department_code)
    ), gone AS (
        DELETE FROM pgcustsec_internal.standing AS s
        WHERE NOT EXISTS (
            SELECT FROM wanted AS w WHERE w.known_as = s.known_as AND w.role_code = s.role_code)
    )
    INSERT INTO pgcustsec_internal.standing AS s
    SELECT w.* FROM wanted AS w
    ON CONFLICT (known_as, role_code) DO UPDATE
    SET staff_id = EXCLUDED.staff_id, department_code = EXCLUDED.department_code, branch_code = EXCLUDED.branch_code,
        serves_none = EXCLUDED.serves_none, serves_direct = EXCLUDED.serves_direct,
        serves_chain = EXCLUDED.serves_chain, answers = EXCLUDED.answers
    WHERE (s.staff_id, s.department_code, s.branch_code, s.serves_none, s.serves_direct, s.serves_chain, s.answers)
        IS DISTINCT FROM (
            EXCLUDED.staff_id, EXCLUDED.department_code, EXCLUDED.branch_code,
            EXCLUDED.serves_none, EXCLUDED.serves_direct, EXCLUDED.serves_chain, EXCLUDED.answers);
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refresh_standing() IS
    'Keeps ready what each person may in each role they hold: branch, department, whom they serve and manage (5.2.2, 5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refresh_standing() FROM PUBLIC;

-- sql/src/40_functions/pool/10__pool_access.sql
-- As `_access`, among the roles of the caller that see the table's pool.
CREATE FUNCTION pgcustsec_internal._pool_access(
    relation text, OUT staff_id text, OUT access_code text, OUT role_code text, OUT pool_code text,
    OUT recycle_days integer, OUT claim_limit integer, OUT cool_down_days integer, OUT openings_per_day integer,
    OUT session_id uuid, OUT purpose text, OUT ends_at timestamptz, OUT committed boolean)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    person record := pgcustsec_internal._person();
    parts text[] := pgcustsec_internal._name_parts(relation);
BEGIN
    SELECT
        person.staff_id, a.access_code, a.role_code, p.pool_code, p.recycle_days, p.claim_limit, p.cool_down_days,
        r.openings_per_day, w.session_id, w.purpose, w.ends_at, pgcustsec_internal.is_committed(w.begun_by)
    INTO
        staff_id, access_code, role_code, pool_code, recycle_days, claim_limit, cool_down_days,
        openings_per_day, session_id, purpose, ends_at, committed
    FROM pgcustsec_internal.pool AS p
    JOIN pgcustsec_internal.access AS a
        ON a.schema_name = p.schema_name AND a.table_name = p.table_name
        AND a.role_code = ANY (p.roles) AND a.role_code = ANY (person.roles)
    JOIN pgcustsec_internal.role AS r ON r.role_code = a.role_code
    LEFT JOIN pgcustsec_internal.session_access AS w
        ON w.known_as = person.works_as AND w.access_code = a.access_code AND w.staff_id = person.staff_id
        AND w.begun_by < pg_snapshot_xmax(pg_current_snapshot())
    WHERE p.table_name = parts[cardinality(parts)]
        AND (cardinality(parts) = 1 OR cardinality(parts) = 2 AND parts[1] IN (a.schema_name, a.role_code))
    ORDER BY w.session_id IS NULL, r.place, a.access_code
    LIMIT 1;
    IF access_code IS NULL THEN
        PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
        RAISE EXCEPTION 'no table of that name with a shared pool in a role of yours (4.2)'
            USING ERRCODE = 'CS208',
                HINT = 'Name it as in your queries, or as the matrix does: crm.customer. Its pool is for roles that see it.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._pool_access(text) IS
    'By which role the caller takes prospects out of a table''s pool, by what terms, in which session; else an error (4.2, 5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._pool_access(text) FROM PUBLIC;

-- sql/src/40_functions/pool/20__end_claims.sql
CREATE FUNCTION pgcustsec_internal._end_claims(relation text, record_key text, holder text, how text, moment timestamptz)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    running bigint[] := ARRAY(
        SELECT c.claim_id
        FROM pgcustsec_internal.pool_claim AS c
        WHERE c.relation = _end_claims.relation AND c.record_key = _end_claims.record_key
            AND c.staff_id = _end_claims.holder
            AND NOT EXISTS (SELECT FROM pgcustsec_internal.pool_claim_end AS e WHERE e.claim_id = c.claim_id));
    made bigint;
BEGIN
    IF holder IS NOT NULL AND cardinality(running) = 0 THEN
        -- They came to it without claiming it, and are kept from claiming it all the same.
        INSERT INTO pgcustsec_internal.pool_claim AS c (staff_id, relation, record_key)
            VALUES (holder, relation, record_key)
            RETURNING c.claim_id INTO made;
        running := ARRAY[made];
    END IF;
    INSERT INTO pgcustsec_internal.pool_claim_end (claim_id, ended_at, how)
        SELECT c.claim_id, moment, CASE WHEN c.claim_id = ANY (running) THEN how ELSE 'reassigned' END
        FROM pgcustsec_internal.pool_claim AS c
        WHERE c.relation = _end_claims.relation AND c.record_key = _end_claims.record_key
            AND NOT EXISTS (SELECT FROM pgcustsec_internal.pool_claim_end AS e WHERE e.claim_id = c.claim_id)
        ON CONFLICT ON CONSTRAINT pool_claim_end_pkey DO NOTHING;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._end_claims(text, text, text, text, timestamptz) IS
    'Writes down that a prospect''s claims are over: its holder''s as said, others'' because the row named somebody else since (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._end_claims(text, text, text, text, timestamptz) FROM PUBLIC;

-- sql/src/40_functions/pool/21__settle_claims.sql
-- Rows change hands, and prospects buy, without anybody telling the pool. So what the rows say is what counts, and the
-- list of claims follows when somebody looks.
CREATE FUNCTION pgcustsec_internal._settle_claims(relation text, moment timestamptz)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    INSERT INTO pgcustsec_internal.pool_claim_end (claim_id, ended_at, how)
        WITH running AS MATERIALIZED (
            SELECT c.claim_id, c.staff_id, c.record_key
            FROM pgcustsec_internal.pool_claim AS c
            WHERE c.relation = _settle_claims.relation
                AND NOT EXISTS (SELECT FROM pgcustsec_internal.pool_claim_end AS e WHERE e.claim_id = c.claim_id))
        SELECT
            r.claim_id, moment,
            CASE
                WHEN h.prospect IS NULL THEN 'gone'
                WHEN h.holder IS DISTINCT FROM r.staff_id THEN 'reassigned'
                ELSE 'bought'
            END
        FROM pgcustsec_internal.pool_held(relation, ARRAY(SELECT DISTINCT r.record_key FROM running AS r)) AS h
        JOIN running AS r ON r.record_key = h.record_key
        WHERE h.holder IS DISTINCT FROM r.staff_id OR NOT h.prospect
        ON CONFLICT ON CONSTRAINT pool_claim_end_pkey DO NOTHING;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._settle_claims(text, timestamptz) IS
    'Writes down which claims are over because the row says so: bought, in other hands, gone (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._settle_claims(text, timestamptz) FROM PUBLIC;

-- sql/src/40_functions/pool/30__pool_state.sql
CREATE FUNCTION pgcustsec_internal._pool_state()
    RETURNS TABLE (
        relation text, branch_code text, staff_id text, full_name text, in_pool bigint, held bigint, overdue bigint,
        undated bigint, oldest timestamptz, claim_limit integer)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    pool pgcustsec_internal.pool;
    moment timestamptz := clock_timestamp();
BEGIN
    FOR pool IN SELECT p.* FROM pgcustsec_internal.pool AS p ORDER BY p.pool_code LOOP
        -- A holder that is no staff number is told of, not shown: who knows what stands there.
        RETURN QUERY
            SELECT
                pool.pool_code, g.branch_code, s.staff_id, s.full_name,
                coalesce(sum(g.prospects) FILTER (WHERE g.holder IS NULL), 0)::bigint,
                coalesce(sum(g.prospects) FILTER (WHERE g.holder IS NOT NULL), 0)::bigint,
                sum(g.overdue)::bigint, sum(g.undated)::bigint, min(g.oldest), pool.claim_limit
            FROM pgcustsec_internal.pool_state(
                pool.pool_code, moment - make_interval(hours => 24 * pool.recycle_days), moment) AS g
            LEFT JOIN pgcustsec_internal.staff AS s ON s.staff_id = g.holder
            GROUP BY g.branch_code, s.staff_id, s.full_name
            ORDER BY g.branch_code, s.staff_id NULLS FIRST;
    END LOOP;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._pool_state() IS
    'Every shared pool by branch and holder: what is in it, held, overdue; no row''s key or value (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._pool_state() FROM PUBLIC;

-- sql/src/40_functions/pool/31_pool_seen.sql
-- Views ask it of their reader for EXECUTE on what they call: so it decides by the caller what they may know.
CREATE FUNCTION pgcustsec_internal.pool_seen()
    RETURNS TABLE (
        relation text, branch_code text, staff_id text, full_name text, held bigint, overdue bigint, undated bigint,
        oldest timestamptz)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    person record := pgcustsec_internal._asking();
BEGIN
    IF person.staff_id IS NULL OR NOT EXISTS (
        SELECT FROM pgcustsec_internal.role AS r WHERE r.role_code = ANY (person.roles) AND r.supervises)
    THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT p.relation, p.branch_code, p.staff_id, p.full_name, p.held, p.overdue, p.undated, p.oldest
        FROM pgcustsec_internal._pool_state() AS p
        WHERE p.overdue > 0 OR p.undated > 0;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.pool_seen() IS
    'Who holds prospects that are overdue for the pool, for who supervises (4.2, 5.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.pool_seen() FROM PUBLIC;

-- sql/src/40_functions/pool/40_claim.sql
-- What a claim shows, tier 2 of the prospect, shows in the claiming transaction already, and a rollback would take the
-- claim back: so the day's budget is spent and a line logged before it returns, as find() does.
CREATE FUNCTION pgcustsec.claim(relation text, key text)
    RETURNS timestamptz
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._pool_access(relation);
    seen text[];  -- key and customer
    budget pgcustsec_internal.budget;
    moment timestamptz;
    taken text;
BEGIN
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    seen := pgcustsec_internal.row_of_key(access.access_code, key);
    -- One claim of a person after the other, until each commits: else two at once would each be the last that is allowed.
    SELECT b.* INTO budget FROM pgcustsec_internal.budget AS b WHERE b.staff_id = access.staff_id FOR NO KEY UPDATE;
    IF pgcustsec_internal.pool_count(access.pool_code, access.staff_id, access.claim_limit) >= access.claim_limit THEN
        RAISE EXCEPTION 'you hold % prospects of %, as many as one person may (4.2)', access.claim_limit, access.pool_code
            USING ERRCODE = 'CS503', HINT = 'Give one back: SELECT pgcustsec.release(relation, key).';
    END IF;
    moment := clock_timestamp();
    IF seen IS NOT NULL THEN
        taken := pgcustsec_internal.pool_turn(access.pool_code, seen[1], NULL, access.staff_id, moment);
    END IF;
    -- One answer for what is not there, is not seen, is somebody's or bought.
    IF taken IS NULL THEN
        RAISE EXCEPTION 'no such prospect in the shared pool of %, or somebody is taking it now (4.2)', access.pool_code
            USING ERRCODE = 'CS502', HINT = 'Choose another.';
    END IF;
    PERFORM pgcustsec_internal._end_claims(access.pool_code, taken, NULL, NULL, moment);
    IF EXISTS (
        SELECT
        FROM pgcustsec_internal.pool_claim AS c
        JOIN pgcustsec_internal.pool_claim_end AS e ON e.claim_id = c.claim_id
        WHERE c.relation = access.pool_code AND c.record_key = taken AND c.staff_id = access.staff_id
            AND e.ended_at > moment - make_interval(hours => 24 * access.cool_down_days))
    THEN
        RAISE EXCEPTION 'this prospect of % was yours less than % days ago (4.2)', access.pool_code, access.cool_down_days
            USING ERRCODE = 'CS504', HINT = 'Choose another; a colleague may claim this one.';
    END IF;
    IF NOT pgcustsec_internal._spend(access.staff_id, budget.openings, access.openings_per_day) THEN
        PERFORM pgcustsec_internal._refuse_spent(access.staff_id, 'openings', access.openings_per_day);
    END IF;
    RAISE LOG 'pgcustsec: % claims a prospect of %', access.staff_id, access.pool_code;
    INSERT INTO pgcustsec_internal.pool_claim (staff_id, relation, record_key, claimed_at)
        VALUES (access.staff_id, access.pool_code, taken, moment);
    INSERT INTO pgcustsec_internal.audit (
        kind, staff_id, session_id, role_code, relation, record_key, customer_key, purpose, at)
    VALUES (
        'prospect_claimed', access.staff_id, access.session_id, access.role_code, access.pool_code, taken,
        seen[2], access.purpose, moment);
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN moment + make_interval(hours => 24 * access.recycle_days);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.claim(text, text) IS
    'Takes a prospect out of the shared pool (共享池) of a table: the caller serves it from now on; returns when it goes back without progress (4.2).';
REVOKE ALL ON FUNCTION pgcustsec.claim(text, text) FROM PUBLIC;

-- sql/src/40_functions/pool/41_release.sql
CREATE FUNCTION pgcustsec.release(relation text, key text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._pool_access(relation);
    moment timestamptz := clock_timestamp();
    given text;
BEGIN
    given := pgcustsec_internal.pool_turn(access.pool_code, key, access.staff_id, NULL, moment);
    IF given IS NULL THEN
        RAISE EXCEPTION 'no such prospect of % that you hold (4.2)', access.pool_code
            USING ERRCODE = 'CS505', HINT = 'Its holder gives it back; who bought is no prospect any more.';
    END IF;
    PERFORM pgcustsec_internal._end_claims(access.pool_code, given, access.staff_id, 'released', moment);
    INSERT INTO pgcustsec_internal.audit (
        kind, staff_id, session_id, role_code, relation, record_key, customer_key, purpose, at)
    VALUES (
        'prospect_released', access.staff_id, access.session_id, access.role_code, access.pool_code, given,
        access.pool_code || ' ' || given, access.purpose, moment);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.release(text, text) IS
    'Gives a prospect that the caller holds back to the shared pool (共享池): they serve it no longer (4.2).';
REVOKE ALL ON FUNCTION pgcustsec.release(text, text) FROM PUBLIC;

-- sql/src/40_functions/pool/42_recycle.sql
-- For administrators, who act as pgcustsec_owner: no role of a matrix has it. Rows that others have locked are left for
-- the next time.
CREATE FUNCTION pgcustsec.recycle(relation text, batch integer DEFAULT 1000)
    RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    moment timestamptz := clock_timestamp();
    days integer;
    back record;
    returned integer := 0;
BEGIN
    SELECT p.recycle_days INTO days FROM pgcustsec_internal.pool AS p WHERE p.pool_code = relation;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no table of that name with a shared pool (4.2)'
            USING ERRCODE = 'CS208', HINT = 'Name it as the matrix does: crm.customer.';
    END IF;
    batch := greatest(coalesce(batch, 1000), 1);
    FOR back IN
        SELECT r.record_key, r.holder
        FROM pgcustsec_internal.pool_recycle(relation, moment - make_interval(hours => 24 * days), moment, batch) AS r
    LOOP
        returned := returned + 1;
        PERFORM pgcustsec_internal._end_claims(relation, back.record_key, back.holder, 'recycled', moment);
        INSERT INTO pgcustsec_internal.audit (kind, relation, record_key, customer_key, about, at)
            VALUES (
                'prospect_recycled', relation, back.record_key, relation || ' ' || back.record_key,
                (SELECT 'held by ' || s.staff_id FROM pgcustsec_internal.staff AS s WHERE s.staff_id = back.holder),
                moment);
    END LOOP;
    IF returned < batch THEN
        PERFORM pgcustsec_internal._settle_claims(relation, moment);
    END IF;
    RETURN returned;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.recycle(text, integer) IS
    'Gives prospects whose holder made no progress for the matrix''s days back to the shared pool (共享池), so many at most; returns how many; 0: none is left (4.2, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec.recycle(text, integer) FROM PUBLIC;

-- sql/src/40_functions/requests/10__request_terms.sql
-- What was approved is this and nothing else: a change of the request or of the matrix gives another digest, and no approval
-- of the one before counts.
CREATE FUNCTION pgcustsec_internal._request_terms(request bigint)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT encode(sha256(convert_to(jsonb_build_array(
            to_jsonb(r), to_jsonb(k), to_jsonb(a),
            (SELECT to_jsonb(d) FROM pgcustsec_internal.disclosure AS d WHERE d.request_id = r.request_id),
            (SELECT jsonb_agg(to_jsonb(c) ORDER BY c.classification_code)
                FROM pgcustsec_internal.classification AS c WHERE c.relation = r.relation))::text, 'UTF8')), 'hex')
        FROM pgcustsec_internal.request AS r
        JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
        LEFT JOIN pgcustsec_internal.access AS a ON a.role_code = r.role_code AND a.schema_name || '.' || a.table_name = r.relation
        -- A widening is of the matrix, and of no table of it.
        WHERE r.request_id = request AND (a.access_code IS NOT NULL OR k.widens));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._request_terms(bigint) IS
    'Digest of a request and of what the matrix says of its kind, table and columns; NULL: the matrix no longer has them (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._request_terms(bigint) FROM PUBLIC;

-- sql/src/40_functions/requests/11__check_predicate.sql
-- Tier 1 lies masked in the table, so a condition on it would compare masks; and the text of requests is read by many.
CREATE FUNCTION pgcustsec_internal._check_predicate(relation text, predicate jsonb)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    good boolean;
BEGIN
    IF predicate IS NULL THEN
        RETURN;
    END IF;
    IF jsonb_typeof(predicate) = 'array' AND jsonb_array_length(predicate) BETWEEN 1 AND 20 THEN
        SELECT count(*) FILTER (WHERE coalesce(
            jsonb_typeof(p.term) = 'object'
            AND EXISTS (
                SELECT FROM pgcustsec_internal.classification AS c
                WHERE c.relation = _check_predicate.relation AND c.column_name = p.term ->> 'column'
                    AND c.tier > 1 AND c.kind <> 'name')
            AND CASE
                WHEN p.term ->> 'is' IN ('=', '<>', '<', '<=', '>', '>=')
                    THEN jsonb_typeof(p.term -> 'value') IN ('string', 'number', 'boolean')
                WHEN p.term ->> 'is' = 'in'
                    THEN jsonb_typeof(p.term -> 'value') = 'array' AND jsonb_array_length(p.term -> 'value') > 0
                        AND (
                            SELECT bool_and(jsonb_typeof(v.value) IN ('string', 'number', 'boolean'))
                            FROM jsonb_array_elements(p.term -> 'value') AS v (value))
                WHEN p.term ->> 'is' IN ('null', 'not null') THEN NOT p.term ? 'value'
            END
            AND (SELECT bool_and(w.key IN ('column', 'is', 'value')) FROM jsonb_object_keys(p.term) AS w (key)), false))
            = count(*)
        INTO good
        FROM jsonb_array_elements(predicate) AS p (term);
    END IF;
    IF good IS NOT TRUE THEN
        RAISE EXCEPTION 'a predicate is a list of conditions on columns of tier 2 or 3 of %, no name among them (5.2.1)', relation
            USING ERRCODE = 'CS309',
                HINT = '[{"column": "branch_code", "is": "=", "value": "BJ"}]; is: = <> < <= > >= in null "not null".';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._check_predicate(text, jsonb) IS
    'Refuses a predicate that is not a list of plain conditions: it is data, and never text that runs (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._check_predicate(text, jsonb) FROM PUBLIC;

-- sql/src/40_functions/requests/20__request_state.sql
-- Worked out from what happened, the clock and the matrix of today, and kept nowhere: so nothing can say otherwise.
CREATE FUNCTION pgcustsec_internal._request_state(request bigint, OUT state text, OUT step integer, OUT approved_at timestamptz, OUT ends_at timestamptz, OUT terms text, OUT opens boolean)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    rule record;
    events record;
    due timestamptz;  -- of an emergency
    waits boolean;
BEGIN
    opens := false;
    SELECT
        r.days, k.max_days, k.approvals, k.emergency_hours,
        -- A service without who asked for it, or in another role, has nothing of it.
        k.standing AND pgcustsec_internal._served_in(r.used_by, r.requester, r.relation) IS DISTINCT FROM r.role_code AS ownerless
    INTO rule
    FROM pgcustsec_internal.request AS r
    LEFT JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
    WHERE r.request_id = request;
    terms := CASE WHEN rule.ownerless IS NOT TRUE THEN pgcustsec_internal._request_terms(request) END;
    SELECT
        max(e.event_id) FILTER (WHERE e.kind IN ('filed', 'amended')) AS changed,
        max(e.at) FILTER (WHERE e.kind IN ('filed', 'amended')) AS waits_since,
        bool_or(e.kind = 'filed') AS filed,
        max(e.kind) FILTER (WHERE e.kind IN ('refused', 'withdrawn', 'closed', 'handed over', 'erased', 'applied')) AS over
    INTO events
    FROM pgcustsec_internal.request_event AS e
    WHERE e.request_id = request;
    IF events.over IS NOT NULL THEN
        state := events.over;
        RETURN;
    ELSIF events.filed IS NOT TRUE THEN
        state := 'drafted';
        RETURN;
    END IF;
    SELECT count(*) + 1, max(e.at)
    INTO step, approved_at
    FROM pgcustsec_internal.request_event AS e
    WHERE e.request_id = request AND e.kind = 'approved' AND e.terms = terms AND e.event_id > events.changed;
    SELECT u.starts_at, n.suspension_id IS NULL INTO due, waits
    FROM pgcustsec_internal.suspension AS u
    LEFT JOIN pgcustsec_internal.emergency_end AS n ON n.suspension_id = u.suspension_id
    WHERE u.request_id = request;
    IF terms IS NULL OR clock_timestamp() >= coalesce(due, events.waits_since + make_interval(days => rule.max_days)) AND (
            step <= jsonb_array_length(rule.approvals) OR jsonb_array_length(rule.approvals) = 0)
    THEN
        state := 'lapsed';
        approved_at := NULL;
        step := NULL;
    ELSIF step > jsonb_array_length(rule.approvals) AND jsonb_array_length(rule.approvals) > 0 THEN
        ends_at := approved_at + make_interval(days => rule.days);
        state := CASE WHEN clock_timestamp() < ends_at THEN 'approved' ELSE 'lapsed' END;
        opens := state = 'approved';
        step := NULL;
    ELSE
        state := CASE WHEN step = 1 THEN 'filed' ELSE 'in approval' END;
        approved_at := NULL;
        -- By what was declared when it was filed, and by the matrix of today as well.
        opens := due IS NOT NULL AND waits AND rule.emergency_hours > 0;
        ends_at := due;
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._request_state(bigint) IS
    'What a request has come to: drafted, filed, in approval, approved, refused, withdrawn, lapsed, closed, handed over, erased or applied; the step that is next, its end, and whether records open by it: approved, or an emergency that waits (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._request_state(bigint) FROM PUBLIC;

-- sql/src/40_functions/requests/21__follow_emergency.sql
-- Filing one announces its requester's suspension. Approval in time averts that; nothing else does, so it is neither amended
-- nor withdrawn, and a refusal suspends at once.
CREATE FUNCTION pgcustsec_internal._follow_emergency(request bigint, kind text, staff text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    hours integer;
    person text;
    announced bigint;
    made bigint;
BEGIN
    SELECT r.requester, k.emergency_hours INTO person, hours
    FROM pgcustsec_internal.request AS r
    JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
    WHERE r.request_id = request;
    IF kind = 'filed' AND hours > 0 THEN
        IF EXISTS (
            SELECT
            FROM pgcustsec_internal.staff_role AS h
            JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code AND r.supervises
            WHERE h.staff_id = person)
        THEN
            -- Of two supervisors each must see that the other may be gone as well.
            LOCK TABLE pgcustsec_internal.supervising IN EXCLUSIVE MODE;
        END IF;
        -- One after the other; this keeps nobody else waiting.
        PERFORM pgcustsec_internal._make_budget(person);
        PERFORM FROM pgcustsec_internal.budget AS b WHERE b.staff_id = person FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT
            FROM pgcustsec_internal.suspension AS u
            LEFT JOIN pgcustsec_internal.emergency_end AS n ON n.suspension_id = u.suspension_id
            WHERE u.code = person AND u.request_id IS NOT NULL AND n.how IS DISTINCT FROM 'approved'
                AND NOT EXISTS (SELECT FROM pgcustsec_internal.reinstatement AS e WHERE e.suspension_id = u.suspension_id))
        THEN
            RAISE EXCEPTION 'an emergency of yours waits for approval: one after the other (5.2.1)'
                USING ERRCODE = 'CS314', HINT = 'Have that decided first: see pgcustsec.requests.';
        END IF;
        INSERT INTO pgcustsec_internal.suspension AS u (kind, code, reason, suspended_by, starts_at, request_id, in_flight)
        VALUES (
            'person', person, format('emergency request %s, if it is not approved by then', request), person,
            clock_timestamp() + make_interval(hours => hours), request, '{}')
        RETURNING u.suspension_id INTO made;
        INSERT INTO pgcustsec_internal.emergency (staff_id, suspension_id, due_at)
            SELECT person, made, u.starts_at FROM pgcustsec_internal.suspension AS u WHERE u.suspension_id = made;
        PERFORM pgcustsec_internal._refuse_dead_end(made, person);
        INSERT INTO pgcustsec_internal.audit (kind, staff_id, about)
            VALUES ('emergency_declared', person, format('request %s', request));
        PERFORM pg_notify('pgcustsec_alarms', format('emergency %s', request));
        RAISE LOG 'pgcustsec: % declared an emergency, request %', person, request;
        RETURN;
    END IF;
    SELECT u.suspension_id INTO announced
    FROM pgcustsec_internal.suspension AS u
    WHERE u.request_id = request AND u.starts_at > clock_timestamp()
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.emergency_end AS n WHERE n.suspension_id = u.suspension_id);
    IF announced IS NULL OR kind NOT IN ('approved', 'refused')
        OR kind = 'approved' AND (SELECT s.state <> 'approved' FROM pgcustsec_internal._request_state(request) AS s)
    THEN
        RETURN;
    END IF;
    INSERT INTO pgcustsec_internal.emergency_end (suspension_id, how, by_staff) VALUES (announced, kind, staff);
    IF kind = 'approved' THEN
        DELETE FROM pgcustsec_internal.emergency AS g WHERE g.suspension_id = announced;
    ELSE
        UPDATE pgcustsec_internal.emergency AS g SET due_at = clock_timestamp() WHERE g.suspension_id = announced;
        INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
            VALUES ('suspended', staff, format('suspension %s: person %s', announced, person), format('request %s', request));
        PERFORM pg_notify('pgcustsec_alarms', format('suspension %s', announced));
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._follow_emergency(bigint, text, text) IS
    'What filing, approving and refusing an emergency do to its requester''s standing; alarms who listens to pgcustsec_alarms (4.2, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._follow_emergency(bigint, text, text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal._refuse_emergency(request bigint)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    IF EXISTS (SELECT FROM pgcustsec_internal.suspension AS u WHERE u.request_id = request) THEN
        RAISE EXCEPTION 'request % is an emergency: it stays as it was declared, for those who decide on it (5.2.1)', request
            USING ERRCODE = 'CS314', HINT = 'Have it decided: see pgcustsec.requests.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_emergency(bigint) IS 'An error for what was declared an emergency (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_emergency(bigint) FROM PUBLIC;

-- sql/src/40_functions/requests/21__may_decide.sql
-- Oneself, or somebody in whose place one decides. Neither is the requester, and neither has approved an earlier step, in
-- person or through a deputy: a chain of two is two people.
CREATE FUNCTION pgcustsec_internal._decides_as(request bigint, step integer, staff text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT a.staff_id
        FROM pgcustsec_internal.request AS r
        JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
        CROSS JOIN LATERAL (SELECT k.approvals -> (step - 1) AS by) AS s
        CROSS JOIN LATERAL (
            SELECT staff AS staff_id
            UNION ALL
            SELECT f.staff_id FROM pgcustsec_internal._acts_for(staff) AS f (staff_id)) AS a
        WHERE r.request_id = request AND r.requester NOT IN (staff, a.staff_id)
            AND NOT (pgcustsec_internal._is_service(staff) OR pgcustsec_internal._is_service(a.staff_id))
            AND (
                s.by ->> 'manager_of' = 'requester' AND EXISTS (
                    SELECT FROM pgcustsec_internal.staff AS p
                    WHERE p.staff_id = r.requester AND p.manager_id = a.staff_id)
                OR EXISTS (
                    SELECT FROM pgcustsec_internal.staff_role AS h
                    WHERE h.staff_id = a.staff_id AND h.role_code = s.by ->> 'role'))
            AND NOT EXISTS (
                SELECT FROM pgcustsec_internal.request_event AS e
                WHERE e.request_id = request AND e.kind = 'approved'
                    AND (e.staff_id IN (staff, a.staff_id) OR e.for_staff IN (staff, a.staff_id))
                    AND e.terms = pgcustsec_internal._request_terms(request)
                    AND e.event_id > (
                        SELECT max(c.event_id)
                        FROM pgcustsec_internal.request_event AS c
                        WHERE c.request_id = request AND c.kind IN ('filed', 'amended')))
        ORDER BY a.staff_id <> staff, a.staff_id
        LIMIT 1);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._decides_as(bigint, integer, text) IS
    'As whom somebody decides a step of a request: themselves, or whose deputy they are; NULL: it is not theirs (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._decides_as(bigint, integer, text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal._may_decide(request bigint, step integer, staff text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN pgcustsec_internal._decides_as(request, step, staff) IS NOT NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._may_decide(bigint, integer, text) IS
    'Whether a step of a request is for this person to decide: never their own, never a second one (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._may_decide(bigint, integer, text) FROM PUBLIC;

-- sql/src/40_functions/requests/22__record_request.sql
CREATE FUNCTION pgcustsec_internal._record_request(
    request bigint, kind text, staff text, step integer, comment text, for_staff text DEFAULT NULL)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    INSERT INTO pgcustsec_internal.request_event (request_id, kind, staff_id, for_staff, step, comment, terms)
        VALUES (request, kind, staff, for_staff, step, comment, coalesce(pgcustsec_internal._request_terms(request), ''));
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('request_' || replace(kind, ' ', '_'), staff, format('request %s', request), comment);
    PERFORM pgcustsec_internal._follow_emergency(request, kind, staff);
    PERFORM pg_notify('pgcustsec_requests', format('%s %s', request, kind));
    PERFORM set_config('synchronous_commit', 'on', true);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._record_request(bigint, text, text, integer, text, text) IS
    'Writes down a step of a request, and tells who listens to pgcustsec_requests its number (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._record_request(bigint, text, text, integer, text, text) FROM PUBLIC;

-- sql/src/40_functions/requests/23__own_request.sql
CREATE FUNCTION pgcustsec_internal._own_request(request bigint, staff text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- What was decided since such a snapshot was taken would be passed over.
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    PERFORM FROM pgcustsec_internal.request AS r
    WHERE r.request_id = request AND r.requester = staff FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no request % of yours (5.2.1)', request
            USING ERRCODE = 'CS301', HINT = 'See pgcustsec.requests.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._own_request(bigint, text) IS
    'Locks a person''s own request until the transaction ends: what happens to it happens one after the other; or an error (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._own_request(bigint, text) FROM PUBLIC;

-- sql/src/40_functions/requests/23__served_in.sql
CREATE FUNCTION pgcustsec_internal._served_in(service text, answers text, relation text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT r.role_code
        FROM pgcustsec_internal.staff AS s
        JOIN pgcustsec_internal.staff_role AS h ON h.staff_id = s.staff_id
        JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code AND r.service
        JOIN pgcustsec_internal.access AS a ON a.role_code = r.role_code
        WHERE s.staff_id = service AND s.manager_id = answers AND s.active
            AND a.schema_name || '.' || a.table_name = relation
        ORDER BY r.place
        LIMIT 1);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._served_in(text, text, text) IS
    'The role in which a service that somebody answers for has a table; NULL: it is no service of theirs, or has it not (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._served_in(text, text, text) FROM PUBLIC;

-- sql/src/40_functions/requests/24__check_request.sql
CREATE FUNCTION pgcustsec_internal._check_request(request bigint)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    asked pgcustsec_internal.request;
    kind pgcustsec_internal.request_kind;
    unknown text;
BEGIN
    SELECT r.* INTO asked FROM pgcustsec_internal.request AS r WHERE r.request_id = request;
    SELECT k.* INTO kind FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = asked.kind_code;
    IF asked.days < 1 THEN
        RAISE EXCEPTION 'a request names its term of use (4.3)'
            USING ERRCODE = 'CS306', HINT = format('Give the days, from 1 to %s.', kind.max_days);
    ELSIF asked.days > kind.max_days THEN
        RAISE EXCEPTION 'a request of kind % is for % days at most (4.3)', kind.kind_code, kind.max_days
            USING ERRCODE = 'CS307', HINT = 'Ask for fewer days.';
    ELSIF asked.max_rows < 0 OR kind.max_rows > 0 AND NOT asked.max_rows BETWEEN 1 AND kind.max_rows
        OR asked.max_rows > 0 AND cardinality(asked.keys) > asked.max_rows AND NOT kind.standing
    THEN
        RAISE EXCEPTION 'a request of kind % is for % rows % (5.2.1)',
            kind.kind_code, kind.max_rows, CASE WHEN kind.standing THEN 'a day at most' ELSE 'at most' END
            USING ERRCODE = 'CS309', HINT = 'Ask for fewer rows, or name a max_rows that covers all the keys.';
    ELSIF (asked.predicate IS NULL) = (asked.keys IS NULL) OR cardinality(asked.keys) = 0 OR array_ndims(asked.keys) > 1
        OR array_position(asked.keys, NULL) IS NOT NULL
    THEN
        RAISE EXCEPTION 'a request says which rows: by a predicate or by keys (5.2.1)'
            USING ERRCODE = 'CS309', HINT = 'Give one of the two.';
    END IF;
    IF kind.widens THEN
        IF asked.relation <> '(matrix)' OR cardinality(asked.columns) > 0 OR cardinality(asked.keys) IS DISTINCT FROM 1
            OR asked.keys[1] !~ '^[0-9a-f]{64}$'
        THEN
            RAISE EXCEPTION 'a request to widen names the digest of a plan, and nothing else (5.2.5)'
                USING ERRCODE = 'CS309', HINT = 'It is what pgcustsec plan prints: SELECT pgcustsec.file_widening(...).';
        END IF;
        RETURN;
    ELSIF kind.erases THEN
        PERFORM pgcustsec_internal._check_erasure(request);
        RETURN;
    END IF;
    unknown := (
        SELECT string_agg(quote_ident(coalesce(u.name, '')), ', ')
        FROM unnest(asked.columns) AS u (name)
        WHERE NOT EXISTS (
            SELECT FROM pgcustsec_internal.classification AS c WHERE c.relation = asked.relation AND c.column_name = u.name));
    IF unknown IS NOT NULL OR cardinality(asked.columns) = 0 OR array_ndims(asked.columns) > 1
        OR cardinality(asked.columns) <> (SELECT count(DISTINCT u.name) FROM unnest(asked.columns) AS u (name))
    THEN
        RAISE EXCEPTION 'a request names columns of % that the matrix classifies, each once (5.2.5)', asked.relation
            USING ERRCODE = 'CS209', HINT = coalesce('Not those: ' || unknown || '.', 'Name at least one.');
    END IF;
    PERFORM pgcustsec_internal._check_predicate(asked.relation, asked.predicate);
    -- And by who will judge it: every value is one of its column.
    PERFORM FROM pgcustsec_internal.keys_of_request(
        asked.role_code || ' ' || asked.relation, asked.predicate, asked.keys, NULL, 0);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._check_request(bigint) IS
    'Refuses a request without a term, beyond its kind''s limits, or for what the matrix does not have (4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._check_request(bigint) FROM PUBLIC;

-- sql/src/40_functions/requests/24__check_requester.sql
-- What was true when it was drafted or filed need not be: matrix and roles change.
CREATE FUNCTION pgcustsec_internal._check_requester(request bigint)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    asked pgcustsec_internal.request;
BEGIN
    SELECT r.* INTO asked FROM pgcustsec_internal.request AS r WHERE r.request_id = request;
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.request_kind AS k
        JOIN pgcustsec_internal.staff AS s ON s.staff_id = asked.requester AND s.active AND NOT pgcustsec_internal._is_service(s.staff_id)
        JOIN pgcustsec_internal.staff_role AS h ON h.staff_id = s.staff_id
            AND (h.role_code = ANY (k.filed_by) OR h.role_code = k.custodian)
        WHERE k.kind_code = asked.kind_code AND CASE
            WHEN k.standing THEN asked.role_code = pgcustsec_internal._served_in(asked.used_by, s.staff_id, asked.relation)
            ELSE h.role_code = asked.role_code AND asked.used_by = asked.requester
        END)
    THEN
        RAISE EXCEPTION 'request % is of a kind that its requester does not file today as % (5.2.1)', request, asked.role_code
            USING ERRCODE = 'CS202', HINT = 'It can be refused, or withdrawn.';
    ELSIF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.purpose AS p
        WHERE p.purpose_code = asked.purpose AND asked.role_code = ANY (p.roles))
    THEN
        RAISE EXCEPTION 'request % is for a purpose that % does not work for today (4.3)', request, asked.role_code
            USING ERRCODE = 'CS007', HINT = 'It can be refused, or withdrawn.';
    ELSIF NOT pgcustsec_internal._in_custody(request, NULL) THEN
        RAISE EXCEPTION 'request % is a disclosure, and its requester is not the named custodian today (3.3)', request
            USING ERRCODE = 'CS312', HINT = 'It can be refused, or withdrawn; the custodian of today files another.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._check_requester(bigint) IS
    'Refuses a request that its requester could not file today, in that role, for that purpose (4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._check_requester(bigint) FROM PUBLIC;

-- sql/src/40_functions/requests/25__approved_request.sql
CREATE FUNCTION pgcustsec_internal._approved_request(
    request bigint, staff text, erases boolean, OUT role_code text, OUT relation text, OUT columns name[], OUT predicate jsonb, OUT keys text[],
    OUT max_rows integer, OUT ends_at timestamptz, OUT kind_code text,
    OUT state text)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    SELECT r.role_code, r.relation, r.columns, r.predicate, r.keys, r.max_rows, r.kind_code
    INTO role_code, relation, columns, predicate, keys, max_rows, kind_code
    FROM pgcustsec_internal.request AS r
    WHERE r.request_id = request AND r.used_by = staff;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no request % of yours (5.2.1)', request
            USING ERRCODE = 'CS301', HINT = 'See pgcustsec.requests.';
    END IF;
    IF EXISTS (SELECT FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = kind_code AND k.widens) THEN
        RAISE EXCEPTION 'request % is to widen the matrix: by it nothing shows (5.2.5)', request
            USING ERRCODE = 'CS202', HINT = 'Approved, an administrator applies it: pgcustsec apply.';
    ELSIF erases <> EXISTS (SELECT FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = kind_code AND k.erases) THEN
        RAISE EXCEPTION 'request % is %', request, CASE
            WHEN erases THEN 'no wish to be erased: by it nothing is destroyed (4.3)'
            ELSE 'a wish to be erased: by it nothing shows (5.2.1)' END
            USING ERRCODE = 'CS202', HINT = CASE
                WHEN erases THEN 'SELECT pgcustsec.file_erasure(relation, keys, reason).'
                ELSE 'Approved, it is fulfilled: SELECT pgcustsec.erase(request).' END;
    END IF;
    PERFORM pgcustsec_internal._refuse_unusable(request);
    PERFORM pgcustsec_internal._refuse_overdue(staff);
    SELECT s.ends_at, s.state INTO ends_at, state FROM pgcustsec_internal._request_state(request) AS s;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._approved_request(bigint, text, boolean) IS
    'A request that is somebody''s to use: approved today or an emergency, within its term, theirs to handle, and to erase by or not, as is asked; else an error (3.3, 4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._approved_request(bigint, text, boolean) FROM PUBLIC;

-- sql/src/40_functions/requests/26__use_request.sql
-- Its caller holds the person's budget: one opening after the other, so that two do not both take the last row.
CREATE FUNCTION pgcustsec_internal._use_request(
    request bigint, access_code text, record_key text, OUT ends_at timestamptz, OUT counts boolean)
    RETURNS record
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    asked record := pgcustsec_internal._approved_request(request, person.staff_id, false);
    standing boolean := (SELECT k.standing FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = asked.kind_code);
    since timestamptz := CASE
        WHEN standing THEN to_timestamp(pgcustsec_internal._today() * 86400)
        ELSE (SELECT min(e.at) FROM pgcustsec_internal.request_event AS e WHERE e.request_id = request)
    END;
BEGIN
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.access AS a
        WHERE a.access_code = access_code AND a.lifts AND a.role_code = asked.role_code
            AND a.schema_name || '.' || a.table_name = asked.relation)
    THEN
        RAISE EXCEPTION 'role % has no view that shows records of % in full (5.2.1)', asked.role_code, asked.relation
            USING ERRCODE = 'CS202', HINT = 'Where the matrix says `tier1: absent`, an approved request is used as an extract.';
    END IF;
    PERFORM
    FROM pgcustsec_internal.keys_of_request(access_code, asked.predicate, asked.keys, record_key, 1) AS k
    WHERE coalesce(cardinality(k.integers), cardinality(k.uuids), cardinality(k.texts)) > 0;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'request % does not cover that record (5.2.1)', request
            USING ERRCODE = 'CS309', HINT = 'It names keys, or a predicate: see pgcustsec.requests.';
    ELSIF asked.max_rows > 0 AND (
        SELECT count(DISTINCT a.record_key) FILTER (WHERE a.record_key <> record_key)
        FROM pgcustsec_internal.audit AS a
        WHERE a.staff_id = person.staff_id AND a.at >= since
            AND a.about = 'request ' || request AND a.kind = 'record_opened') >= asked.max_rows
    THEN
        RAISE EXCEPTION 'request % is for % records%, and as many were opened (5.2.1)',
            request, asked.max_rows, CASE WHEN standing THEN ' a day' ELSE '' END
            USING ERRCODE = 'CS309', HINT = CASE WHEN standing THEN 'Go on after midnight, UTC.' ELSE 'File another.' END;
    END IF;
    ends_at := asked.ends_at;
    counts := asked.max_rows > 0;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._use_request(bigint, text, text) IS
    'An error unless the caller''s request is approved and covers the record; the end of its term, and whether it has a limit of its own that counts in place of the day''s budgets (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._use_request(bigint, text, text) FROM PUBLIC;

-- sql/src/40_functions/requests/30_request_seen.sql
-- Views ask it of their reader for EXECUTE on what they call: so it decides by the caller what they may know.
CREATE FUNCTION pgcustsec_internal.request_seen(request bigint)
    RETURNS TABLE (
        state text, filed_at timestamptz, approved_at timestamptz, ends_at timestamptz, step integer, awaits jsonb,
        deciders text[], mine_to_decide boolean)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._asking();
    now_is record;
    requester text;
    used_by text;
    chain jsonb;
    deciders text[];
BEGIN
    SELECT s.* INTO now_is FROM pgcustsec_internal._request_state(request) AS s;
    SELECT r.requester, r.used_by, k.approvals INTO requester, used_by, chain
    FROM pgcustsec_internal.request AS r
    LEFT JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
    WHERE r.request_id = request;
    IF requester IS DISTINCT FROM person.staff_id AND used_by IS DISTINCT FROM person.staff_id AND (
        now_is.state = 'drafted' OR NOT (
            EXISTS (
                SELECT FROM pgcustsec_internal.role AS o WHERE o.role_code = ANY (person.roles) AND o.supervises)
            OR EXISTS (
                SELECT
                FROM generate_series(1, jsonb_array_length(chain)) AS n (step)
                WHERE pgcustsec_internal._may_decide(request, n.step, person.staff_id))
            OR EXISTS (
                SELECT FROM pgcustsec_internal.request_event AS e
                WHERE e.request_id = request AND e.staff_id = person.staff_id)))
        OR person.staff_id IS NULL
    THEN
        RETURN;
    END IF;
    IF now_is.step IS NOT NULL THEN
        deciders := ARRAY(
            SELECT c.staff_id
            FROM pgcustsec_internal.staff AS c
            WHERE c.active AND c.login IS NOT NULL
                AND c.staff_id IN (
                    SELECT s.manager_id FROM pgcustsec_internal.staff AS s WHERE s.staff_id = requester
                    UNION
                    SELECT h.staff_id FROM pgcustsec_internal.staff_role AS h
                    WHERE h.role_code = chain -> (now_is.step - 1) ->> 'role'
                    UNION
                    SELECT d.deputy FROM pgcustsec_internal.deputy AS d WHERE d.ends_at > clock_timestamp())
                AND pgcustsec_internal._may_decide(request, now_is.step, c.staff_id)
                AND NOT EXISTS (SELECT FROM pgcustsec_internal._suspensions_of(c.staff_id))
            ORDER BY c.staff_id);
    END IF;
    RETURN QUERY
        SELECT
            now_is.state,
            (SELECT min(e.at) FROM pgcustsec_internal.request_event AS e WHERE e.request_id = request AND e.kind = 'filed'),
            now_is.approved_at, now_is.ends_at, now_is.step, chain -> (now_is.step - 1),
            deciders, coalesce(person.staff_id = ANY (deciders), false);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.request_seen(bigint) IS
    'What a request has come to, if it is the caller''s, theirs to decide, or they supervise; no row for anybody else (5.1, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.request_seen(bigint) FROM PUBLIC;

-- sql/src/40_functions/requests/39__file_request.sql
CREATE FUNCTION pgcustsec_internal._file_request(
    kind text, purpose text, relation text, columns text[], predicate jsonb, keys text[], days integer,
    max_rows integer, discloses boolean, service text)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    rule pgcustsec_internal.request_kind;
    parts text[];
    filing record;
    made bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- A suspension since such a snapshot was taken would be passed over.
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
    PERFORM pgcustsec_internal._refuse_overdue(person.staff_id);
    SELECT k.* INTO rule FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = kind;
    parts := pgcustsec_internal._name_parts(relation);
    SELECT a.role_code, a.schema_name || '.' || a.table_name AS relation
    INTO filing
    FROM pgcustsec_internal.access AS a
    JOIN pgcustsec_internal.role AS r ON r.role_code = a.role_code
    WHERE CASE
            WHEN rule.standing THEN rule.filed_by && person.roles
                AND a.role_code = pgcustsec_internal._served_in(
                    service, person.staff_id, a.schema_name || '.' || a.table_name)
            ELSE service IS NULL AND a.role_code = ANY (person.roles)
                AND (a.role_code = ANY (rule.filed_by) OR a.role_code = rule.custodian)
        END
        AND a.table_name = parts[cardinality(parts)]
        AND (cardinality(parts) = 1 OR parts[1] IN (a.schema_name, a.role_code))
    ORDER BY r.place
    LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION '%', CASE
            WHEN rule.standing THEN 'a standing request is for a service that you answer for, as its manager, and whose role has the table (5.2.1)'
            ELSE 'no role of yours files requests of that kind for that table (5.2.1)' END
            USING ERRCODE = 'CS202', HINT = format('Kinds that a role of yours files: %s.', (
                SELECT coalesce(string_agg(k.kind_code, ', ' ORDER BY k.kind_code), 'none')
                FROM pgcustsec_internal.request_kind AS k
                WHERE k.filed_by && person.roles OR k.custodian = ANY (person.roles)));
    ELSIF NOT EXISTS (
        SELECT FROM pgcustsec_internal.purpose AS p WHERE p.purpose_code = purpose AND filing.role_code = ANY (p.roles))
    THEN
        RAISE EXCEPTION 'role % does not work for that purpose (4.3)', filing.role_code
            USING ERRCODE = 'CS007', HINT = 'pgcustsec.whoami() says which are yours.';
    ELSIF discloses AND rule.custodian = '' THEN
        RAISE EXCEPTION 'a request of kind % is no disclosure (3.3)', kind
            USING ERRCODE = 'CS202', HINT = 'SELECT pgcustsec.file_request(...).';
    END IF;
    IF rule.custodian <> '' THEN
        PERFORM pgcustsec_internal._refuse_others(person.staff_id, filing.role_code, discloses);
    END IF;
    INSERT INTO pgcustsec_internal.request AS r (
        kind_code, requester, used_by, role_code, purpose, relation, columns, predicate, keys, days, max_rows)
    VALUES (
        kind, person.staff_id, coalesce(service, person.staff_id), filing.role_code, purpose, filing.relation, coalesce(columns, '{}'), predicate, keys,
        coalesce(days, 0), coalesce(max_rows, rule.max_rows))
    RETURNING r.request_id INTO made;
    PERFORM pgcustsec_internal._check_request(made);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._file_request(text, text, text, text[], jsonb, text[], integer, integer, boolean, text) IS
    'Makes a request of the caller''s, checked, and returns its number; who calls it says next what it is: drafted or filed (4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._file_request(text, text, text, text[], jsonb, text[], integer, integer, boolean, text) FROM PUBLIC;

-- sql/src/40_functions/requests/40_file_request.sql
CREATE FUNCTION pgcustsec.file_request(
    kind text, purpose text, relation text, columns text[], predicate jsonb, keys text[], days integer,
    max_rows integer DEFAULT NULL, draft boolean DEFAULT false)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    made bigint := pgcustsec_internal._file_request(
        kind, purpose, relation, columns, predicate, keys, days, max_rows, false, NULL);
BEGIN
    PERFORM pgcustsec_internal._record_request(made, CASE WHEN draft THEN 'drafted' ELSE 'filed' END, (
        SELECT r.requester FROM pgcustsec_internal.request AS r WHERE r.request_id = made), NULL, NULL);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.file_request(text, text, text, text[], jsonb, text[], integer, integer, boolean) IS
    'Files a special application (专项事务申请) for columns of rows, for a term of days; returns its number. A draft is filed by submit_request() (4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.file_request(text, text, text, text[], jsonb, text[], integer, integer, boolean) FROM PUBLIC;

-- sql/src/40_functions/requests/40_file_standing_request.sql
CREATE FUNCTION pgcustsec.file_standing_request(
    kind text, service text, purpose text, relation text, columns text[], predicate jsonb, keys text[], days integer,
    records_a_day integer DEFAULT NULL)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    made bigint := pgcustsec_internal._file_request(
        kind, purpose, relation, columns, predicate, keys, days, records_a_day, false, coalesce(service, ''));
BEGIN
    PERFORM pgcustsec_internal._record_request(made, 'filed', (
        SELECT r.requester FROM pgcustsec_internal.request AS r WHERE r.request_id = made), NULL, NULL);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.file_standing_request(text, text, text, text, text[], jsonb, text[], integer, integer) IS
    'Files a standing request for an unattended service that the caller answers for, as its manager: columns, one record after the other, so many a day, for a term; returns its number (4.3, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.file_standing_request(text, text, text, text, text[], jsonb, text[], integer, integer) FROM PUBLIC;

-- sql/src/40_functions/requests/40_file_widening.sql
-- Its target is the digest of one plan: what it changes for people, and the whole matrix that it comes from.
CREATE FUNCTION pgcustsec.file_widening(kind text, purpose text, digest text, days integer)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    role_code text;
    made bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- A suspension since such a snapshot was taken would be passed over.
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
    PERFORM pgcustsec_internal._refuse_overdue(person.staff_id);
    SELECT r.role_code INTO role_code
    FROM pgcustsec_internal.request_kind AS k
    JOIN pgcustsec_internal.role AS r ON r.role_code = ANY (k.filed_by) AND r.role_code = ANY (person.roles)
    WHERE k.kind_code = kind AND k.widens
    ORDER BY NOT EXISTS (
        SELECT FROM pgcustsec_internal.purpose AS p WHERE p.purpose_code = purpose AND r.role_code = ANY (p.roles)), r.place
    LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no role of yours files requests of that kind to widen the matrix (5.2.5)'
            USING ERRCODE = 'CS202', HINT = format('Kinds that widen: %s.', (
                SELECT coalesce(string_agg(k.kind_code || ', filed by ' || array_to_string(k.filed_by, ', '), '; '), 'none')
                FROM pgcustsec_internal.request_kind AS k
                WHERE k.widens));
    END IF;
    INSERT INTO pgcustsec_internal.request AS r (
        kind_code, requester, used_by, role_code, purpose, relation, columns, keys, days, max_rows)
    VALUES (
        kind, person.staff_id, person.staff_id, role_code, purpose, '(matrix)', '{}', ARRAY[digest], coalesce(days, 0), 0)
    RETURNING r.request_id INTO made;
    PERFORM pgcustsec_internal._check_requester(made);
    PERFORM pgcustsec_internal._check_request(made);
    PERFORM pgcustsec_internal._record_request(made, 'filed', person.staff_id, NULL, NULL);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.file_widening(text, text, text, integer) IS
    'Files a request that a plan be applied which lets somebody see more, by the digest that pgcustsec plan prints; returns its number (5.2.5).';
REVOKE ALL ON FUNCTION pgcustsec.file_widening(text, text, text, integer) FROM PUBLIC;

-- sql/src/40_functions/requests/41_amend_request.sql
CREATE FUNCTION pgcustsec.amend_request(
    request bigint, columns text[], predicate jsonb, keys text[], days integer, max_rows integer DEFAULT NULL)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    now_is text;
BEGIN
    -- What it is changed to is asked for now, as if it were filed.
    PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
    PERFORM pgcustsec_internal._refuse_overdue(person.staff_id);
    PERFORM pgcustsec_internal._own_request(request, person.staff_id);
    PERFORM pgcustsec_internal._refuse_emergency(request);
    now_is := (SELECT s.state FROM pgcustsec_internal._request_state(request) AS s);
    IF now_is NOT IN ('drafted', 'filed', 'in approval', 'approved') THEN
        RAISE EXCEPTION 'request % is % (5.2.1)', request, now_is
            USING ERRCODE = CASE now_is WHEN 'withdrawn' THEN 'CS310' WHEN 'lapsed' THEN 'CS308' WHEN 'handed over' THEN 'CS313' ELSE 'CS304' END,
                HINT = 'File another.';
    END IF;
    UPDATE pgcustsec_internal.request AS r
    SET
        columns = coalesce(amend_request.columns, '{}'), predicate = amend_request.predicate, keys = amend_request.keys,
        days = coalesce(amend_request.days, 0), max_rows = coalesce(amend_request.max_rows, (
            SELECT k.max_rows FROM pgcustsec_internal.request_kind AS k WHERE k.kind_code = r.kind_code))
    WHERE r.request_id = request;
    PERFORM pgcustsec_internal._check_requester(request);
    PERFORM pgcustsec_internal._check_request(request);
    PERFORM pgcustsec_internal._record_request(request, 'amended', person.staff_id, NULL, NULL);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.amend_request(bigint, text[], jsonb, text[], integer, integer) IS
    'Changes what a request of the caller''s asks for. Approvals of what it was are void (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.amend_request(bigint, text[], jsonb, text[], integer, integer) FROM PUBLIC;

-- sql/src/40_functions/requests/42_submit_request.sql
CREATE FUNCTION pgcustsec.submit_request(request bigint)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    now_is text;
BEGIN
    PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
    PERFORM pgcustsec_internal._refuse_overdue(person.staff_id);
    PERFORM pgcustsec_internal._own_request(request, person.staff_id);
    now_is := (SELECT s.state FROM pgcustsec_internal._request_state(request) AS s);
    IF now_is <> 'drafted' THEN
        RAISE EXCEPTION 'request % is no draft, it is % (5.2.1)', request, now_is
            USING ERRCODE = CASE now_is WHEN 'withdrawn' THEN 'CS310' ELSE 'CS304' END, HINT = 'See pgcustsec.requests.';
    END IF;
    PERFORM pgcustsec_internal._check_requester(request);
    PERFORM pgcustsec_internal._check_request(request);
    PERFORM pgcustsec_internal._record_request(request, 'filed', person.staff_id, NULL, NULL);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.submit_request(bigint) IS
    'Files a draft of the caller''s (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.submit_request(bigint) FROM PUBLIC;

-- sql/src/40_functions/requests/43_withdraw_request.sql
CREATE FUNCTION pgcustsec.withdraw_request(request bigint)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    now_is text;
BEGIN
    PERFORM pgcustsec_internal._own_request(request, person.staff_id);
    now_is := (SELECT s.state FROM pgcustsec_internal._request_state(request) AS s);
    IF now_is <> 'approved' THEN
        PERFORM pgcustsec_internal._refuse_emergency(request);
    END IF;
    IF now_is NOT IN ('drafted', 'filed', 'in approval', 'approved') THEN
        RAISE EXCEPTION 'request % is % already (5.2.1)', request, now_is
            USING ERRCODE = CASE now_is WHEN 'withdrawn' THEN 'CS310' WHEN 'lapsed' THEN 'CS308' WHEN 'handed over' THEN 'CS313' ELSE 'CS304' END,
                HINT = 'There is nothing left to withdraw.';
    END IF;
    PERFORM pgcustsec_internal._record_request(
        request, CASE now_is WHEN 'approved' THEN 'closed' ELSE 'withdrawn' END, person.staff_id, NULL, NULL);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.withdraw_request(bigint) IS
    'Takes back a request of the caller''s; one that was approved already is closed (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.withdraw_request(bigint) FROM PUBLIC;

-- sql/src/40_functions/requests/44_decide_request.sql
CREATE FUNCTION pgcustsec.decide_request(request bigint, decision text, comment text)
    RETURNS text
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    requester text;
    now_is record;
BEGIN
    IF decision NOT IN ('approve', 'refuse') OR decision IS NULL THEN
        RAISE EXCEPTION 'a decision is approve or refuse (5.2.1)' USING ERRCODE = 'CS305', HINT = 'Say one of the two.';
    ELSIF coalesce(pgcustsec_internal._says_nothing(comment), true) THEN
        RAISE EXCEPTION 'a decision states why (5.2.1)' USING ERRCODE = 'CS206', HINT = 'Say it, as the third argument.';
    ELSIF current_setting('transaction_isolation') <> 'read committed' THEN
        -- What was withdrawn or amended since such a snapshot was taken would be decided on.
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    IF person.by_token THEN
        RAISE EXCEPTION 'a decision is made through one''s own login, not an application''s (2.3)'
            USING ERRCODE = 'CS003', HINT = 'Connect as yourself.';
    END IF;
    PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
    SELECT r.requester INTO requester FROM pgcustsec_internal.request AS r WHERE r.request_id = request FOR UPDATE;
    IF requester = person.staff_id THEN
        RAISE EXCEPTION 'nobody decides on their own request (5.2.1)'
            USING ERRCODE = 'CS303', HINT = 'Somebody else of the chain does.';
    END IF;
    SELECT s.* INTO now_is FROM pgcustsec_internal._request_state(request) AS s;
    -- Of a request that is not for them, or not filed yet, nobody is told more than that.
    IF requester IS NULL OR now_is.state = 'drafted' OR NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.request AS r
        JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
        CROSS JOIN LATERAL generate_series(1, jsonb_array_length(k.approvals)) AS n (step)
        WHERE r.request_id = request AND (
            pgcustsec_internal._may_decide(request, n.step, person.staff_id)
            OR EXISTS (
                SELECT FROM pgcustsec_internal.request_event AS e
                WHERE e.request_id = request AND e.staff_id = person.staff_id)))
    THEN
        RAISE EXCEPTION 'there is no request % for you to decide (5.2.1)', request
            USING ERRCODE = 'CS301', HINT = 'See pgcustsec.requests.';
    ELSIF now_is.state NOT IN ('filed', 'in approval') THEN
        RAISE EXCEPTION 'request % is % (5.2.1)', request, now_is.state
            USING ERRCODE = CASE now_is.state WHEN 'withdrawn' THEN 'CS310' WHEN 'lapsed' THEN 'CS308' ELSE 'CS304' END,
                HINT = 'There is nothing to decide.';
    ELSIF NOT pgcustsec_internal._may_decide(request, now_is.step, person.staff_id) THEN
        IF EXISTS (
            SELECT FROM pgcustsec_internal.request_event AS e
            WHERE e.request_id = request AND e.staff_id = person.staff_id AND e.kind = 'approved'
                AND e.terms = now_is.terms)
        THEN
            RAISE EXCEPTION 'you have decided on request % already (5.2.1)', request
                USING ERRCODE = 'CS304', HINT = 'The next step is another person''s.';
        END IF;
        RAISE EXCEPTION 'step % of request % is another''s to decide (5.2.1)', now_is.step, request
            USING ERRCODE = 'CS305', HINT = 'See pgcustsec.requests.';
    END IF;
    IF decision = 'approve' THEN
        -- By the matrix of today, which may allow less than that of the day it was filed.
        PERFORM pgcustsec_internal._check_requester(request);
        PERFORM pgcustsec_internal._check_request(request);
    END IF;
    PERFORM pgcustsec_internal._record_request(
        request, CASE decision WHEN 'approve' THEN 'approved' ELSE 'refused' END, person.staff_id, now_is.step, comment,
        nullif(pgcustsec_internal._decides_as(request, now_is.step, person.staff_id), person.staff_id));
    RETURN (SELECT s.state FROM pgcustsec_internal._request_state(request) AS s);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.decide_request(bigint, text, text) IS
    'Decides the next step of a request, approve or refuse, and returns what it has come to. A deputy does in another''s place. Nobody decides on their own, out of turn, or twice (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.decide_request(bigint, text, text) FROM PUBLIC;

-- sql/src/40_functions/requests/45__spend_widening.sql
-- In the transaction that applies: what is rolled back spends nothing, and of two applies the second finds it spent.
CREATE FUNCTION pgcustsec_internal._spend_widening(digest text, OUT request bigint, OUT became text)
    RETURNS record
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    one bigint;
    applier text := (SELECT s.staff_id FROM pgcustsec_internal.staff AS s WHERE s.login = session_user);
BEGIN
    became := 'none';
    FOR one IN
        SELECT r.request_id
        FROM pgcustsec_internal.request AS r
        JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code AND k.widens
        WHERE r.relation = '(matrix)' AND r.keys = ARRAY[digest]
        ORDER BY r.request_id
        FOR UPDATE OF r
    LOOP
        request := one;
        -- Asked once it is locked: it may have been withdrawn, or spent, meanwhile.
        became := (SELECT s.state FROM pgcustsec_internal._request_state(one) AS s);
        IF became = 'approved' AND EXISTS (
            SELECT
            FROM pgcustsec_internal.request_event AS e
            LEFT JOIN pgcustsec_internal.staff AS s ON s.staff_id IN (e.staff_id, e.for_staff)
            LEFT JOIN pg_catalog.pg_roles AS l ON l.rolname = s.login
            WHERE e.request_id = one AND e.kind = 'approved' AND (
                s.login = session_user OR pg_has_role(l.oid, session_user, 'MEMBER')
                OR EXISTS (
                    SELECT FROM pgcustsec_internal.audit AS a
                    WHERE a.kind = 'request_approved' AND a.about = format('request %s', one) AND a.login = session_user)))
        THEN
            became := 'own';
        ELSIF became = 'approved' THEN
            PERFORM pgcustsec_internal._record_request(one, 'applied', coalesce(applier, session_user::text), NULL, NULL);
            became := 'spent';
            RETURN;
        END IF;
    END LOOP;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._spend_widening(text) IS
    'Spends an approved request to apply the plan with that digest, which somebody else than who applies has approved: its number and spent; else the last such request and its state, own, or none (5.2.5).';
REVOKE ALL ON FUNCTION pgcustsec_internal._spend_widening(text) FROM PUBLIC;

-- sql/src/40_functions/requests/50_open_full.sql
-- Which columns that lifts say the views, column by column: lifted().
CREATE FUNCTION pgcustsec.open_full(request bigint, key text)
    RETURNS timestamptz
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    asked record := pgcustsec_internal._approved_request(request, (SELECT p.staff_id FROM pgcustsec_internal._person() AS p), false);
    parts text[] := pgcustsec_internal._name_parts(asked.relation);
BEGIN
    RETURN pgcustsec_internal._open_record(format('%I.%I', asked.role_code, parts[2]), key, NULL, request);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.open_full(bigint, text) IS
    'Opens one record of an approved request of the caller''s: its view shows the columns named in full, once this is committed; returns when it lapses (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.open_full(bigint, text) FROM PUBLIC;

-- sql/src/40_functions/requests/51__lifted.sql
-- Asked for the one row that is open, after the view has found that it is: so it may look the request up anew.
CREATE FUNCTION pgcustsec_internal._lifted(access_code text, record_key text)
    RETURNS name[]
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    opened record;
    columns name[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RETURN NULL;
    END IF;
    SELECT w.request_id, w.opened_by INTO opened
    FROM pgcustsec_internal.at_work AS w
    WHERE w.access_code = access_code AND w.record_key = record_key AND w.lapses_at > clock_timestamp();
    -- The commonest answer needs no more than this.
    IF opened.request_id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT r.columns INTO columns
    FROM pgcustsec_internal.access AS a
    JOIN pgcustsec_internal.asker AS s ON s.role_code = a.role_code
    JOIN pgcustsec_internal.request AS r ON r.request_id = opened.request_id AND r.used_by = s.staff_id
        AND r.role_code = a.role_code AND r.relation = a.schema_name || '.' || a.table_name
    WHERE a.access_code = access_code AND a.lifts;
    -- Not in the query: of a transaction of the future, which `at_work` leaves out, that is an error.
    RETURN CASE
        WHEN pgcustsec_internal.is_committed(opened.opened_by)
            AND (SELECT s.opens FROM pgcustsec_internal._request_state(opened.request_id) AS s)
            AND pgcustsec_internal._in_custody(opened.request_id, session_user)
        THEN columns
    END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._lifted(text, text) IS
    'The columns named by the request, approved today, by which the caller has this record open; NULL: by none (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._lifted(text, text) FROM PUBLIC;

-- sql/src/40_functions/session/_begin_session.sql
-- Begins what start_session() or register_session() has judged. Its commit waits for the disk: what is shown from now on
-- has a record of who was at work. False: another connection has begun it meanwhile.
CREATE FUNCTION pgcustsec_internal._begin_session(
    session_id uuid, staff_id text, works_as text, roles text[], purpose text)
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    term timestamptz;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    -- Both held until this commits: else a matrix could narrow the purpose meanwhile, or another agreement be asked for,
    -- and not see that this begins.
    LOCK TABLE pgcustsec_internal.agreement_text IN ROW SHARE MODE;
    PERFORM FROM pgcustsec_internal.purpose AS p
    WHERE p.purpose_code = _begin_session.purpose AND _begin_session.roles <@ p.roles FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the purpose is no longer for what it was (4.3)'
            USING ERRCODE = 'CS007', HINT = 'Start again: pgcustsec.whoami() says which are yours.';
    END IF;
    term := pgcustsec_internal._term_of(staff_id, roles);
    PERFORM pgcustsec_internal._make_budget(staff_id);
    INSERT INTO pgcustsec_internal.session (session_id, staff_id, roles, purpose, ends_at)
        VALUES (session_id, staff_id, roles, purpose, term)
        ON CONFLICT ON CONSTRAINT session_pkey DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, session_id, purpose, lapses_at)
        VALUES ('session_started', staff_id, session_id, purpose, term);
    DELETE FROM pgcustsec_internal.session_access AS w WHERE w.known_as = works_as;
    INSERT INTO pgcustsec_internal.session_access AS w (known_as, access_code, session_id, staff_id, purpose, ends_at)
    SELECT works_as, a.access_code, session_id, staff_id, purpose, term
    FROM (
        SELECT c.access_code FROM pgcustsec_internal.access AS c WHERE c.role_code = ANY (roles)
        -- And of each role as such: supervisors are at work though they have no tables.
        UNION ALL SELECT unnest(roles)) AS a (access_code)
    -- Another connection of the same login began one at the same moment: the later one counts.
    ON CONFLICT ON CONSTRAINT session_access_pkey DO UPDATE
    SET session_id = EXCLUDED.session_id, staff_id = EXCLUDED.staff_id, purpose = EXCLUDED.purpose,
        ends_at = EXCLUDED.ends_at, begun_by = EXCLUDED.begun_by, record_key = NULL, lapses_at = NULL, opened_by = NULL,
        request_id = NULL;
    RETURN true;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._begin_session(uuid, text, text, text[], text) IS
    'Writes down that a session begins, and gives it what its roles have of tables (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._begin_session(uuid, text, text, text[], text) FROM PUBLIC;

-- sql/src/40_functions/session/_end_access_for_purposes.sql
CREATE FUNCTION pgcustsec_internal._end_access_for_purposes()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- What is at work is of a role, or of a role and a table.
    DELETE FROM pgcustsec_internal.session_access AS w
    WHERE NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.purpose AS p
        WHERE p.purpose_code = w.purpose AND split_part(w.access_code, ' ', 1) = ANY (p.roles));
    INSERT INTO pgcustsec_internal.session_end (session_id, why)
    SELECT s.session_id, 'revoked'
    FROM pgcustsec_internal.session AS s
    WHERE s.ends_at > clock_timestamp()
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.session_access AS w WHERE w.session_id = s.session_id)
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = s.session_id);
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._end_access_for_purposes() IS
    'Takes from sessions what their purpose is no longer for, and ends those that it leaves nothing (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._end_access_for_purposes() FROM PUBLIC;

-- sql/src/40_functions/session/_end_access_of_before.sql
-- Who left may have kept a lock on what their sessions had at work, so leaving has left it alone; coming back waits. And
-- a login that is given to somebody brings nothing of who had it.
CREATE FUNCTION pgcustsec_internal._end_access_of_before()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    DELETE FROM pgcustsec_internal.session_access AS w WHERE w.staff_id = NEW.staff_id OR w.known_as = NEW.login;
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._end_access_of_before() IS
    'Takes what sessions of before have at work from a person who is back, and from a login that gets another person (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._end_access_of_before() FROM PUBLIC;

-- sql/src/40_functions/session/_end_session.sql
CREATE FUNCTION pgcustsec_internal._end_session(session_id uuid, staff_id text, why text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    INSERT INTO pgcustsec_internal.session_end (session_id, why) VALUES (session_id, why);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, session_id, reason)
        VALUES ('session_ended', staff_id, session_id, why);
    DELETE FROM pgcustsec_internal.session_access AS w WHERE w.session_id = _end_session.session_id;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._end_session(uuid, text, text) IS 'Ends a session before its term, and writes it down (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._end_session(uuid, text, text) FROM PUBLIC;

-- sql/src/40_functions/session/_end_sessions_of_leaver.sql
-- What the sessions have at work is left alone: who leaves could keep a lock on it, and so their leaving from being
-- recorded. They are nobody from now on, whatever is there.
CREATE FUNCTION pgcustsec_internal._end_sessions_of_leaver()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    INSERT INTO pgcustsec_internal.session_end (session_id, why)
    SELECT s.session_id, 'left'
    FROM pgcustsec_internal.session AS s
    WHERE s.staff_id = NEW.staff_id AND s.ends_at > clock_timestamp()
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = s.session_id);
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._end_sessions_of_leaver() IS 'Ends the sessions of a person who has left (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._end_sessions_of_leaver() FROM PUBLIC;

-- sql/src/40_functions/session/_live_session.sql
CREATE FUNCTION pgcustsec_internal._live_session(staff_id text, works_as text, OUT session_id uuid, OUT purpose text, OUT ends_at timestamptz, OUT committed boolean)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    SELECT
        w.session_id, w.purpose, w.ends_at,
        -- One of the future came with a restored dump.
        CASE
            WHEN w.begun_by < pg_snapshot_xmax(pg_current_snapshot())
                THEN pgcustsec_internal.is_committed(w.begun_by)
            ELSE false
        END
    INTO session_id, purpose, ends_at, committed
    FROM pgcustsec_internal.session_access AS w
    WHERE w.known_as = _live_session.works_as AND w.staff_id = _live_session.staff_id AND w.ends_at > clock_timestamp()
    LIMIT 1;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._live_session(text, text) IS
    'The session that a person has at work under the name they work as; NULL: none (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._live_session(text, text) FROM PUBLIC;

-- sql/src/40_functions/session/_make_budget.sql
-- With the first session and not with the first opening: what is made in a transaction that is rolled back is not there,
-- and each opening would begin at nothing again.
CREATE FUNCTION pgcustsec_internal._make_budget(staff_id text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    made bigint;
    kind text;
BEGIN
    INSERT INTO pgcustsec_internal.budget AS b (staff_id) VALUES (staff_id)
        ON CONFLICT ON CONSTRAINT budget_pkey DO NOTHING RETURNING b.budget_id INTO made;
    IF made IS NULL THEN
        RETURN;
    END IF;
    FOREACH kind IN ARRAY ARRAY['openings', 'customers', 'refusals'] LOOP
        EXECUTE format('CREATE SEQUENCE pgcustsec_internal.%I MINVALUE 0 START 1', kind || '_' || made);
        EXECUTE format(
            'COMMENT ON SEQUENCE pgcustsec_internal.%I IS %L', kind || '_' || made,
            'Of one person, see pgcustsec_internal.budget (5.2.1).');
    END LOOP;
    UPDATE pgcustsec_internal.budget AS b
    SET openings = format('pgcustsec_internal.openings_%s', made)::regclass,
        customers = format('pgcustsec_internal.customers_%s', made)::regclass,
        refusals = format('pgcustsec_internal.refusals_%s', made)::regclass
    WHERE b.budget_id = made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._make_budget(text) IS 'Makes what a person''s budgets are counted in, once (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._make_budget(text) FROM PUBLIC;

-- sql/src/40_functions/session/_refuse_token.sql
CREATE FUNCTION pgcustsec_internal._refuse_token(token text)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    part text[];
    session uuid;
BEGIN
    IF octet_length(token) <= 4000 THEN
        part := string_to_array(token, '.');
    END IF;
    -- Of a token that is not ours nothing is said but that: no hint for who tries.
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_keys.token_key AS k
        WHERE k.key_id = part[2] AND k.login = session_user
            AND encode(pgcustsec_internal.hmac_sha256_blocks(
                convert_to(session_user || chr(10) || left(token, -1 - length(part[8])), 'UTF8'),
                k.inner_block, k.outer_block), 'hex') = part[8])
    THEN
        RAISE EXCEPTION 'this is no token of login %', session_user
            USING ERRCODE = 'CS003', HINT = 'Mint it with a key of this login: pgcustsec token keys list.';
    END IF;
    IF part[4] ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
        session := part[4]::uuid;
    END IF;
    IF EXISTS (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = session) THEN
        RAISE EXCEPTION 'session % has ended', session USING ERRCODE = 'CS006', HINT = 'Mint a token with a new session.';
    END IF;
    RAISE EXCEPTION 'this token is past its term, or its key is, or it is for longer or another role than the matrix lets login % sign for', session_user
        USING ERRCODE = 'CS004', HINT = 'Mint a new one, for token_minutes of the matrix at most; do the clocks agree?';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_token(text) IS 'Says why a token is nobody''s, as far as its holder may know (2.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_token(text) FROM PUBLIC;

-- sql/src/40_functions/session/_term_of.sql
CREATE FUNCTION pgcustsec_internal._term_of(staff_id text, roles text[])
    RETURNS timestamptz
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT least(
            clock_timestamp() + make_interval(hours => min(r.session_hours)), pgcustsec_internal._cleared_until(staff_id))
        FROM pgcustsec_internal.role AS r
        WHERE r.role_code = ANY (roles));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._term_of(text, text[]) IS 'When a session of a person in these roles that begins now ends at the latest.';
REVOKE ALL ON FUNCTION pgcustsec_internal._term_of(text, text[]) FROM PUBLIC;

-- sql/src/40_functions/session/_uncleared.sql
-- The one list of what keeps a person from tier 1 and 2 apart from a session; each part that is added adds a reason here.
-- A reason that comes with a day caps the session's term; one that comes with an event ends sessions.
CREATE FUNCTION pgcustsec_internal._uncleared(staff_id text)
    RETURNS TABLE (state text, reason text, next_step text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    answers text := pgcustsec_internal._answers_for(staff_id);
BEGIN
    IF NOT EXISTS (SELECT FROM pgcustsec_internal.staff_role AS r WHERE r.staff_id = _uncleared.staff_id) THEN
        RETURN QUERY SELECT
            'CS002', 'you hold no role of the matrix (5.3)', 'ask an administrator for the role that your work needs';
    END IF;
    IF answers IS NULL THEN
        RETURN QUERY SELECT
            'CS101', 'nobody answers for this service (5.3)', 'its manager does: ask an administrator to name one';
        RETURN;
    END IF;
    RETURN QUERY
        SELECT
            u.state, format('%s is suspended, by suspension %s (4.2)',
                CASE u.kind WHEN 'person' THEN 'your access' ELSE u.kind || ' ' || u.code END, u.suspension_id),
            format('put right what it is for, and report that: SELECT pgcustsec.rectify(%s, what)', u.suspension_id)
        FROM (
            SELECT p.* FROM pgcustsec_internal._suspensions_of(staff_id) AS p
            UNION
            SELECT p.* FROM pgcustsec_internal._suspensions_of(answers) AS p) AS u;
    RETURN QUERY
        SELECT
            'CS102', format('agreement %s (%s) is not signed, or no longer in force (3.4)', q.agreement_code, q.title),
            CASE
                WHEN EXISTS (
                    SELECT FROM pgcustsec_internal.agreement_text AS t WHERE t.agreement_code = q.agreement_code)
                    THEN format('read it: SELECT body, digest FROM pgcustsec.my_agreements(); then SELECT pgcustsec.sign_agreement(%L, digest)',
                        q.agreement_code)
                ELSE 'ask a supervisor to publish its text: pgcustsec agreement publish'
            END
        FROM pgcustsec_internal._required_agreements(answers) AS q
        WHERE (pgcustsec_internal._agreed_until(answers, q.agreement_code) > clock_timestamp()) IS NOT TRUE;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._uncleared(text) IS
    'What keeps a person from tier 1 and 2, apart from a session: SQLSTATE, reason, what to do; no row: nothing (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._uncleared(text) FROM PUBLIC;

-- sql/src/40_functions/session/end_session.sql
CREATE FUNCTION pgcustsec.end_session()
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._person();
    live record;
BEGIN
    SELECT l.* INTO live FROM pgcustsec_internal._live_session(person.staff_id, person.works_as) AS l;
    IF live.session_id IS NULL THEN
        RETURN false;
    END IF;
    PERFORM pgcustsec_internal._end_session(live.session_id, person.staff_id, 'ended');
    RETURN true;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.end_session() IS
    'Ends the session at work; false: there was none. A token that names it is nobody''s from then on (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.end_session() FROM PUBLIC;

-- sql/src/40_functions/session/register_session.sql
-- Asked again, by any connection, it does nothing and says whether the session goes on: applications ask at the beginning
-- of each transaction.
CREATE FUNCTION pgcustsec.register_session(token text)
    RETURNS uuid
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    works_as text := pgcustsec_internal.bearer(token, true);
    part text[];
    session uuid;
    asked text;
    person record;
    aim text;
    reason record;
    known record;
BEGIN
    IF works_as IS NULL OR pgcustsec_internal.bearer(token, false) IS NULL THEN
        PERFORM pgcustsec_internal._refuse_token(token);
    END IF;
    part := string_to_array(token, '.');
    session := part[4]::uuid;
    -- Of the token's words only those are known to be right that a row says as well: they are read from there.
    SELECT s.staff_id, s.role_code INTO person
    FROM pgcustsec_internal.standing AS s
    WHERE s.known_as = pgcustsec_internal.token_standing(part[5], part[6]) AND NOT pgcustsec_internal._emergency_over(s.answers);
    IF person.staff_id IS NULL THEN
        PERFORM pgcustsec_internal._refuse_suspended((
            SELECT p.staff_id FROM pgcustsec_internal.staff AS p
            WHERE p.active AND encode(convert_to(p.staff_id, 'UTF8'), 'hex') = part[6]));
        SELECT r.role_code INTO asked
        FROM pgcustsec_internal.role AS r WHERE encode(convert_to(r.role_code, 'UTF8'), 'hex') = part[5];
        RAISE EXCEPTION 'the person of this token does not hold role % (5.3)', asked
            USING ERRCODE = 'CS002', HINT = 'Mint the token for a role that they hold.';
    END IF;
    SELECT p.purpose_code INTO aim
    FROM pgcustsec_internal.purpose AS p
    WHERE encode(convert_to(p.purpose_code, 'UTF8'), 'hex') = part[7] AND person.role_code = ANY (p.roles);
    IF aim IS NULL THEN
        RAISE EXCEPTION 'role % does not work for the purpose of this token (4.3)', person.role_code
            USING ERRCODE = 'CS007', HINT = 'Mint it with a purpose of the role, from the matrix'' list.';
    END IF;
    FOR reason IN SELECT u.state, u.reason, u.next_step FROM pgcustsec_internal._uncleared(person.staff_id) AS u LOOP
        RAISE EXCEPTION '%', reason.reason USING ERRCODE = reason.state, HINT = reason.next_step;
    END LOOP;

    SELECT s.* INTO known FROM pgcustsec_internal.session AS s WHERE s.session_id = session;
    IF known.session_id IS NULL THEN
        IF current_setting('transaction_isolation') <> 'read committed' THEN
            PERFORM pgcustsec_internal.refuse_old_snapshot();
        END IF;
        IF pgcustsec_internal._begin_session(session, person.staff_id, works_as, ARRAY[person.role_code], aim) THEN
            RETURN session;
        END IF;
        -- Another connection began it at the same moment, and has committed.
        SELECT s.* INTO known FROM pgcustsec_internal.session AS s WHERE s.session_id = session;
    END IF;
    IF (known.staff_id, known.login, known.roles, known.purpose)
        IS DISTINCT FROM (person.staff_id, session_user, ARRAY[person.role_code], aim)
    THEN
        RAISE EXCEPTION 'session % is another''s', session
            USING ERRCODE = 'CS003', HINT = 'A session has one person, role and purpose: mint a token with a new one.';
    ELSIF known.ends_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'session % is past its term', session
            USING ERRCODE = 'CS006', HINT = 'Mint a token with a new session.';
    ELSIF EXISTS (SELECT FROM pgcustsec_internal.access AS a WHERE a.role_code = person.role_code)
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.session_access AS w WHERE w.known_as = works_as)
    THEN
        RAISE EXCEPTION 'what session % was for has been taken from it', session
            USING ERRCODE = 'CS006', HINT = 'Mint a token with a new session.';
    END IF;
    RETURN session;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.register_session(text) IS
    'Starts the session that an application''s token names, once; tier 1 and 2 show once that is committed (2.3, 5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.register_session(text) FROM PUBLIC;

-- sql/src/40_functions/session/start_session.sql
CREATE FUNCTION pgcustsec.start_session(purpose text)
    RETURNS uuid
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._person();
    reason record;
    session_id uuid := gen_random_uuid();
    earlier record;
    roles text[];
    known text;
BEGIN
    IF person.by_token THEN
        RAISE EXCEPTION 'a session of login % is named by its token (2.3)', session_user
            USING ERRCODE = 'CS005', HINT = 'Register it: SELECT pgcustsec.register_session(token).';
    END IF;
    FOR reason IN SELECT u.state, u.reason, u.next_step FROM pgcustsec_internal._uncleared(person.staff_id) AS u LOOP
        RAISE EXCEPTION '%', reason.reason USING ERRCODE = reason.state, HINT = reason.next_step;
    END LOOP;

    roles := ARRAY(
        SELECT r.role_code
        FROM pgcustsec_internal.purpose AS p
        CROSS JOIN LATERAL unnest(p.roles) AS r (role_code)
        WHERE p.purpose_code = start_session.purpose AND r.role_code = ANY (person.roles));
    IF roles = '{}' THEN
        SELECT string_agg(p.purpose_code, ', ' ORDER BY p.purpose_code) INTO known
        FROM pgcustsec_internal.purpose AS p WHERE p.roles && person.roles;
        RAISE EXCEPTION 'that is no purpose that a role of yours works for (4.3)'
            USING ERRCODE = 'CS007', HINT = format('Yours: %s.', coalesce(known, 'none; ask an administrator'));
    END IF;

    -- One connection of a person after the other: else two that begin at once leave two sessions at work.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    PERFORM pgcustsec_internal._make_budget(person.staff_id);
    PERFORM FROM pgcustsec_internal.budget AS b WHERE b.staff_id = person.staff_id FOR NO KEY UPDATE;
    SELECT l.* INTO earlier FROM pgcustsec_internal._live_session(person.staff_id, person.works_as) AS l;
    IF earlier.session_id IS NOT NULL THEN
        PERFORM pgcustsec_internal._end_session(earlier.session_id, person.staff_id, 'superseded');
    END IF;
    PERFORM pgcustsec_internal._begin_session(session_id, person.staff_id, person.works_as, roles, purpose);
    RETURN session_id;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.start_session(text) IS
    'Starts this login''s person''s work under a purpose; tier 1 and 2 show once that is committed. Ends the session before (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.start_session(text) FROM PUBLIC;

-- sql/src/40_functions/subject/10__key_condition.sql
CREATE FUNCTION pgcustsec_internal._key_condition(key_columns name[], record_key text)
    RETURNS text
    LANGUAGE plpgsql
    IMMUTABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT string_agg(format('t.%I OPERATOR(pg_catalog.=) %L', k.name, k.value), ' AND ')
        FROM unnest(key_columns, CASE
            WHEN cardinality(key_columns) = 1 THEN ARRAY[record_key]
            ELSE ARRAY(
                SELECT e.value FROM jsonb_array_elements_text(record_key::jsonb) WITH ORDINALITY AS e (value, place)
                ORDER BY e.place)
            END) AS k (name, value));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._key_condition(name[], text) IS
    'The condition that a row, read as t, has this key: text that a client may run against its own view.';
REVOKE ALL ON FUNCTION pgcustsec_internal._key_condition(name[], text) FROM PUBLIC;

-- sql/src/40_functions/subject/11__served.sql
-- What is known of customers beside their rows goes by dates of tier 2 and by who opened them: for who sees their tier 2.
CREATE FUNCTION pgcustsec_internal._served(access_code text, staff text, key text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN EXISTS (
        SELECT
        FROM pgcustsec_internal.access AS a
        JOIN pgcustsec_internal.standing AS s ON s.role_code = a.role_code AND s.staff_id = staff
            AND NOT pgcustsec_internal._emergency_over(s.answers)
        CROSS JOIN LATERAL pgcustsec_internal.reach(
            a.schema_name || '.' || a.table_name, key, s.serves_none, s.serves_direct, s.serves_chain,
            s.department_code, s.branch_code) AS r
        WHERE a.access_code = access_code AND pgcustsec_internal._scope_met(a.rule -> 'tier2', array_remove(ARRAY[
            'all', CASE WHEN r.serving THEN 'serving' END, CASE WHEN r.pool THEN 'pool' END,
            CASE WHEN r.branch THEN 'branch' END, CASE WHEN r.department THEN 'department' END], NULL)) IS NOT NULL);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._served(text, text, text) IS
    'Whether tier 2 of a row shows to somebody by an access: they serve the customer, or a deviation says so (5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._served(text, text, text) FROM PUBLIC;

-- sql/src/40_functions/subject/12__customer.sql
CREATE FUNCTION pgcustsec_internal._customer(access_code text, key text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    access record;
    seen text[];  -- key and customer
BEGIN
    SELECT a.role_code, a.schema_name || '.' || a.table_name AS relation, a.rule ->> 'top' AS top INTO access
    FROM pgcustsec_internal.access AS a
    WHERE a.access_code = access_code;
    IF access.relation <> access.top THEN
        RAISE EXCEPTION 'rows of % are no customers (1.2)', access.relation
            USING ERRCODE = 'CS208', HINT = format('They hang on one of %s: name that.', access.top);
    END IF;
    seen := pgcustsec_internal.row_of_key(access_code, key);
    IF seen IS NULL THEN
        RAISE EXCEPTION 'no such record of %, or none that role % sees (5.2.2)', access.relation, access.role_code
            USING ERRCODE = 'CS201', HINT = 'Check the key: it is the one that the view shows.';
    END IF;
    RETURN seen[1];
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._customer(text, text) IS
    'The key of a customer that the caller sees by an access, as the table has it; one error for all others (5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._customer(text, text) FROM PUBLIC;

-- sql/src/40_functions/subject/20__kept_longer.sql
-- A hold that its own transaction placed, by conditions, tells nothing yet: see _hold_counts().
CREATE FUNCTION pgcustsec_internal._kept_longer(relation text, keys text[])
    RETURNS TABLE (record_key text, hold_id bigint, source text, until timestamptz)
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT s.record_key, h.hold_id, NULL::text, h.review_at
        FROM pgcustsec_internal.hold_subject AS s
        JOIN pgcustsec_internal.hold AS h ON h.hold_id = s.hold_id
        WHERE s.relation = _kept_longer.relation AND s.record_key = ANY (_kept_longer.keys)
            AND NOT EXISTS (SELECT FROM pgcustsec_internal.hold_release AS e WHERE e.hold_id = h.hold_id)
        UNION
        SELECT k.key, h.hold_id, NULL, h.review_at
        FROM pgcustsec_internal.hold AS h
        CROSS JOIN LATERAL unnest(
            pgcustsec_internal.held_keys(h.relation, h.predicate, _kept_longer.keys)) AS k (key)
        WHERE h.relation = _kept_longer.relation AND h.predicate IS NOT NULL
            AND pgcustsec_internal._hold_counts(h.begun_by)
            AND NOT EXISTS (SELECT FROM pgcustsec_internal.hold_release AS e WHERE e.hold_id = h.hold_id)
        UNION ALL
        SELECT k.record_key, NULL, k.source, k.until
        FROM pgcustsec_internal.kept_rows(_kept_longer.relation, _kept_longer.keys) AS k
        WHERE k.source IS NOT NULL AND k.until > clock_timestamp()
        ORDER BY 1, 2, 3;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._kept_longer(text, text[]) IS
    'What keeps rows whatever their term or a wish says: legal holds, until they are looked at, and dates below that are to come or open (3.3, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._kept_longer(text, text[]) FROM PUBLIC;

-- sql/src/40_functions/subject/21__refuse_kept.sql
CREATE FUNCTION pgcustsec_internal._refuse_kept(relation text, keys text[])
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    held boolean;
    said text;
BEGIN
    SELECT bool_or(k.hold_id IS NOT NULL), string_agg(CASE
        WHEN k.hold_id IS NOT NULL THEN
            format('%s by hold %s, to be looked at again on %s', k.record_key, k.hold_id, (k.until AT TIME ZONE 'UTC')::date)
        ELSE format('%s by %s, which runs %s', k.record_key, k.source, CASE
            WHEN k.until >= '9999-12-29' THEN 'on without an end'
            -- A day runs through.
            ELSE format('until %s', ((k.until - interval '1 microsecond') AT TIME ZONE 'UTC')::date) END)
        END, '; ' ORDER BY k.place)
    INTO held, said
    FROM pgcustsec_internal._kept_longer(relation, keys) WITH ORDINALITY
        AS k (record_key, hold_id, source, until, place)
    WHERE k.place <= 20;
    IF said IS NOT NULL THEN
        RAISE EXCEPTION 'not erased, as these of % are kept: % (4.3)', relation, said
            USING ERRCODE = CASE WHEN held THEN 'CS501' ELSE 'CS507' END,
                HINT = 'The wish stays on record, and the request good for its days: erase when nothing keeps them any more.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_kept(text, text[]) IS
    'An error that names every legal hold, its number and its review, and every date to come that keeps one of these rows (3.3, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_kept(text, text[]) FROM PUBLIC;

-- sql/src/40_functions/subject/22__wish_granted.sql
-- For the policy by which pgcustsec_owner may delete a row that is within its term: in the deleting transaction the event is
-- there, and a request that was never approved has none.
CREATE FUNCTION pgcustsec_internal._wish_granted(relation text, record_key text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN EXISTS (
        SELECT
        FROM pgcustsec_internal.request_event AS e
        JOIN pgcustsec_internal.request AS r ON r.request_id = e.request_id
        WHERE e.kind = 'erased' AND r.relation = relation AND record_key = ANY (r.keys));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._wish_granted(text, text) IS
    'Whether a request to erase this row was approved and is being fulfilled (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._wish_granted(text, text) FROM PUBLIC;

-- sql/src/40_functions/subject/23__check_erasure.sql
-- Its requester must see whom they name, as who serves them, whenever they say so; who decides is not asked that.
CREATE FUNCTION pgcustsec_internal._check_erasure(request bigint)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    asked pgcustsec_internal.request;
    access_code text;
    key text;
BEGIN
    SELECT r.* INTO asked FROM pgcustsec_internal.request AS r WHERE r.request_id = request;
    access_code := asked.role_code || ' ' || asked.relation;
    IF asked.keys IS NULL OR cardinality(asked.columns) > 0
        OR cardinality(asked.keys) <> (SELECT count(DISTINCT k.key) FROM unnest(asked.keys) AS k (key))
    THEN
        RAISE EXCEPTION 'a wish to be erased names customers by their keys, each once, and no columns (4.3)'
            USING ERRCODE = 'CS309', HINT = 'Give their keys alone.';
    ELSIF NOT pgcustsec_internal.erasable(asked.relation) THEN
        RAISE EXCEPTION 'rows of % are not erased by request (4.3)', asked.relation
            USING ERRCODE = 'CS208', HINT = 'Name a table of customers; what hangs on them goes with them.';
    ELSIF (SELECT p.staff_id FROM pgcustsec_internal._person() AS p) <> asked.requester THEN
        RETURN;
    END IF;
    FOREACH key IN ARRAY asked.keys LOOP
        IF pgcustsec_internal._customer(access_code, key) <> key THEN
            RAISE EXCEPTION 'a key is not written as % has it (4.3)', asked.relation
                USING ERRCODE = 'CS309', HINT = 'Write each as the view shows it.';
        ELSIF NOT pgcustsec_internal._served(access_code, asked.requester, key) THEN
            RAISE EXCEPTION 'a wish to be erased is filed by who serves the customer (5.2.2)'
                USING ERRCODE = 'CS202', HINT = 'Hand the wish to a colleague who does.';
        END IF;
    END LOOP;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._check_erasure(bigint) IS
    'Refuses a wish to be erased that names columns, conditions, or a customer whom its requester does not serve (4.3, 5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._check_erasure(bigint) FROM PUBLIC;

-- sql/src/40_functions/subject/30__keep_from_erasing.sql
-- A hold and an erasure of the same customer come one after the other, by the requests that wish for one: who erases has
-- their own locked. No table is, and no customer's row, which somebody's open transaction could hold against every hold.
CREATE FUNCTION pgcustsec_internal._keep_from_erasing(relation text, predicate jsonb, keys text[])
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    waits text := current_setting('lock_timeout');
    -- On their way. Who wishes it later, and has it approved, finds the hold.
    wishes bigint[] := ARRAY(
        SELECT r.request_id
        FROM pgcustsec_internal.request AS r
        JOIN pgcustsec_internal.request_kind AS q ON q.kind_code = r.kind_code AND q.erases
        WHERE r.relation = relation
            AND NOT EXISTS (
                SELECT FROM pgcustsec_internal.request_event AS e
                WHERE e.request_id = r.request_id AND e.kind IN ('refused', 'withdrawn', 'closed', 'erased'))
            AND CASE
                WHEN keys IS NULL THEN cardinality(pgcustsec_internal.held_keys(relation, predicate, r.keys)) > 0
                ELSE r.keys && keys
            END
        ORDER BY r.request_id);
BEGIN
    PERFORM set_config('lock_timeout', '5s', true);
    -- Who is gone by then is not held; the others are.
    PERFORM FROM pgcustsec_internal.request AS r WHERE r.request_id = ANY (wishes) ORDER BY r.request_id FOR SHARE;
    PERFORM set_config('lock_timeout', waits, true);
EXCEPTION WHEN lock_not_available THEN
    RAISE EXCEPTION 'somebody is at work on a wish to be erased that the hold covers (request %), in a transaction that is open: nothing is held yet (4.3)',
        array_to_string(wishes, ', ')
        USING ERRCODE = 'lock_not_available',
            HINT = 'Place it again. If that goes on, suspend who it is, and end their connections: it is undone.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._keep_from_erasing(text, jsonb, text[]) IS
    'Waits for who erases a customer that a hold covers; who does it next waits for the hold (3.3, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._keep_from_erasing(text, jsonb, text[]) FROM PUBLIC;

-- sql/src/40_functions/subject/40_file_erasure.sql
-- The wish is on record once: whoever says it again gets the request that is on its way.
CREATE FUNCTION pgcustsec.file_erasure(relation text, keys text[], reason text)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    access record := pgcustsec_internal._access(relation);
    kind record;
    known text := access.schema_name || '.' || access.table_name;
    made bigint;
BEGIN
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    IF coalesce(pgcustsec_internal._says_nothing(reason), true) THEN
        RAISE EXCEPTION 'a wish to be erased states how the customer said it (4.3)'
            USING ERRCODE = 'CS206', HINT = 'Say it: their letter, of which day.';
    END IF;
    SELECT k.kind_code, k.max_days INTO kind
    FROM pgcustsec_internal.request_kind AS k
    WHERE k.erases AND access.role_code = ANY (k.filed_by)
    ORDER BY k.kind_code
    LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'role % files no wishes to be erased (4.3)', access.role_code
            USING ERRCODE = 'CS202', HINT = format('Roles that do: %s.', (
                SELECT coalesce(string_agg(DISTINCT f.role_code, ', '), 'none')
                FROM pgcustsec_internal.request_kind AS k CROSS JOIN LATERAL unnest(k.filed_by) AS f (role_code)
                WHERE k.erases));
    END IF;
    SELECT r.request_id INTO made
    FROM pgcustsec_internal.request AS r
    JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code AND k.erases
    CROSS JOIN LATERAL pgcustsec_internal._request_state(r.request_id) AS s
    WHERE r.requester = access.staff_id AND r.relation = known AND r.role_code = access.role_code
        AND r.keys <@ keys AND keys <@ r.keys
        AND s.state IN ('filed', 'in approval', 'approved')
    ORDER BY s.state <> 'approved', r.request_id DESC
    LIMIT 1;
    IF made IS NULL THEN
        made := pgcustsec_internal._file_request(
            kind.kind_code, access.purpose, format('%I.%I', access.role_code, access.table_name), '{}', NULL, keys,
            kind.max_days, NULL, false, NULL);
        PERFORM pgcustsec_internal._record_request(made, 'filed', access.staff_id, NULL, reason);
    END IF;
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.file_erasure(text, text[], text) IS
    'Files a customer''s wish to be erased, for who serves them; returns the number of the request, of the one on its way if there is one (4.3).';
REVOKE ALL ON FUNCTION pgcustsec.file_erasure(text, text[], text) FROM PUBLIC;

-- sql/src/40_functions/subject/41_erase.sql
-- One transaction has the rows, what hangs on them, the certificate and what became of the request: none without the others.
-- It waits for nobody for long: a row that somebody has is refused, and so is another erasure of the same.
CREATE FUNCTION pgcustsec.erase(request bigint)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._person();
    waits text := current_setting('lock_timeout');
    asked record;
    access record;
    which text;
    of_table text;
BEGIN
    IF person.by_token THEN
        RAISE EXCEPTION 'a customer is erased through one''s own login, not an application''s (2.3)'
            USING ERRCODE = 'CS003', HINT = 'Connect as yourself.';
    END IF;
    PERFORM set_config('lock_timeout', '2s', true);
    PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
    -- In READ COMMITTED alone: a hold since an older snapshot would be passed over.
    PERFORM pgcustsec_internal._own_request(request, person.staff_id);
    asked := pgcustsec_internal._approved_request(request, person.staff_id, true);
    access := pgcustsec_internal._access(
        format('%I.%I', asked.role_code, (pgcustsec_internal._name_parts(asked.relation))[2]));
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    -- By the lists and the matrix of today: also that they still serve the customers.
    PERFORM pgcustsec_internal._check_requester(request);
    PERFORM pgcustsec_internal._check_request(request);
    PERFORM pgcustsec_internal._record_request(request, 'erased', person.staff_id, NULL, NULL);
    PERFORM pgcustsec_internal.erase_rows(asked.relation, request, asked.keys);
    PERFORM set_config('lock_timeout', waits, true);
    RETURN (SELECT c.certificate_id FROM pgcustsec_internal.certificate AS c WHERE c.request_id = request);
EXCEPTION
    WHEN lock_not_available THEN
        RAISE EXCEPTION 'request %: somebody else is at work on these customers, or on the request: nothing was erased (4.3)', request
            USING ERRCODE = 'lock_not_available', HINT = 'Try again in a moment.';
    WHEN integrity_constraint_violation THEN
        GET STACKED DIAGNOSTICS which = CONSTRAINT_NAME, of_table = TABLE_NAME;
        RAISE EXCEPTION 'request %: something refers to these customers that does not go with them: constraint % of % (4.3)',
            request, coalesce(nullif(which, ''), 'a trigger'), coalesce(nullif(of_table, ''), 'the table')
            USING ERRCODE = 'CS410', HINT = 'An administrator puts a table that refers to them into the matrix.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec.erase(bigint) IS
    'Fulfils an approved wish to be erased, of the caller''s: destroys the customers with all that hangs on them, unless a legal hold or a date to come keeps one; returns the number of the certificate (4.3).';
REVOKE ALL ON FUNCTION pgcustsec.erase(bigint) FROM PUBLIC;

-- sql/src/40_functions/subject/50_row_place.sql
-- For who corrects a value: what comes of it say the view, its rights and its triggers.
CREATE FUNCTION pgcustsec.row_place(relation text, key text, OUT view text, OUT condition text, OUT known_as text, OUT record_key text, OUT guarded text[])
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._access(relation);
BEGIN
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    record_key := (pgcustsec_internal.row_of_key(access.access_code, key))[1];
    IF record_key IS NULL THEN
        RAISE EXCEPTION 'no such record of %.%, or none that role % sees (5.2.2)',
            access.schema_name, access.table_name, access.role_code
            USING ERRCODE = 'CS201', HINT = 'Check the key: it is the one that the view shows.';
    END IF;
    known_as := access.schema_name || '.' || access.table_name;
    view := format('%I.%I', access.role_code, access.table_name);
    condition := pgcustsec_internal._key_condition(access.key_columns, record_key);
    guarded := ARRAY(
        SELECT c.column_name::text FROM pgcustsec_internal.classification AS c
        WHERE c.relation = known_as AND (c.tier = 1 OR c.kind = 'name'));
END;
$function$;
COMMENT ON FUNCTION pgcustsec.row_place(text, text) IS
    'Which view has a row that the caller sees, the condition that finds it there, and which of its columns are of tier 1 or names (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec.row_place(text, text) FROM PUBLIC;

-- sql/src/40_functions/subject/51_who_corrects.sql
CREATE FUNCTION pgcustsec.who_corrects(relation text, columns text[])
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    access record := pgcustsec_internal._access(relation);
BEGIN
    RETURN ARRAY(
        SELECT a.role_code
        FROM pgcustsec_internal.access AS a
        JOIN pgcustsec_internal.role AS r ON r.role_code = a.role_code
        WHERE a.schema_name = access.schema_name AND a.table_name = access.table_name
            AND (a.rule -> 'updates')::jsonb ?& who_corrects.columns
        ORDER BY r.place);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.who_corrects(text, text[]) IS
    'The roles that the matrix lets write all of these columns of a table that the caller''s role has (5.3).';
REVOKE ALL ON FUNCTION pgcustsec.who_corrects(text, text[]) FROM PUBLIC;

-- sql/src/40_functions/subject/59__kept_quiet.sql
CREATE FUNCTION pgcustsec_internal._kept_quiet(role_code text, request bigint)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN EXISTS (
            SELECT FROM pgcustsec_internal.role AS r
            WHERE r.role_code = role_code AND (r.supervises OR EXISTS (
                SELECT FROM pgcustsec_internal.request_kind AS k WHERE k.custodian = r.role_code)))
        OR EXISTS (SELECT FROM pgcustsec_internal.disclosure AS d WHERE d.request_id = request)
        OR EXISTS (
            SELECT FROM pgcustsec_internal.request AS q
            JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = q.kind_code AND k.custodian <> ''
            WHERE q.request_id = request);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._kept_quiet(text, bigint) IS
    'Whether what was done in a role, by a request or without, is told to supervisors alone: disclosures and supervision (3.3, 5.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._kept_quiet(text, bigint) FROM PUBLIC;

-- sql/src/40_functions/subject/60__subject_places.sql
-- By keys, of rows that the caller sees: how a row hangs on its customer need not be in the view, and of a row that they do
-- not see they are not told the key.
CREATE FUNCTION pgcustsec_internal._subject_places(role_code text, relation text, key text)
    RETURNS TABLE (relation_name text, view text, condition text, key_columns name[], rule json)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT
            held.relation_name, format('%I.%I', a.role_code, a.table_name),
            coalesce((
                SELECT string_agg('(' || pgcustsec_internal._key_condition(a.key_columns, k.key) || ')', ' OR ')
                FROM unnest(held.keys) AS k (key)
                WHERE pgcustsec_internal.row_of_key(a.access_code, k.key) IS NOT NULL), 'false'),
            a.key_columns, a.rule
        FROM (
            SELECT _subject_places.relation AS relation_name, ARRAY[_subject_places.key] AS keys, NULL::bigint AS place
            UNION ALL
            SELECT h.relation_name, h.keys, h.place
            FROM pgcustsec_internal.hanging_rows(_subject_places.relation, _subject_places.key)
                WITH ORDINALITY AS h (relation_name, keys, place)) AS held
        JOIN pgcustsec_internal.access AS a ON a.role_code = _subject_places.role_code
            AND a.schema_name || '.' || a.table_name = held.relation_name
        ORDER BY held.place DESC NULLS FIRST;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._subject_places(text, text, text) IS
    'A role''s views that may have something of a customer, the customer''s own first, and the condition that finds it in each.';
REVOKE ALL ON FUNCTION pgcustsec_internal._subject_places(text, text, text) FROM PUBLIC;

-- sql/src/40_functions/subject/61__subject_term.sql
CREATE FUNCTION pgcustsec_internal._subject_term(relation text, key text)
    RETURNS json
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN json_build_object(
        'rule', (SELECT min(k.rule) FROM pgcustsec_internal.kept_rows(relation, ARRAY[key]) AS k),
        'until', (
            SELECT CASE WHEN min(k.retain_until) < '9999-12-29' THEN min(k.retain_until) END
            FROM pgcustsec_internal.kept_rows(relation, ARRAY[key]) AS k),
        'kept_longer', (
            SELECT coalesce(json_agg(json_build_object(
                'hold', k.hold_id, 'by', k.source, 'until', CASE WHEN k.until < '9999-12-29' THEN k.until END)), '[]')
            FROM pgcustsec_internal._kept_longer(relation, ARRAY[key]) AS k));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._subject_term(text, text) IS
    'Until when a customer is kept, by which rule, and what keeps them longer: legal holds until they are looked at, dates to come (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._subject_term(text, text) FROM PUBLIC;

-- sql/src/40_functions/subject/62__subject_openings.sql
-- Neither what an authority asked for (3.3) nor what who supervises looked at: both would warn whom they are about.
CREATE FUNCTION pgcustsec_internal._subject_openings(customer text)
    RETURNS json
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT coalesce(json_agg(json_build_object(
            'at', a.at, 'what', a.kind, 'staff', a.staff_id, 'name', s.full_name, 'role', a.role_code,
            'table', a.relation, 'key', a.record_key, 'purpose', a.purpose, 'reason', a.reason, 'by', a.about)
            ORDER BY a.audit_id DESC), '[]')
        FROM pgcustsec_internal.audit AS a
        LEFT JOIN pgcustsec_internal.staff AS s ON s.staff_id = a.staff_id
        WHERE a.customer_key = customer AND a.kind IN ('record_opened', 'subject_shown')
            AND NOT pgcustsec_internal._kept_quiet(a.role_code, substring(a.about FROM '^request ([0-9]+)$')::bigint));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._subject_openings(text) IS
    'Who opened a customer''s record, or was told all of it, when and why: for the customer (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._subject_openings(text) FROM PUBLIC;

-- sql/src/40_functions/subject/63__subject_extracts.sql
CREATE FUNCTION pgcustsec_internal._subject_extracts(relation text, key text)
    RETURNS json
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT coalesce(json_agg(json_build_object(
            'extract', e.extract_id, 'table', e.relation, 'columns', e.columns, 'staff', e.staff_id,
            'department', e.department_code, 'taken', e.begun_at, 'until', e.ends_at,
            'state', pgcustsec_internal._extract_state(e.extract_id)) ORDER BY e.extract_id), '[]')
        FROM (
            SELECT relation AS name, ARRAY[key] AS keys
            UNION ALL
            SELECT h.relation_name, h.keys FROM pgcustsec_internal.hanging_rows(relation, key) AS h) AS held
        CROSS JOIN LATERAL unnest(pgcustsec_internal._extracts_of(held.name, held.keys)) AS x (extract_id)
        JOIN pgcustsec_internal.extract AS e ON e.extract_id = x.extract_id
        WHERE NOT pgcustsec_internal._kept_quiet(e.role_code, e.request_id));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._subject_extracts(text, text) IS
    'Extracts that are not destroyed and hold something of a customer, who took them, and until when: for the customer (4.1, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._subject_extracts(text, text) FROM PUBLIC;

-- sql/src/40_functions/subject/64_subject_facts.sql
-- It tells within the transaction that records it, and a rollback would take that back: so the day's budget is spent and a
-- line logged before it tells, as find() does.
CREATE FUNCTION pgcustsec.subject_facts(relation text, key text)
    RETURNS json
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    access record := pgcustsec_internal._access(relation);
    name text := access.schema_name || '.' || access.table_name;
    budget regclass;
    customer text;
BEGIN
    PERFORM pgcustsec_internal._refuse_idle(access.role_code, access.ends_at, access.committed);
    customer := pgcustsec_internal._customer(access.access_code, key);
    SELECT b.openings INTO budget FROM pgcustsec_internal.budget AS b WHERE b.staff_id = access.staff_id;
    IF NOT pgcustsec_internal._spend(access.staff_id, budget, access.openings_per_day) THEN
        PERFORM pgcustsec_internal._refuse_spent(access.staff_id, 'openings', access.openings_per_day);
    END IF;
    RAISE LOG 'pgcustsec: % asks for all that is held on a customer of %', access.staff_id, name;
    INSERT INTO pgcustsec_internal.audit (
        kind, staff_id, session_id, role_code, relation, record_key, customer_key, purpose)
    VALUES (
        'subject_shown', access.staff_id, access.session_id, access.role_code, name, customer,
        name || ' ' || customer, access.purpose);
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN json_build_object(
        'table', name, 'key', customer, 'role', access.role_code, 'at', clock_timestamp(),
        'facts', CASE WHEN pgcustsec_internal._served(access.access_code, access.staff_id, customer) THEN json_build_object(
            'term', pgcustsec_internal._subject_term(name, customer),
            'openings', pgcustsec_internal._subject_openings(name || ' ' || customer),
            'extracts', pgcustsec_internal._subject_extracts(name, customer)) END,
        'places', (
            SELECT json_agg(json_build_object(
                'table', p.relation_name, 'view', p.view, 'condition', p.condition, 'keys', p.key_columns,
                'columns', p.rule -> 'columns'))
            FROM pgcustsec_internal._subject_places(access.role_code, name, customer) AS p));
END;
$function$;
COMMENT ON FUNCTION pgcustsec.subject_facts(text, text) IS
    'What is known of a customer that the caller sees, beside their rows: the term, what keeps them longer, who opened their record, extracts, for who serves them; and in which of the caller''s views their rows are (4.3, 5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.subject_facts(text, text) FROM PUBLIC;

-- sql/src/40_functions/subject/65_show_subject.sql
-- INVOKER: the rows are what the caller's own views show them, and nothing else.
CREATE FUNCTION pgcustsec.show_subject(relation text, key text)
    RETURNS json
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    told json := pgcustsec.subject_facts(relation, key);
    place json;
    rows json;
    held json[] := '{}';
BEGIN
    FOR place IN SELECT e.value FROM json_array_elements(told -> 'places') AS e LOOP
        EXECUTE format(
            'SELECT coalesce(json_agg(row_to_json(t) ORDER BY %s), ''[]'') FROM %s AS t WHERE %s',
            (SELECT string_agg(format('t.%I', k.name), ', ') FROM json_array_elements_text(place -> 'keys') AS k (name)),
            place ->> 'view', place ->> 'condition') INTO rows;
        held := held || json_build_object(
            'table', place -> 'table', 'tiers', (
                SELECT json_object_agg(c.key, c.value -> 'tier') FROM json_each(place -> 'columns') AS c), 'rows', rows);
    END LOOP;
    RETURN json_build_object(
        'table', told -> 'table', 'key', told -> 'key', 'role', told -> 'role', 'at', told -> 'at',
        'facts', told -> 'facts', 'held', to_json(held));
END;
$function$;
COMMENT ON FUNCTION pgcustsec.show_subject(text, text) IS
    'Everything held on a customer, for the customer: their row and what hangs on it, as the caller''s own views show it now, and what subject_facts() tells (4.3, 5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec.show_subject(text, text) FROM PUBLIC;

-- sql/src/40_functions/supervision/10__supervisor.sql
CREATE FUNCTION pgcustsec_internal._supervisor()
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._asking();
BEGIN
    IF person.staff_id IS NOT NULL AND EXISTS (
        SELECT FROM pgcustsec_internal.role AS r WHERE r.role_code = ANY (person.roles) AND r.supervises)
    THEN
        RETURN person.staff_id;
    END IF;
    RAISE EXCEPTION 'login % does not supervise (5.1)', session_user
        USING ERRCODE = 'CS601', HINT = 'Ask somebody whose role has `supervises: true`.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._supervisor() IS
    'The supervisor behind this statement, or an error: their role, as the matrix has it, and not suspended (5.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._supervisor() FROM PUBLIC;

-- sql/src/40_functions/supervision/20__suspensions_of.sql
CREATE FUNCTION pgcustsec_internal._suspensions_of(staff_id text)
    RETURNS TABLE (state text, suspension_id bigint, kind text, code text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT
            CASE p.kind WHEN 'person' THEN 'CS104' WHEN 'role' THEN 'CS105' ELSE 'CS106' END, p.suspension_id, p.kind, p.code
        FROM pgcustsec_internal.in_force AS p
        WHERE CASE p.kind
                WHEN 'person' THEN p.code = _suspensions_of.staff_id
                WHEN 'role' THEN EXISTS (
                    SELECT FROM pgcustsec_internal.staff_role AS h
                    WHERE h.staff_id = _suspensions_of.staff_id AND h.role_code = p.code)
                ELSE EXISTS (
                    SELECT FROM pgcustsec_internal.staff AS s
                    WHERE s.staff_id = _suspensions_of.staff_id AND s.department_code = p.code)
                    OR EXISTS (
                        SELECT
                        FROM pgcustsec_internal.staff_role AS h
                        JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code
                        WHERE h.staff_id = _suspensions_of.staff_id AND r.department_code = p.code)
            END
        ORDER BY p.suspension_id;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._suspensions_of(text) IS
    'Suspensions in force that take anything from a person: their own, a role''s that they hold, a department''s (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._suspensions_of(text) FROM PUBLIC;

-- sql/src/40_functions/supervision/21__refuse_suspended.sql
CREATE FUNCTION pgcustsec_internal._refuse_suspended(staff_id text)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    barred record;
BEGIN
    SELECT u.state, u.reason, u.next_step
    INTO barred
    FROM pgcustsec_internal._uncleared(staff_id) AS u
    WHERE u.state IN ('CS104', 'CS105', 'CS106')
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '%', barred.reason USING ERRCODE = barred.state, HINT = barred.next_step;
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_suspended(text) IS
    'An error for who is suspended, in a role or at all (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_suspended(text) FROM PUBLIC;

-- sql/src/40_functions/supervision/22__emergency_over.sql
CREATE FUNCTION pgcustsec_internal._emergency_over(answers text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN EXISTS (
        SELECT FROM pgcustsec_internal.emergency AS u WHERE u.staff_id = answers AND u.due_at <= clock_timestamp());
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._emergency_over(text) IS
    'Whether an emergency of somebody''s suspends them: refused, or not approved in its hours (4.2). What `standing` does not know.';
REVOKE ALL ON FUNCTION pgcustsec_internal._emergency_over(text) FROM PUBLIC;

-- sql/src/40_functions/supervision/30__concerned.sql
CREATE FUNCTION pgcustsec_internal._concerned(kind text, code text)
    RETURNS TABLE (staff_id text, login name)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        WITH concerned AS (
        SELECT s.staff_id, s.login
        FROM pgcustsec_internal.staff AS s
        WHERE CASE _concerned.kind
            WHEN 'person' THEN s.staff_id = _concerned.code
            WHEN 'role' THEN EXISTS (
                SELECT FROM pgcustsec_internal.staff_role AS h
                WHERE h.staff_id = s.staff_id AND h.role_code = _concerned.code)
            ELSE s.department_code = _concerned.code OR EXISTS (
                SELECT
                FROM pgcustsec_internal.staff_role AS h
                JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code
                WHERE h.staff_id = s.staff_id AND r.department_code = _concerned.code)
        END)
        SELECT c.staff_id, c.login FROM concerned AS c
        UNION
        -- And the services that they answer for.
        SELECT v.staff_id, v.login
        FROM concerned AS c
        JOIN pgcustsec_internal.staff AS v ON v.manager_id = c.staff_id AND pgcustsec_internal._is_service(v.staff_id);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._concerned(text, text) IS
    'The people, and services, whom a suspension takes something from, with their logins (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._concerned(text, text) FROM PUBLIC;

-- sql/src/40_functions/supervision/31__in_flight.sql
CREATE FUNCTION pgcustsec_internal._in_flight(kind text, code text)
    RETURNS jsonb
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT jsonb_build_object(
            'connections', (SELECT count(*) FROM pg_stat_activity AS a WHERE a.usename = ANY (c.logins)),
            'sessions', (
                SELECT count(DISTINCT w.session_id)
                FROM pgcustsec_internal.session_access AS w
                WHERE w.staff_id = ANY (c.people) AND w.ends_at > clock_timestamp()),
            'open records', (
                SELECT count(*)
                FROM pgcustsec_internal.session_access AS w
                WHERE w.staff_id = ANY (c.people) AND w.lapses_at > clock_timestamp()))
        FROM (
            SELECT array_agg(x.staff_id) AS people, array_agg(x.login) AS logins
            FROM pgcustsec_internal._concerned(kind, code) AS x) AS c);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._in_flight(text, text) IS
    'What a suspension interrupts: how many connections, sessions and open records there are (4.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._in_flight(text, text) FROM PUBLIC;

-- sql/src/40_functions/supervision/32__refuse_dead_end.sql
CREATE FUNCTION pgcustsec_internal._refuse_dead_end(suspension bigint, by_staff text)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    PERFORM
    FROM pgcustsec_internal.standing AS s
    JOIN pgcustsec_internal.role AS r ON r.role_code = s.role_code AND r.supervises
    JOIN pgcustsec_internal.staff AS p ON p.staff_id = s.staff_id AND p.login = s.known_as
    WHERE s.staff_id <> by_staff AND NOT pgcustsec_internal._emergency_over(s.answers)
        AND NOT EXISTS (
            SELECT
            FROM pgcustsec_internal.suspension AS u
            CROSS JOIN LATERAL pgcustsec_internal._concerned(u.kind, u.code) AS c
            WHERE u.suspension_id = suspension AND c.staff_id = s.staff_id);
    IF FOUND THEN
        -- And somebody who will still be there when every emergency that waits has come to its end.
        PERFORM
        FROM pgcustsec_internal.standing AS s
        JOIN pgcustsec_internal.role AS r ON r.role_code = s.role_code AND r.supervises
        JOIN pgcustsec_internal.staff AS p ON p.staff_id = s.staff_id AND p.login = s.known_as
        WHERE NOT EXISTS (
                SELECT
                FROM pgcustsec_internal.suspension AS u
                CROSS JOIN LATERAL pgcustsec_internal._concerned(u.kind, u.code) AS c
                WHERE u.suspension_id = suspension AND c.staff_id = s.staff_id)
            AND NOT EXISTS (
                SELECT
                FROM pgcustsec_internal.suspension AS u
                LEFT JOIN pgcustsec_internal.emergency_end AS n ON n.suspension_id = u.suspension_id
                WHERE u.code = s.staff_id AND u.request_id IS NOT NULL AND n.how IS DISTINCT FROM 'approved'
                    AND NOT EXISTS (
                        SELECT FROM pgcustsec_internal.reinstatement AS e WHERE e.suspension_id = u.suspension_id));
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this would leave nobody who could lift it: no other supervisor has a login and is not concerned (5.1)'
            USING ERRCODE = 'CS605', HINT = 'Register another supervisor first.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_dead_end(bigint, text) IS
    'An error unless another supervisor, whom it does not concern, could lift a suspension (5.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_dead_end(bigint, text) FROM PUBLIC;

-- sql/src/40_functions/supervision/40_suspend.sql
-- An open cursor keeps what it began with, and a connection could end before this commits and come back: so connections
-- are ended by another statement, after.
CREATE FUNCTION pgcustsec.suspend(kind text, code text, reason text, reference text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
    flight jsonb;
    made bigint;
BEGIN
    IF coalesce(pgcustsec_internal._says_nothing(reason), true) THEN
        RAISE EXCEPTION 'a suspension states its reason (4.2)'
            USING ERRCODE = 'CS206', HINT = 'Say why, as the third argument.';
    END IF;
    IF NOT coalesce(CASE kind
        WHEN 'person' THEN EXISTS (SELECT FROM pgcustsec_internal.staff AS s WHERE s.staff_id = code)
        WHEN 'role' THEN EXISTS (SELECT FROM pgcustsec_internal.role AS r WHERE r.role_code = code)
        WHEN 'department' THEN EXISTS (SELECT FROM pgcustsec_internal.department AS d WHERE d.department_code = code)
        END, false)
    THEN
        RAISE EXCEPTION 'there is no such person, role or department (4.2)'
            USING ERRCODE = 'CS208', HINT = 'SELECT pgcustsec.suspend(''person'', staff number, reason), or ''role'' or ''department'' and its name.';
    END IF;
    -- One at a time: of two at once the second sees what the first has done.
    LOCK TABLE pgcustsec_internal.supervising IN EXCLUSIVE MODE;
    IF EXISTS (
        SELECT FROM pgcustsec_internal.in_force AS p WHERE p.kind = suspend.kind AND p.code = suspend.code)
    THEN
        RAISE EXCEPTION '% % is suspended already (4.2)', kind, code
            USING ERRCODE = 'CS304', HINT = 'See pgcustsec.suspensions.';
    END IF;
    flight := pgcustsec_internal._in_flight(kind, code);
    -- Standing follows by trigger: with the next statement who is suspended is nobody, in the role or at all.
    INSERT INTO pgcustsec_internal.suspension AS p (kind, code, reason, reference, suspended_by, in_flight)
        VALUES (kind, code, reason, reference, supervisor, flight)
        RETURNING p.suspension_id INTO made;
    PERFORM pgcustsec_internal._refuse_dead_end(made, supervisor);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('suspended', supervisor, format('suspension %s: %s %s', made, kind, code), reason);
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.suspend(text, text, text, text) IS
    'Suspends a person, role or department, for who supervises: no row of any tier from the next statement on. end_connections() ends what is still open (4.2).';
REVOKE ALL ON FUNCTION pgcustsec.suspend(text, text, text, text) FROM PUBLIC;

-- sql/src/40_functions/supervision/41_end_connections.sql
CREATE FUNCTION pgcustsec.end_connections(suspension bigint)
    RETURNS integer
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
    barred record;
BEGIN
    SELECT p.kind, p.code
    INTO barred
    FROM pgcustsec_internal.in_force AS p
    WHERE p.suspension_id = suspension;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no such suspension in force (4.2)'
            USING ERRCODE = 'CS208', HINT = 'See pgcustsec.suspensions.';
    END IF;
    -- This function acts as pgcustsec_owner, who may end connections where whoever installed could let it.
    RETURN (
        SELECT count(*) FILTER (WHERE pg_terminate_backend(c.pid))
        FROM pg_stat_activity AS c
        WHERE c.pid <> pg_backend_pid()
            AND c.usename IN (SELECT x.login FROM pgcustsec_internal._concerned(barred.kind, barred.code) AS x));
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'pgcustsec_owner may not end connections on this server'
        USING ERRCODE = 'insufficient_privilege',
            HINT = 'A superuser: GRANT pg_signal_backend TO pgcustsec_owner. The suspension stands; only what is open now goes on.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec.end_connections(bigint) IS
    'Ends the connections of whom a committed suspension concerns, and returns how many: their cursors would outlive it (4.2).';
REVOKE ALL ON FUNCTION pgcustsec.end_connections(bigint) FROM PUBLIC;

-- sql/src/40_functions/supervision/42_rectify.sql
CREATE FUNCTION pgcustsec.rectify(suspension bigint, what text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record;
BEGIN
    SELECT a.staff_id, EXISTS (
        SELECT FROM pgcustsec_internal.role AS r WHERE r.role_code = ANY (a.roles) AND r.supervises) AS supervises
    INTO person
    FROM pgcustsec_internal._person() AS a;
    IF coalesce(pgcustsec_internal._says_nothing(what), true) THEN
        RAISE EXCEPTION 'a rectification states what was done (4.2)' USING ERRCODE = 'CS206', HINT = 'Say it, as the second argument.';
    END IF;
    PERFORM
    FROM pgcustsec_internal.in_force AS p
    WHERE p.suspension_id = suspension
        AND (person.supervises OR EXISTS (
            SELECT FROM pgcustsec_internal._suspensions_of(person.staff_id) AS o WHERE o.suspension_id = p.suspension_id));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no such suspension in force that concerns you (4.2)'
            USING ERRCODE = 'CS208', HINT = 'See pgcustsec.suspensions.';
    END IF;
    INSERT INTO pgcustsec_internal.rectification (suspension_id, rectified_by, what) VALUES (suspension, person.staff_id, what);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('rectified', person.staff_id, format('suspension %s', suspension), what);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.rectify(bigint, text) IS
    'Reports what was put right about a suspension: by whom it concerns, or a supervisor; another supervisor accepts it (4.2).';
REVOKE ALL ON FUNCTION pgcustsec.rectify(bigint, text) FROM PUBLIC;

-- sql/src/40_functions/supervision/43_reinstate.sql
CREATE FUNCTION pgcustsec.reinstate(suspension bigint, comment text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
    barred record;
BEGIN
    IF coalesce(pgcustsec_internal._says_nothing(comment), true) THEN
        RAISE EXCEPTION 'a reinstatement states why the rectification is accepted (4.2)'
            USING ERRCODE = 'CS206', HINT = 'Say it, as the second argument.';
    END IF;
    LOCK TABLE pgcustsec_internal.supervising IN EXCLUSIVE MODE;
    SELECT p.suspended_by, p.suspension_id, p.kind, p.code
    INTO barred
    FROM pgcustsec_internal.in_force AS p
    WHERE p.suspension_id = suspension;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no such suspension in force (4.2)'
            USING ERRCODE = 'CS208', HINT = 'See pgcustsec.suspensions.';
    ELSIF barred.suspended_by = supervisor
        OR EXISTS (SELECT FROM pgcustsec_internal._suspensions_of(supervisor) AS o WHERE o.suspension_id = suspension)
        OR EXISTS (SELECT FROM pgcustsec_internal.rectification AS r WHERE r.suspension_id = suspension AND r.rectified_by = supervisor)
    THEN
        RAISE EXCEPTION 'another supervisor accepts the rectification: not who suspended, nor whom it concerns, nor who rectified (4.2)'
            USING ERRCODE = 'CS603', HINT = 'Ask one of the others.';
    ELSIF NOT EXISTS (SELECT FROM pgcustsec_internal.rectification AS r WHERE r.suspension_id = suspension) THEN
        RAISE EXCEPTION 'nothing was rectified yet (4.2)'
            USING ERRCODE = 'CS602', HINT = 'First what was done is recorded: SELECT pgcustsec.rectify(suspension, what).';
    END IF;
    -- What was at work when it came is over: who is back begins anew.
    WITH gone AS (
        DELETE FROM pgcustsec_internal.session_access AS w
        USING pgcustsec_internal._concerned(barred.kind, barred.code) AS c
        WHERE w.staff_id = c.staff_id AND (
            barred.kind <> 'role' OR w.access_code = barred.code
            OR EXISTS (
                SELECT FROM pgcustsec_internal.access AS a
                WHERE a.access_code = w.access_code AND a.role_code = barred.code))
        RETURNING w.session_id
    )
    INSERT INTO pgcustsec_internal.session_end (session_id, why)
    SELECT DISTINCT g.session_id, 'suspended'
    FROM gone AS g
    WHERE barred.kind <> 'role'
        AND NOT EXISTS (SELECT FROM pgcustsec_internal.session_end AS e WHERE e.session_id = g.session_id);
    DELETE FROM pgcustsec_internal.emergency AS g WHERE g.suspension_id = suspension;
    INSERT INTO pgcustsec_internal.reinstatement (suspension_id, reinstated_by, comment) VALUES (suspension, supervisor, comment);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('reinstated', supervisor, format('suspension %s', suspension), comment);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.reinstate(bigint, text) IS
    'Lifts a suspension, its rectification accepted: by a supervisor who neither suspended nor rectified, nor is concerned (4.2).';
REVOKE ALL ON FUNCTION pgcustsec.reinstate(bigint, text) FROM PUBLIC;

-- sql/src/40_functions/terms/09__hold_counts.sql
CREATE FUNCTION pgcustsec_internal._hold_counts(begun_by xid8)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- A transaction of the future came with a restored dump: what it placed holds, and is on record.
    RETURN CASE
        WHEN begun_by < pg_snapshot_xmax(pg_current_snapshot()) THEN pgcustsec_internal.is_committed(begun_by)
        ELSE begun_by <> pg_current_xact_id()
    END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._hold_counts(xid8) IS
    'Whether a hold is on record: else placing one by conditions, and taking it back, would tell of whom they are true (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._hold_counts(xid8) FROM PUBLIC;

-- sql/src/40_functions/terms/10__hold_more.sql
CREATE FUNCTION pgcustsec_internal._hold_more(relation text, keys text[])
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    held record;
    more bigint;
    found_some boolean := false;
BEGIN
    FOR held IN
        SELECT h.hold_id, h.predicate
        FROM pgcustsec_internal.hold AS h
        WHERE h.relation = relation AND h.predicate IS NOT NULL
            AND NOT EXISTS (SELECT FROM pgcustsec_internal.hold_release AS r WHERE r.hold_id = h.hold_id)
    LOOP
        INSERT INTO pgcustsec_internal.hold_subject (hold_id, relation, record_key)
            SELECT held.hold_id, relation, k.key
            FROM unnest(pgcustsec_internal.held_keys(relation, held.predicate, keys)) AS k (key)
            ON CONFLICT ON CONSTRAINT hold_subject_pkey DO NOTHING;
        GET DIAGNOSTICS more = ROW_COUNT;
        found_some := found_some OR more > 0;
    END LOOP;
    RETURN found_some;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._hold_more(text, text[]) IS
    'Writes down which of these rows the holds by predicate cover; whether any were not known yet (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._hold_more(text, text[]) FROM PUBLIC;

-- sql/src/40_functions/terms/11__extracts_of.sql
CREATE FUNCTION pgcustsec_internal._extracts_of(relation text, keys text[])
    RETURNS bigint[]
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN ARRAY(
        SELECT e.extract_id
        FROM pgcustsec_internal.extract AS e
        WHERE e.relation = relation AND pgcustsec_internal._extract_state(e.extract_id) <> 'destroyed'
            AND CASE
                WHEN e.integers IS NOT NULL THEN EXISTS (
                    SELECT FROM unnest(e.integers) AS i (key) JOIN unnest(keys) AS k (key) ON k.key = i.key::text)
                WHEN e.uuids IS NOT NULL THEN EXISTS (
                    SELECT FROM unnest(e.uuids) AS i (key) JOIN unnest(keys) AS k (key) ON k.key = i.key::text)
                ELSE e.texts && keys
            END
        ORDER BY e.extract_id);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._extracts_of(text, text[]) IS
    'Extracts that are not destroyed and hold some of these rows (4.1, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._extracts_of(text, text[]) FROM PUBLIC;

-- sql/src/40_functions/terms/12__forget.sql
CREATE FUNCTION pgcustsec_internal._forget(relation text, keys text[])
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    UPDATE pgcustsec_internal.change AS c
    SET old_value = NULL, new_value = NULL, old_blind = NULL, new_blind = NULL, key_id = NULL, reason = NULL
    WHERE c.relation = relation AND c.record_key = ANY (keys)
        AND num_nonnulls(c.old_value, c.new_value, c.old_blind, c.new_blind, c.key_id, c.reason) > 0;
    UPDATE pgcustsec_internal.change_confirmation AS f
    SET word = '***'
    FROM pgcustsec_internal.change AS c
    WHERE c.change_id = f.change_id AND c.relation = relation AND c.record_key = ANY (keys) AND f.word <> '***';
    UPDATE pgcustsec_internal.session_access AS w
    SET record_key = NULL, lapses_at = NULL, opened_by = NULL, request_id = NULL
    FROM pgcustsec_internal.access AS a
    WHERE w.record_key = ANY (keys) AND a.access_code = w.access_code AND a.schema_name || '.' || a.table_name = relation;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._forget(text, text[]) IS
    'What is known of rows beside themselves goes with them: values in the history of changes, and that they are open (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._forget(text, text[]) FROM PUBLIC;

-- sql/src/40_functions/terms/13__rare.sql
CREATE FUNCTION pgcustsec_internal._rare(relation text, combinations jsonb[])
    RETURNS TABLE (combination jsonb, rare boolean)
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    -- One batch of a table after the other counts what is alike.
    LOCK TABLE pgcustsec_internal.anonymised IN SHARE ROW EXCLUSIVE MODE;
    RETURN QUERY
        WITH batch AS MATERIALIZED (
            SELECT b.combination, count(*) AS rows FROM unnest(combinations) AS b (combination) GROUP BY b.combination
        ), counted AS (
            INSERT INTO pgcustsec_internal.anonymised AS a (relation, combination, rows)
            SELECT relation, b.combination, b.rows
            FROM batch AS b
            LEFT JOIN pgcustsec_internal.anonymised AS o ON o.relation = relation AND o.combination = b.combination
            WHERE b.rows + coalesce(o.rows, 0) >= 5
            ON CONFLICT ON CONSTRAINT anonymised_pkey DO UPDATE SET rows = a.rows + EXCLUDED.rows
            RETURNING a.combination
        )
        SELECT b.combination, NOT EXISTS (SELECT FROM counted AS c WHERE c.combination = b.combination)
        FROM batch AS b;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._rare(text, jsonb[]) IS
    'Of which combinations that rows keep there are fewer than five: they point at somebody (4.3). The others are counted.';
REVOKE ALL ON FUNCTION pgcustsec_internal._rare(text, jsonb[]) FROM PUBLIC;

-- sql/src/40_functions/terms/14__certify.sql
CREATE FUNCTION pgcustsec_internal._certify(
    relation text, rule text, request bigint, keys text[], due_until timestamptz, counts jsonb, extracts bigint[])
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    INSERT INTO pgcustsec_internal.certificate (relation, rule, request_id, action, subjects, counts, keys_digest, due_until, extracts)
    SELECT
        relation, rule, request, CASE WHEN q.keeps = '' THEN 'destroyed' ELSE 'anonymised' END, cardinality(keys), counts,
        CASE WHEN q.keeps = '' THEN encode(sha256(convert_to((
            SELECT string_agg(k.key, E'\n' ORDER BY k.key COLLATE "C") FROM unnest(keys) AS k (key)), 'UTF8')), 'hex')
        ELSE '' END,
        due_until,
        ARRAY(SELECT DISTINCT e.id FROM unnest(extracts) AS e (id) ORDER BY 1)
    FROM (
        SELECT k.keeps FROM pgcustsec_internal.retention_rule AS k WHERE k.relation = relation AND k.name = rule
        UNION ALL
        -- What a customer wished destroyed leaves no statistics.
        SELECT '' WHERE request IS NOT NULL) AS q;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the matrix has no rule % of %: nothing is destroyed by it (4.3)', rule, relation
            USING ERRCODE = 'CS901', HINT = 'Apply the matrix again: pgcustsec apply.';
    END IF;
    PERFORM set_config('synchronous_commit', 'on', true);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._certify(text, text, bigint, text[], timestamp with time zone, jsonb, bigint[]) IS
    'Writes down what a batch of a sweep has destroyed or anonymised by a rule, or what a request has erased (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._certify(text, text, bigint, text[], timestamp with time zone, jsonb, bigint[]) FROM PUBLIC;

-- sql/src/40_functions/terms/15__terms_anew.sql
CREATE FUNCTION pgcustsec_internal._terms_anew()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    UPDATE pgcustsec_internal.restamping AS r SET last_key = NULL, done_at = NULL WHERE r.relation = TG_ARGV[0];
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._terms_anew() IS
    'A table below was emptied: terms of the table that is named are worked out anew with the next run (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._terms_anew() FROM PUBLIC;

-- sql/src/40_functions/terms/39__retained.sql
CREATE FUNCTION pgcustsec_internal._retained(relation text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    known text := pgcustsec_internal._relation_known(relation);
BEGIN
    IF NOT EXISTS (SELECT FROM pgcustsec_internal.retention_rule AS q WHERE q.relation = known) THEN
        RAISE EXCEPTION 'rows of % have no term of their own (4.3)', known
            USING ERRCODE = 'CS208', HINT = format('Tables with rules of retention: %s.', (
                SELECT coalesce(string_agg(DISTINCT q.relation, ', '), 'none') FROM pgcustsec_internal.retention_rule AS q));
    END IF;
    RETURN known;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._retained(text) IS
    'A table whose rows have a term, by its name; an error for any other (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._retained(text) FROM PUBLIC;

-- sql/src/40_functions/terms/40_restamp.sql
CREATE FUNCTION pgcustsec.restamp(relation text, batch integer DEFAULT 10000, OUT seen bigint, OUT changed bigint, OUT done boolean)
    RETURNS record
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    known text := pgcustsec_internal._retained(relation);
    recipe text := (SELECT min(q.recipe) FROM pgcustsec_internal.retention_rule AS q WHERE q.relation = known);
    went pgcustsec_internal.restamping;
    last_key text[];
BEGIN
    -- One at a time; with other rules it begins anew.
    INSERT INTO pgcustsec_internal.restamping AS r (relation, recipe) VALUES (known, recipe)
        ON CONFLICT ON CONSTRAINT restamping_pkey DO UPDATE
        SET recipe = EXCLUDED.recipe,
            last_key = CASE WHEN r.recipe = EXCLUDED.recipe THEN r.last_key END,
            done_at = CASE WHEN r.recipe = EXCLUDED.recipe THEN r.done_at END
        RETURNING r.* INTO went;
    done := went.done_at IS NOT NULL;
    seen := 0;
    changed := 0;
    IF done THEN
        RETURN;
    END IF;
    SELECT s.last, s.seen, s.changed INTO last_key, seen, changed
    FROM pgcustsec_internal.restamp_table(known, went.last_key, greatest(batch, 1)) AS s;
    done := seen < greatest(batch, 1);
    UPDATE pgcustsec_internal.restamping AS r
    SET last_key = coalesce(last_key, r.last_key), done_at = CASE WHEN done THEN clock_timestamp() END
    WHERE r.relation = known;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.restamp(text, integer) IS
    'Works out anew until when the next so many rows of a table are kept, where its rules are others than when that was done last (4.3).';
REVOKE ALL ON FUNCTION pgcustsec.restamp(text, integer) FROM PUBLIC;

-- sql/src/40_functions/terms/41_sweep.sql
CREATE FUNCTION pgcustsec.sweep(relation text, batch integer DEFAULT 1000, OUT destroyed bigint, OUT anonymised bigint, OUT restamped bigint, OUT blocked bigint)
    RETURNS record
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    known text := pgcustsec_internal._retained(relation);
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- A hold since such a snapshot was taken would be passed over.
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    SELECT s.destroyed, s.anonymised, s.restamped, s.blocked INTO destroyed, anonymised, restamped, blocked
    FROM pgcustsec_internal.sweep_table(known, greatest(batch, 1)) AS s;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.sweep(text, integer) IS
    'Destroys or anonymises the next so many rows of a table that are past their term, with all that hangs on them, and certifies it; all but the last zero: nothing is left that is due, not held, not locked and referred to by nothing else (4.3).';
REVOKE ALL ON FUNCTION pgcustsec.sweep(text, integer) FROM PUBLIC;

-- sql/src/40_functions/terms/50_place_hold.sql
CREATE FUNCTION pgcustsec.place_hold(relation text, keys text[], predicate jsonb, reason text, reference text, review_at timestamptz)
    RETURNS bigint
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
    known text := pgcustsec_internal._retained(relation);
    made bigint;
    rows text[];
BEGIN
    IF coalesce(pgcustsec_internal._says_nothing(reason), true) THEN
        RAISE EXCEPTION 'a hold states its reason (4.3)' USING ERRCODE = 'CS206', HINT = 'Say why.';
    ELSIF review_at IS NULL OR review_at <= clock_timestamp() OR review_at > clock_timestamp() + interval '366 days' THEN
        RAISE EXCEPTION 'a hold is looked at again: within 366 days (4.3)'
            USING ERRCODE = 'CS306', HINT = 'Name the day of its review.';
    ELSIF (predicate IS NULL) = (keys IS NULL) OR cardinality(keys) = 0 OR array_position(keys, NULL) IS NOT NULL THEN
        RAISE EXCEPTION 'a hold says which rows: by a predicate or by keys (4.3)'
            USING ERRCODE = 'CS309', HINT = 'Give one of the two.';
    END IF;
    PERFORM pgcustsec_internal._check_predicate(known, predicate);
    -- And by who will judge it: every value is one of its column.
    PERFORM pgcustsec_internal.held_keys(known, predicate, '{}');
    IF keys IS NOT NULL THEN
        -- As the table has them: one that is spelt otherwise would hold nothing.
        rows := pgcustsec_internal.held_keys(known, '[]', keys);
        IF cardinality(rows) <> (SELECT count(DISTINCT k.key) FROM unnest(keys) AS k (key)) THEN
            RAISE EXCEPTION 'not every key is one of a row of % (4.3)', known
                USING ERRCODE = 'CS309', HINT = 'Write each as the view shows it, once.';
        END IF;
    END IF;
    INSERT INTO pgcustsec_internal.hold AS h (relation, predicate, reason, reference, review_at, placed_by)
        VALUES (known, predicate, reason, reference, review_at, supervisor)
        RETURNING h.hold_id INTO made;
    INSERT INTO pgcustsec_internal.hold_subject (hold_id, relation, record_key)
        SELECT made, known, k.key FROM unnest(rows) AS k (key);
    PERFORM pgcustsec_internal._keep_from_erasing(known, predicate, rows);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('hold_placed', supervisor, format('hold %s', made), reason);
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN made;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.place_hold(text, text[], jsonb, text, text, timestamp with time zone) IS
    'Places a legal hold on rows, by key or predicate, for who supervises: they are not destroyed until it is released (3.3, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec.place_hold(text, text[], jsonb, text, text, timestamp with time zone) FROM PUBLIC;

-- sql/src/40_functions/terms/51_release_hold.sql
CREATE FUNCTION pgcustsec.release_hold(hold bigint, reason text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
BEGIN
    IF coalesce(pgcustsec_internal._says_nothing(reason), true) THEN
        RAISE EXCEPTION 'a release states its reason (4.3)' USING ERRCODE = 'CS206', HINT = 'Say why.';
    END IF;
    INSERT INTO pgcustsec_internal.hold_release (hold_id, reason, released_by)
        SELECT h.hold_id, reason, supervisor FROM pgcustsec_internal.hold AS h WHERE h.hold_id = hold
        ON CONFLICT ON CONSTRAINT hold_release_pkey DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no hold % in force (4.3)', hold USING ERRCODE = 'CS208', HINT = 'See pgcustsec.holds.';
    END IF;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('hold_released', supervisor, format('hold %s', hold), reason);
    PERFORM set_config('synchronous_commit', 'on', true);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.release_hold(bigint, text) IS
    'Releases a legal hold, for who supervises: what it covered goes its way (4.3).';
REVOKE ALL ON FUNCTION pgcustsec.release_hold(bigint, text) FROM PUBLIC;

-- sql/src/40_functions/terms/60__retention_status.sql
CREATE FUNCTION pgcustsec_internal._retention_status(months integer)
    RETURNS TABLE (relation text, rule text, keep_days integer, keeps text, due bigint, held bigint, oldest timestamptz, done bigint, forecast jsonb)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT
            q.relation, q.name, q.keep_days, nullif(q.keeps, ''), d.due, d.held, d.oldest,
            coalesce((
                SELECT sum(c.subjects) FROM pgcustsec_internal.certificate AS c
                WHERE c.relation = q.relation AND c.rule = q.name), 0)::bigint,
            d.forecast
        FROM pgcustsec_internal.retention_rule AS q
        LEFT JOIN LATERAL (
            SELECT
                coalesce(sum(t.rows) FILTER (WHERE t.month IS NULL), 0)::bigint AS due,
                coalesce(sum(t.rows) FILTER (WHERE t.month IS NULL AND t.held), 0)::bigint AS held,
                min(t.oldest) FILTER (WHERE t.month IS NULL) AS oldest,
                jsonb_object_agg(t.month, t.of_month) FILTER (WHERE t.month IS NOT NULL) AS forecast
            FROM (
                SELECT w.rule, w.month, w.held, w.rows, w.oldest, sum(w.rows) OVER (PARTITION BY w.rule, w.month) AS of_month
                FROM pgcustsec_internal.due_rows(q.relation, _retention_status.months) AS w) AS t
            WHERE t.rule = q.name) AS d ON true
        ORDER BY q.relation, q.place;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._retention_status(integer) IS
    'What is due by each rule of retention, what of it is held, what is done, and what will be due month by month (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._retention_status(integer) FROM PUBLIC;

-- sql/src/40_functions/terms/61_retention_status.sql
CREATE FUNCTION pgcustsec.retention_status(months integer DEFAULT 12)
    RETURNS TABLE (relation text, rule text, keep_days integer, keeps text, due bigint, held bigint, oldest timestamptz, done bigint, forecast jsonb)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    PERFORM pgcustsec_internal._supervisor();
    RETURN QUERY SELECT s.* FROM pgcustsec_internal._retention_status(months) AS s;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.retention_status(integer) IS
    'What is due by each rule of retention, what of it is held, what is done, and what will be due month by month; for who supervises (4.3, 5.1).';
REVOKE ALL ON FUNCTION pgcustsec.retention_status(integer) FROM PUBLIC;

-- sql/src/40_functions/vault/10__hmac_block.sql
-- RFC 2104, block of 64 bytes. The pads are 54 (0x36) inside and 92 (0x5c) outside. Bytes one by one: this runs once
-- for a key, not once for a value.
CREATE FUNCTION pgcustsec_internal._hmac_block(key bytea, pad integer)
    RETURNS bytea
    LANGUAGE plpgsql
    IMMUTABLE
    STRICT
    PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    block bytea := CASE WHEN length(key) > 64 THEN sha256(key) ELSE key END;
BEGIN
    block := block || decode(repeat('00', 64 - length(block)), 'hex');
    FOR place IN 0..63 LOOP
        block := set_byte(block, place, get_byte(block, place) # pad);
    END LOOP;
    RETURN block;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._hmac_block(bytea, integer) IS
    'The block that a key gives HMAC-SHA-256 with a pad: 54 for the inner one, 92 for the outer.';
REVOKE ALL ON FUNCTION pgcustsec_internal._hmac_block(bytea, integer) FROM PUBLIC;

-- sql/src/40_functions/vault/11_hmac_sha256_blocks.sql
-- For many messages under one key: its blocks are made once, by _hmac_block, and a message costs two hashes.
CREATE FUNCTION pgcustsec_internal.hmac_sha256_blocks(message bytea, inner_block bytea, outer_block bytea)
    RETURNS bytea
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    sha256(outer_block || sha256(inner_block || message));
COMMENT ON FUNCTION pgcustsec_internal.hmac_sha256_blocks(bytea, bytea, bytea) IS
    'HMAC-SHA-256 of a message under the key whose two blocks these are (RFC 2104).';
REVOKE ALL ON FUNCTION pgcustsec_internal.hmac_sha256_blocks(bytea, bytea, bytea) FROM PUBLIC;

-- sql/src/40_functions/vault/12_hmac_sha256.sql
CREATE FUNCTION pgcustsec_internal.hmac_sha256(message bytea, key bytea)
    RETURNS bytea
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    pgcustsec_internal.hmac_sha256_blocks(
        message, pgcustsec_internal._hmac_block(key, 54), pgcustsec_internal._hmac_block(key, 92));
COMMENT ON FUNCTION pgcustsec_internal.hmac_sha256(bytea, bytea) IS
    'HMAC-SHA-256 of a message under a key (RFC 2104); hmac_sha256_blocks is the way for many messages.';
REVOKE ALL ON FUNCTION pgcustsec_internal.hmac_sha256(bytea, bytea) FROM PUBLIC;

-- sql/src/40_functions/vault/20__visible.sql
-- Compatibility composition (NFKC) makes full-width digits and letters ASCII, and most blanks, the ideographic among
-- them, a space. It leaves the line ends and U+0085, 1680, 2028, 2029, which become spaces here, and what cannot be
-- seen: soft hyphen, zero-width and direction characters, which pasting from a phone's contacts brings along. Plain
-- ASCII, most of what comes here, has none of it.
CREATE FUNCTION pgcustsec_internal._visible(value text, unwanted text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^ -~]'
            THEN translate(value, unwanted, '')
        ELSE translate(
            normalize(value, NFKC),
            U&'!0009!000A!000B!000C!000D!0085!1680!2028!2029'
                '!00AD!061C!180E!200B!200C!200D!200E!200F!202A!202B!202C!202D!202E'
                '!2060!2061!2062!2063!2064!2066!2067!2068!2069!FEFF' UESCAPE '!' || unwanted,
            '         '
        )
    END;
COMMENT ON FUNCTION pgcustsec_internal._visible(text, text) IS
    'A value with every blank a space and every full-width character ASCII, without the invisible and unwanted ones.';
REVOKE ALL ON FUNCTION pgcustsec_internal._visible(text, text) FROM PUBLIC;

-- sql/src/40_functions/vault/21__normal_odd_phone.sql
-- A function of its own, as what is found at one step is asked for twice at the next. An extension is kept, behind an
-- x: 0755-1234567-1 and 0755-12345671 are two numbers.
CREATE FUNCTION pgcustsec_internal._normal_odd_phone(value text)
    RETURNS text
    LANGUAGE plpgsql
    IMMUTABLE
    STRICT
    PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    -- Every separator a hyphen, none at the ends.
    written text := btrim(translate(lower(pgcustsec_internal._visible(value, '') COLLATE "C"),
        ' ().:‐‒–—―−', '-----------'), '-');
BEGIN
    IF written COLLATE "C" ~ '[^0-9+-]' THEN
        written := regexp_replace(normalize(replace(written COLLATE "C", '-', ''), NFKC) COLLATE "C",
            '(?<=[0-9])(转接?|分机号?|ext|x|#)(?=[0-9]{1,6}$)', 'x');
    ELSIF written COLLATE "C" ~
        '^((([+]|00)?-*86-*0?|0)-*(10|2[0-9]|[3-9][0-9]{2})-*[0-9]{3,4}-?[0-9]{4}'
        '|(([+]|00)?-*86)?-*0?1[3-9][0-9]-?[0-9]{4}-?[0-9]{4})-+[0-9]{1,5}$'
    THEN
        written := regexp_replace(written COLLATE "C", '-+(?=[0-9]{1,5}$)', 'x');
    END IF;
    written := replace(written COLLATE "C", '-', '');

    IF written COLLATE "C" ~ '^(([+]|00)?86)?0?1[3-9][0-9]{9}(x[0-9]+)?$' THEN
        RETURN substring(written COLLATE "C" FROM '1[3-9][0-9]{9}(?:x[0-9]+)?$');
    END IF;
    -- 400 and 800 numbers are dialled without a zero.
    IF written COLLATE "C"
        ~ '^([+]|00)?860?(?![48]00[0-9]{7}(x|$))(10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}(x[0-9]+)?$' THEN
        RETURN '0' || ltrim(substr(ltrim(written, '+0'), 3), '0');
    END IF;
    IF written COLLATE "C" ~ '^([+]|00)86(?!86|00)[0-9]{3,}(x[0-9]+)?$' THEN
        RETURN substr(ltrim(written, '+0'), 3);
    END IF;
    RETURN CASE WHEN written COLLATE "C" ~ '^00[1-9]' THEN '+' || substr(written, 3) ELSE written END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._normal_odd_phone(text) IS
    'What normal_phone gives for a number in a spelling that it cannot tell at a glance.';
REVOKE ALL ON FUNCTION pgcustsec_internal._normal_odd_phone(text) FROM PUBLIC;

-- sql/src/40_functions/vault/22_normal_bank_account.sql
-- Upper case, because an account abroad (IBAN) has letters.
CREATE FUNCTION pgcustsec_internal.normal_bank_account(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^0-9]'
            THEN value
        ELSE normalize(
            replace(upper(pgcustsec_internal._visible(value, '-‐‒–—―−') COLLATE "C"), ' ', ''), NFKC)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_bank_account(text) IS
    'The one spelling of a bank account, for its keyed index: no blanks or hyphens.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_bank_account(text) FROM PUBLIC;

-- sql/src/40_functions/vault/22_normal_email.sql
-- The part before the @ may tell capitals apart by the letter of the standard; no provider does.
CREATE FUNCTION pgcustsec_internal.normal_email(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^0-9a-z@._+-]'
            THEN value
        ELSE normalize(lower(btrim(pgcustsec_internal._visible(value, '')) COLLATE "C"), NFKC)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_email(text) IS
    'The one spelling of an email address, for its keyed index: lower case, no blanks around it.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_email(text) FROM PUBLIC;

-- sql/src/40_functions/vault/22_normal_id_document.sql
-- Parentheses go too: a Hong Kong identity card is written A123456(3) or A1234563.
CREATE FUNCTION pgcustsec_internal.normal_id_document(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^0-9A-Z]'
            THEN value
        ELSE normalize(replace(upper(pgcustsec_internal._visible(value, '()-') COLLATE "C"), ' ', ''), NFKC)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_id_document(text) IS
    'The one spelling of an identity document, for its keyed index: upper case, no blanks, hyphens or parentheses.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_id_document(text) FROM PUBLIC;

-- sql/src/40_functions/vault/22_normal_phone.sql
-- Most numbers are spelt in one of the first three ways and cost a pattern or two.
CREATE FUNCTION pgcustsec_internal.normal_phone(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) = 11 AND left(value, 2) COLLATE "C" BETWEEN '13' AND '19' AND value COLLATE "C" !~ '[^0-9]'
            THEN value
        WHEN value COLLATE "C" ~ '^([+]|00)?86[ -]?1[3-9][0-9]([ -]?[0-9]{4}){2}$'
            THEN right(translate(value, ' -', ''), 11)
        WHEN value COLLATE "C" ~ '^0(10|2[0-9]|[3-9][0-9]{2})-?[0-9]{7,8}$'
            THEN translate(value, '-', '')
        WHEN value IS NOT NULL
            THEN pgcustsec_internal._normal_odd_phone(value)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_phone(text) IS
    'The one spelling of a phone number, for its keyed index: 13812345678, 01012345678, 01012345678x12, +12025550143.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_phone(text) FROM PUBLIC;

-- sql/src/40_functions/vault/22_normal_plate.sql
CREATE FUNCTION pgcustsec_internal.normal_plate(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^0-9A-Z一-鿿]'
            THEN value
        ELSE normalize(replace(upper(pgcustsec_internal._visible(value, '·•‧・∙⋅.-') COLLATE "C"), ' ', ''), NFKC)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_plate(text) IS
    'The one spelling of a number plate, for its keyed index: upper case, no dot, hyphen or blanks.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_plate(text) FROM PUBLIC;

-- sql/src/40_functions/vault/22_normal_text.sql
-- For kinds without a spelling of their own. Nothing visible or invisible goes but blanks: a change is a change.
CREATE FUNCTION pgcustsec_internal.normal_text(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^!-~㐀-䶿一-鿿𠀀-𪛖]'
            THEN value
        ELSE btrim(regexp_replace(
            normalize(value, NFKC) COLLATE "C", U&'[[:space:]!0085!1680!2028!2029]+' UESCAPE '!', ' ', 'g'))
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_text(text) IS
    'The one spelling of any other text, for its change history: no blanks around it, one between words.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_text(text) FROM PUBLIC;

-- sql/src/40_functions/vault/30__has_control.sql
-- Direction characters among them: they make a number show in another order than it is kept in.
CREATE FUNCTION pgcustsec_internal._has_control(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ U&'[!0001-!001F!007F-!009F!00AD!061C!180E!200B-!200F!2028-!202E!2060-!206F!FEFF!FFF9-!FFFD]'
            UESCAPE '!';
COMMENT ON FUNCTION pgcustsec_internal._has_control(text) IS
    'Whether there is a character in this that is not for the eye: control, zero-width, direction, damaged.';
REVOKE ALL ON FUNCTION pgcustsec_internal._has_control(text) FROM PUBLIC;

-- sql/src/40_functions/vault/30__has_letter.sql
-- Letters of every script by their blocks, as the classes of the "C" collation know ASCII alone.
CREATE FUNCTION pgcustsec_internal._has_letter(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ U&'[A-Za-z!00C0-!180D!1810-!1FFF!2C00-!2DFF!3041-!30FA!30FC-!D7FF!F900-!FDFF!FE70-!FEFC'
            '!FF21-!FF3A!FF41-!FF5A!FF66-!FFDC!+010000-!+01EFFF!+020000-!+03FFFD]' UESCAPE '!';
COMMENT ON FUNCTION pgcustsec_internal._has_letter(text) IS 'Whether there is a letter, of any script, in this.';
REVOKE ALL ON FUNCTION pgcustsec_internal._has_letter(text) FROM PUBLIC;

-- sql/src/40_functions/vault/30__says_nothing.sql
CREATE FUNCTION pgcustsec_internal._says_nothing(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ U&'^[[:space:]!0085!00A0!1680!2000-!200F!2028-!202F!205F-!206F!3000!FEFF]*([*!FF0A!FE61]{3})?'
            '[[:space:]!0085!00A0!1680!2000-!200F!2028-!202F!205F-!206F!3000!FEFF]*$' UESCAPE '!';
COMMENT ON FUNCTION pgcustsec_internal._says_nothing(text) IS 'Whether this is blank, or *** and nothing else.';
REVOKE ALL ON FUNCTION pgcustsec_internal._says_nothing(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_address.sql
CREATE FUNCTION pgcustsec_internal.fits_address(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) NOT BETWEEN 2 AND 1000
            THEN false
        ELSE pgcustsec_internal._has_letter(value)
            AND value COLLATE "C" !~ U&'[*!FF0A!FE61!2217!204E!2051!2731!2732!2733!273B!0001-!0008!000B!000C!000E-!001F!007F-!009F]' UESCAPE '!'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_address(text) IS
    'Whether this may be written as an address: '
    '2 to 1000 characters, lines allowed, with a letter among them and no *.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_address(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_bank_account.sql
CREATE FUNCTION pgcustsec_internal.fits_bank_account(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 8 AND 32 AND value COLLATE "C" !~ '[^0-9]'
            THEN true
        WHEN length(value) > 60 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_bank_account(value) COLLATE "C"
            ~ '^([0-9]{8,32}|[A-Z]{2}[0-9]{2}[0-9A-Z]{8,30})$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_bank_account(text) IS
    'Whether this may be written as a bank account: '
    '8 to 32 digits, of a card 16 to 19, or an IBAN; blanks and hyphens allowed.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_bank_account(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_email.sql
CREATE FUNCTION pgcustsec_internal.fits_email(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) > 254 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_email(value) COLLATE "C"
            ~ '^[^] @*,;:<>()"[]+@[^] @*,;:<>()"/_.[]+([.][^] @*,;:<>()"/_.[]+)+$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_email(text) IS
    'Whether this may be written as an email address: '
    'one address, as name@example.com, without blanks.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_email(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_id_document.sql
-- The check digit is not asked for, nor the province: old registers gave out wrong ones. Han characters, because an
-- officer's card is 军字第1234567号.
CREATE FUNCTION pgcustsec_internal.fits_id_document(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) IN (15, 18) AND value COLLATE "C" !~ '[^0-9]'
            THEN true
        WHEN length(value) > 40 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_id_document(value) COLLATE "C"
            ~ '^(?=[^0-9]*([0-9][^0-9]*){4})[0-9A-Z一-鿿/]{5,30}$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_id_document(text) IS
    'Whether this may be written as an identity document: '
    '18 digits (the last may be X), the old 15, or the 5 to 30 letters and digits of a passport or permit.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_id_document(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_messenger.sql
CREATE FUNCTION pgcustsec_internal.fits_messenger(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) > 100 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE NOT pgcustsec_internal._says_nothing(value)
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_messenger(text) IS
    'Whether this may be written as a messenger id: '
    '1 to 100 characters in one line, not ***.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_messenger(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_name.sql
-- Organisations are customers too, and some have digits in their name; six in a row are a number in the wrong field.
-- What cannot be seen is refused: two names would look the same and be two. So is whatever people write for a star.
CREATE FUNCTION pgcustsec_internal.fits_name(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 2 AND 20 AND value COLLATE "C" !~ '[^㐀-䶿一-鿿𠀀-𳎯]'
            THEN true
        WHEN length(value) > 100 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal._has_letter(value)
            AND value COLLATE "C" !~ '[*＊﹡∗⁎⁑✱✲✳✻×○●◯□■?？_＿@＠<>{}|=]|([0-9０-９][ -]?){6}'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_name(text) IS
    'Whether this may be written as a name: '
    'at most 100 characters in one line, a letter among them; no number of six digits, no star or what stands for one, no ?, _, @, <, >, {, }, | or =.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_name(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_phone.sql
-- An 11-digit number of a prefix that nobody has, or a number abroad without its +, is refused: it cannot be dialled.
CREATE FUNCTION pgcustsec_internal.fits_phone(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) = 11 AND left(value, 2) COLLATE "C" BETWEEN '13' AND '19' AND value COLLATE "C" !~ '[^0-9]'
            THEN true
        WHEN length(value) > 40 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_phone(value) COLLATE "C"
            ~ '^(1[3-9][0-9]{9}|0(10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}'
                '|[48]00[0-9]{7}|9[56][0-9]{3,6}|[2-9][0-9]{6,7}|[+](?!86)[1-9][0-9]{6,14})(x[0-9]{1,6})?$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_phone(text) IS
    'Whether this may be written as a phone number: '
    '11 digits, or area code and number, +86 allowed; a number abroad begins with + and its country code.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_phone(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_plate.sql
-- A plate of six letters behind the province exists; without a province, letters alone are a word.
CREATE FUNCTION pgcustsec_internal.fits_plate(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) > 20 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_plate(value) COLLATE "C"
            ~ '^(?=[一-鿿]|[A-Z一-鿿]*[0-9])(?=[一-鿿]*([0-9A-Z][一-鿿]*){4})[0-9A-Z一-鿿]{5,10}$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_plate(text) IS
    'Whether this may be written as a number plate: '
    'province, letter, and 5 or 6 letters and digits, as 京A12345; any other 5 to 10 with a digit.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_plate(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_text.sql
CREATE FUNCTION pgcustsec_internal.fits_text(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" !~ U&'[!0001-!0008!000B!000C!000E-!001F!007F-!009F]' UESCAPE '!'
    AND NOT pgcustsec_internal._says_nothing(value);
COMMENT ON FUNCTION pgcustsec_internal.fits_text(text) IS
    'Whether this may be written as text: '
    'any, in lines, but not blank, not *** alone, and without control characters.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_text(text) FROM PUBLIC;

-- sql/src/40_functions/vault/blind_key.sql
CREATE FUNCTION pgcustsec_internal.blind_key(OUT key_id integer, OUT inner_block bytea, OUT outer_block bytea)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    SELECT k.key_id, k.inner_block, k.outer_block
    INTO key_id, inner_block, outer_block
    FROM pgcustsec_keys.blind_index_key AS k
    WHERE k.retired_at IS NULL;
    IF key_id IS NULL THEN
        RAISE EXCEPTION 'the key of the blind indexes is not here'
            USING ERRCODE = 'CS902',
                HINT = 'Restore schema pgcustsec_keys, or make a new key: pgcustsec vault rekey.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.blind_key() IS 'The key of the blind indexes in use, as the blocks that HMAC works with.';
REVOKE ALL ON FUNCTION pgcustsec_internal.blind_key() FROM PUBLIC;

-- sql/src/50_views/05_in_force.sql
-- Suspensions that keep somebody from rows at this moment: those that supervisors said, and those of emergencies that were
-- refused, or not approved by the end of their hours.
CREATE VIEW pgcustsec_internal.in_force AS
    SELECT u.suspension_id, u.kind, u.code, COALESCE(n.by_staff, u.suspended_by) AS suspended_by, u.request_id
    FROM pgcustsec_internal.suspension AS u
    LEFT JOIN pgcustsec_internal.emergency_end AS n ON n.suspension_id = u.suspension_id
    WHERE (CASE n.how WHEN 'refused' THEN true WHEN 'approved' THEN false ELSE u.starts_at <= clock_timestamp() END)
        AND NOT EXISTS (
            SELECT FROM pgcustsec_internal.reinstatement AS e WHERE e.suspension_id = u.suspension_id);
COMMENT ON VIEW pgcustsec_internal.in_force IS 'Suspensions in force (4.2).';
COMMENT ON COLUMN pgcustsec_internal.in_force.suspension_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.in_force.kind IS 'Whether a person, a role or a department.';
COMMENT ON COLUMN pgcustsec_internal.in_force.code IS 'The staff number, or the name in the matrix.';
COMMENT ON COLUMN pgcustsec_internal.in_force.suspended_by IS 'By whom; of an emergency, who refused it, or who declared it.';
COMMENT ON COLUMN pgcustsec_internal.in_force.request_id IS 'The emergency that announced it.';
REVOKE ALL ON TABLE pgcustsec_internal.in_force FROM PUBLIC;

-- sql/src/50_views/10_asker.sql
-- Who asks, a row for each role that they hold. Policies and views read this in sub-selects that PostgreSQL works out once
-- per statement. A view and not a function, because it becomes part of their plan: one index look-up instead of a call (a
-- prepared point read took 46 us with functions, 39 with this). Its reader needs no right on the lists of people.
--
-- session_user decides, or a token that is signed for that login: SET ROLE changes no person, and of what a caller can set
-- nothing counts that they could have made. Nobody has no row, and what is compared with nothing holds for no row.
CREATE VIEW pgcustsec_internal.asker AS
    SELECT
        s.role_code, s.staff_id, s.department_code, s.branch_code, s.serves_none, s.serves_direct, s.serves_chain
    FROM pgcustsec_internal.standing AS s
    WHERE s.known_as = COALESCE(
        pgcustsec_internal.bearer(pg_catalog.current_setting('pgcustsec.token', true), false), session_user::text)
        -- What begins by the clock, of an emergency: what supervisors say is worked into `standing`.
        AND NOT EXISTS (
            SELECT FROM pgcustsec_internal.emergency AS u
            WHERE u.staff_id = s.answers AND u.due_at <= clock_timestamp());
COMMENT ON VIEW pgcustsec_internal.asker IS
    'The person behind this statement in each role they hold (2.3). Every reader asks for one role: the person''s '
    'membership, not the login''s (5.3). Read by viewers alone.';
COMMENT ON COLUMN pgcustsec_internal.asker.role_code IS 'A role of the matrix that the person holds.';
COMMENT ON COLUMN pgcustsec_internal.asker.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec_internal.asker.department_code IS 'Their department (1.4).';
COMMENT ON COLUMN pgcustsec_internal.asker.branch_code IS 'Their branch (1.4).';
COMMENT ON COLUMN pgcustsec_internal.asker.serves_none IS
    'Staff numbers whose customers they serve where managers serve none: their own (5.2.2).';
COMMENT ON COLUMN pgcustsec_internal.asker.serves_direct IS
    'Their own and those of active staff whose manager they are (5.2.2).';
COMMENT ON COLUMN pgcustsec_internal.asker.serves_chain IS
    'Their own and those of active staff anywhere below them (5.2.2).';
REVOKE ALL ON TABLE pgcustsec_internal.asker FROM PUBLIC;

-- sql/src/50_views/11_at_work.sql
-- Whether tier 1 and 2 show, and of which record tier 1: read like `asker`. What is compared with the clock and with the
-- state of transactions stands in the reader's own text (`compile/scopes.py`): volatile columns would keep PostgreSQL from
-- making this view part of the reader's plan. A session that a transaction of the future began came with a restored dump,
-- and is none.
CREATE VIEW pgcustsec_internal.at_work AS
    SELECT w.access_code, w.ends_at, w.begun_by, w.record_key, w.lapses_at, w.opened_by, w.request_id
    FROM pgcustsec_internal.session_access AS w
    WHERE w.known_as = COALESCE(
        pgcustsec_internal.bearer(pg_catalog.current_setting('pgcustsec.token', true), true), session_user::text)
        AND w.begun_by < pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot());
COMMENT ON VIEW pgcustsec_internal.at_work IS
    'The session at work behind this statement, table by table (5.2.1, 5.2.4). Read by viewers alone.';
COMMENT ON COLUMN pgcustsec_internal.at_work.access_code IS 'Role and table.';
COMMENT ON COLUMN pgcustsec_internal.at_work.ends_at IS 'When the session ends.';
COMMENT ON COLUMN pgcustsec_internal.at_work.begun_by IS 'The transaction that began it.';
COMMENT ON COLUMN pgcustsec_internal.at_work.record_key IS 'The record that is open; NULL: none.';
COMMENT ON COLUMN pgcustsec_internal.at_work.lapses_at IS 'When that closes.';
COMMENT ON COLUMN pgcustsec_internal.at_work.opened_by IS 'The transaction that opened it.';
COMMENT ON COLUMN pgcustsec_internal.at_work.request_id IS 'The request by which it is open in full.';
REVOKE ALL ON TABLE pgcustsec_internal.at_work FROM PUBLIC;

-- sql/src/50_views/20_colleague.sql
-- Those who left stay: else the rows they served would vanish before anybody could take them over.
CREATE VIEW pgcustsec_internal.colleague AS
    SELECT c.staff_id, a.role_code
    FROM pgcustsec_internal.asker AS a
    JOIN pgcustsec_internal.staff AS c ON c.department_code = a.department_code;
COMMENT ON VIEW pgcustsec_internal.colleague IS
    'Staff of the department of the person behind this statement; none for nobody (1.4). Read by viewers alone.';
COMMENT ON COLUMN pgcustsec_internal.colleague.staff_id IS 'Staff number.';
COMMENT ON COLUMN pgcustsec_internal.colleague.role_code IS 'A role that the asking person holds.';
REVOKE ALL ON TABLE pgcustsec_internal.colleague FROM PUBLIC;

-- sql/src/50_views/30_change_history.sql
CREATE VIEW pgcustsec.change_history
    WITH (security_barrier = true)
AS
    SELECT
        c.change_id, c.changed_at, c.relation, c.record_key, c.operation, c.column_name, c.old_value, c.new_value,
        c.old_blind, c.new_blind, c.key_id, c.staff_id, c.login, c.session_id, c.application_name, c.reason,
        k.confirmed_at, k.word
    FROM pgcustsec_internal.change AS c
    LEFT JOIN LATERAL (
        SELECT f.confirmed_at, f.word
        FROM pgcustsec_internal.change_confirmation AS f
        WHERE f.change_id = c.change_id
        ORDER BY f.confirmed_at DESC
        LIMIT 1) AS k ON true
    WHERE (
        SELECT bool_or(
            CASE
                WHEN current_setting('transaction_isolation') <> 'read committed'
                    THEN pgcustsec_internal.refuse_old_snapshot()
                ELSE w.ends_at > clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by)
            END)
        FROM pgcustsec_internal.asker AS a
        JOIN pgcustsec_internal.role AS r ON r.role_code = a.role_code AND r.supervises
        JOIN pgcustsec_internal.at_work AS w ON w.access_code = r.role_code);
COMMENT ON VIEW pgcustsec.change_history IS
    'Who made, changed or removed what, when, why and on whose word (3.1). Rows for who supervises alone (5.1), and since '
    'there is tier 2 in it, in a session (5.2.4).';
COMMENT ON COLUMN pgcustsec.change_history.change_id IS 'What confirm_change() takes.';
COMMENT ON COLUMN pgcustsec.change_history.changed_at IS 'When.';
COMMENT ON COLUMN pgcustsec.change_history.relation IS 'The table.';
COMMENT ON COLUMN pgcustsec.change_history.record_key IS 'The row''s key.';
COMMENT ON COLUMN pgcustsec.change_history.operation IS 'made or removed: the record; changed: the column.';
COMMENT ON COLUMN pgcustsec.change_history.column_name IS 'The column; NULL: the record as a whole.';
COMMENT ON COLUMN pgcustsec.change_history.old_value IS 'Value before; of tier 1 and names the masked form.';
COMMENT ON COLUMN pgcustsec.change_history.new_value IS 'Value after; of tier 1 and names the masked form.';
COMMENT ON COLUMN pgcustsec.change_history.old_blind IS 'Of tier 1 and names: whether two values are one, without telling either.';
COMMENT ON COLUMN pgcustsec.change_history.new_blind IS 'Of tier 1 and names: whether two values are one, without telling either.';
COMMENT ON COLUMN pgcustsec.change_history.key_id IS 'Only blind indexes of one key compare.';
COMMENT ON COLUMN pgcustsec.change_history.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec.change_history.login IS 'The login.';
COMMENT ON COLUMN pgcustsec.change_history.session_id IS 'The session at work.';
COMMENT ON COLUMN pgcustsec.change_history.application_name IS 'What the client called itself.';
COMMENT ON COLUMN pgcustsec.change_history.reason IS 'What the client gave as pgcustsec.change_reason.';
COMMENT ON COLUMN pgcustsec.change_history.confirmed_at IS 'When the customer''s word was recorded last.';
COMMENT ON COLUMN pgcustsec.change_history.word IS 'How the customer confirmed.';
REVOKE ALL ON TABLE pgcustsec.change_history FROM PUBLIC;

-- sql/src/50_views/40_access_log.sql
CREATE VIEW pgcustsec.access_log
    WITH (security_barrier = true)
AS
    SELECT
        a.audit_id, a.at, a.kind::text AS kind, a.staff_id, s.full_name, a.role_code, a.relation, a.record_key, a.customer_key,
        a.column_name, a.purpose, a.reason, a.lapses_at, a.session_id, a.login, a.client_address,
        a.about
    FROM pgcustsec_internal.audit AS a
    LEFT JOIN pgcustsec_internal.staff AS s ON s.staff_id = a.staff_id
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.access_log IS
    'Who worked for what purpose, and which records they opened or searched for (5.2.4). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.access_log.audit_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.access_log.at IS 'When.';
COMMENT ON COLUMN pgcustsec.access_log.kind IS
    'session_started, record_opened, searched, subject_shown and so on; agreement_..., request_..., extract_..., prospect_..., suspended, rectified, reinstated.';
COMMENT ON COLUMN pgcustsec.access_log.staff_id IS 'By whom; NULL: an administrator.';
COMMENT ON COLUMN pgcustsec.access_log.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.access_log.role_code IS 'In which role.';
COMMENT ON COLUMN pgcustsec.access_log.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec.access_log.record_key IS 'The row''s key; of a search each one that was found.';
COMMENT ON COLUMN pgcustsec.access_log.customer_key IS 'The customer whose record it is: their table, blank, their key.';
COMMENT ON COLUMN pgcustsec.access_log.column_name IS 'The column that was searched.';
COMMENT ON COLUMN pgcustsec.access_log.purpose IS 'The session''s purpose.';
COMMENT ON COLUMN pgcustsec.access_log.reason IS 'Why, in the person''s words; of a session, how it ended.';
COMMENT ON COLUMN pgcustsec.access_log.lapses_at IS 'Until when the record is open, or the session.';
COMMENT ON COLUMN pgcustsec.access_log.session_id IS 'In which session.';
COMMENT ON COLUMN pgcustsec.access_log.login IS 'Over which login.';
COMMENT ON COLUMN pgcustsec.access_log.client_address IS 'From where; NULL: on the server itself.';
COMMENT ON COLUMN pgcustsec.access_log.about IS 'The agreement, suspension, request, extract or person that it is about.';
REVOKE ALL ON TABLE pgcustsec.access_log FROM PUBLIC;

-- sql/src/50_views/41_access_ledger.sql
-- Days are UTC's, as budgets'. Of a customer the first opening counts as new: who opens a few new ones each day, and every
-- day, shows here though no day's budget does.
CREATE VIEW pgcustsec.access_ledger
    WITH (security_barrier = true)
AS
    WITH opened AS (
        SELECT
            a.staff_id, a.customer_key, (a.at AT TIME ZONE 'UTC')::date AS day,
            a.at = min(a.at) OVER (PARTITION BY a.staff_id, a.customer_key) AS is_first
        FROM pgcustsec_internal.audit AS a
        WHERE a.kind = 'record_opened'
            AND (SELECT EXISTS (
                SELECT
                FROM pgcustsec_internal.asker AS k
                JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises))
    )
    SELECT
        o.staff_id, p.period, p.begins_on,
        count(*) AS openings,
        count(DISTINCT o.customer_key) AS customers,
        count(*) FILTER (WHERE o.is_first) AS new_customers
    FROM opened AS o
    CROSS JOIN LATERAL (VALUES
        ('day', o.day), ('month', date_trunc('month', o.day::timestamp)::date), ('all', NULL)
    ) AS p (period, begins_on)
    GROUP BY o.staff_id, p.period, p.begins_on;
COMMENT ON VIEW pgcustsec.access_ledger IS
    'How many different customers'' records each person opened, by day, month and ever (5.2.1). For who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.access_ledger.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec.access_ledger.period IS 'day, month or all.';
COMMENT ON COLUMN pgcustsec.access_ledger.begins_on IS 'The period''s first day (UTC); NULL: ever.';
COMMENT ON COLUMN pgcustsec.access_ledger.openings IS 'Openings in it.';
COMMENT ON COLUMN pgcustsec.access_ledger.customers IS 'Different customers in it.';
COMMENT ON COLUMN pgcustsec.access_ledger.new_customers IS 'Those of them never opened by this person before.';
REVOKE ALL ON TABLE pgcustsec.access_ledger FROM PUBLIC;

-- sql/src/50_views/42_sessions.sql
CREATE VIEW pgcustsec.sessions
    WITH (security_barrier = true)
AS
    SELECT
        s.session_id, s.staff_id, s.roles, s.purpose, s.started_at,
        least(s.ends_at, e.ended_at, w.ends_at) AS ends_at,
        CASE
            WHEN e.why IS NOT NULL THEN e.why
            WHEN least(s.ends_at, w.ends_at) <= clock_timestamp() THEN 'lapsed'
            ELSE 'live'
        END AS state,
        s.login, s.client_address, s.application_name
    FROM pgcustsec_internal.session AS s
    LEFT JOIN LATERAL (
        SELECT x.ended_at, x.why
        FROM pgcustsec_internal.session_end AS x
        WHERE x.session_id = s.session_id
        ORDER BY x.ended_at
        LIMIT 1) AS e ON true
    -- Agreements may have shortened it.
    LEFT JOIN LATERAL (
        SELECT min(x.ends_at) AS ends_at
        FROM pgcustsec_internal.session_access AS x
        WHERE x.session_id = s.session_id) AS w ON true
    WHERE s.staff_id = (SELECT min(k.staff_id) FROM pgcustsec_internal.asker AS k)
        OR (SELECT EXISTS (
            SELECT
            FROM pgcustsec_internal.asker AS k
            JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.sessions IS
    'Sessions, one row each: the caller''s own, and everybody''s for who supervises (5.1, 5.2.4).';
COMMENT ON COLUMN pgcustsec.sessions.session_id IS 'Which.';
COMMENT ON COLUMN pgcustsec.sessions.staff_id IS 'Whose.';
COMMENT ON COLUMN pgcustsec.sessions.roles IS 'In which roles it shows tier 1 and 2.';
COMMENT ON COLUMN pgcustsec.sessions.purpose IS 'What for.';
COMMENT ON COLUMN pgcustsec.sessions.started_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec.sessions.ends_at IS 'Its term, or when it ended before.';
COMMENT ON COLUMN pgcustsec.sessions.state IS 'live, lapsed, ended, superseded, revoked, left, agreement or suspended.';
COMMENT ON COLUMN pgcustsec.sessions.login IS 'Over which login.';
COMMENT ON COLUMN pgcustsec.sessions.client_address IS 'From where; NULL: on the server itself.';
COMMENT ON COLUMN pgcustsec.sessions.application_name IS 'What the client called itself.';
REVOKE ALL ON TABLE pgcustsec.sessions FROM PUBLIC;

-- sql/src/50_views/43_suspensions.sql
CREATE VIEW pgcustsec.suspensions
    WITH (security_barrier = true)
AS
    SELECT
        p.suspension_id, p.kind, p.code, p.reason, p.reference, p.suspended_at, p.suspended_by,
        least(greatest(p.starts_at, p.suspended_at), n.at) AS starts_at, p.request_id, n.how AS decided, p.in_flight,
        r.rectified_at, r.rectified_by, r.what AS rectification, e.reinstated_at, e.reinstated_by, e.comment
    FROM pgcustsec_internal.suspension AS p
    LEFT JOIN LATERAL (
        SELECT x.rectified_at, x.rectified_by, x.what
        FROM pgcustsec_internal.rectification AS x
        WHERE x.suspension_id = p.suspension_id
        ORDER BY x.rectified_at DESC
        LIMIT 1) AS r ON true
    LEFT JOIN pgcustsec_internal.reinstatement AS e ON e.suspension_id = p.suspension_id
    LEFT JOIN pgcustsec_internal.emergency_end AS n ON n.suspension_id = p.suspension_id
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.suspensions IS
    'Who was suspended, why, what was put right and who lifted it (4.2). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.suspensions.suspension_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.suspensions.kind IS 'Whether a person, a role or a department.';
COMMENT ON COLUMN pgcustsec.suspensions.code IS 'The staff number, or the name in the matrix.';
COMMENT ON COLUMN pgcustsec.suspensions.reason IS 'Why.';
COMMENT ON COLUMN pgcustsec.suspensions.reference IS 'The document or finding that it goes by.';
COMMENT ON COLUMN pgcustsec.suspensions.suspended_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec.suspensions.suspended_by IS 'By which supervisor.';
COMMENT ON COLUMN pgcustsec.suspensions.starts_at IS
    'When it begins: an emergency''s later, unless it is approved before.';
COMMENT ON COLUMN pgcustsec.suspensions.request_id IS 'The emergency that announced it.';
COMMENT ON COLUMN pgcustsec.suspensions.decided IS
    'Of an emergency: approved, so that it never begins, or refused, so that it began then; NULL: neither.';
COMMENT ON COLUMN pgcustsec.suspensions.in_flight IS 'How many sessions, open records and connections it interrupted.';
COMMENT ON COLUMN pgcustsec.suspensions.rectified_at IS 'When what was put right was reported last; NULL: not yet.';
COMMENT ON COLUMN pgcustsec.suspensions.rectified_by IS 'By whom.';
COMMENT ON COLUMN pgcustsec.suspensions.rectification IS 'What that was.';
COMMENT ON COLUMN pgcustsec.suspensions.reinstated_at IS 'When it was lifted; NULL: it is in force, or will be.';
COMMENT ON COLUMN pgcustsec.suspensions.reinstated_by IS 'By which supervisor.';
COMMENT ON COLUMN pgcustsec.suspensions.comment IS 'Why the rectification was accepted.';
REVOKE ALL ON TABLE pgcustsec.suspensions FROM PUBLIC;

-- sql/src/50_views/44_agreements.sql
CREATE VIEW pgcustsec.agreements
    WITH (security_barrier = true)
AS
    SELECT
        s.staff_id, s.full_name, s.department_code, a.agreement_code, a.title, a.version, a.in_force_from, a.signed_at,
        a.signed_until, a.missing
    FROM pgcustsec_internal.staff AS s
    CROSS JOIN LATERAL pgcustsec_internal.agreements_of(s.staff_id) AS a
    WHERE s.active AND (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.agreements IS
    'Which agreements active staff sign, and who has not (3.4). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.agreements.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec.agreements.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.agreements.department_code IS 'Their department.';
COMMENT ON COLUMN pgcustsec.agreements.agreement_code IS 'The agreement.';
COMMENT ON COLUMN pgcustsec.agreements.title IS 'Its title.';
COMMENT ON COLUMN pgcustsec.agreements.version IS 'Its latest version; NULL: no text was published yet.';
COMMENT ON COLUMN pgcustsec.agreements.in_force_from IS 'From when on that version is needed.';
COMMENT ON COLUMN pgcustsec.agreements.signed_at IS 'When they last signed.';
COMMENT ON COLUMN pgcustsec.agreements.signed_until IS 'Until when that holds; NULL: never signed.';
COMMENT ON COLUMN pgcustsec.agreements.missing IS 'Whether it is missing or lapsed: then they see tier 3 only.';
REVOKE ALL ON TABLE pgcustsec.agreements FROM PUBLIC;

-- sql/src/50_views/45_requests.sql
-- DISTINCT ON keeps every condition of the reader's but one on the number above what says whose it is: else EXPLAIN ANALYZE
-- would count the requests of others that meet it.
CREATE VIEW pgcustsec.requests
    WITH (security_barrier = true)
AS
    SELECT DISTINCT ON (r.request_id)
        r.request_id, r.kind_code, s.state, r.requester, p.full_name, r.used_by, r.role_code, r.purpose, r.relation, r.columns,
        r.predicate, r.keys, r.days, r.max_rows, s.filed_at, s.approved_at, s.ends_at, s.step, s.awaits, s.deciders, s.mine_to_decide
    FROM pgcustsec_internal.request AS r
    CROSS JOIN LATERAL pgcustsec_internal.request_seen(r.request_id) AS s
    LEFT JOIN pgcustsec_internal.staff AS p ON p.staff_id = r.requester;
COMMENT ON VIEW pgcustsec.requests IS
    'Special applications (专项事务申请): one''s own, those one decides on, and everybody''s for who supervises (5.1, 5.2.1).';
COMMENT ON COLUMN pgcustsec.requests.request_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.requests.kind_code IS 'Its kind.';
COMMENT ON COLUMN pgcustsec.requests.state IS
    'drafted, filed, in approval, approved, refused, withdrawn, lapsed, closed, handed over, erased or applied.';
COMMENT ON COLUMN pgcustsec.requests.requester IS 'Who asks.';
COMMENT ON COLUMN pgcustsec.requests.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.requests.used_by IS 'Who alone uses it: who asks, or a service that they answer for.';
COMMENT ON COLUMN pgcustsec.requests.role_code IS 'In which role.';
COMMENT ON COLUMN pgcustsec.requests.purpose IS 'What for.';
COMMENT ON COLUMN pgcustsec.requests.relation IS 'The table.';
COMMENT ON COLUMN pgcustsec.requests.columns IS 'The columns whose values it asks for.';
COMMENT ON COLUMN pgcustsec.requests.predicate IS 'Which rows, by conditions that all hold.';
COMMENT ON COLUMN pgcustsec.requests.keys IS 'Which rows, by their keys.';
COMMENT ON COLUMN pgcustsec.requests.days IS 'Its term of use, in days from the last approval on.';
COMMENT ON COLUMN pgcustsec.requests.max_rows IS 'The most rows, of a standing one a day; 0: the matrix states none.';
COMMENT ON COLUMN pgcustsec.requests.filed_at IS 'When it was filed; NULL: a draft.';
COMMENT ON COLUMN pgcustsec.requests.approved_at IS 'When the last step approved it.';
COMMENT ON COLUMN pgcustsec.requests.ends_at IS 'When its term is over; of an emergency that waits, by when it is to be approved.';
COMMENT ON COLUMN pgcustsec.requests.step IS 'The step that is to be decided next.';
COMMENT ON COLUMN pgcustsec.requests.awaits IS 'Who decides that, as the matrix says.';
COMMENT ON COLUMN pgcustsec.requests.deciders IS 'Who of the staff can decide that now; empty: nobody, so it waits, and lapses.';
COMMENT ON COLUMN pgcustsec.requests.mine_to_decide IS 'Whether the caller may decide it now.';
REVOKE ALL ON TABLE pgcustsec.requests FROM PUBLIC;

-- sql/src/50_views/46_request_events.sql
CREATE VIEW pgcustsec.request_events
    WITH (security_barrier = true)
AS
    SELECT DISTINCT ON (e.request_id, e.event_id)
        e.request_id, e.event_id, e.at, e.kind, e.staff_id, p.full_name, e.for_staff, e.step, e.comment
    FROM pgcustsec_internal.request_event AS e
    CROSS JOIN LATERAL pgcustsec_internal.request_seen(e.request_id) AS s
    LEFT JOIN pgcustsec_internal.staff AS p ON p.staff_id = e.staff_id;
COMMENT ON VIEW pgcustsec.request_events IS
    'What became of special applications (专项事务申请), step by step, for who sees the request (5.1, 5.2.1).';
COMMENT ON COLUMN pgcustsec.request_events.request_id IS 'The request.';
COMMENT ON COLUMN pgcustsec.request_events.event_id IS 'Its number; later events have higher ones.';
COMMENT ON COLUMN pgcustsec.request_events.at IS 'When.';
COMMENT ON COLUMN pgcustsec.request_events.kind IS
    'drafted, filed, amended, approved, refused, withdrawn, closed or handed over.';
COMMENT ON COLUMN pgcustsec.request_events.staff_id IS 'By whom.';
COMMENT ON COLUMN pgcustsec.request_events.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.request_events.for_staff IS 'In whose place, as their deputy; NULL: their own.';
COMMENT ON COLUMN pgcustsec.request_events.step IS 'Of a decision: the step of the chain, from 1 on.';
COMMENT ON COLUMN pgcustsec.request_events.comment IS 'In their words.';
REVOKE ALL ON TABLE pgcustsec.request_events FROM PUBLIC;

-- sql/src/50_views/47_extracts.sql
CREATE VIEW pgcustsec.extracts
    WITH (security_barrier = true)
AS
    SELECT
        e.extract_id, e.request_id, s.state, e.staff_id, p.full_name, e.department_code, e.role_code, e.relation, e.columns,
        e.row_count, (
            SELECT count(*) FROM pgcustsec_internal.extract_canary AS c WHERE c.extract_id = e.extract_id) AS canaries, e.protection, e.begun_at, least(e.ends_at, h.at) AS ends_at, e.login, e.client_address, e.host,
        f.at AS finished_at, f.sha256, f.bytes, d.at AS destroyed_at, d.evidence
    FROM pgcustsec_internal.extract AS e
    CROSS JOIN LATERAL pgcustsec_internal.extract_seen(e.extract_id) AS s (state)
    LEFT JOIN pgcustsec_internal.staff AS p ON p.staff_id = e.staff_id
    LEFT JOIN pgcustsec_internal.extract_event AS f ON f.extract_id = e.extract_id AND f.kind = 'finished'
    LEFT JOIN pgcustsec_internal.extract_event AS d ON d.extract_id = e.extract_id AND d.kind = 'destroyed'
    LEFT JOIN pgcustsec_internal.request_event AS h ON h.request_id = e.request_id AND h.kind = 'handed over'
    WHERE s.state IS NOT NULL;
COMMENT ON VIEW pgcustsec.extracts IS
    'Files that approved requests produced: one''s own, and everybody''s for who supervises (4.1, 4.2, 4.3).';
COMMENT ON COLUMN pgcustsec.extracts.extract_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.extracts.request_id IS 'The request.';
COMMENT ON COLUMN pgcustsec.extracts.state IS
    'partial: begun and not finished; kept; overdue: past its term, or handed over, and not destroyed; destroyed.';
COMMENT ON COLUMN pgcustsec.extracts.staff_id IS 'Who took it.';
COMMENT ON COLUMN pgcustsec.extracts.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.extracts.department_code IS 'The department that keeps it.';
COMMENT ON COLUMN pgcustsec.extracts.role_code IS 'In which role.';
COMMENT ON COLUMN pgcustsec.extracts.relation IS 'The table.';
COMMENT ON COLUMN pgcustsec.extracts.columns IS 'Its columns.';
COMMENT ON COLUMN pgcustsec.extracts.row_count IS 'How many rows it covers.';
COMMENT ON COLUMN pgcustsec.extracts.canaries IS 'How many customers who are nobody it has beside these, by which it is traced.';
COMMENT ON COLUMN pgcustsec.extracts.protection IS 'plain, or to whom it is encrypted.';
COMMENT ON COLUMN pgcustsec.extracts.begun_at IS 'When it was begun.';
COMMENT ON COLUMN pgcustsec.extracts.ends_at IS 'When its term of use is over; of a disclosure at the latest when it was handed over.';
COMMENT ON COLUMN pgcustsec.extracts.login IS 'Over which login.';
COMMENT ON COLUMN pgcustsec.extracts.client_address IS 'From where; NULL: on the server itself.';
COMMENT ON COLUMN pgcustsec.extracts.host IS 'On which computer the file is.';
COMMENT ON COLUMN pgcustsec.extracts.finished_at IS 'When all of it was written; NULL: it is partial.';
COMMENT ON COLUMN pgcustsec.extracts.sha256 IS 'Digest of the file.';
COMMENT ON COLUMN pgcustsec.extracts.bytes IS 'Its size.';
COMMENT ON COLUMN pgcustsec.extracts.destroyed_at IS 'When it was destroyed.';
COMMENT ON COLUMN pgcustsec.extracts.evidence IS 'How, and what shows it.';
REVOKE ALL ON TABLE pgcustsec.extracts FROM PUBLIC;

-- sql/src/50_views/48_disclosures.sql
-- DISTINCT ON as in `requests`.
CREATE VIEW pgcustsec.disclosures
    WITH (security_barrier = true)
AS
    SELECT DISTINCT ON (d.request_id)
        d.request_id, s.state, d.department_code, r.requester AS custodian, p.full_name, s.still_custodian,
        n.named_by, d.authority, d.legal_basis, d.document_number, r.relation, r.columns, r.predicate, r.keys,
        s.filed_at, s.approved_at, s.ends_at, s.opened_records, s.extracted_rows, s.sha256, s.handed_over_at, s.receipt,
        s.destroyed_at, s.evidence
    FROM pgcustsec_internal.disclosure AS d
    CROSS JOIN LATERAL pgcustsec_internal.disclosure_seen(d.request_id) AS s
    JOIN pgcustsec_internal.request AS r ON r.request_id = d.request_id
    JOIN pgcustsec_internal.custodian AS n ON n.naming_id = d.naming_id
    LEFT JOIN pgcustsec_internal.staff AS p ON p.staff_id = r.requester;
COMMENT ON VIEW pgcustsec.disclosures IS
    'The register (登记簿) of disclosures to authorities (监管司法调取): one''s own, those one decides on, and everybody''s for who '
    'supervises. It says what was taken, and shows nothing of it (3.3, 5.1).';
COMMENT ON COLUMN pgcustsec.disclosures.request_id IS 'Its number, which is the request''s.';
COMMENT ON COLUMN pgcustsec.disclosures.state IS 'filed, in approval, approved, handed over, destruction due, destroyed; or refused, withdrawn, lapsed, closed.';
COMMENT ON COLUMN pgcustsec.disclosures.department_code IS 'The department whose custodian handles it.';
COMMENT ON COLUMN pgcustsec.disclosures.custodian IS 'Who filed it as that.';
COMMENT ON COLUMN pgcustsec.disclosures.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.disclosures.still_custodian IS 'Whether they are it today; if not, nothing of it shows to anybody.';
COMMENT ON COLUMN pgcustsec.disclosures.named_by IS 'Which supervisor had named them.';
COMMENT ON COLUMN pgcustsec.disclosures.authority IS 'The authority that asks.';
COMMENT ON COLUMN pgcustsec.disclosures.legal_basis IS 'By what law.';
COMMENT ON COLUMN pgcustsec.disclosures.document_number IS 'The number of the document in which it asks.';
COMMENT ON COLUMN pgcustsec.disclosures.relation IS 'The table.';
COMMENT ON COLUMN pgcustsec.disclosures.columns IS 'The columns.';
COMMENT ON COLUMN pgcustsec.disclosures.predicate IS 'Which rows, by conditions that all hold.';
COMMENT ON COLUMN pgcustsec.disclosures.keys IS 'Which rows, by their keys.';
COMMENT ON COLUMN pgcustsec.disclosures.filed_at IS 'When it was filed.';
COMMENT ON COLUMN pgcustsec.disclosures.approved_at IS 'When the last step approved it.';
COMMENT ON COLUMN pgcustsec.disclosures.ends_at IS 'When its term of use is over; NULL once it is handed over.';
COMMENT ON COLUMN pgcustsec.disclosures.opened_records IS 'How many records were opened in full.';
COMMENT ON COLUMN pgcustsec.disclosures.extracted_rows IS 'How many rows its extract covers; NULL: none was taken.';
COMMENT ON COLUMN pgcustsec.disclosures.sha256 IS 'Digests of the finished files: what was handed over.';
COMMENT ON COLUMN pgcustsec.disclosures.handed_over_at IS 'When it was handed over.';
COMMENT ON COLUMN pgcustsec.disclosures.receipt IS 'To whom, and by what receipt.';
COMMENT ON COLUMN pgcustsec.disclosures.destroyed_at IS 'When the last copy that was taken was destroyed; NULL: one is left, or none was taken.';
COMMENT ON COLUMN pgcustsec.disclosures.evidence IS 'How, and what shows it.';
REVOKE ALL ON TABLE pgcustsec.disclosures FROM PUBLIC;

-- sql/src/50_views/49_custodians.sql
CREATE VIEW pgcustsec.custodians
    WITH (security_barrier = true)
AS
    SELECT
        c.naming_id, c.department_code, c.staff_id, p.full_name, c.login, c.named_at, c.named_by,
        lead(c.named_at) OVER (PARTITION BY c.department_code ORDER BY c.naming_id) AS ended_at
    FROM pgcustsec_internal.custodian AS c
    LEFT JOIN pgcustsec_internal.staff AS p ON p.staff_id = c.staff_id
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.custodians IS
    'Whom supervisors named the custodian (指定人员) of a department, and until when (3.3). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.custodians.naming_id IS 'The naming.';
COMMENT ON COLUMN pgcustsec.custodians.department_code IS 'The department.';
COMMENT ON COLUMN pgcustsec.custodians.staff_id IS 'The person; NULL: nobody from then on.';
COMMENT ON COLUMN pgcustsec.custodians.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.custodians.login IS 'The login over which they are it.';
COMMENT ON COLUMN pgcustsec.custodians.named_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec.custodians.named_by IS 'By which supervisor.';
COMMENT ON COLUMN pgcustsec.custodians.ended_at IS 'When the next naming came; NULL: this is the latest.';
REVOKE ALL ON TABLE pgcustsec.custodians FROM PUBLIC;

-- sql/src/50_views/50_deputies.sql
CREATE VIEW pgcustsec.deputies
    WITH (security_barrier = true)
AS
    SELECT
        d.deputy_id, d.staff_id, p.full_name, d.deputy, n.full_name AS deputy_name, d.starts_at,
        least(d.ends_at, e.at) AS ends_at,
        CASE
            WHEN e.at IS NOT NULL THEN 'ended'
            WHEN d.ends_at <= clock_timestamp() THEN 'over'
            WHEN a.at IS NULL THEN 'named'
            ELSE 'approved'
        END AS state,
        a.staff_id AS approved_by
    FROM pgcustsec_internal.deputy AS d
    LEFT JOIN pgcustsec_internal.deputy_event AS a ON a.deputy_id = d.deputy_id AND a.kind = 'approved'
    LEFT JOIN pgcustsec_internal.deputy_event AS e ON e.deputy_id = d.deputy_id AND e.kind = 'ended'
    LEFT JOIN pgcustsec_internal.staff AS p ON p.staff_id = d.staff_id
    LEFT JOIN pgcustsec_internal.staff AS n ON n.staff_id = d.deputy
    WHERE d.staff_id = (SELECT min(k.staff_id) FROM pgcustsec_internal.asker AS k)
        OR d.deputy = (SELECT min(k.staff_id) FROM pgcustsec_internal.asker AS k)
        OR (SELECT EXISTS (
            SELECT
            FROM pgcustsec_internal.asker AS k
            JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.deputies IS
    'Who decides on requests in whose place: one''s own, and everybody''s for who supervises (5.1, 5.2.1).';
COMMENT ON COLUMN pgcustsec.deputies.deputy_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.deputies.staff_id IS 'In whose place.';
COMMENT ON COLUMN pgcustsec.deputies.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.deputies.deputy IS 'Who.';
COMMENT ON COLUMN pgcustsec.deputies.deputy_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.deputies.starts_at IS 'From when on.';
COMMENT ON COLUMN pgcustsec.deputies.ends_at IS 'Until when, or when it was ended before.';
COMMENT ON COLUMN pgcustsec.deputies.state IS 'named: a supervisor is to approve it; approved; ended; over.';
COMMENT ON COLUMN pgcustsec.deputies.approved_by IS 'By which supervisor.';
REVOKE ALL ON TABLE pgcustsec.deputies FROM PUBLIC;

-- sql/src/50_views/51_holds.sql
CREATE VIEW pgcustsec.holds
    WITH (security_barrier = true)
AS
    SELECT
        h.hold_id, h.relation, h.predicate,
        (SELECT count(*) FROM pgcustsec_internal.hold_subject AS s WHERE s.hold_id = h.hold_id) AS subjects,
        ARRAY(
            SELECT s.record_key FROM pgcustsec_internal.hold_subject AS s
            WHERE s.hold_id = h.hold_id ORDER BY s.record_key LIMIT 100) AS keys,
        h.reason, h.reference, h.review_at, h.placed_at, h.placed_by, e.released_at, e.released_by,
        e.reason AS release_reason
    FROM pgcustsec_internal.hold AS h
    LEFT JOIN pgcustsec_internal.hold_release AS e ON e.hold_id = h.hold_id
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.holds IS
    'Legal holds, and which are released (4.3). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.holds.hold_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.holds.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec.holds.predicate IS 'Which rows, by conditions that all hold; NULL: those named.';
COMMENT ON COLUMN pgcustsec.holds.subjects IS 'How many rows it covers: named, or found when they were due.';
COMMENT ON COLUMN pgcustsec.holds.keys IS 'Their keys, a hundred at most.';
COMMENT ON COLUMN pgcustsec.holds.reason IS 'Why.';
COMMENT ON COLUMN pgcustsec.holds.reference IS 'The document that it goes by.';
COMMENT ON COLUMN pgcustsec.holds.review_at IS 'When it is looked at again.';
COMMENT ON COLUMN pgcustsec.holds.placed_at IS 'When it was placed.';
COMMENT ON COLUMN pgcustsec.holds.placed_by IS 'By which supervisor.';
COMMENT ON COLUMN pgcustsec.holds.released_at IS 'When it was released; NULL: it holds.';
COMMENT ON COLUMN pgcustsec.holds.released_by IS 'By which supervisor.';
COMMENT ON COLUMN pgcustsec.holds.release_reason IS 'Why.';
REVOKE ALL ON TABLE pgcustsec.holds FROM PUBLIC;

-- sql/src/50_views/51_pool_checks.sql
CREATE VIEW pgcustsec.pool_checks
    WITH (security_barrier = true)
AS
    SELECT p.relation, p.branch_code, p.staff_id, p.full_name, p.held, p.overdue, p.undated, p.oldest
    FROM pgcustsec_internal.pool_seen() AS p
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.pool_checks IS
    'Prospects that are overdue for the shared pool (共享池), for spot checks (4.2). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.pool_checks.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec.pool_checks.branch_code IS 'The branch (分公司).';
COMMENT ON COLUMN pgcustsec.pool_checks.staff_id IS 'Who holds them; NULL: what stands there is no staff number.';
COMMENT ON COLUMN pgcustsec.pool_checks.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.pool_checks.held IS 'How many prospects they hold.';
COMMENT ON COLUMN pgcustsec.pool_checks.overdue IS 'How many of these are past the matrix''s days without progress.';
COMMENT ON COLUMN pgcustsec.pool_checks.undated IS
    'How many have neither a claim nor progress written down, or in the future: their term begins with the next recycling.';
COMMENT ON COLUMN pgcustsec.pool_checks.oldest IS 'The longest without progress: since when.';
REVOKE ALL ON TABLE pgcustsec.pool_checks FROM PUBLIC;

-- sql/src/50_views/52_certificates.sql
CREATE VIEW pgcustsec.certificates
    WITH (security_barrier = true)
AS
    SELECT
        c.certificate_id, c.relation, c.rule, c.request_id, c.action, c.subjects, c.counts, c.keys_digest, c.due_until, c.extracts,
        c.at, c.login
    FROM pgcustsec_internal.certificate AS c
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.certificates IS
    'What was destroyed or anonymised, at the end of its term or by a customer''s wish (4.3). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.certificates.certificate_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.certificates.relation IS 'The table of the subjects, as the matrix names it.';
COMMENT ON COLUMN pgcustsec.certificates.rule IS 'The rule that they were due by; NULL: erased by a request.';
COMMENT ON COLUMN pgcustsec.certificates.request_id IS 'The approved request by which they were erased; NULL: at the end of their term.';
COMMENT ON COLUMN pgcustsec.certificates.action IS 'destroyed or anonymised.';
COMMENT ON COLUMN pgcustsec.certificates.subjects IS 'How many.';
COMMENT ON COLUMN pgcustsec.certificates.counts IS 'How many rows of which table.';
COMMENT ON COLUMN pgcustsec.certificates.keys_digest IS 'SHA-256 of the keys, in order of their bytes, each on a line; empty where rows were anonymised.';
COMMENT ON COLUMN pgcustsec.certificates.due_until IS 'The latest of the terms; NULL: erased.';
COMMENT ON COLUMN pgcustsec.certificates.extracts IS 'Extracts that held some of it and were not destroyed.';
COMMENT ON COLUMN pgcustsec.certificates.at IS 'When.';
COMMENT ON COLUMN pgcustsec.certificates.login IS 'Over which login.';
REVOKE ALL ON TABLE pgcustsec.certificates FROM PUBLIC;

-- sql/src/50_views/53_job_runs.sql
CREATE VIEW pgcustsec.job_runs
    WITH (security_barrier = true)
AS
    SELECT r.run_id, r.job, r.how, r.began, e.ended, e.complete, e.done, e.failed, r.login
    FROM pgcustsec_internal.job_run AS r
    LEFT JOIN pgcustsec_internal.job_run_end AS e ON e.run_id = r.run_id
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.job_runs IS
    'Runs of what destroys and recycles (4.2, 4.3). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.job_runs.run_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.job_runs.job IS 'retention or pool.';
COMMENT ON COLUMN pgcustsec.job_runs.how IS 'procedure: as pg_cron calls it; command: pgcustsec.';
COMMENT ON COLUMN pgcustsec.job_runs.began IS 'When it began.';
COMMENT ON COLUMN pgcustsec.job_runs.ended IS 'When it ended; NULL: it goes on, or was killed.';
COMMENT ON COLUMN pgcustsec.job_runs.complete IS 'Whether it came to the end of every table.';
COMMENT ON COLUMN pgcustsec.job_runs.done IS 'How many rows, by table and what was done with them.';
COMMENT ON COLUMN pgcustsec.job_runs.failed IS 'The SQLSTATE by table, or by job, of what failed.';
COMMENT ON COLUMN pgcustsec.job_runs.login IS 'Over which login.';
REVOKE ALL ON TABLE pgcustsec.job_runs FROM PUBLIC;

-- sql/src/50_views/54_job_schedules.sql
CREATE VIEW pgcustsec.job_schedules
    WITH (security_barrier = true)
AS
    SELECT s.schedule_id, s.job, s.run_by, s.every, s.line, s.place, s.since, s.login
    FROM pgcustsec_internal.job_schedule AS s
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.job_schedules IS
    'What was promised to run by itself; of each job the latest holds (4.2, 4.3). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.job_schedules.schedule_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.job_schedules.job IS 'retention or pool.';
COMMENT ON COLUMN pgcustsec.job_schedules.run_by IS 'pg_cron; system: a systemd timer or a crontab; nobody: it is taken back.';
COMMENT ON COLUMN pgcustsec.job_schedules.every IS 'How often.';
COMMENT ON COLUMN pgcustsec.job_schedules.line IS 'When: in pg_cron''s words and time zone, or HH:MM of UTC.';
COMMENT ON COLUMN pgcustsec.job_schedules.place IS 'The database that pg_cron keeps its jobs in.';
COMMENT ON COLUMN pgcustsec.job_schedules.since IS 'Since when.';
COMMENT ON COLUMN pgcustsec.job_schedules.login IS 'Over which login.';
REVOKE ALL ON TABLE pgcustsec.job_schedules FROM PUBLIC;

-- sql/src/60_triggers/agreement_limit_sessions.sql
CREATE TRIGGER limit_sessions
    AFTER INSERT OR UPDATE OR DELETE
    ON pgcustsec_internal.agreement
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._limit_sessions();
ALTER TABLE pgcustsec_internal.agreement ENABLE ALWAYS TRIGGER limit_sessions;
COMMENT ON TRIGGER limit_sessions ON pgcustsec_internal.agreement IS 'Sessions go no further than what is signed (3.4).';

-- sql/src/60_triggers/agreement_signature_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.agreement_signature
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.agreement_signature ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.agreement_signature IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/agreement_text_limit_sessions.sql
CREATE TRIGGER limit_sessions
    AFTER INSERT
    ON pgcustsec_internal.agreement_text
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._limit_sessions();
ALTER TABLE pgcustsec_internal.agreement_text ENABLE ALWAYS TRIGGER limit_sessions;
COMMENT ON TRIGGER limit_sessions ON pgcustsec_internal.agreement_text IS 'Sessions go no further than what is signed (3.4).';

-- sql/src/60_triggers/agreement_text_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.agreement_text
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.agreement_text ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.agreement_text IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/application_refresh_standing.sql
CREATE TRIGGER refresh_standing
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.application
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.application ENABLE ALWAYS TRIGGER refresh_standing;
COMMENT ON TRIGGER refresh_standing ON pgcustsec_internal.application IS
    'Whether an application sees tier 3 without a token follows the matrix.';

-- sql/src/60_triggers/audit_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.audit
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.audit ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.audit IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/certificate_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.certificate
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.certificate ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.certificate IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/change_confirmation_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE DELETE OR TRUNCATE
    ON pgcustsec_internal.change_confirmation
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.change_confirmation ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.change_confirmation IS 'Evidence stays as it was written.';

CREATE TRIGGER refuse_but_forgetting
    BEFORE UPDATE
    ON pgcustsec_internal.change_confirmation
    FOR EACH ROW
    EXECUTE FUNCTION pgcustsec_internal._refuse_but_forgetting();
ALTER TABLE pgcustsec_internal.change_confirmation ENABLE ALWAYS TRIGGER refuse_but_forgetting;
COMMENT ON TRIGGER refuse_but_forgetting ON pgcustsec_internal.change_confirmation IS
    'Evidence stays as it was written; words about a record that is destroyed do not (4.3).';

-- sql/src/60_triggers/change_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE DELETE OR TRUNCATE
    ON pgcustsec_internal.change
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.change ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.change IS 'Evidence stays as it was written.';

CREATE TRIGGER refuse_but_forgetting
    BEFORE UPDATE
    ON pgcustsec_internal.change
    FOR EACH ROW
    EXECUTE FUNCTION pgcustsec_internal._refuse_but_forgetting();
ALTER TABLE pgcustsec_internal.change ENABLE ALWAYS TRIGGER refuse_but_forgetting;
COMMENT ON TRIGGER refuse_but_forgetting ON pgcustsec_internal.change IS
    'Evidence stays as it was written; values of a record that is destroyed do not (4.3).';

-- sql/src/60_triggers/custodian_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.custodian
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.custodian ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.custodian IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/department_limit_sessions.sql
CREATE TRIGGER limit_sessions
    AFTER INSERT OR UPDATE OR DELETE
    ON pgcustsec_internal.department
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._limit_sessions();
ALTER TABLE pgcustsec_internal.department ENABLE ALWAYS TRIGGER limit_sessions;
COMMENT ON TRIGGER limit_sessions ON pgcustsec_internal.department IS 'Sessions go no further than what is signed (3.4).';

-- sql/src/60_triggers/deputy_event_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.deputy_event
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.deputy_event ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.deputy_event IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/deputy_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.deputy
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.deputy ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.deputy IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/disclosure_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.disclosure
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.disclosure ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.disclosure IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/emergency_end_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.emergency_end
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.emergency_end ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.emergency_end IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/extract_canary_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.extract_canary
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.extract_canary ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.extract_canary IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/extract_event_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.extract_event
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.extract_event ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.extract_event IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/extract_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.extract
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.extract ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.extract IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/hold_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.hold
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.hold ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.hold IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/hold_release_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.hold_release
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.hold_release ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.hold_release IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/hold_subject_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.hold_subject
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.hold_subject ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.hold_subject IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/job_run_end_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.job_run_end
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.job_run_end ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.job_run_end IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/job_run_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.job_run
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.job_run ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.job_run IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/job_schedule_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.job_schedule
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.job_schedule ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.job_schedule IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/pool_claim_end_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.pool_claim_end
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.pool_claim_end ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.pool_claim_end IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/pool_claim_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.pool_claim
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.pool_claim ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.pool_claim IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/purpose_end_sessions.sql
CREATE TRIGGER end_sessions
    AFTER UPDATE OR DELETE
    ON pgcustsec_internal.purpose
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._end_access_for_purposes();
ALTER TABLE pgcustsec_internal.purpose ENABLE ALWAYS TRIGGER end_sessions;
COMMENT ON TRIGGER end_sessions ON pgcustsec_internal.purpose IS
    'A session shows nothing more in a role that its purpose is no longer for.';

-- sql/src/60_triggers/rectification_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.rectification
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.rectification ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.rectification IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/reinstatement_refresh_standing.sql
CREATE TRIGGER refresh_standing
    AFTER INSERT
    ON pgcustsec_internal.reinstatement
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.reinstatement ENABLE ALWAYS TRIGGER refresh_standing;
COMMENT ON TRIGGER refresh_standing ON pgcustsec_internal.reinstatement IS 'Who is suspended is nobody from the next statement on (4.2).';

-- sql/src/60_triggers/reinstatement_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.reinstatement
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.reinstatement ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.reinstatement IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/request_event_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.request_event
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.request_event ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.request_event IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/role_limit_sessions.sql
CREATE TRIGGER limit_sessions
    AFTER UPDATE OF department_code
    ON pgcustsec_internal.role
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._limit_sessions();
ALTER TABLE pgcustsec_internal.role ENABLE ALWAYS TRIGGER limit_sessions;
COMMENT ON TRIGGER limit_sessions ON pgcustsec_internal.role IS 'A role that goes to another department may need another agreement (3.4).';

-- sql/src/60_triggers/role_refresh_standing.sql
CREATE TRIGGER refresh_standing
    AFTER UPDATE OF department_code
    ON pgcustsec_internal.role
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.role ENABLE ALWAYS TRIGGER refresh_standing;
COMMENT ON TRIGGER refresh_standing ON pgcustsec_internal.role IS 'A role that goes to a suspended department is suspended (4.2).';

-- sql/src/60_triggers/session_end_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.session_end
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.session_end ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.session_end IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/session_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.session
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.session ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.session IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/staff_end_access.sql
CREATE TRIGGER end_access_of_another
    AFTER INSERT
    ON pgcustsec_internal.staff
    FOR EACH ROW
    WHEN (NEW.login IS NOT NULL)
    EXECUTE FUNCTION pgcustsec_internal._end_access_of_before();
ALTER TABLE pgcustsec_internal.staff ENABLE ALWAYS TRIGGER end_access_of_another;
COMMENT ON TRIGGER end_access_of_another ON pgcustsec_internal.staff IS
    'A login that is given to somebody brings no session of who had it.';

CREATE TRIGGER end_access_of_before
    AFTER UPDATE OF active, login
    ON pgcustsec_internal.staff
    FOR EACH ROW
    WHEN (NEW.active AND (NOT OLD.active OR (NEW.login IS NOT NULL AND NEW.login IS DISTINCT FROM OLD.login)))
    EXECUTE FUNCTION pgcustsec_internal._end_access_of_before();
ALTER TABLE pgcustsec_internal.staff ENABLE ALWAYS TRIGGER end_access_of_before;
COMMENT ON TRIGGER end_access_of_before ON pgcustsec_internal.staff IS
    'Who is back, or has another login, begins a session anew.';

-- sql/src/60_triggers/staff_end_sessions.sql
CREATE TRIGGER end_sessions
    AFTER UPDATE OF active
    ON pgcustsec_internal.staff
    FOR EACH ROW
    WHEN (OLD.active AND NOT NEW.active)
    EXECUTE FUNCTION pgcustsec_internal._end_sessions_of_leaver();
ALTER TABLE pgcustsec_internal.staff ENABLE ALWAYS TRIGGER end_sessions;
COMMENT ON TRIGGER end_sessions ON pgcustsec_internal.staff IS 'Sessions end with the person''s leaving.';

-- sql/src/60_triggers/staff_limit_sessions.sql
CREATE TRIGGER limit_sessions
    AFTER UPDATE OF department_code, manager_id
    ON pgcustsec_internal.staff
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._limit_sessions();
ALTER TABLE pgcustsec_internal.staff ENABLE ALWAYS TRIGGER limit_sessions;
COMMENT ON TRIGGER limit_sessions ON pgcustsec_internal.staff IS 'A department may need another agreement; of a service its manager''s count (3.4).';

-- sql/src/60_triggers/staff_refresh_standing.sql
CREATE TRIGGER refresh_standing
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.staff
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.staff ENABLE ALWAYS TRIGGER refresh_standing;
COMMENT ON TRIGGER refresh_standing ON pgcustsec_internal.staff IS
    'What people may follows every change of people, with the statement that makes it.';

-- sql/src/60_triggers/staff_refresh_standing_replicated.sql
-- A server that gets its people by logical replication fires no triggers for statements, only for rows.
CREATE TRIGGER refresh_standing_replicated
    AFTER INSERT OR UPDATE OR DELETE
    ON pgcustsec_internal.staff
    FOR EACH ROW
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.staff ENABLE REPLICA TRIGGER refresh_standing_replicated;
COMMENT ON TRIGGER refresh_standing_replicated ON pgcustsec_internal.staff IS
    'What people may follows changes that arrive by replication.';

-- sql/src/60_triggers/staff_role_limit_sessions.sql
CREATE TRIGGER limit_sessions
    AFTER INSERT OR UPDATE
    ON pgcustsec_internal.staff_role
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._limit_sessions();
ALTER TABLE pgcustsec_internal.staff_role ENABLE ALWAYS TRIGGER limit_sessions;
COMMENT ON TRIGGER limit_sessions ON pgcustsec_internal.staff_role IS 'A role may need another agreement (3.4).';

-- sql/src/60_triggers/staff_role_refresh_standing.sql
CREATE TRIGGER refresh_standing
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.staff_role
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.staff_role ENABLE ALWAYS TRIGGER refresh_standing;
COMMENT ON TRIGGER refresh_standing ON pgcustsec_internal.staff_role IS
    'A role counts, and ends, with the statement that says so.';

-- sql/src/60_triggers/staff_role_refresh_standing_replicated.sql
-- A server that gets its people by logical replication fires no triggers for statements, only for rows.
CREATE TRIGGER refresh_standing_replicated
    AFTER INSERT OR UPDATE OR DELETE
    ON pgcustsec_internal.staff_role
    FOR EACH ROW
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.staff_role ENABLE REPLICA TRIGGER refresh_standing_replicated;
COMMENT ON TRIGGER refresh_standing_replicated ON pgcustsec_internal.staff_role IS
    'What people may follows changes that arrive by replication.';

-- sql/src/60_triggers/suspension_refresh_standing.sql
CREATE TRIGGER refresh_standing
    AFTER INSERT
    ON pgcustsec_internal.suspension
    FOR EACH ROW
    WHEN (NEW.request_id IS NULL)
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.suspension ENABLE ALWAYS TRIGGER refresh_standing;
COMMENT ON TRIGGER refresh_standing ON pgcustsec_internal.suspension IS 'Who is suspended is nobody from the next statement on (4.2); of an emergency by the clock.';

-- sql/src/60_triggers/suspension_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.suspension
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.suspension ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.suspension IS 'Evidence stays as it was written.';

-- sql/src/90_dump.sql
-- pg_dump leaves out the rows of an extension's tables unless told: these are people and what was applied, not ours.
-- But `standing`, which triggers make anew as the people come back, and who is at work: nobody is after a restore.
DO $block$
DECLARE
    relation regclass;
BEGIN
    FOR relation IN
        SELECT c.oid
        FROM pg_catalog.pg_class AS c
        WHERE c.relnamespace = 'pgcustsec_internal'::pg_catalog.regnamespace AND c.relkind IN ('r', 'S')
            AND c.relname NOT IN ('standing', 'session_access')
        ORDER BY c.relname
    LOOP
        PERFORM pg_catalog.pg_extension_config_dump(relation, '');
    END LOOP;
END;
$block$;

