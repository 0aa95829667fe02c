"""
The broker's matrix

Revision: 9990fecd4556, after: , written: 2026-11-29 22:33:25.550467
"""

from alembic import op

revision = '9990fecd4556'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Access gained or changed for more:
    # + custodian, crm.customer, tier 1: address, bank_account, email, id_card, mobile
    # before: no access
    # after: *** (hidden), rows: all
    # + custodian, crm.customer, tier 3: age, branch_code, claimed_at, created_at, customer_id, gender, last_contact_at, owner_staff_id, status
    # before: no access
    # after: value, rows: all
    # + custodian, crm.customer, tier 2: annual_income, birth_date, family, health, name, note
    # before: no access
    # after: nothing (NULL), rows: all
    # + data_analyst, crm.customer, tier 1: address, bank_account, email, id_card, mobile
    # before: no access
    # after: no column, by request alone, rows: all
    # + data_analyst, crm.customer, tier 3: age, branch_code, claimed_at, created_at, customer_id, gender, last_contact_at, owner_staff_id, status
    # before: no access
    # after: value, rows: all
    # + data_analyst, crm.customer, tier 2: annual_income, birth_date, family, health, name, note
    # before: no access
    # after: nothing (NULL), rows: all
    # + sales_agent, crm.customer, tier 1: address, bank_account, email, id_card, mobile
    # before: no access
    # after: *** (masked), rows: pool + serving
    # + sales_agent, crm.customer, tier 3: age, branch_code, claimed_at, created_at, customer_id, gender, last_contact_at, owner_staff_id, status
    # before: no access
    # after: value, rows: pool + serving
    # + sales_agent, crm.customer, tier 2: annual_income, birth_date, family, health, note
    # before: no access
    # after: value where serving, rows: pool + serving
    # + sales_agent, crm.customer, tier 2: name
    # before: no access
    # after: masked where serving, rows: pool + serving
    # + sales_agent, crm.policy, tier 3: customer_id, policy_id
    # before: no access
    # after: value, rows: serving
    # + sales_agent, crm.policy, tier 2: ends_on, premium, product, starts_on
    # before: no access
    # after: value where serving, rows: serving
    # + sales_agent, crm.policy, tier 1: payer_account
    # before: no access
    # after: *** (hidden), rows: serving
    # + sales_manager, crm.assignment, tier 3: assignment_id, customer_id, ends_at, staff_id, starts_at
    # before: no access
    # after: value, rows: department
    # + sales_manager, crm.customer, tier 1: address, bank_account, email, id_card, mobile
    # before: no access
    # after: *** (masked), rows: department
    # + sales_manager, crm.customer, tier 3: age, branch_code, claimed_at, created_at, customer_id, gender, last_contact_at, owner_staff_id, status
    # before: no access
    # after: value, rows: department
    # + sales_manager, crm.customer, tier 2: annual_income, birth_date, family, health, note
    # before: no access
    # after: value where serving, rows: department
    # + sales_manager, crm.customer, tier 2: name
    # before: no access
    # after: masked where serving, rows: department
    # + sales_manager, crm.policy, tier 3: customer_id, policy_id
    # before: no access
    # after: value, rows: serving
    # + sales_manager, crm.policy, tier 2: ends_on, premium, product, starts_on
    # before: no access
    # after: value where serving, rows: serving
    # + sales_manager, crm.policy, tier 1: payer_account
    # before: no access
    # after: *** (hidden), rows: serving
    # + service_agent, crm.attachment, tier 3: attachment_id, customer_id, media_type
    # before: no access
    # after: value, rows: serving
    # + service_agent, crm.attachment, tier 2: caption
    # before: no access
    # after: value where serving, rows: serving
    # + service_agent, crm.attachment, tier 1: content
    # before: no access
    # after: *** (hidden), rows: serving
    # + service_agent, crm.claim, tier 2: amount, diagnosis
    # before: no access
    # after: value where serving, rows: serving
    # + service_agent, crm.claim, tier 3: claim_id, filed_on, policy_id
    # before: no access
    # after: value, rows: serving
    # + service_agent, crm.customer, tier 1: (erasure)
    # before: no access
    # after: erased with all that hangs on it, rows: serving
    # + service_agent, crm.customer, tier 1: address, bank_account, email, id_card, mobile
    # before: no access
    # after: *** (masked), rows: branch
    # + service_agent, crm.customer, tier 3: age, branch_code, claimed_at, created_at, customer_id, gender, last_contact_at, owner_staff_id, status
    # before: no access
    # after: value, rows: branch
    # + service_agent, crm.customer, tier 2: annual_income, birth_date, family, health, note
    # before: no access
    # after: value where serving, rows: branch
    # + service_agent, crm.customer, tier 2: name
    # before: no access
    # after: masked, in full once opened, where serving, rows: branch
    # + service_agent, crm.policy, tier 3: customer_id, policy_id
    # before: no access
    # after: value, rows: serving
    # + service_agent, crm.policy, tier 2: ends_on, premium, product, starts_on
    # before: no access
    # after: value where serving, rows: serving
    # + service_agent, crm.policy, tier 1: payer_account
    # before: no access
    # after: *** (masked), rows: serving
    op.change_access(
        '88bff8af4176.json',
        (
            'create role wutong_sales_agent',
            """
    CREATE ROLE "wutong_sales_agent" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_sales_agent" IS 'wutong: holders of role sales_agent (5.3).'
    """,
        ),
        (
            'create role wutong_sales_agent_viewer',
            """
    CREATE ROLE "wutong_sales_agent_viewer" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_sales_agent_viewer" IS 'wutong: owns the views of role sales_agent; nobody logs in as it.'
    """,
        ),
        (
            'create role wutong_sales_manager',
            """
    CREATE ROLE "wutong_sales_manager" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_sales_manager" IS 'wutong: holders of role sales_manager (5.3).'
    """,
        ),
        (
            'create role wutong_sales_manager_viewer',
            """
    CREATE ROLE "wutong_sales_manager_viewer" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_sales_manager_viewer" IS 'wutong: owns the views of role sales_manager; nobody logs in as it.'
    """,
        ),
        (
            'create role wutong_service_agent',
            """
    CREATE ROLE "wutong_service_agent" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_service_agent" IS 'wutong: holders of role service_agent (5.3).'
    """,
        ),
        (
            'create role wutong_service_agent_viewer',
            """
    CREATE ROLE "wutong_service_agent_viewer" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_service_agent_viewer" IS 'wutong: owns the views of role service_agent; nobody logs in as it.'
    """,
        ),
        (
            'create role wutong_data_analyst',
            """
    CREATE ROLE "wutong_data_analyst" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_data_analyst" IS 'wutong: holders of role data_analyst (5.3).'
    """,
        ),
        (
            'create role wutong_data_analyst_viewer',
            """
    CREATE ROLE "wutong_data_analyst_viewer" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_data_analyst_viewer" IS 'wutong: owns the views of role data_analyst; nobody logs in as it.'
    """,
        ),
        (
            'create role wutong_quality_inspector',
            """
    CREATE ROLE "wutong_quality_inspector" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_quality_inspector" IS 'wutong: holders of role quality_inspector (5.3).'
    """,
        ),
        (
            'create role wutong_quality_inspector_viewer',
            """
    CREATE ROLE "wutong_quality_inspector_viewer" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_quality_inspector_viewer" IS 'wutong: owns the views of role quality_inspector; nobody logs in as it.'
    """,
        ),
        (
            'create role wutong_legal_officer',
            """
    CREATE ROLE "wutong_legal_officer" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_legal_officer" IS 'wutong: holders of role legal_officer (5.3).'
    """,
        ),
        (
            'create role wutong_legal_officer_viewer',
            """
    CREATE ROLE "wutong_legal_officer_viewer" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_legal_officer_viewer" IS 'wutong: owns the views of role legal_officer; nobody logs in as it.'
    """,
        ),
        (
            'create role wutong_data_controller',
            """
    CREATE ROLE "wutong_data_controller" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_data_controller" IS 'wutong: holders of role data_controller (5.3).'
    """,
        ),
        (
            'create role wutong_data_controller_viewer',
            """
    CREATE ROLE "wutong_data_controller_viewer" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_data_controller_viewer" IS 'wutong: owns the views of role data_controller; nobody logs in as it.'
    """,
        ),
        (
            'create role wutong_custodian',
            """
    CREATE ROLE "wutong_custodian" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_custodian" IS 'wutong: holders of role custodian (5.3).'
    """,
        ),
        (
            'create role wutong_custodian_viewer',
            """
    CREATE ROLE "wutong_custodian_viewer" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION;
    COMMENT ON ROLE "wutong_custodian_viewer" IS 'wutong: owns the views of role custodian; nobody logs in as it.'
    """,
        ),
        (
            'create membership wutong_sales_agent_viewer.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN EXECUTE ''GRANT "wutong_sales_agent_viewer" TO "dba"'';
    ELSE EXECUTE ''GRANT "wutong_sales_agent_viewer" TO "dba" WITH INHERIT FALSE, SET TRUE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_sales_agent_viewer'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_sales_agent_viewer" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_sales_agent.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN NULL;
    ELSE EXECUTE ''GRANT "wutong_sales_agent" TO "dba" WITH INHERIT FALSE, SET FALSE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_sales_agent'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_sales_agent" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_sales_manager_viewer.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN EXECUTE ''GRANT "wutong_sales_manager_viewer" TO "dba"'';
    ELSE EXECUTE ''GRANT "wutong_sales_manager_viewer" TO "dba" WITH INHERIT FALSE, SET TRUE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_sales_manager_viewer'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_sales_manager_viewer" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_sales_manager.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN NULL;
    ELSE EXECUTE ''GRANT "wutong_sales_manager" TO "dba" WITH INHERIT FALSE, SET FALSE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_sales_manager'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_sales_manager" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_service_agent_viewer.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN EXECUTE ''GRANT "wutong_service_agent_viewer" TO "dba"'';
    ELSE EXECUTE ''GRANT "wutong_service_agent_viewer" TO "dba" WITH INHERIT FALSE, SET TRUE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_service_agent_viewer'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_service_agent_viewer" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_service_agent.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN NULL;
    ELSE EXECUTE ''GRANT "wutong_service_agent" TO "dba" WITH INHERIT FALSE, SET FALSE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_service_agent'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_service_agent" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_data_analyst_viewer.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN EXECUTE ''GRANT "wutong_data_analyst_viewer" TO "dba"'';
    ELSE EXECUTE ''GRANT "wutong_data_analyst_viewer" TO "dba" WITH INHERIT FALSE, SET TRUE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_data_analyst_viewer'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_data_analyst_viewer" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_data_analyst.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN NULL;
    ELSE EXECUTE ''GRANT "wutong_data_analyst" TO "dba" WITH INHERIT FALSE, SET FALSE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_data_analyst'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_data_analyst" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_quality_inspector_viewer.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN EXECUTE ''GRANT "wutong_quality_inspector_viewer" TO "dba"'';
    ELSE EXECUTE ''GRANT "wutong_quality_inspector_viewer" TO "dba" WITH INHERIT FALSE, SET TRUE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_quality_inspector_viewer'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_quality_inspector_viewer" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_quality_inspector.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN NULL;
    ELSE EXECUTE ''GRANT "wutong_quality_inspector" TO "dba" WITH INHERIT FALSE, SET FALSE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_quality_inspector'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_quality_inspector" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_legal_officer_viewer.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN EXECUTE ''GRANT "wutong_legal_officer_viewer" TO "dba"'';
    ELSE EXECUTE ''GRANT "wutong_legal_officer_viewer" TO "dba" WITH INHERIT FALSE, SET TRUE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_legal_officer_viewer'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_legal_officer_viewer" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_legal_officer.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN NULL;
    ELSE EXECUTE ''GRANT "wutong_legal_officer" TO "dba" WITH INHERIT FALSE, SET FALSE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_legal_officer'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_legal_officer" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_data_controller_viewer.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN EXECUTE ''GRANT "wutong_data_controller_viewer" TO "dba"'';
    ELSE EXECUTE ''GRANT "wutong_data_controller_viewer" TO "dba" WITH INHERIT FALSE, SET TRUE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_data_controller_viewer'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_data_controller_viewer" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_data_controller.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN NULL;
    ELSE EXECUTE ''GRANT "wutong_data_controller" TO "dba" WITH INHERIT FALSE, SET FALSE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_data_controller'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_data_controller" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_custodian_viewer.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN EXECUTE ''GRANT "wutong_custodian_viewer" TO "dba"'';
    ELSE EXECUTE ''GRANT "wutong_custodian_viewer" TO "dba" WITH INHERIT FALSE, SET TRUE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_custodian_viewer'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_custodian_viewer" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create membership wutong_custodian.dba',
            """
    DO 'BEGIN
    IF pg_catalog.current_setting(''server_version_num'')::integer < 160000 THEN NULL;
    ELSE EXECUTE ''GRANT "wutong_custodian" TO "dba" WITH INHERIT FALSE, SET FALSE'';
    IF NOT pg_catalog.pg_has_role(''dba'', ''wutong_custodian'', ''MEMBER WITH ADMIN OPTION'') THEN
    EXECUTE ''GRANT "wutong_custodian" TO "dba" WITH ADMIN TRUE''; END IF;
    END IF;
    END'
    """,
        ),
        (
            'create default privileges crm_owner.functions',
            """
    SET ROLE "crm_owner";
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges crm_owner.types',
            """
    SET ROLE "crm_owner";
    ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges dba.functions',
            """
    SET ROLE "dba";
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges dba.types',
            """
    SET ROLE "dba";
    ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges pgcustsec_owner.functions',
            """
    SET ROLE "pgcustsec_owner";
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges pgcustsec_owner.types',
            """
    SET ROLE "pgcustsec_owner";
    ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_custodian_viewer.functions',
            """
    SET ROLE "wutong_custodian_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_custodian_viewer.types',
            """
    SET ROLE "wutong_custodian_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_data_analyst_viewer.functions',
            """
    SET ROLE "wutong_data_analyst_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_data_analyst_viewer.types',
            """
    SET ROLE "wutong_data_analyst_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_data_controller_viewer.functions',
            """
    SET ROLE "wutong_data_controller_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_data_controller_viewer.types',
            """
    SET ROLE "wutong_data_controller_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_legal_officer_viewer.functions',
            """
    SET ROLE "wutong_legal_officer_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_legal_officer_viewer.types',
            """
    SET ROLE "wutong_legal_officer_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_quality_inspector_viewer.functions',
            """
    SET ROLE "wutong_quality_inspector_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_quality_inspector_viewer.types',
            """
    SET ROLE "wutong_quality_inspector_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_sales_agent_viewer.functions',
            """
    SET ROLE "wutong_sales_agent_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_sales_agent_viewer.types',
            """
    SET ROLE "wutong_sales_agent_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_sales_manager_viewer.functions',
            """
    SET ROLE "wutong_sales_manager_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_sales_manager_viewer.types',
            """
    SET ROLE "wutong_sales_manager_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_service_agent_viewer.functions',
            """
    SET ROLE "wutong_service_agent_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create default privileges wutong_service_agent_viewer.types',
            """
    SET ROLE "wutong_service_agent_viewer";
    ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'create row branch.BJ',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."branch" ("branch_code", "title") VALUES ('BJ', '北京分公司') ON CONFLICT ("branch_code") DO UPDATE SET "title" = EXCLUDED."title";
    RESET ROLE
    """,
        ),
        (
            'create row branch.SH',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."branch" ("branch_code", "title") VALUES ('SH', '上海分公司') ON CONFLICT ("branch_code") DO UPDATE SET "title" = EXCLUDED."title";
    RESET ROLE
    """,
        ),
        (
            'create row branch.GZ',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."branch" ("branch_code", "title") VALUES ('GZ', '广州分公司') ON CONFLICT ("branch_code") DO UPDATE SET "title" = EXCLUDED."title";
    RESET ROLE
    """,
        ),
        (
            'create row agreement.confidentiality',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."agreement" ("agreement_code", "title", "valid_days", "everyone") VALUES ('confidentiality', '保密协议', '365', 'true') ON CONFLICT ("agreement_code") DO UPDATE SET "title" = EXCLUDED."title", "valid_days" = EXCLUDED."valid_days", "everyone" = EXCLUDED."everyone";
    RESET ROLE
    """,
        ),
        (
            'create row agreement.customer_information',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."agreement" ("agreement_code", "title", "valid_days", "everyone") VALUES ('customer_information', '客户信息保密协议', '365', 'false') ON CONFLICT ("agreement_code") DO UPDATE SET "title" = EXCLUDED."title", "valid_days" = EXCLUDED."valid_days", "everyone" = EXCLUDED."everyone";
    RESET ROLE
    """,
        ),
        (
            'create row department.sales',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."department" ("department_code", "title", "agreements") VALUES ('sales', '销售部', '{}') ON CONFLICT ("department_code") DO UPDATE SET "title" = EXCLUDED."title", "agreements" = EXCLUDED."agreements";
    RESET ROLE
    """,
        ),
        (
            'create row department.customer_service',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."department" ("department_code", "title", "agreements") VALUES ('customer_service', '客户服务部', '{customer_information}') ON CONFLICT ("department_code") DO UPDATE SET "title" = EXCLUDED."title", "agreements" = EXCLUDED."agreements";
    RESET ROLE
    """,
        ),
        (
            'create row department.data_centre',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."department" ("department_code", "title", "agreements") VALUES ('data_centre', '数据中心', '{customer_information}') ON CONFLICT ("department_code") DO UPDATE SET "title" = EXCLUDED."title", "agreements" = EXCLUDED."agreements";
    RESET ROLE
    """,
        ),
        (
            'create row department.quality',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."department" ("department_code", "title", "agreements") VALUES ('quality', '品质管理部', '{customer_information}') ON CONFLICT ("department_code") DO UPDATE SET "title" = EXCLUDED."title", "agreements" = EXCLUDED."agreements";
    RESET ROLE
    """,
        ),
        (
            'create row department.legal',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."department" ("department_code", "title", "agreements") VALUES ('legal', '法律合规部', '{customer_information}') ON CONFLICT ("department_code") DO UPDATE SET "title" = EXCLUDED."title", "agreements" = EXCLUDED."agreements";
    RESET ROLE
    """,
        ),
        (
            'create row purpose.selling',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."purpose" ("purpose_code", "title", "roles") VALUES ('selling', '销售跟进', '{sales_agent,sales_manager}') ON CONFLICT ("purpose_code") DO UPDATE SET "title" = EXCLUDED."title", "roles" = EXCLUDED."roles";
    RESET ROLE
    """,
        ),
        (
            'create row purpose.servicing',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."purpose" ("purpose_code", "title", "roles") VALUES ('servicing', '客户服务', '{service_agent}') ON CONFLICT ("purpose_code") DO UPDATE SET "title" = EXCLUDED."title", "roles" = EXCLUDED."roles";
    RESET ROLE
    """,
        ),
        (
            'create row purpose.analysis',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."purpose" ("purpose_code", "title", "roles") VALUES ('analysis', '统计分析', '{data_analyst}') ON CONFLICT ("purpose_code") DO UPDATE SET "title" = EXCLUDED."title", "roles" = EXCLUDED."roles";
    RESET ROLE
    """,
        ),
        (
            'create row purpose.oversight',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."purpose" ("purpose_code", "title", "roles") VALUES ('oversight', '监督检查', '{data_controller,legal_officer,quality_inspector}') ON CONFLICT ("purpose_code") DO UPDATE SET "title" = EXCLUDED."title", "roles" = EXCLUDED."roles";
    RESET ROLE
    """,
        ),
        (
            'create row purpose.disclosure',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."purpose" ("purpose_code", "title", "roles") VALUES ('disclosure', '监管司法调取', '{custodian}') ON CONFLICT ("purpose_code") DO UPDATE SET "title" = EXCLUDED."title", "roles" = EXCLUDED."roles";
    RESET ROLE
    """,
        ),
        (
            'create row application.crm_web',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."application" ("application_code", "login", "roles", "role_hexes", "token_minutes", "anonymous") VALUES ('crm_web', 'wutong_crm_web', '{sales_agent,sales_manager,service_agent}', '{73616c65735f6167656e74,73616c65735f6d616e61676572,736572766963655f6167656e74}', '15', 'false') ON CONFLICT ("application_code") DO UPDATE SET "login" = EXCLUDED."login", "roles" = EXCLUDED."roles", "role_hexes" = EXCLUDED."role_hexes", "token_minutes" = EXCLUDED."token_minutes", "anonymous" = EXCLUDED."anonymous";
    RESET ROLE
    """,
        ),
        (
            'create row access.sales_agent crm.customer',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."access" ("access_code", "role_code", "schema_name", "table_name", "key_columns", "opens", "lifts", "find_columns", "find_functions", "rule") VALUES ('sales_agent crm.customer', 'sales_agent', 'crm', 'customer', '{customer_id}', 'true', 'true', '{mobile,id_card}', '{"find crm.customer.mobile","find crm.customer.id_card"}', '{"top": "crm.customer", "rows": [[{"scope": "pool"}, {"scope": "serving"}]], "tier2": [{"scope": "serving"}], "session": false, "subject": false, "columns": {"customer_id": {"tier": 3}, "status": {"tier": 3}, "owner_staff_id": {"tier": 3}, "branch_code": {"tier": 3}, "name": {"tier": 2, "name": true, "lifts": true}, "mobile": {"tier": 1, "opens": true, "lifts": true}, "email": {"tier": 1, "opens": true, "lifts": true}, "id_card": {"tier": 1, "opens": true, "lifts": true}, "bank_account": {"tier": 1, "opens": true, "lifts": true}, "gender": {"tier": 3}, "birth_date": {"tier": 2, "lifts": true}, "age": {"tier": 3}, "address": {"tier": 1, "opens": true, "lifts": true}, "health": {"tier": 2, "lifts": true}, "family": {"tier": 2, "lifts": true}, "annual_income": {"tier": 2, "lifts": true}, "note": {"tier": 2, "lifts": true}, "claimed_at": {"tier": 3}, "last_contact_at": {"tier": 3}, "created_at": {"tier": 3}}, "updates": ["name", "mobile", "email", "address", "health", "family", "annual_income", "note", "last_contact_at"]}') ON CONFLICT ("access_code") DO UPDATE SET "role_code" = EXCLUDED."role_code", "schema_name" = EXCLUDED."schema_name", "table_name" = EXCLUDED."table_name", "key_columns" = EXCLUDED."key_columns", "opens" = EXCLUDED."opens", "lifts" = EXCLUDED."lifts", "find_columns" = EXCLUDED."find_columns", "find_functions" = EXCLUDED."find_functions", "rule" = EXCLUDED."rule";
    RESET ROLE
    """,
        ),
        (
            'create row access.sales_agent crm.policy',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."access" ("access_code", "role_code", "schema_name", "table_name", "key_columns", "opens", "lifts", "find_columns", "find_functions", "rule") VALUES ('sales_agent crm.policy', 'sales_agent', 'crm', 'policy', '{policy_id}', 'false', 'true', '{}', '{}', '{"top": "crm.customer", "rows": [[{"scope": "pool"}, {"scope": "serving"}], [{"scope": "serving"}]], "tier2": [{"scope": "serving"}], "session": true, "subject": false, "columns": {"policy_id": {"tier": 3}, "customer_id": {"tier": 3}, "product": {"tier": 2, "lifts": true}, "premium": {"tier": 2, "lifts": true}, "payer_account": {"tier": 1, "lifts": true}, "starts_on": {"tier": 2, "lifts": true}, "ends_on": {"tier": 2, "lifts": true}}, "updates": []}') ON CONFLICT ("access_code") DO UPDATE SET "role_code" = EXCLUDED."role_code", "schema_name" = EXCLUDED."schema_name", "table_name" = EXCLUDED."table_name", "key_columns" = EXCLUDED."key_columns", "opens" = EXCLUDED."opens", "lifts" = EXCLUDED."lifts", "find_columns" = EXCLUDED."find_columns", "find_functions" = EXCLUDED."find_functions", "rule" = EXCLUDED."rule";
    RESET ROLE
    """,
        ),
        (
            'create row access.sales_manager crm.customer',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."access" ("access_code", "role_code", "schema_name", "table_name", "key_columns", "opens", "lifts", "find_columns", "find_functions", "rule") VALUES ('sales_manager crm.customer', 'sales_manager', 'crm', 'customer', '{customer_id}', 'true', 'false', '{mobile,id_card}', '{"find crm.customer.mobile","find crm.customer.id_card"}', '{"top": "crm.customer", "rows": [[{"scope": "department"}]], "tier2": [{"scope": "serving"}], "session": false, "subject": false, "columns": {"customer_id": {"tier": 3}, "status": {"tier": 3}, "owner_staff_id": {"tier": 3}, "branch_code": {"tier": 3}, "name": {"tier": 2, "name": true}, "mobile": {"tier": 1, "opens": true}, "email": {"tier": 1, "opens": true}, "id_card": {"tier": 1, "opens": true}, "bank_account": {"tier": 1, "opens": true}, "gender": {"tier": 3}, "birth_date": {"tier": 2}, "age": {"tier": 3}, "address": {"tier": 1, "opens": true}, "health": {"tier": 2}, "family": {"tier": 2}, "annual_income": {"tier": 2}, "note": {"tier": 2}, "claimed_at": {"tier": 3}, "last_contact_at": {"tier": 3}, "created_at": {"tier": 3}}, "updates": ["owner_staff_id"]}') ON CONFLICT ("access_code") DO UPDATE SET "role_code" = EXCLUDED."role_code", "schema_name" = EXCLUDED."schema_name", "table_name" = EXCLUDED."table_name", "key_columns" = EXCLUDED."key_columns", "opens" = EXCLUDED."opens", "lifts" = EXCLUDED."lifts", "find_columns" = EXCLUDED."find_columns", "find_functions" = EXCLUDED."find_functions", "rule" = EXCLUDED."rule";
    RESET ROLE
    """,
        ),
        (
            'create row access.sales_manager crm.policy',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."access" ("access_code", "role_code", "schema_name", "table_name", "key_columns", "opens", "lifts", "find_columns", "find_functions", "rule") VALUES ('sales_manager crm.policy', 'sales_manager', 'crm', 'policy', '{policy_id}', 'false', 'false', '{}', '{}', '{"top": "crm.customer", "rows": [[{"scope": "department"}], [{"scope": "serving"}]], "tier2": [{"scope": "serving"}], "session": true, "subject": false, "columns": {"policy_id": {"tier": 3}, "customer_id": {"tier": 3}, "product": {"tier": 2}, "premium": {"tier": 2}, "payer_account": {"tier": 1}, "starts_on": {"tier": 2}, "ends_on": {"tier": 2}}, "updates": []}') ON CONFLICT ("access_code") DO UPDATE SET "role_code" = EXCLUDED."role_code", "schema_name" = EXCLUDED."schema_name", "table_name" = EXCLUDED."table_name", "key_columns" = EXCLUDED."key_columns", "opens" = EXCLUDED."opens", "lifts" = EXCLUDED."lifts", "find_columns" = EXCLUDED."find_columns", "find_functions" = EXCLUDED."find_functions", "rule" = EXCLUDED."rule";
    RESET ROLE
    """,
        ),
        (
            'create row access.sales_manager crm.assignment',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."access" ("access_code", "role_code", "schema_name", "table_name", "key_columns", "opens", "lifts", "find_columns", "find_functions", "rule") VALUES ('sales_manager crm.assignment', 'sales_manager', 'crm', 'assignment', '{assignment_id}', 'false', 'false', '{}', '{}', '{"top": "crm.customer", "rows": [[{"scope": "department"}]], "tier2": [], "session": false, "subject": false, "columns": {"assignment_id": {"tier": 3}, "customer_id": {"tier": 3}, "staff_id": {"tier": 3}, "starts_at": {"tier": 3}, "ends_at": {"tier": 3}}, "updates": ["ends_at"]}') ON CONFLICT ("access_code") DO UPDATE SET "role_code" = EXCLUDED."role_code", "schema_name" = EXCLUDED."schema_name", "table_name" = EXCLUDED."table_name", "key_columns" = EXCLUDED."key_columns", "opens" = EXCLUDED."opens", "lifts" = EXCLUDED."lifts", "find_columns" = EXCLUDED."find_columns", "find_functions" = EXCLUDED."find_functions", "rule" = EXCLUDED."rule";
    RESET ROLE
    """,
        ),
        (
            'create row access.service_agent crm.customer',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."access" ("access_code", "role_code", "schema_name", "table_name", "key_columns", "opens", "lifts", "find_columns", "find_functions", "rule") VALUES ('service_agent crm.customer', 'service_agent', 'crm', 'customer', '{customer_id}', 'true', 'true', '{mobile,id_card}', '{"find crm.customer.mobile","find crm.customer.id_card"}', '{"top": "crm.customer", "rows": [[{"scope": "branch"}]], "tier2": [{"scope": "serving"}], "session": false, "subject": false, "columns": {"customer_id": {"tier": 3}, "status": {"tier": 3}, "owner_staff_id": {"tier": 3}, "branch_code": {"tier": 3}, "name": {"tier": 2, "name": true, "lifts": true, "named_until": "2027-07-01T00:00:00+00:00"}, "mobile": {"tier": 1, "opens": true, "lifts": true}, "email": {"tier": 1, "opens": true, "lifts": true}, "id_card": {"tier": 1, "opens": true, "lifts": true}, "bank_account": {"tier": 1, "opens": true, "lifts": true}, "gender": {"tier": 3}, "birth_date": {"tier": 2, "lifts": true}, "age": {"tier": 3}, "address": {"tier": 1, "opens": true, "lifts": true}, "health": {"tier": 2, "lifts": true}, "family": {"tier": 2, "lifts": true}, "annual_income": {"tier": 2, "lifts": true}, "note": {"tier": 2, "lifts": true}, "claimed_at": {"tier": 3}, "last_contact_at": {"tier": 3}, "created_at": {"tier": 3}}, "updates": ["mobile", "email", "address"]}') ON CONFLICT ("access_code") DO UPDATE SET "role_code" = EXCLUDED."role_code", "schema_name" = EXCLUDED."schema_name", "table_name" = EXCLUDED."table_name", "key_columns" = EXCLUDED."key_columns", "opens" = EXCLUDED."opens", "lifts" = EXCLUDED."lifts", "find_columns" = EXCLUDED."find_columns", "find_functions" = EXCLUDED."find_functions", "rule" = EXCLUDED."rule";
    RESET ROLE
    """,
        ),
        (
            'create row access.service_agent crm.policy',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."access" ("access_code", "role_code", "schema_name", "table_name", "key_columns", "opens", "lifts", "find_columns", "find_functions", "rule") VALUES ('service_agent crm.policy', 'service_agent', 'crm', 'policy', '{policy_id}', 'true', 'true', '{}', '{}', '{"top": "crm.customer", "rows": [[{"scope": "branch"}], [{"scope": "serving"}]], "tier2": [{"scope": "serving"}], "session": true, "subject": true, "columns": {"policy_id": {"tier": 3}, "customer_id": {"tier": 3}, "product": {"tier": 2, "lifts": true}, "premium": {"tier": 2, "lifts": true}, "payer_account": {"tier": 1, "opens": true, "lifts": true}, "starts_on": {"tier": 2, "lifts": true}, "ends_on": {"tier": 2, "lifts": true}}, "updates": []}') ON CONFLICT ("access_code") DO UPDATE SET "role_code" = EXCLUDED."role_code", "schema_name" = EXCLUDED."schema_name", "table_name" = EXCLUDED."table_name", "key_columns" = EXCLUDED."key_columns", "opens" = EXCLUDED."opens", "lifts" = EXCLUDED."lifts", "find_columns" = EXCLUDED."find_columns", "find_functions" = EXCLUDED."find_functions", "rule" = EXCLUDED."rule";
    RESET ROLE
    """,
        ),
        (
            'create row access.service_agent crm.claim',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."access" ("access_code", "role_code", "schema_name", "table_name", "key_columns", "opens", "lifts", "find_columns", "find_functions", "rule") VALUES ('service_agent crm.claim', 'service_agent', 'crm', 'claim', '{claim_id}', 'false', 'false', '{}', '{}', '{"top": "crm.customer", "rows": [[{"scope": "branch"}], [{"scope": "serving"}]], "tier2": [{"scope": "serving"}], "session": true, "subject": false, "columns": {"claim_id": {"tier": 3}, "policy_id": {"tier": 3}, "diagnosis": {"tier": 2}, "amount": {"tier": 2}, "filed_on": {"tier": 3}}, "updates": ["amount"]}') ON CONFLICT ("access_code") DO UPDATE SET "role_code" = EXCLUDED."role_code", "schema_name" = EXCLUDED."schema_name", "table_name" = EXCLUDED."table_name", "key_columns" = EXCLUDED."key_columns", "opens" = EXCLUDED."opens", "lifts" = EXCLUDED."lifts", "find_columns" = EXCLUDED."find_columns", "find_functions" = EXCLUDED."find_functions", "rule" = EXCLUDED."rule";
    RESET ROLE
    """,
        ),
        (
            'create row access.service_agent crm.attachment',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."access" ("access_code", "role_code", "schema_name", "table_name", "key_columns", "opens", "lifts", "find_columns", "find_functions", "rule") VALUES ('service_agent crm.attachment', 'service_agent', 'crm', 'attachment', '{attachment_id}', 'false', 'true', '{}', '{}', '{"top": "crm.customer", "rows": [[{"scope": "branch"}], [{"scope": "serving"}]], "tier2": [{"scope": "serving"}], "session": true, "subject": false, "columns": {"attachment_id": {"tier": 3}, "customer_id": {"tier": 3}, "media_type": {"tier": 3}, "content": {"tier": 1, "lifts": true}, "caption": {"tier": 2, "lifts": true}}, "updates": []}') ON CONFLICT ("access_code") DO UPDATE SET "role_code" = EXCLUDED."role_code", "schema_name" = EXCLUDED."schema_name", "table_name" = EXCLUDED."table_name", "key_columns" = EXCLUDED."key_columns", "opens" = EXCLUDED."opens", "lifts" = EXCLUDED."lifts", "find_columns" = EXCLUDED."find_columns", "find_functions" = EXCLUDED."find_functions", "rule" = EXCLUDED."rule";
    RESET ROLE
    """,
        ),
        (
            'create row access.data_analyst crm.customer',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."access" ("access_code", "role_code", "schema_name", "table_name", "key_columns", "opens", "lifts", "find_columns", "find_functions", "rule") VALUES ('data_analyst crm.customer', 'data_analyst', 'crm', 'customer', '{customer_id}', 'false', 'false', '{}', '{}', '{"top": "crm.customer", "rows": [[{"scope": "all"}]], "tier2": [], "session": false, "subject": false, "columns": {"customer_id": {"tier": 3}, "status": {"tier": 3}, "owner_staff_id": {"tier": 3}, "branch_code": {"tier": 3}, "name": {"tier": 2, "name": true}, "gender": {"tier": 3}, "birth_date": {"tier": 2}, "age": {"tier": 3}, "health": {"tier": 2}, "family": {"tier": 2}, "annual_income": {"tier": 2}, "note": {"tier": 2}, "claimed_at": {"tier": 3}, "last_contact_at": {"tier": 3}, "created_at": {"tier": 3}}, "updates": []}') ON CONFLICT ("access_code") DO UPDATE SET "role_code" = EXCLUDED."role_code", "schema_name" = EXCLUDED."schema_name", "table_name" = EXCLUDED."table_name", "key_columns" = EXCLUDED."key_columns", "opens" = EXCLUDED."opens", "lifts" = EXCLUDED."lifts", "find_columns" = EXCLUDED."find_columns", "find_functions" = EXCLUDED."find_functions", "rule" = EXCLUDED."rule";
    RESET ROLE
    """,
        ),
        (
            'create row access.custodian crm.customer',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."access" ("access_code", "role_code", "schema_name", "table_name", "key_columns", "opens", "lifts", "find_columns", "find_functions", "rule") VALUES ('custodian crm.customer', 'custodian', 'crm', 'customer', '{customer_id}', 'false', 'true', '{mobile,id_card}', '{"find crm.customer.mobile","find crm.customer.id_card"}', '{"top": "crm.customer", "rows": [[{"scope": "all"}]], "tier2": [], "session": false, "subject": false, "columns": {"customer_id": {"tier": 3}, "status": {"tier": 3}, "owner_staff_id": {"tier": 3}, "branch_code": {"tier": 3}, "name": {"tier": 2, "name": true, "lifts": true}, "mobile": {"tier": 1, "lifts": true}, "email": {"tier": 1, "lifts": true}, "id_card": {"tier": 1, "lifts": true}, "bank_account": {"tier": 1, "lifts": true}, "gender": {"tier": 3}, "birth_date": {"tier": 2, "lifts": true}, "age": {"tier": 3}, "address": {"tier": 1, "lifts": true}, "health": {"tier": 2, "lifts": true}, "family": {"tier": 2, "lifts": true}, "annual_income": {"tier": 2, "lifts": true}, "note": {"tier": 2, "lifts": true}, "claimed_at": {"tier": 3}, "last_contact_at": {"tier": 3}, "created_at": {"tier": 3}}, "updates": []}') ON CONFLICT ("access_code") DO UPDATE SET "role_code" = EXCLUDED."role_code", "schema_name" = EXCLUDED."schema_name", "table_name" = EXCLUDED."table_name", "key_columns" = EXCLUDED."key_columns", "opens" = EXCLUDED."opens", "lifts" = EXCLUDED."lifts", "find_columns" = EXCLUDED."find_columns", "find_functions" = EXCLUDED."find_functions", "rule" = EXCLUDED."rule";
    RESET ROLE
    """,
        ),
        (
            'create row request_kind.special',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."request_kind" ("kind_code", "title", "filed_by", "custodian", "approvals", "max_days", "max_rows", "canaries", "emergency_hours", "standing", "erases", "widens") VALUES ('special', '专项事务申请', '{data_analyst,sales_agent,service_agent}', '', '[{"manager_of": "requester"}, {"role": "legal_officer"}]', '30', '50000', 'false', '0', 'false', 'false', 'false') ON CONFLICT ("kind_code") DO UPDATE SET "title" = EXCLUDED."title", "filed_by" = EXCLUDED."filed_by", "custodian" = EXCLUDED."custodian", "approvals" = EXCLUDED."approvals", "max_days" = EXCLUDED."max_days", "max_rows" = EXCLUDED."max_rows", "canaries" = EXCLUDED."canaries", "emergency_hours" = EXCLUDED."emergency_hours", "standing" = EXCLUDED."standing", "erases" = EXCLUDED."erases", "widens" = EXCLUDED."widens";
    RESET ROLE
    """,
        ),
        (
            'create row request_kind.disclosure',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."request_kind" ("kind_code", "title", "filed_by", "custodian", "approvals", "max_days", "max_rows", "canaries", "emergency_hours", "standing", "erases", "widens") VALUES ('disclosure', '监管司法调取', '{}', 'custodian', '[{"role": "legal_officer"}]', '10', '0', 'false', '0', 'false', 'false', 'false') ON CONFLICT ("kind_code") DO UPDATE SET "title" = EXCLUDED."title", "filed_by" = EXCLUDED."filed_by", "custodian" = EXCLUDED."custodian", "approvals" = EXCLUDED."approvals", "max_days" = EXCLUDED."max_days", "max_rows" = EXCLUDED."max_rows", "canaries" = EXCLUDED."canaries", "emergency_hours" = EXCLUDED."emergency_hours", "standing" = EXCLUDED."standing", "erases" = EXCLUDED."erases", "widens" = EXCLUDED."widens";
    RESET ROLE
    """,
        ),
        (
            'create row request_kind.erasure',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."request_kind" ("kind_code", "title", "filed_by", "custodian", "approvals", "max_days", "max_rows", "canaries", "emergency_hours", "standing", "erases", "widens") VALUES ('erasure', '删除申请', '{service_agent}', '', '[{"manager_of": "requester"}, {"role": "legal_officer"}]', '30', '20', 'false', '0', 'false', 'true', 'false') ON CONFLICT ("kind_code") DO UPDATE SET "title" = EXCLUDED."title", "filed_by" = EXCLUDED."filed_by", "custodian" = EXCLUDED."custodian", "approvals" = EXCLUDED."approvals", "max_days" = EXCLUDED."max_days", "max_rows" = EXCLUDED."max_rows", "canaries" = EXCLUDED."canaries", "emergency_hours" = EXCLUDED."emergency_hours", "standing" = EXCLUDED."standing", "erases" = EXCLUDED."erases", "widens" = EXCLUDED."widens";
    RESET ROLE
    """,
        ),
        (
            'create row request_kind.inspection',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."request_kind" ("kind_code", "title", "filed_by", "custodian", "approvals", "max_days", "max_rows", "canaries", "emergency_hours", "standing", "erases", "widens") VALUES ('inspection', '抽查核实', '{data_controller,quality_inspector}', '', '[{"role": "legal_officer"}]', '10', '200', 'false', '0', 'false', 'false', 'false') ON CONFLICT ("kind_code") DO UPDATE SET "title" = EXCLUDED."title", "filed_by" = EXCLUDED."filed_by", "custodian" = EXCLUDED."custodian", "approvals" = EXCLUDED."approvals", "max_days" = EXCLUDED."max_days", "max_rows" = EXCLUDED."max_rows", "canaries" = EXCLUDED."canaries", "emergency_hours" = EXCLUDED."emergency_hours", "standing" = EXCLUDED."standing", "erases" = EXCLUDED."erases", "widens" = EXCLUDED."widens";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer customer_id',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer customer_id', 'crm.customer', 'customer_id', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer status',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer status', 'crm.customer', 'status', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer owner_staff_id',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer owner_staff_id', 'crm.customer', 'owner_staff_id', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer branch_code',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer branch_code', 'crm.customer', 'branch_code', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer name',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer name', 'crm.customer', 'name', '2', 'name') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer mobile',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer mobile', 'crm.customer', 'mobile', '1', 'phone') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer email',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer email', 'crm.customer', 'email', '1', 'email') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer id_card',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer id_card', 'crm.customer', 'id_card', '1', 'id_document') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer bank_account',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer bank_account', 'crm.customer', 'bank_account', '1', 'bank_account') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer gender',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer gender', 'crm.customer', 'gender', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer birth_date',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer birth_date', 'crm.customer', 'birth_date', '2', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer age',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer age', 'crm.customer', 'age', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer address',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer address', 'crm.customer', 'address', '1', 'address') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer health',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer health', 'crm.customer', 'health', '2', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer family',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer family', 'crm.customer', 'family', '2', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer annual_income',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer annual_income', 'crm.customer', 'annual_income', '2', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer note',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer note', 'crm.customer', 'note', '2', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer claimed_at',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer claimed_at', 'crm.customer', 'claimed_at', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer last_contact_at',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer last_contact_at', 'crm.customer', 'last_contact_at', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.customer created_at',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.customer created_at', 'crm.customer', 'created_at', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.policy policy_id',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.policy policy_id', 'crm.policy', 'policy_id', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.policy customer_id',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.policy customer_id', 'crm.policy', 'customer_id', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.policy product',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.policy product', 'crm.policy', 'product', '2', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.policy premium',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.policy premium', 'crm.policy', 'premium', '2', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.policy payer_account',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.policy payer_account', 'crm.policy', 'payer_account', '1', 'bank_account') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.policy starts_on',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.policy starts_on', 'crm.policy', 'starts_on', '2', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.policy ends_on',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.policy ends_on', 'crm.policy', 'ends_on', '2', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.claim claim_id',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.claim claim_id', 'crm.claim', 'claim_id', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.claim policy_id',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.claim policy_id', 'crm.claim', 'policy_id', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.claim diagnosis',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.claim diagnosis', 'crm.claim', 'diagnosis', '2', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.claim amount',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.claim amount', 'crm.claim', 'amount', '2', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.claim filed_on',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.claim filed_on', 'crm.claim', 'filed_on', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.attachment attachment_id',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.attachment attachment_id', 'crm.attachment', 'attachment_id', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.attachment customer_id',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.attachment customer_id', 'crm.attachment', 'customer_id', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.attachment media_type',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.attachment media_type', 'crm.attachment', 'media_type', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.attachment content',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.attachment content', 'crm.attachment', 'content', '1', 'file') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.attachment caption',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.attachment caption', 'crm.attachment', 'caption', '2', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.assignment assignment_id',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.assignment assignment_id', 'crm.assignment', 'assignment_id', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.assignment customer_id',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.assignment customer_id', 'crm.assignment', 'customer_id', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.assignment staff_id',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.assignment staff_id', 'crm.assignment', 'staff_id', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.assignment starts_at',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.assignment starts_at', 'crm.assignment', 'starts_at', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row classification.crm.assignment ends_at',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."classification" ("classification_code", "relation", "column_name", "tier", "kind") VALUES ('crm.assignment ends_at', 'crm.assignment', 'ends_at', '3', '') ON CONFLICT ("classification_code") DO UPDATE SET "relation" = EXCLUDED."relation", "column_name" = EXCLUDED."column_name", "tier" = EXCLUDED."tier", "kind" = EXCLUDED."kind";
    RESET ROLE
    """,
        ),
        (
            'create row pool.crm.customer',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."pool" ("pool_code", "schema_name", "table_name", "roles", "recycle_days", "claim_limit", "cool_down_days") VALUES ('crm.customer', 'crm', 'customer', '{sales_agent}', '30', '200', '7') ON CONFLICT ("pool_code") DO UPDATE SET "schema_name" = EXCLUDED."schema_name", "table_name" = EXCLUDED."table_name", "roles" = EXCLUDED."roles", "recycle_days" = EXCLUDED."recycle_days", "claim_limit" = EXCLUDED."claim_limit", "cool_down_days" = EXCLUDED."cool_down_days";
    RESET ROLE
    """,
        ),
        (
            'create row retention_rule.crm.customer unsold_prospect',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."retention_rule" ("rule_code", "relation", "name", "place", "keep_days", "keeps", "drops_partitions", "recipe") VALUES ('crm.customer unsold_prospect', 'crm.customer', 'unsold_prospect', '1', '730', '', 'false', 'b383de33683e5be3') ON CONFLICT ("rule_code") DO UPDATE SET "relation" = EXCLUDED."relation", "name" = EXCLUDED."name", "place" = EXCLUDED."place", "keep_days" = EXCLUDED."keep_days", "keeps" = EXCLUDED."keeps", "drops_partitions" = EXCLUDED."drops_partitions", "recipe" = EXCLUDED."recipe";
    RESET ROLE
    """,
        ),
        (
            'create row retention_rule.crm.customer former_customer',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."retention_rule" ("rule_code", "relation", "name", "place", "keep_days", "keeps", "drops_partitions", "recipe") VALUES ('crm.customer former_customer', 'crm.customer', 'former_customer', '2', '3650', 'gender, age, branch_code', 'false', 'b383de33683e5be3') ON CONFLICT ("rule_code") DO UPDATE SET "relation" = EXCLUDED."relation", "name" = EXCLUDED."name", "place" = EXCLUDED."place", "keep_days" = EXCLUDED."keep_days", "keeps" = EXCLUDED."keeps", "drops_partitions" = EXCLUDED."drops_partitions", "recipe" = EXCLUDED."recipe";
    RESET ROLE
    """,
        ),
        (
            'create row role.sales_agent',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."role" ("role_code", "group_role", "department_code", "supervises", "service", "place", "session_hours", "record_minutes", "openings_per_day", "customers_per_day") VALUES ('sales_agent', 'wutong_sales_agent', 'sales', 'false', 'false', '1', '10', '5', '300', '200') ON CONFLICT ("role_code") DO UPDATE SET "group_role" = EXCLUDED."group_role", "department_code" = EXCLUDED."department_code", "supervises" = EXCLUDED."supervises", "service" = EXCLUDED."service", "place" = EXCLUDED."place", "session_hours" = EXCLUDED."session_hours", "record_minutes" = EXCLUDED."record_minutes", "openings_per_day" = EXCLUDED."openings_per_day", "customers_per_day" = EXCLUDED."customers_per_day";
    RESET ROLE
    """,
        ),
        (
            'create row role.sales_manager',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."role" ("role_code", "group_role", "department_code", "supervises", "service", "place", "session_hours", "record_minutes", "openings_per_day", "customers_per_day") VALUES ('sales_manager', 'wutong_sales_manager', 'sales', 'false', 'false', '2', '10', '5', '300', '200') ON CONFLICT ("role_code") DO UPDATE SET "group_role" = EXCLUDED."group_role", "department_code" = EXCLUDED."department_code", "supervises" = EXCLUDED."supervises", "service" = EXCLUDED."service", "place" = EXCLUDED."place", "session_hours" = EXCLUDED."session_hours", "record_minutes" = EXCLUDED."record_minutes", "openings_per_day" = EXCLUDED."openings_per_day", "customers_per_day" = EXCLUDED."customers_per_day";
    RESET ROLE
    """,
        ),
        (
            'create row role.service_agent',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."role" ("role_code", "group_role", "department_code", "supervises", "service", "place", "session_hours", "record_minutes", "openings_per_day", "customers_per_day") VALUES ('service_agent', 'wutong_service_agent', 'customer_service', 'false', 'false', '3', '10', '10', '500', '400') ON CONFLICT ("role_code") DO UPDATE SET "group_role" = EXCLUDED."group_role", "department_code" = EXCLUDED."department_code", "supervises" = EXCLUDED."supervises", "service" = EXCLUDED."service", "place" = EXCLUDED."place", "session_hours" = EXCLUDED."session_hours", "record_minutes" = EXCLUDED."record_minutes", "openings_per_day" = EXCLUDED."openings_per_day", "customers_per_day" = EXCLUDED."customers_per_day";
    RESET ROLE
    """,
        ),
        (
            'create row role.data_analyst',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."role" ("role_code", "group_role", "department_code", "supervises", "service", "place", "session_hours", "record_minutes", "openings_per_day", "customers_per_day") VALUES ('data_analyst', 'wutong_data_analyst', 'data_centre', 'false', 'false', '4', '10', '5', '300', '200') ON CONFLICT ("role_code") DO UPDATE SET "group_role" = EXCLUDED."group_role", "department_code" = EXCLUDED."department_code", "supervises" = EXCLUDED."supervises", "service" = EXCLUDED."service", "place" = EXCLUDED."place", "session_hours" = EXCLUDED."session_hours", "record_minutes" = EXCLUDED."record_minutes", "openings_per_day" = EXCLUDED."openings_per_day", "customers_per_day" = EXCLUDED."customers_per_day";
    RESET ROLE
    """,
        ),
        (
            'create row role.quality_inspector',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."role" ("role_code", "group_role", "department_code", "supervises", "service", "place", "session_hours", "record_minutes", "openings_per_day", "customers_per_day") VALUES ('quality_inspector', 'wutong_quality_inspector', 'quality', 'true', 'false', '5', '10', '5', '300', '200') ON CONFLICT ("role_code") DO UPDATE SET "group_role" = EXCLUDED."group_role", "department_code" = EXCLUDED."department_code", "supervises" = EXCLUDED."supervises", "service" = EXCLUDED."service", "place" = EXCLUDED."place", "session_hours" = EXCLUDED."session_hours", "record_minutes" = EXCLUDED."record_minutes", "openings_per_day" = EXCLUDED."openings_per_day", "customers_per_day" = EXCLUDED."customers_per_day";
    RESET ROLE
    """,
        ),
        (
            'create row role.legal_officer',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."role" ("role_code", "group_role", "department_code", "supervises", "service", "place", "session_hours", "record_minutes", "openings_per_day", "customers_per_day") VALUES ('legal_officer', 'wutong_legal_officer', 'legal', 'true', 'false', '6', '10', '5', '300', '200') ON CONFLICT ("role_code") DO UPDATE SET "group_role" = EXCLUDED."group_role", "department_code" = EXCLUDED."department_code", "supervises" = EXCLUDED."supervises", "service" = EXCLUDED."service", "place" = EXCLUDED."place", "session_hours" = EXCLUDED."session_hours", "record_minutes" = EXCLUDED."record_minutes", "openings_per_day" = EXCLUDED."openings_per_day", "customers_per_day" = EXCLUDED."customers_per_day";
    RESET ROLE
    """,
        ),
        (
            'create row role.data_controller',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."role" ("role_code", "group_role", "department_code", "supervises", "service", "place", "session_hours", "record_minutes", "openings_per_day", "customers_per_day") VALUES ('data_controller', 'wutong_data_controller', 'data_centre', 'true', 'false', '7', '10', '5', '300', '200') ON CONFLICT ("role_code") DO UPDATE SET "group_role" = EXCLUDED."group_role", "department_code" = EXCLUDED."department_code", "supervises" = EXCLUDED."supervises", "service" = EXCLUDED."service", "place" = EXCLUDED."place", "session_hours" = EXCLUDED."session_hours", "record_minutes" = EXCLUDED."record_minutes", "openings_per_day" = EXCLUDED."openings_per_day", "customers_per_day" = EXCLUDED."customers_per_day";
    RESET ROLE
    """,
        ),
        (
            'create row role.custodian',
            """
    SET ROLE "pgcustsec_owner";
    INSERT INTO pgcustsec_internal."role" ("role_code", "group_role", "department_code", "supervises", "service", "place", "session_hours", "record_minutes", "openings_per_day", "customers_per_day") VALUES ('custodian', 'wutong_custodian', 'legal', 'false', 'false', '8', '10', '5', '300', '200') ON CONFLICT ("role_code") DO UPDATE SET "group_role" = EXCLUDED."group_role", "department_code" = EXCLUDED."department_code", "supervises" = EXCLUDED."supervises", "service" = EXCLUDED."service", "place" = EXCLUDED."place", "session_hours" = EXCLUDED."session_hours", "record_minutes" = EXCLUDED."record_minutes", "openings_per_day" = EXCLUDED."openings_per_day", "customers_per_day" = EXCLUDED."customers_per_day";
    RESET ROLE
    """,
        ),
        (
            'create schema sales_agent',
            """
    SET ROLE "dba";
    CREATE SCHEMA "sales_agent" AUTHORIZATION "wutong_sales_agent_viewer";
    RESET ROLE;
    SET ROLE "wutong_sales_agent_viewer";
    COMMENT ON SCHEMA "sales_agent" IS 'What role sales_agent sees.';
    RESET ROLE
    """,
        ),
        (
            'create schema sales_manager',
            """
    SET ROLE "dba";
    CREATE SCHEMA "sales_manager" AUTHORIZATION "wutong_sales_manager_viewer";
    RESET ROLE;
    SET ROLE "wutong_sales_manager_viewer";
    COMMENT ON SCHEMA "sales_manager" IS 'What role sales_manager sees.';
    RESET ROLE
    """,
        ),
        (
            'create schema service_agent',
            """
    SET ROLE "dba";
    CREATE SCHEMA "service_agent" AUTHORIZATION "wutong_service_agent_viewer";
    RESET ROLE;
    SET ROLE "wutong_service_agent_viewer";
    COMMENT ON SCHEMA "service_agent" IS 'What role service_agent sees.';
    RESET ROLE
    """,
        ),
        (
            'create schema data_analyst',
            """
    SET ROLE "dba";
    CREATE SCHEMA "data_analyst" AUTHORIZATION "wutong_data_analyst_viewer";
    RESET ROLE;
    SET ROLE "wutong_data_analyst_viewer";
    COMMENT ON SCHEMA "data_analyst" IS 'What role data_analyst sees.';
    RESET ROLE
    """,
        ),
        (
            'create schema quality_inspector',
            """
    SET ROLE "dba";
    CREATE SCHEMA "quality_inspector" AUTHORIZATION "wutong_quality_inspector_viewer";
    RESET ROLE;
    SET ROLE "wutong_quality_inspector_viewer";
    COMMENT ON SCHEMA "quality_inspector" IS 'What role quality_inspector sees.';
    RESET ROLE
    """,
        ),
        (
            'create schema legal_officer',
            """
    SET ROLE "dba";
    CREATE SCHEMA "legal_officer" AUTHORIZATION "wutong_legal_officer_viewer";
    RESET ROLE;
    SET ROLE "wutong_legal_officer_viewer";
    COMMENT ON SCHEMA "legal_officer" IS 'What role legal_officer sees.';
    RESET ROLE
    """,
        ),
        (
            'create schema data_controller',
            """
    SET ROLE "dba";
    CREATE SCHEMA "data_controller" AUTHORIZATION "wutong_data_controller_viewer";
    RESET ROLE;
    SET ROLE "wutong_data_controller_viewer";
    COMMENT ON SCHEMA "data_controller" IS 'What role data_controller sees.';
    RESET ROLE
    """,
        ),
        (
            'create schema custodian',
            """
    SET ROLE "dba";
    CREATE SCHEMA "custodian" AUTHORIZATION "wutong_custodian_viewer";
    RESET ROLE;
    SET ROLE "wutong_custodian_viewer";
    COMMENT ON SCHEMA "custodian" IS 'What role custodian sees.';
    RESET ROLE
    """,
        ),
        (
            'create schema pgcustsec_extracts',
            """
    SET ROLE "dba";
    CREATE SCHEMA "pgcustsec_extracts" AUTHORIZATION "pgcustsec_owner";
    RESET ROLE;
    SET ROLE "pgcustsec_owner";
    COMMENT ON SCHEMA "pgcustsec_extracts" IS 'pgcustsec: views by which extracts are read (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create grant schema.crm.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT USAGE ON SCHEMA "crm" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.crm.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT USAGE ON SCHEMA "crm" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.crm.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT USAGE ON SCHEMA "crm" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.crm.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT USAGE ON SCHEMA "crm" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.crm.wutong_data_analyst_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT USAGE ON SCHEMA "crm" TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.crm.wutong_custodian_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT USAGE ON SCHEMA "crm" TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_internal.crm_owner.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec_internal" TO "crm_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_views.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_views" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_extracts.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_extracts" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_internal.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec_internal" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_views.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_views" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_extracts.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_extracts" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_internal.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec_internal" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_views.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_views" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_extracts.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_extracts" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_internal.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec_internal" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_views.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_views" TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_extracts.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_extracts" TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_internal.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec_internal" TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_views.wutong_quality_inspector_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_views" TO "wutong_quality_inspector_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_extracts.wutong_quality_inspector_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_extracts" TO "wutong_quality_inspector_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_internal.wutong_quality_inspector_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec_internal" TO "wutong_quality_inspector_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_views.wutong_legal_officer_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_views" TO "wutong_legal_officer_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_extracts.wutong_legal_officer_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_extracts" TO "wutong_legal_officer_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_internal.wutong_legal_officer_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec_internal" TO "wutong_legal_officer_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_views.wutong_data_controller_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_views" TO "wutong_data_controller_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_extracts.wutong_data_controller_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_extracts" TO "wutong_data_controller_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_internal.wutong_data_controller_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec_internal" TO "wutong_data_controller_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_views.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_views" TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_extracts.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT CREATE, USAGE ON SCHEMA "pgcustsec_extracts" TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_internal.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec_internal" TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_extracts.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec_extracts" TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_extracts.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec_extracts" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_extracts.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec_extracts" TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec_extracts.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec_extracts" TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec" TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec" TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec" TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.pgcustsec.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT USAGE ON SCHEMA "pgcustsec" TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.insert sales_agent.customer.',
            """
    SET ROLE "wutong_sales_agent_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."insert sales_agent.customer"()
        RETURNS trigger
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_variable
    DECLARE
        shown boolean;
        recorded boolean;
        kept_4 text := NEW."name";
        masked_0 text;
        masked_1 character varying(20);
        masked_2 text;
        masked_3 character varying(18);
        masked_4 text;
    BEGIN
        IF NEW."customer_id" IS NOT NULL
            OR NEW."bank_account" IS NOT NULL
            OR NEW."health" IS NOT NULL
            OR NEW."family" IS NOT NULL
            OR NEW."annual_income" IS NOT NULL
            OR NEW."claimed_at" IS NOT NULL
            OR NEW."last_contact_at" IS NOT NULL
            OR NEW."created_at" IS NOT NULL THEN
            PERFORM pgcustsec_internal.refuse_write('CS406', 'crm.customer', array_remove(ARRAY[CASE WHEN NEW."customer_id" IS NOT NULL THEN 'customer_id' END, CASE WHEN NEW."bank_account" IS NOT NULL THEN 'bank_account' END, CASE WHEN NEW."health" IS NOT NULL THEN 'health' END, CASE WHEN NEW."family" IS NOT NULL THEN 'family' END, CASE WHEN NEW."annual_income" IS NOT NULL THEN 'annual_income' END, CASE WHEN NEW."claimed_at" IS NOT NULL THEN 'claimed_at' END, CASE WHEN NEW."last_contact_at" IS NOT NULL THEN 'last_contact_at' END, CASE WHEN NEW."created_at" IS NOT NULL THEN 'created_at' END]::text[], NULL));
        END IF;
        IF strpos(NEW."name"::text, '*') > 0
            OR strpos(NEW."mobile"::text, '*') > 0
            OR strpos(NEW."email"::text, '*') > 0
            OR strpos(NEW."id_card"::text, '*') > 0
            OR strpos(NEW."address"::text, '*') > 0 THEN
            PERFORM pgcustsec_internal.refuse_write('CS401', 'crm.customer', array_remove(ARRAY[CASE WHEN strpos(NEW."name"::text, '*') > 0 THEN 'name' END, CASE WHEN strpos(NEW."mobile"::text, '*') > 0 THEN 'mobile' END, CASE WHEN strpos(NEW."email"::text, '*') > 0 THEN 'email' END, CASE WHEN strpos(NEW."id_card"::text, '*') > 0 THEN 'id_card' END, CASE WHEN strpos(NEW."address"::text, '*') > 0 THEN 'address' END]::text[], NULL));
        END IF;
        IF NOT pgcustsec_internal.fits_name(NEW."name"::text)
            OR NOT pgcustsec_internal.fits_phone(NEW."mobile"::text)
            OR NOT pgcustsec_internal.fits_email(NEW."email"::text)
            OR NOT pgcustsec_internal.fits_id_document(NEW."id_card"::text)
            OR NOT pgcustsec_internal.fits_address(NEW."address"::text) THEN
            PERFORM pgcustsec_internal.refuse_write('CS405', 'crm.customer', array_remove(ARRAY[CASE WHEN NOT pgcustsec_internal.fits_name(NEW."name"::text) THEN 'name' END, CASE WHEN NOT pgcustsec_internal.fits_phone(NEW."mobile"::text) THEN 'mobile' END, CASE WHEN NOT pgcustsec_internal.fits_email(NEW."email"::text) THEN 'email' END, CASE WHEN NOT pgcustsec_internal.fits_id_document(NEW."id_card"::text) THEN 'id_card' END, CASE WHEN NOT pgcustsec_internal.fits_address(NEW."address"::text) THEN 'address' END]::text[], NULL));
        END IF;
        masked_0 := pgcustsec_internal.mask_name(NEW."name"::pg_catalog.text)::text;
        masked_1 := pgcustsec_internal.mask_phone(NEW."mobile"::pg_catalog.text)::character varying(20);
        masked_2 := pgcustsec_internal.mask_email(NEW."email"::pg_catalog.text)::text;
        masked_3 := pgcustsec_internal.mask_id_document(NEW."id_card"::pg_catalog.text)::character varying(18);
        masked_4 := pgcustsec_internal.mask_address(NEW."address"::pg_catalog.text)::text;
        INSERT INTO "crm"."customer" AS t ("status", "owner_staff_id", "branch_code", "name", "mobile", "email", "id_card", "gender", "birth_date", "age", "address", "note")
            VALUES (NEW."status", NEW."owner_staff_id", NEW."branch_code", masked_0, masked_1, masked_2, masked_3, NEW."gender", NEW."birth_date", NEW."age", masked_4, NEW."note")
            RETURNING "t"."customer_id", "t"."status", "t"."owner_staff_id", "t"."branch_code", "t"."name", "t"."gender", "t"."birth_date", "t"."age", "t"."health", "t"."family", "t"."annual_income", "t"."note", "t"."claimed_at", "t"."last_contact_at", "t"."created_at", COALESCE((SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN true END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'sales_agent crm.customer') AND (((("t"."owner_staff_id" IS NULL) AND ("t"."status" = 'prospect'))) IS NOT TRUE OR "t"."customer_id" = ANY (CASE WHEN true THEN (SELECT pgcustsec_internal."serving crm.customer"('sales_agent')) END)), false)
            INTO NEW."customer_id", NEW."status", NEW."owner_staff_id", NEW."branch_code", NEW."name", NEW."gender", NEW."birth_date", NEW."age", NEW."health", NEW."family", NEW."annual_income", NEW."note", NEW."claimed_at", NEW."last_contact_at", NEW."created_at", shown;
        recorded := pgcustsec_internal."keep crm.customer"(NEW."customer_id", kept_4, NEW."mobile", NEW."email", NEW."id_card", NULL::character varying, NEW."address");
        NEW."mobile" := '***'::character varying(20);
        NEW."email" := '***'::text;
        NEW."id_card" := '***'::character varying(18);
        NEW."bank_account" := '***'::character varying(19);
        NEW."address" := '***'::text;
        IF shown IS NOT TRUE THEN
            NEW."name" := NULL;
            NEW."birth_date" := NULL;
            NEW."health" := NULL;
            NEW."family" := NULL;
            NEW."annual_income" := NULL;
            NEW."note" := NULL;
        END IF;
        RETURN NEW;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."insert sales_agent.customer"() FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."insert sales_agent.customer"() IS 'INSERT on crm.customer through the view of sales_agent: rights by column, masks, the vault (3.1, 5.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.update sales_agent.customer.',
            """
    SET ROLE "wutong_sales_agent_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."update sales_agent.customer"()
        RETURNS trigger
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_variable
    DECLARE
        shown boolean;
        opened boolean;
        recorded boolean;
        given record := NEW;
        changed_0 boolean := NEW."last_contact_at" IS DISTINCT FROM OLD."last_contact_at";
        changed_1 boolean := NEW."health" IS DISTINCT FROM OLD."health";
        changed_2 boolean := NEW."family" IS DISTINCT FROM OLD."family";
        changed_3 boolean := NEW."annual_income" IS DISTINCT FROM OLD."annual_income";
        changed_4 boolean := NEW."note" IS DISTINCT FROM OLD."note";
        changed_5 boolean := NEW."name" IS DISTINCT FROM OLD."name";
        changed_6 boolean := NEW."mobile" IS DISTINCT FROM OLD."mobile";
        changed_7 boolean := NEW."email" IS DISTINCT FROM OLD."email";
        changed_8 boolean := NEW."address" IS DISTINCT FROM OLD."address";
        masked_0 text;
        masked_1 character varying(20);
        masked_2 text;
        masked_3 text;
    BEGIN
        IF NEW."customer_id" IS DISTINCT FROM OLD."customer_id"
            OR NEW."status" IS DISTINCT FROM OLD."status"
            OR NEW."owner_staff_id" IS DISTINCT FROM OLD."owner_staff_id"
            OR NEW."branch_code" IS DISTINCT FROM OLD."branch_code"
            OR NEW."id_card" IS DISTINCT FROM OLD."id_card"
            OR NEW."bank_account" IS DISTINCT FROM OLD."bank_account"
            OR NEW."gender" IS DISTINCT FROM OLD."gender"
            OR NEW."birth_date" IS DISTINCT FROM OLD."birth_date"
            OR NEW."age" IS DISTINCT FROM OLD."age"
            OR NEW."claimed_at" IS DISTINCT FROM OLD."claimed_at"
            OR NEW."created_at" IS DISTINCT FROM OLD."created_at" THEN
            PERFORM pgcustsec_internal.refuse_write('CS406', 'crm.customer', array_remove(ARRAY[CASE WHEN NEW."customer_id" IS DISTINCT FROM OLD."customer_id" THEN 'customer_id' END, CASE WHEN NEW."status" IS DISTINCT FROM OLD."status" THEN 'status' END, CASE WHEN NEW."owner_staff_id" IS DISTINCT FROM OLD."owner_staff_id" THEN 'owner_staff_id' END, CASE WHEN NEW."branch_code" IS DISTINCT FROM OLD."branch_code" THEN 'branch_code' END, CASE WHEN NEW."id_card" IS DISTINCT FROM OLD."id_card" THEN 'id_card' END, CASE WHEN NEW."bank_account" IS DISTINCT FROM OLD."bank_account" THEN 'bank_account' END, CASE WHEN NEW."gender" IS DISTINCT FROM OLD."gender" THEN 'gender' END, CASE WHEN NEW."birth_date" IS DISTINCT FROM OLD."birth_date" THEN 'birth_date' END, CASE WHEN NEW."age" IS DISTINCT FROM OLD."age" THEN 'age' END, CASE WHEN NEW."claimed_at" IS DISTINCT FROM OLD."claimed_at" THEN 'claimed_at' END, CASE WHEN NEW."created_at" IS DISTINCT FROM OLD."created_at" THEN 'created_at' END]::text[], NULL));
        END IF;
        IF changed_1 AND NEW."health" IS NULL
            OR changed_2 AND COALESCE(jsonb_typeof(NEW."family"), 'null') = 'null'
            OR changed_3 AND NEW."annual_income" IS NULL
            OR changed_4 AND NEW."note" IS NULL
            OR changed_5 AND NEW."name" IS NULL
            OR changed_6 AND NEW."mobile" IS NULL
            OR changed_7 AND NEW."email" IS NULL
            OR changed_8 AND NEW."address" IS NULL THEN
            IF changed_1 AND NEW."health" IS NULL AND NOT (OLD."health" IS NULL) AND 'health' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[]))
                OR changed_2 AND COALESCE(jsonb_typeof(NEW."family"), 'null') = 'null' AND NOT (COALESCE(jsonb_typeof(OLD."family"), 'null') = 'null') AND 'family' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[]))
                OR changed_3 AND NEW."annual_income" IS NULL AND NOT (OLD."annual_income" IS NULL) AND 'annual_income' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[]))
                OR changed_4 AND NEW."note" IS NULL AND NOT (OLD."note" IS NULL) AND 'note' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[]))
                OR changed_5 AND NEW."name" IS NULL AND NOT (OLD."name" IS NULL) AND 'name' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[]))
                OR changed_6 AND NEW."mobile" IS NULL AND NOT (OLD."mobile" IS NULL) AND 'mobile' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[]))
                OR changed_7 AND NEW."email" IS NULL AND NOT (OLD."email" IS NULL) AND 'email' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[]))
                OR changed_8 AND NEW."address" IS NULL AND NOT (OLD."address" IS NULL) AND 'address' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN
                PERFORM pgcustsec_internal.refuse_write('CS403', 'crm.customer', array_remove(ARRAY[CASE WHEN changed_1 AND NEW."health" IS NULL AND NOT (OLD."health" IS NULL) AND 'health' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN 'health' END, CASE WHEN changed_2 AND COALESCE(jsonb_typeof(NEW."family"), 'null') = 'null' AND NOT (COALESCE(jsonb_typeof(OLD."family"), 'null') = 'null') AND 'family' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN 'family' END, CASE WHEN changed_3 AND NEW."annual_income" IS NULL AND NOT (OLD."annual_income" IS NULL) AND 'annual_income' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN 'annual_income' END, CASE WHEN changed_4 AND NEW."note" IS NULL AND NOT (OLD."note" IS NULL) AND 'note' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN 'note' END, CASE WHEN changed_5 AND NEW."name" IS NULL AND NOT (OLD."name" IS NULL) AND 'name' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN 'name' END, CASE WHEN changed_6 AND NEW."mobile" IS NULL AND NOT (OLD."mobile" IS NULL) AND 'mobile' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN 'mobile' END, CASE WHEN changed_7 AND NEW."email" IS NULL AND NOT (OLD."email" IS NULL) AND 'email' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN 'email' END, CASE WHEN changed_8 AND NEW."address" IS NULL AND NOT (OLD."address" IS NULL) AND 'address' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN 'address' END]::text[], NULL));
            END IF;
        END IF;
        IF changed_5
            OR changed_6
            OR changed_7
            OR changed_8 THEN
            IF changed_5 AND strpos(NEW."name"::text, '*') > 0
                OR changed_6 AND strpos(NEW."mobile"::text, '*') > 0
                OR changed_7 AND strpos(NEW."email"::text, '*') > 0
                OR changed_8 AND strpos(NEW."address"::text, '*') > 0 THEN
                PERFORM pgcustsec_internal.refuse_write('CS401', 'crm.customer', array_remove(ARRAY[CASE WHEN changed_5 AND strpos(NEW."name"::text, '*') > 0 THEN 'name' END, CASE WHEN changed_6 AND strpos(NEW."mobile"::text, '*') > 0 THEN 'mobile' END, CASE WHEN changed_7 AND strpos(NEW."email"::text, '*') > 0 THEN 'email' END, CASE WHEN changed_8 AND strpos(NEW."address"::text, '*') > 0 THEN 'address' END]::text[], NULL));
            END IF;
            IF changed_5 AND NOT pgcustsec_internal.fits_name(NEW."name"::text)
                OR changed_6 AND NOT pgcustsec_internal.fits_phone(NEW."mobile"::text)
                OR changed_7 AND NOT pgcustsec_internal.fits_email(NEW."email"::text)
                OR changed_8 AND NOT pgcustsec_internal.fits_address(NEW."address"::text) THEN
                PERFORM pgcustsec_internal.refuse_write('CS405', 'crm.customer', array_remove(ARRAY[CASE WHEN changed_5 AND NOT pgcustsec_internal.fits_name(NEW."name"::text) THEN 'name' END, CASE WHEN changed_6 AND NOT pgcustsec_internal.fits_phone(NEW."mobile"::text) THEN 'mobile' END, CASE WHEN changed_7 AND NOT pgcustsec_internal.fits_email(NEW."email"::text) THEN 'email' END, CASE WHEN changed_8 AND NOT pgcustsec_internal.fits_address(NEW."address"::text) THEN 'address' END]::text[], NULL));
            END IF;
            masked_0 := pgcustsec_internal.mask_name(NEW."name"::pg_catalog.text)::text;
            masked_1 := pgcustsec_internal.mask_phone(NEW."mobile"::pg_catalog.text)::character varying(20);
            masked_2 := pgcustsec_internal.mask_email(NEW."email"::pg_catalog.text)::text;
            masked_3 := pgcustsec_internal.mask_address(NEW."address"::pg_catalog.text)::text;
        END IF;
        IF NOT (changed_0 OR changed_1 OR changed_2 OR changed_3 OR changed_4 OR changed_5 OR changed_6 OR changed_7 OR changed_8) THEN
            -- OLD: NEW may be equal and look otherwise, as 1.0 and 1.00.
            RETURN OLD;
        END IF;
        PERFORM pgcustsec_internal."seal crm.customer"(OLD."customer_id");
        UPDATE "crm"."customer" AS t
        SET "last_contact_at" = CASE WHEN changed_0 THEN NEW."last_contact_at" ELSE "t"."last_contact_at" END, "health" = CASE WHEN changed_1 THEN NEW."health" ELSE "t"."health" END, "family" = CASE WHEN changed_2 THEN NEW."family" ELSE "t"."family" END, "annual_income" = CASE WHEN changed_3 THEN NEW."annual_income" ELSE "t"."annual_income" END, "note" = CASE WHEN changed_4 THEN NEW."note" ELSE "t"."note" END, "name" = CASE WHEN changed_5 THEN masked_0 ELSE "t"."name" END, "mobile" = CASE WHEN changed_6 THEN masked_1 ELSE "t"."mobile" END, "email" = CASE WHEN changed_7 THEN masked_2 ELSE "t"."email" END, "address" = CASE WHEN changed_8 THEN masked_3 ELSE "t"."address" END
        WHERE "t"."customer_id" = OLD."customer_id"
            AND (NOT (changed_1 OR changed_2 OR changed_3 OR changed_4 OR changed_5) OR COALESCE((SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN true END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'sales_agent crm.customer') AND (((("t"."owner_staff_id" IS NULL) AND ("t"."status" = 'prospect'))) IS NOT TRUE OR "t"."customer_id" = ANY (CASE WHEN true THEN (SELECT pgcustsec_internal."serving crm.customer"('sales_agent')) END)), false))
            AND (NOT (changed_6 OR changed_7 OR changed_8) OR COALESCE("t"."customer_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'sales_agent crm.customer') END), false))
            AND (NOT changed_0 OR NOT t."last_contact_at" IS DISTINCT FROM OLD."last_contact_at")
            AND (NOT changed_1 OR NOT t."health" IS DISTINCT FROM OLD."health")
            AND (NOT changed_2 OR NOT t."family" IS DISTINCT FROM OLD."family")
            AND (NOT changed_3 OR NOT t."annual_income" IS DISTINCT FROM OLD."annual_income")
            AND (NOT changed_4 OR NOT t."note" IS DISTINCT FROM OLD."note")
            AND (NOT changed_5 OR (NOT t."name" IS DISTINCT FROM OLD."name" OR "t"."name" IS NOT DISTINCT FROM pgcustsec_internal.mask_name(OLD."name"::pg_catalog.text)::text))
            AND (NOT changed_6 OR (NOT t."mobile" IS DISTINCT FROM OLD."mobile" OR "t"."mobile" IS NOT DISTINCT FROM pgcustsec_internal.mask_phone(OLD."mobile"::pg_catalog.text)::character varying(20)))
            AND (NOT changed_7 OR (NOT t."email" IS DISTINCT FROM OLD."email" OR "t"."email" IS NOT DISTINCT FROM pgcustsec_internal.mask_email(OLD."email"::pg_catalog.text)::text))
            AND (NOT changed_8 OR (NOT t."address" IS DISTINCT FROM OLD."address" OR "t"."address" IS NOT DISTINCT FROM pgcustsec_internal.mask_address(OLD."address"::pg_catalog.text)::text))
            RETURNING "t"."customer_id", "t"."status", "t"."owner_staff_id", "t"."branch_code", "t"."name", "t"."gender", "t"."birth_date", "t"."age", "t"."health", "t"."family", "t"."annual_income", "t"."note", "t"."claimed_at", "t"."last_contact_at", "t"."created_at", "t"."mobile", "t"."email", "t"."id_card", "t"."bank_account", "t"."address", COALESCE("t"."customer_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'sales_agent crm.customer') END), false), COALESCE((SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN true END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'sales_agent crm.customer') AND (((("t"."owner_staff_id" IS NULL) AND ("t"."status" = 'prospect'))) IS NOT TRUE OR "t"."customer_id" = ANY (CASE WHEN true THEN (SELECT pgcustsec_internal."serving crm.customer"('sales_agent')) END)), false)
            INTO NEW."customer_id", NEW."status", NEW."owner_staff_id", NEW."branch_code", NEW."name", NEW."gender", NEW."birth_date", NEW."age", NEW."health", NEW."family", NEW."annual_income", NEW."note", NEW."claimed_at", NEW."last_contact_at", NEW."created_at", NEW."mobile", NEW."email", NEW."id_card", NEW."bank_account", NEW."address", opened, shown;
        IF NOT FOUND THEN
            IF (changed_1 OR changed_2 OR changed_3 OR changed_4 OR changed_5) AND EXISTS (SELECT FROM "crm"."customer" AS t WHERE "t"."customer_id" = OLD."customer_id" AND COALESCE((SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN true END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'sales_agent crm.customer') AND (((("t"."owner_staff_id" IS NULL) AND ("t"."status" = 'prospect'))) IS NOT TRUE OR "t"."customer_id" = ANY (CASE WHEN true THEN (SELECT pgcustsec_internal."serving crm.customer"('sales_agent')) END)), false) IS NOT TRUE) THEN
                PERFORM pgcustsec_internal.refuse_write('CS402', 'crm.customer', array_remove(ARRAY[CASE WHEN changed_1 THEN 'health' END, CASE WHEN changed_2 THEN 'family' END, CASE WHEN changed_3 THEN 'annual_income' END, CASE WHEN changed_4 THEN 'note' END, CASE WHEN changed_5 THEN 'name' END]::text[], NULL));
            END IF;
            IF (changed_6 OR changed_7 OR changed_8) AND EXISTS (SELECT FROM "crm"."customer" AS t WHERE "t"."customer_id" = OLD."customer_id" AND COALESCE("t"."customer_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'sales_agent crm.customer') END), false) IS NOT TRUE) THEN
                PERFORM pgcustsec_internal.refuse_write('CS203', 'crm.customer', array_remove(ARRAY[CASE WHEN changed_6 THEN 'mobile' END, CASE WHEN changed_7 THEN 'email' END, CASE WHEN changed_8 THEN 'address' END]::text[], NULL));
            END IF;
            IF EXISTS (SELECT FROM "crm"."customer" AS t WHERE "t"."customer_id" = OLD."customer_id") THEN
                PERFORM pgcustsec_internal.refuse_write('40001', 'crm.customer', array_remove(ARRAY[CASE WHEN changed_0 THEN 'last_contact_at' END, CASE WHEN changed_1 THEN 'health' END, CASE WHEN changed_2 THEN 'family' END, CASE WHEN changed_3 THEN 'annual_income' END, CASE WHEN changed_4 THEN 'note' END, CASE WHEN changed_5 THEN 'name' END, CASE WHEN changed_6 THEN 'mobile' END, CASE WHEN changed_7 THEN 'email' END, CASE WHEN changed_8 THEN 'address' END]::text[], NULL));
            END IF;
            RETURN NULL;
        END IF;
        IF changed_1 THEN
            recorded := pgcustsec_internal.record_change('crm.customer', OLD."customer_id"::pg_catalog.text, 'changed', 'health', OLD."health"::text, given."health"::text);
        END IF;
        IF changed_2 THEN
            recorded := pgcustsec_internal.record_change('crm.customer', OLD."customer_id"::pg_catalog.text, 'changed', 'family', OLD."family"::text, given."family"::text);
        END IF;
        IF changed_3 THEN
            recorded := pgcustsec_internal.record_change('crm.customer', OLD."customer_id"::pg_catalog.text, 'changed', 'annual_income', OLD."annual_income"::text, given."annual_income"::text);
        END IF;
        IF changed_4 THEN
            recorded := pgcustsec_internal.record_change('crm.customer', OLD."customer_id"::pg_catalog.text, 'changed', 'note', OLD."note"::text, given."note"::text);
        END IF;
        IF changed_5
            OR changed_6
            OR changed_7
            OR changed_8 THEN
            recorded := pgcustsec_internal."change crm.customer"(NEW."customer_id", array_remove(ARRAY[CASE WHEN changed_5 THEN 'name' END, CASE WHEN changed_6 THEN 'mobile' END, CASE WHEN changed_7 THEN 'email' END, CASE WHEN changed_8 THEN 'address' END]::text[], NULL), given."name", given."mobile", given."email", NULL::character varying, NULL::character varying, given."address");
        END IF;
        IF shown IS NOT TRUE THEN
            NEW."name" := NULL;
            NEW."birth_date" := NULL;
            NEW."health" := NULL;
            NEW."family" := NULL;
            NEW."annual_income" := NULL;
            NEW."note" := NULL;
        END IF;
        IF opened IS NOT TRUE THEN
            NEW."mobile" := '***'::character varying(20);
            NEW."email" := '***'::text;
            NEW."id_card" := '***'::character varying(18);
            NEW."bank_account" := '***'::character varying(19);
            NEW."address" := '***'::text;
        END IF;
        RETURN NEW;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."update sales_agent.customer"() FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."update sales_agent.customer"() IS 'UPDATE on crm.customer through the view of sales_agent: rights by column, masks, the vault (3.1, 5.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.update sales_manager.customer.',
            """
    SET ROLE "wutong_sales_manager_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."update sales_manager.customer"()
        RETURNS trigger
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_variable
    DECLARE
        shown boolean;
        opened boolean;
        recorded boolean;
        given record := NEW;
        changed_0 boolean := NEW."owner_staff_id" IS DISTINCT FROM OLD."owner_staff_id";
    BEGIN
        IF NEW."customer_id" IS DISTINCT FROM OLD."customer_id"
            OR NEW."status" IS DISTINCT FROM OLD."status"
            OR NEW."branch_code" IS DISTINCT FROM OLD."branch_code"
            OR NEW."name" IS DISTINCT FROM OLD."name"
            OR NEW."mobile" IS DISTINCT FROM OLD."mobile"
            OR NEW."email" IS DISTINCT FROM OLD."email"
            OR NEW."id_card" IS DISTINCT FROM OLD."id_card"
            OR NEW."bank_account" IS DISTINCT FROM OLD."bank_account"
            OR NEW."gender" IS DISTINCT FROM OLD."gender"
            OR NEW."birth_date" IS DISTINCT FROM OLD."birth_date"
            OR NEW."age" IS DISTINCT FROM OLD."age"
            OR NEW."address" IS DISTINCT FROM OLD."address"
            OR NEW."health" IS DISTINCT FROM OLD."health"
            OR NEW."family" IS DISTINCT FROM OLD."family"
            OR NEW."annual_income" IS DISTINCT FROM OLD."annual_income"
            OR NEW."note" IS DISTINCT FROM OLD."note"
            OR NEW."claimed_at" IS DISTINCT FROM OLD."claimed_at"
            OR NEW."last_contact_at" IS DISTINCT FROM OLD."last_contact_at"
            OR NEW."created_at" IS DISTINCT FROM OLD."created_at" THEN
            PERFORM pgcustsec_internal.refuse_write('CS406', 'crm.customer', array_remove(ARRAY[CASE WHEN NEW."customer_id" IS DISTINCT FROM OLD."customer_id" THEN 'customer_id' END, CASE WHEN NEW."status" IS DISTINCT FROM OLD."status" THEN 'status' END, CASE WHEN NEW."branch_code" IS DISTINCT FROM OLD."branch_code" THEN 'branch_code' END, CASE WHEN NEW."name" IS DISTINCT FROM OLD."name" THEN 'name' END, CASE WHEN NEW."mobile" IS DISTINCT FROM OLD."mobile" THEN 'mobile' END, CASE WHEN NEW."email" IS DISTINCT FROM OLD."email" THEN 'email' END, CASE WHEN NEW."id_card" IS DISTINCT FROM OLD."id_card" THEN 'id_card' END, CASE WHEN NEW."bank_account" IS DISTINCT FROM OLD."bank_account" THEN 'bank_account' END, CASE WHEN NEW."gender" IS DISTINCT FROM OLD."gender" THEN 'gender' END, CASE WHEN NEW."birth_date" IS DISTINCT FROM OLD."birth_date" THEN 'birth_date' END, CASE WHEN NEW."age" IS DISTINCT FROM OLD."age" THEN 'age' END, CASE WHEN NEW."address" IS DISTINCT FROM OLD."address" THEN 'address' END, CASE WHEN NEW."health" IS DISTINCT FROM OLD."health" THEN 'health' END, CASE WHEN NEW."family" IS DISTINCT FROM OLD."family" THEN 'family' END, CASE WHEN NEW."annual_income" IS DISTINCT FROM OLD."annual_income" THEN 'annual_income' END, CASE WHEN NEW."note" IS DISTINCT FROM OLD."note" THEN 'note' END, CASE WHEN NEW."claimed_at" IS DISTINCT FROM OLD."claimed_at" THEN 'claimed_at' END, CASE WHEN NEW."last_contact_at" IS DISTINCT FROM OLD."last_contact_at" THEN 'last_contact_at' END, CASE WHEN NEW."created_at" IS DISTINCT FROM OLD."created_at" THEN 'created_at' END]::text[], NULL));
        END IF;
        IF NOT (changed_0) THEN
            -- OLD: NEW may be equal and look otherwise, as 1.0 and 1.00.
            RETURN OLD;
        END IF;
        PERFORM pgcustsec_internal."seal crm.customer"(OLD."customer_id");
        UPDATE "crm"."customer" AS t
        SET "owner_staff_id" = CASE WHEN changed_0 THEN NEW."owner_staff_id" ELSE "t"."owner_staff_id" END
        WHERE "t"."customer_id" = OLD."customer_id"
            AND (NOT changed_0 OR NOT t."owner_staff_id" IS DISTINCT FROM OLD."owner_staff_id")
            RETURNING "t"."customer_id", "t"."status", "t"."owner_staff_id", "t"."branch_code", "t"."name", "t"."gender", "t"."birth_date", "t"."age", "t"."health", "t"."family", "t"."annual_income", "t"."note", "t"."claimed_at", "t"."last_contact_at", "t"."created_at", "t"."mobile", "t"."email", "t"."id_card", "t"."bank_account", "t"."address", COALESCE("t"."customer_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'sales_manager crm.customer') END), false), COALESCE((SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN true END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'sales_manager crm.customer') AND ("t"."owner_staff_id" IN (SELECT pg_catalog.unnest(a.serves_direct) FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'sales_manager') OR "t"."customer_id" IN (SELECT pg_catalog.unnest(pgcustsec_internal."serving crm.customer"('sales_manager')))), false)
            INTO NEW."customer_id", NEW."status", NEW."owner_staff_id", NEW."branch_code", NEW."name", NEW."gender", NEW."birth_date", NEW."age", NEW."health", NEW."family", NEW."annual_income", NEW."note", NEW."claimed_at", NEW."last_contact_at", NEW."created_at", NEW."mobile", NEW."email", NEW."id_card", NEW."bank_account", NEW."address", opened, shown;
        IF NOT FOUND THEN
            IF EXISTS (SELECT FROM "crm"."customer" AS t WHERE "t"."customer_id" = OLD."customer_id") THEN
                PERFORM pgcustsec_internal.refuse_write('40001', 'crm.customer', array_remove(ARRAY[CASE WHEN changed_0 THEN 'owner_staff_id' END]::text[], NULL));
            END IF;
            RETURN NULL;
        END IF;
        IF shown IS NOT TRUE THEN
            NEW."name" := NULL;
            NEW."birth_date" := NULL;
            NEW."health" := NULL;
            NEW."family" := NULL;
            NEW."annual_income" := NULL;
            NEW."note" := NULL;
        END IF;
        IF opened IS NOT TRUE THEN
            NEW."mobile" := '***'::character varying(20);
            NEW."email" := '***'::text;
            NEW."id_card" := '***'::character varying(18);
            NEW."bank_account" := '***'::character varying(19);
            NEW."address" := '***'::text;
        END IF;
        RETURN NEW;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."update sales_manager.customer"() FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."update sales_manager.customer"() IS 'UPDATE on crm.customer through the view of sales_manager: rights by column, masks, the vault (3.1, 5.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.insert sales_manager.assignment.',
            """
    SET ROLE "wutong_sales_manager_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."insert sales_manager.assignment"()
        RETURNS trigger
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_variable
    DECLARE
        shown boolean;
        recorded boolean;
    BEGIN
        IF NEW."assignment_id" IS NOT NULL THEN
            PERFORM pgcustsec_internal.refuse_write('CS406', 'crm.assignment', array_remove(ARRAY[CASE WHEN NEW."assignment_id" IS NOT NULL THEN 'assignment_id' END]::text[], NULL));
        END IF;
        INSERT INTO "crm"."assignment" AS t ("customer_id", "staff_id", "starts_at", "ends_at")
            VALUES (NEW."customer_id", NEW."staff_id", NEW."starts_at", NEW."ends_at")
            RETURNING "t"."assignment_id", "t"."customer_id", "t"."staff_id", "t"."starts_at", "t"."ends_at"
            INTO NEW."assignment_id", NEW."customer_id", NEW."staff_id", NEW."starts_at", NEW."ends_at";
        recorded := pgcustsec_internal.record_change('crm.assignment', NEW."assignment_id"::pg_catalog.text, 'made');
        RETURN NEW;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."insert sales_manager.assignment"() FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."insert sales_manager.assignment"() IS 'INSERT on crm.assignment through the view of sales_manager: rights by column, masks, the vault (3.1, 5.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.update sales_manager.assignment.',
            """
    SET ROLE "wutong_sales_manager_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."update sales_manager.assignment"()
        RETURNS trigger
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_variable
    DECLARE
        shown boolean;
        opened boolean;
        recorded boolean;
        given record := NEW;
        changed_0 boolean := NEW."ends_at" IS DISTINCT FROM OLD."ends_at";
    BEGIN
        IF NEW."assignment_id" IS DISTINCT FROM OLD."assignment_id"
            OR NEW."customer_id" IS DISTINCT FROM OLD."customer_id"
            OR NEW."staff_id" IS DISTINCT FROM OLD."staff_id"
            OR NEW."starts_at" IS DISTINCT FROM OLD."starts_at" THEN
            PERFORM pgcustsec_internal.refuse_write('CS406', 'crm.assignment', array_remove(ARRAY[CASE WHEN NEW."assignment_id" IS DISTINCT FROM OLD."assignment_id" THEN 'assignment_id' END, CASE WHEN NEW."customer_id" IS DISTINCT FROM OLD."customer_id" THEN 'customer_id' END, CASE WHEN NEW."staff_id" IS DISTINCT FROM OLD."staff_id" THEN 'staff_id' END, CASE WHEN NEW."starts_at" IS DISTINCT FROM OLD."starts_at" THEN 'starts_at' END]::text[], NULL));
        END IF;
        IF NOT (changed_0) THEN
            -- OLD: NEW may be equal and look otherwise, as 1.0 and 1.00.
            RETURN OLD;
        END IF;
        UPDATE "crm"."assignment" AS t
        SET "ends_at" = CASE WHEN changed_0 THEN NEW."ends_at" ELSE "t"."ends_at" END
        WHERE "t"."assignment_id" = OLD."assignment_id"
            AND (NOT changed_0 OR NOT t."ends_at" IS DISTINCT FROM OLD."ends_at")
            RETURNING "t"."assignment_id", "t"."customer_id", "t"."staff_id", "t"."starts_at", "t"."ends_at"
            INTO NEW."assignment_id", NEW."customer_id", NEW."staff_id", NEW."starts_at", NEW."ends_at";
        IF NOT FOUND THEN
            IF EXISTS (SELECT FROM "crm"."assignment" AS t WHERE "t"."assignment_id" = OLD."assignment_id") THEN
                PERFORM pgcustsec_internal.refuse_write('40001', 'crm.assignment', array_remove(ARRAY[CASE WHEN changed_0 THEN 'ends_at' END]::text[], NULL));
            END IF;
            RETURN NULL;
        END IF;
        RETURN NEW;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."update sales_manager.assignment"() FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."update sales_manager.assignment"() IS 'UPDATE on crm.assignment through the view of sales_manager: rights by column, masks, the vault (3.1, 5.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.update service_agent.customer.',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."update service_agent.customer"()
        RETURNS trigger
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_variable
    DECLARE
        shown boolean;
        opened boolean;
        recorded boolean;
        given record := NEW;
        changed_0 boolean := NEW."mobile" IS DISTINCT FROM OLD."mobile";
        changed_1 boolean := NEW."email" IS DISTINCT FROM OLD."email";
        changed_2 boolean := NEW."address" IS DISTINCT FROM OLD."address";
        masked_0 character varying(20);
        masked_1 text;
        masked_2 text;
    BEGIN
        IF NEW."customer_id" IS DISTINCT FROM OLD."customer_id"
            OR NEW."status" IS DISTINCT FROM OLD."status"
            OR NEW."owner_staff_id" IS DISTINCT FROM OLD."owner_staff_id"
            OR NEW."branch_code" IS DISTINCT FROM OLD."branch_code"
            OR NEW."name" IS DISTINCT FROM OLD."name"
            OR NEW."id_card" IS DISTINCT FROM OLD."id_card"
            OR NEW."bank_account" IS DISTINCT FROM OLD."bank_account"
            OR NEW."gender" IS DISTINCT FROM OLD."gender"
            OR NEW."birth_date" IS DISTINCT FROM OLD."birth_date"
            OR NEW."age" IS DISTINCT FROM OLD."age"
            OR NEW."health" IS DISTINCT FROM OLD."health"
            OR NEW."family" IS DISTINCT FROM OLD."family"
            OR NEW."annual_income" IS DISTINCT FROM OLD."annual_income"
            OR NEW."note" IS DISTINCT FROM OLD."note"
            OR NEW."claimed_at" IS DISTINCT FROM OLD."claimed_at"
            OR NEW."last_contact_at" IS DISTINCT FROM OLD."last_contact_at"
            OR NEW."created_at" IS DISTINCT FROM OLD."created_at" THEN
            PERFORM pgcustsec_internal.refuse_write('CS406', 'crm.customer', array_remove(ARRAY[CASE WHEN NEW."customer_id" IS DISTINCT FROM OLD."customer_id" THEN 'customer_id' END, CASE WHEN NEW."status" IS DISTINCT FROM OLD."status" THEN 'status' END, CASE WHEN NEW."owner_staff_id" IS DISTINCT FROM OLD."owner_staff_id" THEN 'owner_staff_id' END, CASE WHEN NEW."branch_code" IS DISTINCT FROM OLD."branch_code" THEN 'branch_code' END, CASE WHEN NEW."name" IS DISTINCT FROM OLD."name" THEN 'name' END, CASE WHEN NEW."id_card" IS DISTINCT FROM OLD."id_card" THEN 'id_card' END, CASE WHEN NEW."bank_account" IS DISTINCT FROM OLD."bank_account" THEN 'bank_account' END, CASE WHEN NEW."gender" IS DISTINCT FROM OLD."gender" THEN 'gender' END, CASE WHEN NEW."birth_date" IS DISTINCT FROM OLD."birth_date" THEN 'birth_date' END, CASE WHEN NEW."age" IS DISTINCT FROM OLD."age" THEN 'age' END, CASE WHEN NEW."health" IS DISTINCT FROM OLD."health" THEN 'health' END, CASE WHEN NEW."family" IS DISTINCT FROM OLD."family" THEN 'family' END, CASE WHEN NEW."annual_income" IS DISTINCT FROM OLD."annual_income" THEN 'annual_income' END, CASE WHEN NEW."note" IS DISTINCT FROM OLD."note" THEN 'note' END, CASE WHEN NEW."claimed_at" IS DISTINCT FROM OLD."claimed_at" THEN 'claimed_at' END, CASE WHEN NEW."last_contact_at" IS DISTINCT FROM OLD."last_contact_at" THEN 'last_contact_at' END, CASE WHEN NEW."created_at" IS DISTINCT FROM OLD."created_at" THEN 'created_at' END]::text[], NULL));
        END IF;
        IF changed_0 AND NEW."mobile" IS NULL
            OR changed_1 AND NEW."email" IS NULL
            OR changed_2 AND NEW."address" IS NULL THEN
            IF changed_0 AND NEW."mobile" IS NULL AND NOT (OLD."mobile" IS NULL) AND 'mobile' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[]))
                OR changed_1 AND NEW."email" IS NULL AND NOT (OLD."email" IS NULL) AND 'email' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[]))
                OR changed_2 AND NEW."address" IS NULL AND NOT (OLD."address" IS NULL) AND 'address' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN
                PERFORM pgcustsec_internal.refuse_write('CS403', 'crm.customer', array_remove(ARRAY[CASE WHEN changed_0 AND NEW."mobile" IS NULL AND NOT (OLD."mobile" IS NULL) AND 'mobile' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN 'mobile' END, CASE WHEN changed_1 AND NEW."email" IS NULL AND NOT (OLD."email" IS NULL) AND 'email' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN 'email' END, CASE WHEN changed_2 AND NEW."address" IS NULL AND NOT (OLD."address" IS NULL) AND 'address' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN 'address' END]::text[], NULL));
            END IF;
        END IF;
        IF changed_0
            OR changed_1
            OR changed_2 THEN
            IF changed_0 AND strpos(NEW."mobile"::text, '*') > 0
                OR changed_1 AND strpos(NEW."email"::text, '*') > 0
                OR changed_2 AND strpos(NEW."address"::text, '*') > 0 THEN
                PERFORM pgcustsec_internal.refuse_write('CS401', 'crm.customer', array_remove(ARRAY[CASE WHEN changed_0 AND strpos(NEW."mobile"::text, '*') > 0 THEN 'mobile' END, CASE WHEN changed_1 AND strpos(NEW."email"::text, '*') > 0 THEN 'email' END, CASE WHEN changed_2 AND strpos(NEW."address"::text, '*') > 0 THEN 'address' END]::text[], NULL));
            END IF;
            IF changed_0 AND NOT pgcustsec_internal.fits_phone(NEW."mobile"::text)
                OR changed_1 AND NOT pgcustsec_internal.fits_email(NEW."email"::text)
                OR changed_2 AND NOT pgcustsec_internal.fits_address(NEW."address"::text) THEN
                PERFORM pgcustsec_internal.refuse_write('CS405', 'crm.customer', array_remove(ARRAY[CASE WHEN changed_0 AND NOT pgcustsec_internal.fits_phone(NEW."mobile"::text) THEN 'mobile' END, CASE WHEN changed_1 AND NOT pgcustsec_internal.fits_email(NEW."email"::text) THEN 'email' END, CASE WHEN changed_2 AND NOT pgcustsec_internal.fits_address(NEW."address"::text) THEN 'address' END]::text[], NULL));
            END IF;
            masked_0 := pgcustsec_internal.mask_phone(NEW."mobile"::pg_catalog.text)::character varying(20);
            masked_1 := pgcustsec_internal.mask_email(NEW."email"::pg_catalog.text)::text;
            masked_2 := pgcustsec_internal.mask_address(NEW."address"::pg_catalog.text)::text;
        END IF;
        IF NOT (changed_0 OR changed_1 OR changed_2) THEN
            -- OLD: NEW may be equal and look otherwise, as 1.0 and 1.00.
            RETURN OLD;
        END IF;
        PERFORM pgcustsec_internal."seal crm.customer"(OLD."customer_id");
        UPDATE "crm"."customer" AS t
        SET "mobile" = CASE WHEN changed_0 THEN masked_0 ELSE "t"."mobile" END, "email" = CASE WHEN changed_1 THEN masked_1 ELSE "t"."email" END, "address" = CASE WHEN changed_2 THEN masked_2 ELSE "t"."address" END
        WHERE "t"."customer_id" = OLD."customer_id"
            AND (NOT (changed_0 OR changed_1 OR changed_2) OR COALESCE("t"."customer_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.customer') END), false))
            AND (NOT changed_0 OR (NOT t."mobile" IS DISTINCT FROM OLD."mobile" OR "t"."mobile" IS NOT DISTINCT FROM pgcustsec_internal.mask_phone(OLD."mobile"::pg_catalog.text)::character varying(20)))
            AND (NOT changed_1 OR (NOT t."email" IS DISTINCT FROM OLD."email" OR "t"."email" IS NOT DISTINCT FROM pgcustsec_internal.mask_email(OLD."email"::pg_catalog.text)::text))
            AND (NOT changed_2 OR (NOT t."address" IS DISTINCT FROM OLD."address" OR "t"."address" IS NOT DISTINCT FROM pgcustsec_internal.mask_address(OLD."address"::pg_catalog.text)::text))
            RETURNING "t"."customer_id", "t"."status", "t"."owner_staff_id", "t"."branch_code", "t"."name", "t"."gender", "t"."birth_date", "t"."age", "t"."health", "t"."family", "t"."annual_income", "t"."note", "t"."claimed_at", "t"."last_contact_at", "t"."created_at", "t"."mobile", "t"."email", "t"."id_card", "t"."bank_account", "t"."address", COALESCE("t"."customer_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.customer') END), false), COALESCE((SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN true END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.customer') AND ("t"."owner_staff_id" IN (SELECT pg_catalog.unnest(a.serves_direct) FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'service_agent') OR "t"."customer_id" IN (SELECT pg_catalog.unnest(pgcustsec_internal."serving crm.customer"('service_agent')))), false)
            INTO NEW."customer_id", NEW."status", NEW."owner_staff_id", NEW."branch_code", NEW."name", NEW."gender", NEW."birth_date", NEW."age", NEW."health", NEW."family", NEW."annual_income", NEW."note", NEW."claimed_at", NEW."last_contact_at", NEW."created_at", NEW."mobile", NEW."email", NEW."id_card", NEW."bank_account", NEW."address", opened, shown;
        IF NOT FOUND THEN
            IF (changed_0 OR changed_1 OR changed_2) AND EXISTS (SELECT FROM "crm"."customer" AS t WHERE "t"."customer_id" = OLD."customer_id" AND COALESCE("t"."customer_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.customer') END), false) IS NOT TRUE) THEN
                PERFORM pgcustsec_internal.refuse_write('CS203', 'crm.customer', array_remove(ARRAY[CASE WHEN changed_0 THEN 'mobile' END, CASE WHEN changed_1 THEN 'email' END, CASE WHEN changed_2 THEN 'address' END]::text[], NULL));
            END IF;
            IF EXISTS (SELECT FROM "crm"."customer" AS t WHERE "t"."customer_id" = OLD."customer_id") THEN
                PERFORM pgcustsec_internal.refuse_write('40001', 'crm.customer', array_remove(ARRAY[CASE WHEN changed_0 THEN 'mobile' END, CASE WHEN changed_1 THEN 'email' END, CASE WHEN changed_2 THEN 'address' END]::text[], NULL));
            END IF;
            RETURN NULL;
        END IF;
        IF changed_0
            OR changed_1
            OR changed_2 THEN
            recorded := pgcustsec_internal."change crm.customer"(NEW."customer_id", array_remove(ARRAY[CASE WHEN changed_0 THEN 'mobile' END, CASE WHEN changed_1 THEN 'email' END, CASE WHEN changed_2 THEN 'address' END]::text[], NULL), NULL::text, given."mobile", given."email", NULL::character varying, NULL::character varying, given."address");
        END IF;
        IF shown IS NOT TRUE THEN
            NEW."name" := NULL;
            NEW."birth_date" := NULL;
            NEW."health" := NULL;
            NEW."family" := NULL;
            NEW."annual_income" := NULL;
            NEW."note" := NULL;
        END IF;
        IF opened IS NOT TRUE THEN
            NEW."mobile" := '***'::character varying(20);
            NEW."email" := '***'::text;
            NEW."id_card" := '***'::character varying(18);
            NEW."bank_account" := '***'::character varying(19);
            NEW."address" := '***'::text;
        END IF;
        RETURN NEW;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."update service_agent.customer"() FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."update service_agent.customer"() IS 'UPDATE on crm.customer through the view of service_agent: rights by column, masks, the vault (3.1, 5.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.insert service_agent.claim.',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."insert service_agent.claim"()
        RETURNS trigger
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_variable
    DECLARE
        shown boolean;
        recorded boolean;
    BEGIN
        IF NEW."claim_id" IS NOT NULL THEN
            PERFORM pgcustsec_internal.refuse_write('CS406', 'crm.claim', array_remove(ARRAY[CASE WHEN NEW."claim_id" IS NOT NULL THEN 'claim_id' END]::text[], NULL));
        END IF;
        INSERT INTO "crm"."claim" AS t ("policy_id", "diagnosis", "amount", "filed_on")
            VALUES (NEW."policy_id", NEW."diagnosis", NEW."amount", NEW."filed_on")
            RETURNING "t"."claim_id", "t"."policy_id", "t"."diagnosis", "t"."amount", "t"."filed_on"
            INTO NEW."claim_id", NEW."policy_id", NEW."diagnosis", NEW."amount", NEW."filed_on";
        recorded := pgcustsec_internal.record_change('crm.claim', NEW."claim_id"::pg_catalog.text, 'made');
        RETURN NEW;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."insert service_agent.claim"() FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."insert service_agent.claim"() IS 'INSERT on crm.claim through the view of service_agent: rights by column, masks, the vault (3.1, 5.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.update service_agent.claim.',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."update service_agent.claim"()
        RETURNS trigger
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_variable
    DECLARE
        shown boolean;
        opened boolean;
        recorded boolean;
        given record := NEW;
        changed_0 boolean := NEW."amount" IS DISTINCT FROM OLD."amount";
    BEGIN
        IF NEW."claim_id" IS DISTINCT FROM OLD."claim_id"
            OR NEW."policy_id" IS DISTINCT FROM OLD."policy_id"
            OR NEW."diagnosis" IS DISTINCT FROM OLD."diagnosis"
            OR NEW."filed_on" IS DISTINCT FROM OLD."filed_on" THEN
            PERFORM pgcustsec_internal.refuse_write('CS406', 'crm.claim', array_remove(ARRAY[CASE WHEN NEW."claim_id" IS DISTINCT FROM OLD."claim_id" THEN 'claim_id' END, CASE WHEN NEW."policy_id" IS DISTINCT FROM OLD."policy_id" THEN 'policy_id' END, CASE WHEN NEW."diagnosis" IS DISTINCT FROM OLD."diagnosis" THEN 'diagnosis' END, CASE WHEN NEW."filed_on" IS DISTINCT FROM OLD."filed_on" THEN 'filed_on' END]::text[], NULL));
        END IF;
        IF changed_0 AND NEW."amount" IS NULL THEN
            IF changed_0 AND NEW."amount" IS NULL AND NOT (OLD."amount" IS NULL) AND 'amount' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN
                PERFORM pgcustsec_internal.refuse_write('CS403', 'crm.claim', array_remove(ARRAY[CASE WHEN changed_0 AND NEW."amount" IS NULL AND NOT (OLD."amount" IS NULL) AND 'amount' <> ALL (COALESCE(pgcustsec_internal.clearing(), '{}'::text[])) THEN 'amount' END]::text[], NULL));
            END IF;
        END IF;
        IF NOT (changed_0) THEN
            -- OLD: NEW may be equal and look otherwise, as 1.0 and 1.00.
            RETURN OLD;
        END IF;
        UPDATE "crm"."claim" AS t
        SET "amount" = CASE WHEN changed_0 THEN NEW."amount" ELSE "t"."amount" END
        WHERE "t"."claim_id" = OLD."claim_id"
            AND (NOT changed_0 OR NOT t."amount" IS DISTINCT FROM OLD."amount")
            RETURNING "t"."claim_id", "t"."policy_id", "t"."diagnosis", "t"."amount", "t"."filed_on"
            INTO NEW."claim_id", NEW."policy_id", NEW."diagnosis", NEW."amount", NEW."filed_on";
        IF NOT FOUND THEN
            IF EXISTS (SELECT FROM "crm"."claim" AS t WHERE "t"."claim_id" = OLD."claim_id") THEN
                PERFORM pgcustsec_internal.refuse_write('40001', 'crm.claim', array_remove(ARRAY[CASE WHEN changed_0 THEN 'amount' END]::text[], NULL));
            END IF;
            RETURN NULL;
        END IF;
        IF changed_0 THEN
            recorded := pgcustsec_internal.record_change('crm.claim', OLD."claim_id"::pg_catalog.text, 'changed', 'amount', OLD."amount"::text, given."amount"::text);
        END IF;
        RETURN NEW;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."update service_agent.claim"() FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."update service_agent.claim"() IS 'UPDATE on crm.claim through the view of service_agent: rights by column, masks, the vault (3.1, 5.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.keep crm.customer.bigint, text, character varying, text, character varying, character varying, text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION pgcustsec_internal."keep crm.customer"(bigint, text, character varying, text, character varying, character varying, text)
        RETURNS boolean
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        key record;
        blind_0 bytea;
        blind_1 bytea;
    BEGIN
        key := pgcustsec_internal.blind_key();
        blind_0 := pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('phone:' || pgcustsec_internal.normal_phone($3::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block);
        blind_1 := pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('id_document:' || pgcustsec_internal.normal_id_document($5::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block);
        INSERT INTO "pgcustsec_vault"."crm.customer" ("customer_id", "name", "mobile", "email", "id_card", "bank_account", "address", "mobile blind", "id_card blind")
            VALUES ($1, $2, $3, $4, $5, $6, $7, blind_0, blind_1)
            ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
            PERFORM pgcustsec_internal.refuse_write('CS404', 'crm.customer', ARRAY['id_card']::text[]);
        END IF;
        INSERT INTO pgcustsec_internal.change (relation, record_key, operation, staff_id, application_name, reason)
            VALUES (
                'crm.customer', $1::pg_catalog.text, 'made',
                (SELECT s.staff_id FROM pgcustsec_internal.staff AS s WHERE s.login = session_user),
                current_setting('application_name'), nullif(current_setting('pgcustsec.change_reason', true), ''));
        RETURN true;
    END;
    $function$;
    REVOKE ALL ON FUNCTION pgcustsec_internal."keep crm.customer"(bigint, text, character varying, text, character varying, character varying, text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."keep crm.customer"(bigint, text, character varying, text, character varying, character varying, text) IS 'Keeps the true values of a new row of crm.customer (5.2.1). For its write triggers alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.change crm.customer.bigint, text[], text, character varying, text, character varying, character varying, text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION pgcustsec_internal."change crm.customer"(bigint, text[], text, character varying, text, character varying, character varying, text)
        RETURNS boolean
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        key record;
        before record;
        recorded boolean;
    BEGIN
        key := pgcustsec_internal.blind_key();
        INSERT INTO "pgcustsec_vault"."crm.customer" ("customer_id") VALUES ($1) ON CONFLICT ("customer_id") DO NOTHING;
        SELECT v.* INTO before FROM "pgcustsec_vault"."crm.customer" AS v WHERE v."customer_id" = $1 FOR UPDATE;
        IF $2 && ARRAY['id_card']::text[] THEN
            BEGIN
                UPDATE "pgcustsec_vault"."crm.customer" AS v
                SET "name" = CASE WHEN 'name' = ANY ($2) THEN $3 ELSE v."name" END,
                    "mobile" = CASE WHEN 'mobile' = ANY ($2) THEN $4 ELSE v."mobile" END,
                    "mobile blind" = CASE WHEN 'mobile' = ANY ($2) THEN pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('phone:' || pgcustsec_internal.normal_phone($4::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block) ELSE v."mobile blind" END,
                    "email" = CASE WHEN 'email' = ANY ($2) THEN $5 ELSE v."email" END,
                    "id_card" = CASE WHEN 'id_card' = ANY ($2) THEN $6 ELSE v."id_card" END,
                    "id_card blind" = CASE WHEN 'id_card' = ANY ($2) THEN pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('id_document:' || pgcustsec_internal.normal_id_document($6::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block) ELSE v."id_card blind" END,
                    "bank_account" = CASE WHEN 'bank_account' = ANY ($2) THEN $7 ELSE v."bank_account" END,
                    "address" = CASE WHEN 'address' = ANY ($2) THEN $8 ELSE v."address" END
                WHERE v."customer_id" = $1;
            EXCEPTION WHEN unique_violation THEN
                PERFORM pgcustsec_internal.refuse_write('CS404', 'crm.customer', ARRAY['id_card']::text[]);
            END;
        ELSE
            UPDATE "pgcustsec_vault"."crm.customer" AS v
            SET "name" = CASE WHEN 'name' = ANY ($2) THEN $3 ELSE v."name" END,
                "mobile" = CASE WHEN 'mobile' = ANY ($2) THEN $4 ELSE v."mobile" END,
                "mobile blind" = CASE WHEN 'mobile' = ANY ($2) THEN pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('phone:' || pgcustsec_internal.normal_phone($4::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block) ELSE v."mobile blind" END,
                "email" = CASE WHEN 'email' = ANY ($2) THEN $5 ELSE v."email" END,
                "id_card" = CASE WHEN 'id_card' = ANY ($2) THEN $6 ELSE v."id_card" END,
                "id_card blind" = CASE WHEN 'id_card' = ANY ($2) THEN pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('id_document:' || pgcustsec_internal.normal_id_document($6::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block) ELSE v."id_card blind" END,
                "bank_account" = CASE WHEN 'bank_account' = ANY ($2) THEN $7 ELSE v."bank_account" END,
                "address" = CASE WHEN 'address' = ANY ($2) THEN $8 ELSE v."address" END
            WHERE v."customer_id" = $1;
        END IF;
        IF 'name' = ANY ($2) THEN
            recorded := pgcustsec_internal.record_change(
                'crm.customer', $1::pg_catalog.text, 'changed',
                'name',
                pgcustsec_internal.mask_name(before."name"::text), pgcustsec_internal.mask_name($3::text),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('name:' || pgcustsec_internal.normal_text(before."name"::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('name:' || pgcustsec_internal.normal_text($3::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block), key.key_id);
        END IF;
        IF 'mobile' = ANY ($2) THEN
            recorded := pgcustsec_internal.record_change(
                'crm.customer', $1::pg_catalog.text, 'changed',
                'mobile',
                pgcustsec_internal.mask_phone(before."mobile"::text), pgcustsec_internal.mask_phone($4::text),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('phone:' || pgcustsec_internal.normal_phone(before."mobile"::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('phone:' || pgcustsec_internal.normal_phone($4::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block), key.key_id);
        END IF;
        IF 'email' = ANY ($2) THEN
            recorded := pgcustsec_internal.record_change(
                'crm.customer', $1::pg_catalog.text, 'changed',
                'email',
                pgcustsec_internal.mask_email(before."email"::text), pgcustsec_internal.mask_email($5::text),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('email:' || pgcustsec_internal.normal_email(before."email"::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('email:' || pgcustsec_internal.normal_email($5::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block), key.key_id);
        END IF;
        IF 'id_card' = ANY ($2) THEN
            recorded := pgcustsec_internal.record_change(
                'crm.customer', $1::pg_catalog.text, 'changed',
                'id_card',
                pgcustsec_internal.mask_id_document(before."id_card"::text), pgcustsec_internal.mask_id_document($6::text),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('id_document:' || pgcustsec_internal.normal_id_document(before."id_card"::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('id_document:' || pgcustsec_internal.normal_id_document($6::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block), key.key_id);
        END IF;
        IF 'bank_account' = ANY ($2) THEN
            recorded := pgcustsec_internal.record_change(
                'crm.customer', $1::pg_catalog.text, 'changed',
                'bank_account',
                pgcustsec_internal.mask_bank_account(before."bank_account"::text), pgcustsec_internal.mask_bank_account($7::text),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('bank_account:' || pgcustsec_internal.normal_bank_account(before."bank_account"::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('bank_account:' || pgcustsec_internal.normal_bank_account($7::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block), key.key_id);
        END IF;
        IF 'address' = ANY ($2) THEN
            recorded := pgcustsec_internal.record_change(
                'crm.customer', $1::pg_catalog.text, 'changed',
                'address',
                pgcustsec_internal.mask_address(before."address"::text), pgcustsec_internal.mask_address($8::text),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('address:' || pgcustsec_internal.normal_text(before."address"::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('address:' || pgcustsec_internal.normal_text($8::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block), key.key_id);
        END IF;
        RETURN true;
    END;
    $function$;
    REVOKE ALL ON FUNCTION pgcustsec_internal."change crm.customer"(bigint, text[], text, character varying, text, character varying, character varying, text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."change crm.customer"(bigint, text[], text, character varying, text, character varying, character varying, text) IS 'Replaces true values of a row of crm.customer (3.1, 5.2.1). For its write triggers alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.seal crm.customer.bigint',
            'SET ROLE "pgcustsec_owner";\nCREATE OR REPLACE FUNCTION pgcustsec_internal."seal crm.customer"(bigint)\n    RETURNS boolean\n    LANGUAGE plpgsql\n    SECURITY DEFINER\n    SET search_path = pg_catalog, pg_temp\nAS $function$\n#variable_conflict use_column\nDECLARE\n    moved record;\nBEGIN\n    WITH batch AS MATERIALIZED (\n        SELECT\n            "t"."customer_id",\n            CASE WHEN NOT (("t"."name"::pg_catalog.text COLLATE "C" ~ \'^([㐀-䶿一-鿿𠀀-\U000333af][*]{1,2}|[A-Za-zÀ-ÖØ-öø-ž]?[*]{3})$\' OR "t"."name"::pg_catalog.text COLLATE "C" ~ \'^(司[马徒空寇馬]|尉[迟遲]|公[孙羊冶西良孫]|东[方郭门]|西[门門]|南[门宫門宮]|北[宫宮]|仲[孙孫]|叔[孙孫]|濮[阳陽]|太[叔史]|澹[台臺]|赫[连連]|巫[马馬]|壤[驷駟]|子[车車]|褚[师師]|完[颜顏]|東[方郭門]|欧阳|[上亓]官|[诸諸]葛|夏侯|皇甫|慕容|令狐|[长颛]孙|宇文|端木|轩辕|[独獨]孤|钟离|申屠|[闻聞]人|[万萬]俟|[淳鲜鮮]于|百里|呼延|拓跋|[闾閭]丘|漆雕|羊舌|微生|即墨|[达達]奚|第五|耶律|纳兰|歐陽|[長顓]孫|軒轅|[鍾鐘]離|納蘭)[*]{1,2}$\')) THEN "t"."name" END AS "name",\n            CASE WHEN NOT ("t"."mobile"::pg_catalog.text COLLATE "C" ~ \'^(1[3-9][0-9][*]{4}[0-9]{4}|0(10|2[0-9]|[3-9][0-9]{2})-[*]{4}([0-9]{2})?|[*]{3})$\') THEN "t"."mobile" END AS "mobile",\n            CASE WHEN NOT ("t"."email"::pg_catalog.text COLLATE "C" ~ \'^([0-9A-Za-z][*]{3}@[*]{3}|[*]{3})$\') THEN "t"."email" END AS "email",\n            CASE WHEN NOT ("t"."id_card"::pg_catalog.text COLLATE "C" ~ \'^((1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[*]{13}([*]{3})?|[A-Z][*]{8}|[*]{3})$\') THEN "t"."id_card" END AS "id_card",\n            CASE WHEN NOT ("t"."bank_account"::pg_catalog.text COLLATE "C" ~ \'^([*]{8}[0-9]{4}|[*]{3})$\') THEN "t"."bank_account" END AS "bank_account",\n            CASE WHEN NOT ("t"."address"::pg_catalog.text COLLATE "C" ~ \'^(((北京|天津|上海|重庆)市|(河北|山西|辽宁|吉林|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省|黑龙江|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)[*]{6}|[*]{3})$\') THEN "t"."address" END AS "address"\n        FROM "crm"."customer" AS t\n        WHERE ("t"."customer_id" = $1) AND (NOT (("t"."name"::pg_catalog.text COLLATE "C" ~ \'^([㐀-䶿一-鿿𠀀-\U000333af][*]{1,2}|[A-Za-zÀ-ÖØ-öø-ž]?[*]{3})$\' OR "t"."name"::pg_catalog.text COLLATE "C" ~ \'^(司[马徒空寇馬]|尉[迟遲]|公[孙羊冶西良孫]|东[方郭门]|西[门門]|南[门宫門宮]|北[宫宮]|仲[孙孫]|叔[孙孫]|濮[阳陽]|太[叔史]|澹[台臺]|赫[连連]|巫[马馬]|壤[驷駟]|子[车車]|褚[师師]|完[颜顏]|東[方郭門]|欧阳|[上亓]官|[诸諸]葛|夏侯|皇甫|慕容|令狐|[长颛]孙|宇文|端木|轩辕|[独獨]孤|钟离|申屠|[闻聞]人|[万萬]俟|[淳鲜鮮]于|百里|呼延|拓跋|[闾閭]丘|漆雕|羊舌|微生|即墨|[达達]奚|第五|耶律|纳兰|歐陽|[長顓]孫|軒轅|[鍾鐘]離|納蘭)[*]{1,2}$\')) OR NOT ("t"."mobile"::pg_catalog.text COLLATE "C" ~ \'^(1[3-9][0-9][*]{4}[0-9]{4}|0(10|2[0-9]|[3-9][0-9]{2})-[*]{4}([0-9]{2})?|[*]{3})$\') OR NOT ("t"."email"::pg_catalog.text COLLATE "C" ~ \'^([0-9A-Za-z][*]{3}@[*]{3}|[*]{3})$\') OR NOT ("t"."id_card"::pg_catalog.text COLLATE "C" ~ \'^((1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[*]{13}([*]{3})?|[A-Z][*]{8}|[*]{3})$\') OR NOT ("t"."bank_account"::pg_catalog.text COLLATE "C" ~ \'^([*]{8}[0-9]{4}|[*]{3})$\') OR NOT ("t"."address"::pg_catalog.text COLLATE "C" ~ \'^(((北京|天津|上海|重庆)市|(河北|山西|辽宁|吉林|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省|黑龙江|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)[*]{6}|[*]{3})$\'))\n        ORDER BY "t"."customer_id"\n        FOR UPDATE OF t\n    ), kept AS (\n        INSERT INTO "pgcustsec_vault"."crm.customer" AS v ("customer_id", "name", "mobile", "email", "id_card", "bank_account", "address", "mobile blind", "id_card blind")\n        SELECT "b"."customer_id", "b"."name", "b"."mobile", "b"."email", "b"."id_card", "b"."bank_account", "b"."address", pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to(\'phone:\' || pgcustsec_internal.normal_phone("b"."mobile"::pg_catalog.text), \'UTF8\'), k.inner_block, k.outer_block), pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to(\'id_document:\' || pgcustsec_internal.normal_id_document("b"."id_card"::pg_catalog.text), \'UTF8\'), k.inner_block, k.outer_block)\n        FROM batch AS b CROSS JOIN pgcustsec_internal.blind_key() AS k\n        ON CONFLICT ("customer_id") DO UPDATE SET "name" = COALESCE(EXCLUDED."name", v."name"), "mobile" = COALESCE(EXCLUDED."mobile", v."mobile"), "email" = COALESCE(EXCLUDED."email", v."email"), "id_card" = COALESCE(EXCLUDED."id_card", v."id_card"), "bank_account" = COALESCE(EXCLUDED."bank_account", v."bank_account"), "address" = COALESCE(EXCLUDED."address", v."address"), "mobile blind" = COALESCE(EXCLUDED."mobile blind", v."mobile blind"), "id_card blind" = COALESCE(EXCLUDED."id_card blind", v."id_card blind")\n        RETURNING v."customer_id", v."name", v."mobile", v."email", v."id_card", v."bank_account", v."address"\n    ), masked AS (\n        UPDATE "crm"."customer" AS t SET "name" = CASE WHEN "b"."name" IS NOT NULL THEN pgcustsec_internal.mask_name("b"."name"::pg_catalog.text)::text ELSE "t"."name" END, "mobile" = CASE WHEN "b"."mobile" IS NOT NULL THEN pgcustsec_internal.mask_phone("b"."mobile"::pg_catalog.text)::character varying(20) ELSE "t"."mobile" END, "email" = CASE WHEN "b"."email" IS NOT NULL THEN pgcustsec_internal.mask_email("b"."email"::pg_catalog.text)::text ELSE "t"."email" END, "id_card" = CASE WHEN "b"."id_card" IS NOT NULL THEN pgcustsec_internal.mask_id_document("b"."id_card"::pg_catalog.text)::character varying(18) ELSE "t"."id_card" END, "bank_account" = CASE WHEN "b"."bank_account" IS NOT NULL THEN pgcustsec_internal.mask_bank_account("b"."bank_account"::pg_catalog.text)::character varying(19) ELSE "t"."bank_account" END, "address" = CASE WHEN "b"."address" IS NOT NULL THEN pgcustsec_internal.mask_address("b"."address"::pg_catalog.text)::text ELSE "t"."address" END\n        FROM batch AS b WHERE "t"."customer_id" = "b"."customer_id"\n        RETURNING 1\n    )\n    SELECT\n        (SELECT pg_catalog.count(*) FROM batch) AS found,\n        (SELECT pg_catalog.count(*) FROM kept) AS kept,\n        (SELECT pg_catalog.count(*) FROM masked) AS masked,\n        NOT EXISTS (\n            SELECT FROM (\n                SELECT "customer_id", "name"::pg_catalog.text COLLATE "C" AS b0, NULL::pg_catalog.text AS a0, "mobile"::pg_catalog.text COLLATE "C" AS b1, NULL::pg_catalog.text AS a1, "email"::pg_catalog.text COLLATE "C" AS b2, NULL::pg_catalog.text AS a2, "id_card"::pg_catalog.text COLLATE "C" AS b3, NULL::pg_catalog.text AS a3, "bank_account"::pg_catalog.text COLLATE "C" AS b4, NULL::pg_catalog.text AS a4, "address"::pg_catalog.text COLLATE "C" AS b5, NULL::pg_catalog.text AS a5 FROM batch\n                UNION ALL SELECT "customer_id", NULL, "name"::pg_catalog.text COLLATE "C", NULL, "mobile"::pg_catalog.text COLLATE "C", NULL, "email"::pg_catalog.text COLLATE "C", NULL, "id_card"::pg_catalog.text COLLATE "C", NULL, "bank_account"::pg_catalog.text COLLATE "C", NULL, "address"::pg_catalog.text COLLATE "C" FROM kept\n            ) AS p\n            GROUP BY "p"."customer_id" HAVING pg_catalog.max(p.b0) IS NOT NULL AND pg_catalog.max(p.b0) IS DISTINCT FROM pg_catalog.max(p.a0) OR pg_catalog.max(p.b1) IS NOT NULL AND pg_catalog.max(p.b1) IS DISTINCT FROM pg_catalog.max(p.a1) OR pg_catalog.max(p.b2) IS NOT NULL AND pg_catalog.max(p.b2) IS DISTINCT FROM pg_catalog.max(p.a2) OR pg_catalog.max(p.b3) IS NOT NULL AND pg_catalog.max(p.b3) IS DISTINCT FROM pg_catalog.max(p.a3) OR pg_catalog.max(p.b4) IS NOT NULL AND pg_catalog.max(p.b4) IS DISTINCT FROM pg_catalog.max(p.a4) OR pg_catalog.max(p.b5) IS NOT NULL AND pg_catalog.max(p.b5) IS DISTINCT FROM pg_catalog.max(p.a5)) AS agree INTO moved;\n    RETURN true;\nEXCEPTION WHEN unique_violation THEN\n    -- PostgreSQL\'s own words would quote the hash.\n    PERFORM pgcustsec_internal.refuse_write(\'CS404\', \'crm.customer\', ARRAY[\'id_card\']::text[]);\n    RETURN false;\nEND;\n$function$;\nREVOKE ALL ON FUNCTION pgcustsec_internal."seal crm.customer"(bigint) FROM PUBLIC;\nCOMMENT ON FUNCTION "pgcustsec_internal"."seal crm.customer"(bigint) IS \'Moves the true values of one row of crm.customer to the vault (5.2.1). For writes alone.\';\nRESET ROLE',
        ),
        (
            'create function pgcustsec_internal.keep crm.policy.bigint, character varying',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION pgcustsec_internal."keep crm.policy"(bigint, character varying)
        RETURNS boolean
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        key record;
    BEGIN
        key := pgcustsec_internal.blind_key();
        INSERT INTO "pgcustsec_vault"."crm.policy" ("policy_id", "payer_account")
            VALUES ($1, $2)
            ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
            PERFORM pgcustsec_internal.refuse_write('CS404', 'crm.policy', ARRAY[]::text[]);
        END IF;
        INSERT INTO pgcustsec_internal.change (relation, record_key, operation, staff_id, application_name, reason)
            VALUES (
                'crm.policy', $1::pg_catalog.text, 'made',
                (SELECT s.staff_id FROM pgcustsec_internal.staff AS s WHERE s.login = session_user),
                current_setting('application_name'), nullif(current_setting('pgcustsec.change_reason', true), ''));
        RETURN true;
    END;
    $function$;
    REVOKE ALL ON FUNCTION pgcustsec_internal."keep crm.policy"(bigint, character varying) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."keep crm.policy"(bigint, character varying) IS 'Keeps the true values of a new row of crm.policy (5.2.1). For its write triggers alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.change crm.policy.bigint, text[], character varying',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION pgcustsec_internal."change crm.policy"(bigint, text[], character varying)
        RETURNS boolean
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        key record;
        before record;
        recorded boolean;
    BEGIN
        key := pgcustsec_internal.blind_key();
        INSERT INTO "pgcustsec_vault"."crm.policy" ("policy_id") VALUES ($1) ON CONFLICT ("policy_id") DO NOTHING;
        SELECT v.* INTO before FROM "pgcustsec_vault"."crm.policy" AS v WHERE v."policy_id" = $1 FOR UPDATE;
        UPDATE "pgcustsec_vault"."crm.policy" AS v
            SET "payer_account" = CASE WHEN 'payer_account' = ANY ($2) THEN $3 ELSE v."payer_account" END
            WHERE v."policy_id" = $1;
        IF 'payer_account' = ANY ($2) THEN
            recorded := pgcustsec_internal.record_change(
                'crm.policy', $1::pg_catalog.text, 'changed',
                'payer_account',
                pgcustsec_internal.mask_bank_account(before."payer_account"::text), pgcustsec_internal.mask_bank_account($3::text),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('bank_account:' || pgcustsec_internal.normal_bank_account(before."payer_account"::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('bank_account:' || pgcustsec_internal.normal_bank_account($3::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block), key.key_id);
        END IF;
        RETURN true;
    END;
    $function$;
    REVOKE ALL ON FUNCTION pgcustsec_internal."change crm.policy"(bigint, text[], character varying) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."change crm.policy"(bigint, text[], character varying) IS 'Replaces true values of a row of crm.policy (3.1, 5.2.1). For its write triggers alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.seal crm.policy.bigint',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION pgcustsec_internal."seal crm.policy"(bigint)
        RETURNS boolean
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        moved record;
    BEGIN
        WITH batch AS MATERIALIZED (
            SELECT
                "t"."policy_id",
                CASE WHEN NOT ("t"."payer_account"::pg_catalog.text COLLATE "C" ~ '^([*]{8}[0-9]{4}|[*]{3})$') THEN "t"."payer_account" END AS "payer_account"
            FROM "crm"."policy" AS t
            WHERE ("t"."policy_id" = $1) AND (NOT ("t"."payer_account"::pg_catalog.text COLLATE "C" ~ '^([*]{8}[0-9]{4}|[*]{3})$'))
            ORDER BY "t"."policy_id"
            FOR UPDATE OF t
        ), kept AS (
            INSERT INTO "pgcustsec_vault"."crm.policy" AS v ("policy_id", "payer_account")
            SELECT "b"."policy_id", "b"."payer_account"
            FROM batch AS b CROSS JOIN pgcustsec_internal.blind_key() AS k
            ON CONFLICT ("policy_id") DO UPDATE SET "payer_account" = COALESCE(EXCLUDED."payer_account", v."payer_account")
            RETURNING v."policy_id", v."payer_account"
        ), masked AS (
            UPDATE "crm"."policy" AS t SET "payer_account" = CASE WHEN "b"."payer_account" IS NOT NULL THEN pgcustsec_internal.mask_bank_account("b"."payer_account"::pg_catalog.text)::character varying(19) ELSE "t"."payer_account" END
            FROM batch AS b WHERE "t"."policy_id" = "b"."policy_id"
            RETURNING 1
        )
        SELECT
            (SELECT pg_catalog.count(*) FROM batch) AS found,
            (SELECT pg_catalog.count(*) FROM kept) AS kept,
            (SELECT pg_catalog.count(*) FROM masked) AS masked,
            NOT EXISTS (
                SELECT FROM (
                    SELECT "policy_id", "payer_account"::pg_catalog.text COLLATE "C" AS b0, NULL::pg_catalog.text AS a0 FROM batch
                    UNION ALL SELECT "policy_id", NULL, "payer_account"::pg_catalog.text COLLATE "C" FROM kept
                ) AS p
                GROUP BY "p"."policy_id" HAVING pg_catalog.max(p.b0) IS NOT NULL AND pg_catalog.max(p.b0) IS DISTINCT FROM pg_catalog.max(p.a0)) AS agree INTO moved;
        RETURN true;
    EXCEPTION WHEN unique_violation THEN
        -- PostgreSQL's own words would quote the hash.
        PERFORM pgcustsec_internal.refuse_write('CS404', 'crm.policy', ARRAY[]::text[]);
        RETURN false;
    END;
    $function$;
    REVOKE ALL ON FUNCTION pgcustsec_internal."seal crm.policy"(bigint) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."seal crm.policy"(bigint) IS 'Moves the true values of one row of crm.policy to the vault (5.2.1). For writes alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.keep crm.attachment.bigint, bytea',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION pgcustsec_internal."keep crm.attachment"(bigint, bytea)
        RETURNS boolean
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        key record;
    BEGIN
        key := pgcustsec_internal.blind_key();
        INSERT INTO "pgcustsec_vault"."crm.attachment" ("attachment_id", "content")
            VALUES ($1, $2)
            ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
            PERFORM pgcustsec_internal.refuse_write('CS404', 'crm.attachment', ARRAY[]::text[]);
        END IF;
        INSERT INTO pgcustsec_internal.change (relation, record_key, operation, staff_id, application_name, reason)
            VALUES (
                'crm.attachment', $1::pg_catalog.text, 'made',
                (SELECT s.staff_id FROM pgcustsec_internal.staff AS s WHERE s.login = session_user),
                current_setting('application_name'), nullif(current_setting('pgcustsec.change_reason', true), ''));
        RETURN true;
    END;
    $function$;
    REVOKE ALL ON FUNCTION pgcustsec_internal."keep crm.attachment"(bigint, bytea) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."keep crm.attachment"(bigint, bytea) IS 'Keeps the true values of a new row of crm.attachment (5.2.1). For its write triggers alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.change crm.attachment.bigint, text[], bytea',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION pgcustsec_internal."change crm.attachment"(bigint, text[], bytea)
        RETURNS boolean
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        key record;
        before record;
        recorded boolean;
    BEGIN
        key := pgcustsec_internal.blind_key();
        INSERT INTO "pgcustsec_vault"."crm.attachment" ("attachment_id") VALUES ($1) ON CONFLICT ("attachment_id") DO NOTHING;
        SELECT v.* INTO before FROM "pgcustsec_vault"."crm.attachment" AS v WHERE v."attachment_id" = $1 FOR UPDATE;
        UPDATE "pgcustsec_vault"."crm.attachment" AS v
            SET "content" = CASE WHEN 'content' = ANY ($2) THEN $3 ELSE v."content" END
            WHERE v."attachment_id" = $1;
        IF 'content' = ANY ($2) THEN
            recorded := pgcustsec_internal.record_change(
                'crm.attachment', $1::pg_catalog.text, 'changed',
                'content',
                NULL::text, NULL::text,
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('file:' || before."content"::pg_catalog.text, 'UTF8'), key.inner_block, key.outer_block),
                pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('file:' || $3::pg_catalog.text, 'UTF8'), key.inner_block, key.outer_block), key.key_id);
        END IF;
        RETURN true;
    END;
    $function$;
    REVOKE ALL ON FUNCTION pgcustsec_internal."change crm.attachment"(bigint, text[], bytea) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."change crm.attachment"(bigint, text[], bytea) IS 'Replaces true values of a row of crm.attachment (3.1, 5.2.1). For its write triggers alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.seal crm.attachment.bigint',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION pgcustsec_internal."seal crm.attachment"(bigint)
        RETURNS boolean
        LANGUAGE plpgsql
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        moved record;
    BEGIN
        WITH batch AS MATERIALIZED (
            SELECT
                "t"."attachment_id",
                CASE WHEN NOT ("t"."content" IS NULL) THEN "t"."content" END AS "content"
            FROM "crm"."attachment" AS t
            WHERE ("t"."attachment_id" = $1) AND (NOT ("t"."content" IS NULL))
            ORDER BY "t"."attachment_id"
            FOR UPDATE OF t
        ), kept AS (
            INSERT INTO "pgcustsec_vault"."crm.attachment" AS v ("attachment_id", "content")
            SELECT "b"."attachment_id", "b"."content"
            FROM batch AS b CROSS JOIN pgcustsec_internal.blind_key() AS k
            ON CONFLICT ("attachment_id") DO UPDATE SET "content" = COALESCE(EXCLUDED."content", v."content")
            RETURNING v."attachment_id", v."content"
        ), masked AS (
            UPDATE "crm"."attachment" AS t SET "content" = CASE WHEN "b"."content" IS NOT NULL THEN NULL::bytea ELSE "t"."content" END
            FROM batch AS b WHERE "t"."attachment_id" = "b"."attachment_id"
            RETURNING 1
        )
        SELECT
            (SELECT pg_catalog.count(*) FROM batch) AS found,
            (SELECT pg_catalog.count(*) FROM kept) AS kept,
            (SELECT pg_catalog.count(*) FROM masked) AS masked,
            NOT EXISTS (
                SELECT FROM (
                    SELECT "attachment_id", "content"::pg_catalog.text COLLATE "C" AS b0, NULL::pg_catalog.text AS a0 FROM batch
                    UNION ALL SELECT "attachment_id", NULL, "content"::pg_catalog.text COLLATE "C" FROM kept
                ) AS p
                GROUP BY "p"."attachment_id" HAVING pg_catalog.max(p.b0) IS NOT NULL AND pg_catalog.max(p.b0) IS DISTINCT FROM pg_catalog.max(p.a0)) AS agree INTO moved;
        RETURN true;
    EXCEPTION WHEN unique_violation THEN
        -- PostgreSQL's own words would quote the hash.
        PERFORM pgcustsec_internal.refuse_write('CS404', 'crm.attachment', ARRAY[]::text[]);
        RETURN false;
    END;
    $function$;
    REVOKE ALL ON FUNCTION pgcustsec_internal."seal crm.attachment"(bigint) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."seal crm.attachment"(bigint) IS 'Moves the true values of one row of crm.attachment to the vault (5.2.1). For writes alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.find crm.customer.mobile.text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."find crm.customer.mobile"(text)
        RETURNS TABLE (record_key text, matches boolean)
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        key record := pgcustsec_internal.blind_key();
        wanted bytea := COALESCE(pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('phone:' || pgcustsec_internal.normal_phone($1::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block), '');
        matched integer := 0;
    BEGIN
        -- The next few of the index from there on, match or not, to be judged alike: else the pages read, and the time,
        -- would tell of a value outside the caller's scope that somebody has it. More only where all of these match.
        FOR record_key, matches IN
            SELECT v."customer_id"::pg_catalog.text, v."mobile blind" = wanted
            FROM "pgcustsec_vault"."crm.customer" AS v
            WHERE v."mobile blind" >= wanted
            ORDER BY v."mobile blind", v."customer_id"
            LIMIT 3
        LOOP
            matched := matched + matches::integer;
            RETURN NEXT;
        END LOOP;
        IF matched = 3 THEN
            RETURN QUERY
                SELECT v."customer_id"::pg_catalog.text, true
                FROM "pgcustsec_vault"."crm.customer" AS v
                WHERE v."mobile blind" = wanted
                ORDER BY v."mobile blind", v."customer_id"
                OFFSET 3;
        END IF;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."find crm.customer.mobile"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."find crm.customer.mobile"(text) IS 'Keys of crm.customer whose mobile is this, however it is spelt; for find() alone (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.find crm.customer.id_card.text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."find crm.customer.id_card"(text)
        RETURNS TABLE (record_key text, matches boolean)
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        key record := pgcustsec_internal.blind_key();
        wanted bytea := COALESCE(pgcustsec_internal.hmac_sha256_blocks(pg_catalog.convert_to('id_document:' || pgcustsec_internal.normal_id_document($1::pg_catalog.text), 'UTF8'), key.inner_block, key.outer_block), '');
        matched integer := 0;
    BEGIN
        -- The next few of the index from there on, match or not, to be judged alike: else the pages read, and the time,
        -- would tell of a value outside the caller's scope that somebody has it. More only where all of these match.
        FOR record_key, matches IN
            SELECT v."customer_id"::pg_catalog.text, v."id_card blind" = wanted
            FROM "pgcustsec_vault"."crm.customer" AS v
            WHERE v."id_card blind" >= wanted
            ORDER BY v."id_card blind", v."customer_id"
            LIMIT 3
        LOOP
            matched := matched + matches::integer;
            RETURN NEXT;
        END LOOP;
        IF matched = 3 THEN
            RETURN QUERY
                SELECT v."customer_id"::pg_catalog.text, true
                FROM "pgcustsec_vault"."crm.customer" AS v
                WHERE v."id_card blind" = wanted
                ORDER BY v."id_card blind", v."customer_id"
                OFFSET 3;
        END IF;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."find crm.customer.id_card"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."find crm.customer.id_card"(text) IS 'Keys of crm.customer whose id_card is this, however it is spelt; for find() alone (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.row_of_key.text, text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."row_of_key"(text, text)
        RETURNS text[]
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        CASE $1
        WHEN 'sales_agent crm.customer' THEN
            RETURN "pgcustsec_views"."row sales_agent.customer"($2);
        WHEN 'sales_agent crm.policy' THEN
            RETURN "pgcustsec_views"."row sales_agent.policy"($2);
        WHEN 'sales_manager crm.customer' THEN
            RETURN "pgcustsec_views"."row sales_manager.customer"($2);
        WHEN 'sales_manager crm.policy' THEN
            RETURN "pgcustsec_views"."row sales_manager.policy"($2);
        WHEN 'sales_manager crm.assignment' THEN
            RETURN "pgcustsec_views"."row sales_manager.assignment"($2);
        WHEN 'service_agent crm.customer' THEN
            RETURN "pgcustsec_views"."row service_agent.customer"($2);
        WHEN 'service_agent crm.policy' THEN
            RETURN "pgcustsec_views"."row service_agent.policy"($2);
        WHEN 'service_agent crm.claim' THEN
            RETURN "pgcustsec_views"."row service_agent.claim"($2);
        WHEN 'service_agent crm.attachment' THEN
            RETURN "pgcustsec_views"."row service_agent.attachment"($2);
        WHEN 'data_analyst crm.customer' THEN
            RETURN "pgcustsec_views"."row data_analyst.customer"($2);
        WHEN 'custodian crm.customer' THEN
            RETURN "pgcustsec_views"."row custodian.customer"($2);
        ELSE
            RETURN NULL;
        END CASE;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."row_of_key"(text, text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."row_of_key"(text, text) IS 'Key and customer of the row of a key that the caller sees by an access; NULL: they see none (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.row sales_agent.customer.text',
            """
    SET ROLE "wutong_sales_agent_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."row sales_agent.customer"(text)
        RETURNS text[]
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN (
            SELECT ARRAY[t."customer_id"::pg_catalog.text, 'crm.customer ' || t."customer_id"::pg_catalog.text]
            FROM "crm"."customer" AS t
            WHERE "t"."customer_id" = $1::bigint
            LIMIT 1);
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."row sales_agent.customer"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."row sales_agent.customer"(text) IS 'Key and customer of the row of crm.customer with a key, if sales_agent sees it (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.row sales_agent.policy.text',
            """
    SET ROLE "wutong_sales_agent_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."row sales_agent.policy"(text)
        RETURNS text[]
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN (
            SELECT ARRAY[t."policy_id"::pg_catalog.text, 'crm.customer ' || up1."customer_id"::pg_catalog.text]
            FROM "crm"."policy" AS t
        JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
            WHERE "t"."policy_id" = $1::bigint
            LIMIT 1);
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."row sales_agent.policy"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."row sales_agent.policy"(text) IS 'Key and customer of the row of crm.policy with a key, if sales_agent sees it (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.row sales_manager.customer.text',
            """
    SET ROLE "wutong_sales_manager_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."row sales_manager.customer"(text)
        RETURNS text[]
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN (
            SELECT ARRAY[t."customer_id"::pg_catalog.text, 'crm.customer ' || t."customer_id"::pg_catalog.text]
            FROM "crm"."customer" AS t
            WHERE "t"."customer_id" = $1::bigint
            LIMIT 1);
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."row sales_manager.customer"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."row sales_manager.customer"(text) IS 'Key and customer of the row of crm.customer with a key, if sales_manager sees it (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.row sales_manager.policy.text',
            """
    SET ROLE "wutong_sales_manager_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."row sales_manager.policy"(text)
        RETURNS text[]
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN (
            SELECT ARRAY[t."policy_id"::pg_catalog.text, 'crm.customer ' || up1."customer_id"::pg_catalog.text]
            FROM "crm"."policy" AS t
        JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
            WHERE "t"."policy_id" = $1::bigint
            LIMIT 1);
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."row sales_manager.policy"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."row sales_manager.policy"(text) IS 'Key and customer of the row of crm.policy with a key, if sales_manager sees it (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.row sales_manager.assignment.text',
            """
    SET ROLE "wutong_sales_manager_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."row sales_manager.assignment"(text)
        RETURNS text[]
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN (
            SELECT ARRAY[t."assignment_id"::pg_catalog.text, 'crm.customer ' || up1."customer_id"::pg_catalog.text]
            FROM "crm"."assignment" AS t
        JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
            WHERE "t"."assignment_id" = $1::bigint
            LIMIT 1);
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."row sales_manager.assignment"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."row sales_manager.assignment"(text) IS 'Key and customer of the row of crm.assignment with a key, if sales_manager sees it (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.row service_agent.customer.text',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."row service_agent.customer"(text)
        RETURNS text[]
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN (
            SELECT ARRAY[t."customer_id"::pg_catalog.text, 'crm.customer ' || t."customer_id"::pg_catalog.text]
            FROM "crm"."customer" AS t
            WHERE "t"."customer_id" = $1::bigint
            LIMIT 1);
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."row service_agent.customer"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."row service_agent.customer"(text) IS 'Key and customer of the row of crm.customer with a key, if service_agent sees it (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.row service_agent.policy.text',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."row service_agent.policy"(text)
        RETURNS text[]
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN (
            SELECT ARRAY[t."policy_id"::pg_catalog.text, 'crm.customer ' || up1."customer_id"::pg_catalog.text]
            FROM "crm"."policy" AS t
        JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
            WHERE "t"."policy_id" = $1::bigint
            LIMIT 1);
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."row service_agent.policy"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."row service_agent.policy"(text) IS 'Key and customer of the row of crm.policy with a key, if service_agent sees it (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.row service_agent.claim.text',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."row service_agent.claim"(text)
        RETURNS text[]
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN (
            SELECT ARRAY[t."claim_id"::pg_catalog.text, 'crm.customer ' || up2."customer_id"::pg_catalog.text]
            FROM "crm"."claim" AS t
        JOIN "crm"."policy" AS up1 ON "up1"."policy_id" = "t"."policy_id"
        JOIN "crm"."customer" AS up2 ON "up2"."customer_id" = "up1"."customer_id"
            WHERE "t"."claim_id" = $1::bigint
            LIMIT 1);
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."row service_agent.claim"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."row service_agent.claim"(text) IS 'Key and customer of the row of crm.claim with a key, if service_agent sees it (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.row service_agent.attachment.text',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."row service_agent.attachment"(text)
        RETURNS text[]
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN (
            SELECT ARRAY[t."attachment_id"::pg_catalog.text, 'crm.customer ' || up1."customer_id"::pg_catalog.text]
            FROM "crm"."attachment" AS t
        JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
            WHERE "t"."attachment_id" = $1::bigint
            LIMIT 1);
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."row service_agent.attachment"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."row service_agent.attachment"(text) IS 'Key and customer of the row of crm.attachment with a key, if service_agent sees it (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.row data_analyst.customer.text',
            """
    SET ROLE "wutong_data_analyst_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."row data_analyst.customer"(text)
        RETURNS text[]
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN (
            SELECT ARRAY[t."customer_id"::pg_catalog.text, 'crm.customer ' || t."customer_id"::pg_catalog.text]
            FROM "crm"."customer" AS t
            WHERE "t"."customer_id" = $1::bigint
            LIMIT 1);
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."row data_analyst.customer"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."row data_analyst.customer"(text) IS 'Key and customer of the row of crm.customer with a key, if data_analyst sees it (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.row custodian.customer.text',
            """
    SET ROLE "wutong_custodian_viewer";
    CREATE OR REPLACE FUNCTION "pgcustsec_views"."row custodian.customer"(text)
        RETURNS text[]
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN (
            SELECT ARRAY[t."customer_id"::pg_catalog.text, 'crm.customer ' || t."customer_id"::pg_catalog.text]
            FROM "crm"."customer" AS t
            WHERE "t"."customer_id" = $1::bigint
            LIMIT 1);
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_views"."row custodian.customer"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_views"."row custodian.customer"(text) IS 'Key and customer of the row of crm.customer with a key, if custodian sees it (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.full sales_agent crm.customer.bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."full sales_agent crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text)
        RETURNS crm.customer
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        "columns of the request" name[] := pgcustsec_internal._lifted('sales_agent crm.customer', $1::pg_catalog.text);
        shown crm.customer;
    BEGIN
        IF cardinality("columns of the request") > 0 THEN
            SELECT
                CASE WHEN 'name' = ANY ("columns of the request") THEN COALESCE(v."name", $2)::text ELSE NULL END,
                CASE WHEN 'mobile' = ANY ("columns of the request") THEN COALESCE(v."mobile", $3)::character varying(20) ELSE NULL END,
                CASE WHEN 'email' = ANY ("columns of the request") THEN COALESCE(v."email", $4)::text ELSE NULL END,
                CASE WHEN 'id_card' = ANY ("columns of the request") THEN COALESCE(v."id_card", $5)::character varying(18) ELSE NULL END,
                CASE WHEN 'bank_account' = ANY ("columns of the request") THEN COALESCE(v."bank_account", $6)::character varying(19) ELSE NULL END,
                CASE WHEN 'birth_date' = ANY ("columns of the request") THEN $7::date ELSE NULL END,
                CASE WHEN 'address' = ANY ("columns of the request") THEN COALESCE(v."address", $8)::text ELSE NULL END,
                CASE WHEN 'health' = ANY ("columns of the request") THEN $9::text ELSE NULL END,
                CASE WHEN 'family' = ANY ("columns of the request") THEN $10::jsonb ELSE NULL END,
                CASE WHEN 'annual_income' = ANY ("columns of the request") THEN $11::numeric(12,2) ELSE NULL END,
                CASE WHEN 'note' = ANY ("columns of the request") THEN $12::text ELSE NULL END
            INTO "shown"."name", "shown"."mobile", "shown"."email", "shown"."id_card", "shown"."bank_account", "shown"."birth_date", "shown"."address", "shown"."health", "shown"."family", "shown"."annual_income", "shown"."note"
            FROM (SELECT) AS one LEFT JOIN "pgcustsec_vault"."crm.customer" AS v ON v."customer_id" = $1;
            RETURN shown;
        END IF;
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."full sales_agent crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."full sales_agent crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text) IS 'The record of crm.customer that is open to sales_agent by a request, in full (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.full sales_agent crm.policy.bigint, text, numeric, character varying, date, date',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."full sales_agent crm.policy"(bigint, text, numeric, character varying, date, date)
        RETURNS crm.policy
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        "columns of the request" name[] := pgcustsec_internal._lifted('sales_agent crm.policy', $1::pg_catalog.text);
        shown crm.policy;
    BEGIN
        IF cardinality("columns of the request") > 0 THEN
            SELECT
                CASE WHEN 'product' = ANY ("columns of the request") THEN $2::text ELSE NULL END,
                CASE WHEN 'premium' = ANY ("columns of the request") THEN $3::numeric(12,2) ELSE NULL END,
                CASE WHEN 'payer_account' = ANY ("columns of the request") THEN COALESCE(v."payer_account", $4)::character varying(19) ELSE '***'::character varying(19) END,
                CASE WHEN 'starts_on' = ANY ("columns of the request") THEN $5::date ELSE NULL END,
                CASE WHEN 'ends_on' = ANY ("columns of the request") THEN $6::date ELSE NULL END
            INTO "shown"."product", "shown"."premium", "shown"."payer_account", "shown"."starts_on", "shown"."ends_on"
            FROM (SELECT) AS one LEFT JOIN "pgcustsec_vault"."crm.policy" AS v ON v."policy_id" = $1;
            RETURN shown;
        END IF;
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."full sales_agent crm.policy"(bigint, text, numeric, character varying, date, date) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."full sales_agent crm.policy"(bigint, text, numeric, character varying, date, date) IS 'The record of crm.policy that is open to sales_agent by a request, in full (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.full service_agent crm.customer.bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."full service_agent crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text)
        RETURNS crm.customer
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        "columns of the request" name[] := pgcustsec_internal._lifted('service_agent crm.customer', $1::pg_catalog.text);
        shown crm.customer;
    BEGIN
        IF cardinality("columns of the request") > 0 THEN
            SELECT
                CASE WHEN 'name' = ANY ("columns of the request") THEN COALESCE(v."name", $2)::text ELSE NULL END,
                CASE WHEN 'mobile' = ANY ("columns of the request") THEN COALESCE(v."mobile", $3)::character varying(20) ELSE NULL END,
                CASE WHEN 'email' = ANY ("columns of the request") THEN COALESCE(v."email", $4)::text ELSE NULL END,
                CASE WHEN 'id_card' = ANY ("columns of the request") THEN COALESCE(v."id_card", $5)::character varying(18) ELSE NULL END,
                CASE WHEN 'bank_account' = ANY ("columns of the request") THEN COALESCE(v."bank_account", $6)::character varying(19) ELSE NULL END,
                CASE WHEN 'birth_date' = ANY ("columns of the request") THEN $7::date ELSE NULL END,
                CASE WHEN 'address' = ANY ("columns of the request") THEN COALESCE(v."address", $8)::text ELSE NULL END,
                CASE WHEN 'health' = ANY ("columns of the request") THEN $9::text ELSE NULL END,
                CASE WHEN 'family' = ANY ("columns of the request") THEN $10::jsonb ELSE NULL END,
                CASE WHEN 'annual_income' = ANY ("columns of the request") THEN $11::numeric(12,2) ELSE NULL END,
                CASE WHEN 'note' = ANY ("columns of the request") THEN $12::text ELSE NULL END
            INTO "shown"."name", "shown"."mobile", "shown"."email", "shown"."id_card", "shown"."bank_account", "shown"."birth_date", "shown"."address", "shown"."health", "shown"."family", "shown"."annual_income", "shown"."note"
            FROM (SELECT) AS one LEFT JOIN "pgcustsec_vault"."crm.customer" AS v ON v."customer_id" = $1;
            RETURN shown;
        END IF;
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."full service_agent crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."full service_agent crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text) IS 'The record of crm.customer that is open to service_agent by a request, in full (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.full service_agent crm.policy.bigint, text, numeric, character varying, date, date',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."full service_agent crm.policy"(bigint, text, numeric, character varying, date, date)
        RETURNS crm.policy
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        "columns of the request" name[] := pgcustsec_internal._lifted('service_agent crm.policy', $1::pg_catalog.text);
        shown crm.policy;
    BEGIN
        IF cardinality("columns of the request") > 0 THEN
            SELECT
                CASE WHEN 'product' = ANY ("columns of the request") THEN $2::text ELSE NULL END,
                CASE WHEN 'premium' = ANY ("columns of the request") THEN $3::numeric(12,2) ELSE NULL END,
                CASE WHEN 'payer_account' = ANY ("columns of the request") THEN COALESCE(v."payer_account", $4)::character varying(19) ELSE NULL END,
                CASE WHEN 'starts_on' = ANY ("columns of the request") THEN $5::date ELSE NULL END,
                CASE WHEN 'ends_on' = ANY ("columns of the request") THEN $6::date ELSE NULL END
            INTO "shown"."product", "shown"."premium", "shown"."payer_account", "shown"."starts_on", "shown"."ends_on"
            FROM (SELECT) AS one LEFT JOIN "pgcustsec_vault"."crm.policy" AS v ON v."policy_id" = $1;
            RETURN shown;
        END IF;
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."full service_agent crm.policy"(bigint, text, numeric, character varying, date, date) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."full service_agent crm.policy"(bigint, text, numeric, character varying, date, date) IS 'The record of crm.policy that is open to service_agent by a request, in full (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.full service_agent crm.attachment.bigint, bytea, text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."full service_agent crm.attachment"(bigint, bytea, text)
        RETURNS crm.attachment
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        "columns of the request" name[] := pgcustsec_internal._lifted('service_agent crm.attachment', $1::pg_catalog.text);
        shown crm.attachment;
    BEGIN
        IF cardinality("columns of the request") > 0 THEN
            SELECT
                CASE WHEN 'content' = ANY ("columns of the request") THEN COALESCE(v."content", $2)::bytea ELSE NULL END,
                CASE WHEN 'caption' = ANY ("columns of the request") THEN $3::text ELSE NULL END
            INTO "shown"."content", "shown"."caption"
            FROM (SELECT) AS one LEFT JOIN "pgcustsec_vault"."crm.attachment" AS v ON v."attachment_id" = $1;
            RETURN shown;
        END IF;
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."full service_agent crm.attachment"(bigint, bytea, text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."full service_agent crm.attachment"(bigint, bytea, text) IS 'The record of crm.attachment that is open to service_agent by a request, in full (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.full custodian crm.customer.bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."full custodian crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text)
        RETURNS crm.customer
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        "columns of the request" name[] := pgcustsec_internal._lifted('custodian crm.customer', $1::pg_catalog.text);
        shown crm.customer;
    BEGIN
        IF cardinality("columns of the request") > 0 THEN
            SELECT
                CASE WHEN 'name' = ANY ("columns of the request") THEN COALESCE(v."name", $2)::text ELSE NULL END,
                CASE WHEN 'mobile' = ANY ("columns of the request") THEN COALESCE(v."mobile", $3)::character varying(20) ELSE '***'::character varying(20) END,
                CASE WHEN 'email' = ANY ("columns of the request") THEN COALESCE(v."email", $4)::text ELSE '***'::text END,
                CASE WHEN 'id_card' = ANY ("columns of the request") THEN COALESCE(v."id_card", $5)::character varying(18) ELSE '***'::character varying(18) END,
                CASE WHEN 'bank_account' = ANY ("columns of the request") THEN COALESCE(v."bank_account", $6)::character varying(19) ELSE '***'::character varying(19) END,
                CASE WHEN 'birth_date' = ANY ("columns of the request") THEN $7::date ELSE NULL END,
                CASE WHEN 'address' = ANY ("columns of the request") THEN COALESCE(v."address", $8)::text ELSE '***'::text END,
                CASE WHEN 'health' = ANY ("columns of the request") THEN $9::text ELSE NULL END,
                CASE WHEN 'family' = ANY ("columns of the request") THEN $10::jsonb ELSE NULL END,
                CASE WHEN 'annual_income' = ANY ("columns of the request") THEN $11::numeric(12,2) ELSE NULL END,
                CASE WHEN 'note' = ANY ("columns of the request") THEN $12::text ELSE NULL END
            INTO "shown"."name", "shown"."mobile", "shown"."email", "shown"."id_card", "shown"."bank_account", "shown"."birth_date", "shown"."address", "shown"."health", "shown"."family", "shown"."annual_income", "shown"."note"
            FROM (SELECT) AS one LEFT JOIN "pgcustsec_vault"."crm.customer" AS v ON v."customer_id" = $1;
            RETURN shown;
        END IF;
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."full custodian crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."full custodian crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text) IS 'The record of crm.customer that is open to custodian by a request, in full (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_views.request sales_agent.customer.jsonb, text[], text, integer',
            'SET ROLE "wutong_sales_agent_viewer";\nCREATE OR REPLACE FUNCTION "pgcustsec_views"."request sales_agent.customer"(jsonb, text[], text, integer)\n    RETURNS TABLE (integers bigint[], uuids uuid[], texts text[])\n    LANGUAGE plpgsql\n    STABLE\n    SECURITY DEFINER\n    SET search_path = pg_catalog, pg_temp\nAS $function$\n#variable_conflict use_column\nDECLARE\n    query text := \'SELECT array_agg(k.key) FROM (SELECT "t"."customer_id"::bigint AS key FROM "crm"."customer" AS t WHERE ($2 IS NULL OR "t"."customer_id"::bigint = ANY ($2::bigint[])) AND ($3 IS NULL OR "t"."customer_id"::bigint = $3::bigint)\';\n    term jsonb;\n    place integer := 0;\n    judged text;\n    type text;\nBEGIN\n    FOR term IN SELECT e.value FROM jsonb_array_elements($1) WITH ORDINALITY AS e (value, place) ORDER BY e.place LOOP\n        judged := CASE term ->> \'column\'\n            WHEN \'customer_id\' THEN \'"t"."customer_id"\'\n            WHEN \'status\' THEN \'"t"."status"\'\n            WHEN \'owner_staff_id\' THEN \'"t"."owner_staff_id"\'\n            WHEN \'branch_code\' THEN \'"t"."branch_code"\'\n            WHEN \'gender\' THEN \'"t"."gender"\'\n            WHEN \'birth_date\' THEN \'"t"."birth_date"\'\n            WHEN \'age\' THEN \'"t"."age"\'\n            WHEN \'health\' THEN \'"t"."health"\'\n            WHEN \'annual_income\' THEN \'"t"."annual_income"\'\n            WHEN \'note\' THEN \'"t"."note"\'\n            WHEN \'claimed_at\' THEN \'"t"."claimed_at"\'\n            WHEN \'last_contact_at\' THEN \'"t"."last_contact_at"\'\n            WHEN \'created_at\' THEN \'"t"."created_at"\'\n        END;\n        type := CASE term ->> \'column\'\n            WHEN \'customer_id\' THEN \'bigint\'\n            WHEN \'status\' THEN \'text\'\n            WHEN \'owner_staff_id\' THEN \'text\'\n            WHEN \'branch_code\' THEN \'text\'\n            WHEN \'gender\' THEN \'text\'\n            WHEN \'birth_date\' THEN \'date\'\n            WHEN \'age\' THEN \'integer\'\n            WHEN \'health\' THEN \'text\'\n            WHEN \'annual_income\' THEN \'numeric\'\n            WHEN \'note\' THEN \'text\'\n            WHEN \'claimed_at\' THEN \'timestamp with time zone\'\n            WHEN \'last_contact_at\' THEN \'timestamp with time zone\'\n            WHEN \'created_at\' THEN \'timestamp with time zone\'\n        END;\n        IF judged IS NULL THEN\n            RAISE EXCEPTION \'no condition on that column of % can be judged (5.2.1)\', \'crm.customer\'\n                USING ERRCODE = \'CS309\', HINT = \'Columns of tier 2 and 3 are, where they hold text, numbers or dates.\';\n        ELSIF type IN (\'date\', \'timestamp without time zone\', \'timestamp with time zone\') AND jsonb_path_exists(\n            term, \'$.value[*] ? (@ like_regex "^\\s*(now|today|tomorrow|yesterday)" flag "i")\')\n        THEN\n            RAISE EXCEPTION \'a condition on % says a day that is another tomorrow (5.2.1)\', term ->> \'column\'\n                USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25.\';\n        END IF;\n        query := query || \' AND \' || judged || CASE\n            WHEN term ->> \'is\' IN (\'null\', \'not null\') THEN format(\' IS %s\', upper(term ->> \'is\'))\n            WHEN term ->> \'is\' = \'in\' THEN\n                format(\' IN (SELECT v.value::%s FROM jsonb_array_elements_text($1 -> %s -> \'\'value\'\') AS v (value))\',\n                    type, place)\n            ELSE format(\' %s ($1 -> %s ->> \'\'value\'\')::%s\',\n                (SELECT o.name FROM unnest(\'{=,<>,<,<=,>,>=}\'::text[]) AS o (name) WHERE o.name = term ->> \'is\'),\n                place, type)\n        END;\n        -- Every value is read as its column\'s type, whether a row is there to compare or not.\n        EXECUTE format(\'SELECT count(v.value::%s) FROM jsonb_array_elements_text($1) AS v (value)\', type)\n            USING CASE jsonb_typeof(term -> \'value\') WHEN \'array\' THEN term -> \'value\'\n                ELSE jsonb_build_array(term -> \'value\') END;\n        place := place + 1;\n    END LOOP;\n    EXECUTE query || \' ORDER BY 1 LIMIT $4) AS k\' INTO integers USING $1, $2, $3, $4;\n    RETURN NEXT;\nEXCEPTION WHEN data_exception THEN\n    RAISE EXCEPTION \'a key or a value of the request is none of its column of % (5.2.1)\', \'crm.customer\'\n        USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25, and keys as the view shows them.\';\nEND;\n$function$;\nREVOKE ALL ON FUNCTION "pgcustsec_views"."request sales_agent.customer"(jsonb, text[], text, integer) FROM PUBLIC;\nCOMMENT ON FUNCTION "pgcustsec_views"."request sales_agent.customer"(jsonb, text[], text, integer) IS \'Keys of crm.customer within a request that sales_agent sees (5.2.1).\';\nRESET ROLE',
        ),
        (
            'create function pgcustsec_views.request sales_agent.policy.jsonb, text[], text, integer',
            'SET ROLE "wutong_sales_agent_viewer";\nCREATE OR REPLACE FUNCTION "pgcustsec_views"."request sales_agent.policy"(jsonb, text[], text, integer)\n    RETURNS TABLE (integers bigint[], uuids uuid[], texts text[])\n    LANGUAGE plpgsql\n    STABLE\n    SECURITY DEFINER\n    SET search_path = pg_catalog, pg_temp\nAS $function$\n#variable_conflict use_column\nDECLARE\n    query text := \'SELECT array_agg(k.key) FROM (SELECT "t"."policy_id"::bigint AS key FROM "crm"."policy" AS t WHERE ($2 IS NULL OR "t"."policy_id"::bigint = ANY ($2::bigint[])) AND ($3 IS NULL OR "t"."policy_id"::bigint = $3::bigint)\';\n    term jsonb;\n    place integer := 0;\n    judged text;\n    type text;\nBEGIN\n    FOR term IN SELECT e.value FROM jsonb_array_elements($1) WITH ORDINALITY AS e (value, place) ORDER BY e.place LOOP\n        judged := CASE term ->> \'column\'\n            WHEN \'policy_id\' THEN \'"t"."policy_id"\'\n            WHEN \'customer_id\' THEN \'"t"."customer_id"\'\n            WHEN \'product\' THEN \'"t"."product"\'\n            WHEN \'premium\' THEN \'"t"."premium"\'\n            WHEN \'starts_on\' THEN \'"t"."starts_on"\'\n            WHEN \'ends_on\' THEN \'"t"."ends_on"\'\n        END;\n        type := CASE term ->> \'column\'\n            WHEN \'policy_id\' THEN \'bigint\'\n            WHEN \'customer_id\' THEN \'bigint\'\n            WHEN \'product\' THEN \'text\'\n            WHEN \'premium\' THEN \'numeric\'\n            WHEN \'starts_on\' THEN \'date\'\n            WHEN \'ends_on\' THEN \'date\'\n        END;\n        IF judged IS NULL THEN\n            RAISE EXCEPTION \'no condition on that column of % can be judged (5.2.1)\', \'crm.policy\'\n                USING ERRCODE = \'CS309\', HINT = \'Columns of tier 2 and 3 are, where they hold text, numbers or dates.\';\n        ELSIF type IN (\'date\', \'timestamp without time zone\', \'timestamp with time zone\') AND jsonb_path_exists(\n            term, \'$.value[*] ? (@ like_regex "^\\s*(now|today|tomorrow|yesterday)" flag "i")\')\n        THEN\n            RAISE EXCEPTION \'a condition on % says a day that is another tomorrow (5.2.1)\', term ->> \'column\'\n                USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25.\';\n        END IF;\n        query := query || \' AND \' || judged || CASE\n            WHEN term ->> \'is\' IN (\'null\', \'not null\') THEN format(\' IS %s\', upper(term ->> \'is\'))\n            WHEN term ->> \'is\' = \'in\' THEN\n                format(\' IN (SELECT v.value::%s FROM jsonb_array_elements_text($1 -> %s -> \'\'value\'\') AS v (value))\',\n                    type, place)\n            ELSE format(\' %s ($1 -> %s ->> \'\'value\'\')::%s\',\n                (SELECT o.name FROM unnest(\'{=,<>,<,<=,>,>=}\'::text[]) AS o (name) WHERE o.name = term ->> \'is\'),\n                place, type)\n        END;\n        -- Every value is read as its column\'s type, whether a row is there to compare or not.\n        EXECUTE format(\'SELECT count(v.value::%s) FROM jsonb_array_elements_text($1) AS v (value)\', type)\n            USING CASE jsonb_typeof(term -> \'value\') WHEN \'array\' THEN term -> \'value\'\n                ELSE jsonb_build_array(term -> \'value\') END;\n        place := place + 1;\n    END LOOP;\n    EXECUTE query || \' ORDER BY 1 LIMIT $4) AS k\' INTO integers USING $1, $2, $3, $4;\n    RETURN NEXT;\nEXCEPTION WHEN data_exception THEN\n    RAISE EXCEPTION \'a key or a value of the request is none of its column of % (5.2.1)\', \'crm.policy\'\n        USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25, and keys as the view shows them.\';\nEND;\n$function$;\nREVOKE ALL ON FUNCTION "pgcustsec_views"."request sales_agent.policy"(jsonb, text[], text, integer) FROM PUBLIC;\nCOMMENT ON FUNCTION "pgcustsec_views"."request sales_agent.policy"(jsonb, text[], text, integer) IS \'Keys of crm.policy within a request that sales_agent sees (5.2.1).\';\nRESET ROLE',
        ),
        (
            'create function pgcustsec_views.request service_agent.customer.jsonb, text[], text, integer',
            'SET ROLE "wutong_service_agent_viewer";\nCREATE OR REPLACE FUNCTION "pgcustsec_views"."request service_agent.customer"(jsonb, text[], text, integer)\n    RETURNS TABLE (integers bigint[], uuids uuid[], texts text[])\n    LANGUAGE plpgsql\n    STABLE\n    SECURITY DEFINER\n    SET search_path = pg_catalog, pg_temp\nAS $function$\n#variable_conflict use_column\nDECLARE\n    query text := \'SELECT array_agg(k.key) FROM (SELECT "t"."customer_id"::bigint AS key FROM "crm"."customer" AS t WHERE ($2 IS NULL OR "t"."customer_id"::bigint = ANY ($2::bigint[])) AND ($3 IS NULL OR "t"."customer_id"::bigint = $3::bigint)\';\n    term jsonb;\n    place integer := 0;\n    judged text;\n    type text;\nBEGIN\n    FOR term IN SELECT e.value FROM jsonb_array_elements($1) WITH ORDINALITY AS e (value, place) ORDER BY e.place LOOP\n        judged := CASE term ->> \'column\'\n            WHEN \'customer_id\' THEN \'"t"."customer_id"\'\n            WHEN \'status\' THEN \'"t"."status"\'\n            WHEN \'owner_staff_id\' THEN \'"t"."owner_staff_id"\'\n            WHEN \'branch_code\' THEN \'"t"."branch_code"\'\n            WHEN \'gender\' THEN \'"t"."gender"\'\n            WHEN \'birth_date\' THEN \'"t"."birth_date"\'\n            WHEN \'age\' THEN \'"t"."age"\'\n            WHEN \'health\' THEN \'"t"."health"\'\n            WHEN \'annual_income\' THEN \'"t"."annual_income"\'\n            WHEN \'note\' THEN \'"t"."note"\'\n            WHEN \'claimed_at\' THEN \'"t"."claimed_at"\'\n            WHEN \'last_contact_at\' THEN \'"t"."last_contact_at"\'\n            WHEN \'created_at\' THEN \'"t"."created_at"\'\n        END;\n        type := CASE term ->> \'column\'\n            WHEN \'customer_id\' THEN \'bigint\'\n            WHEN \'status\' THEN \'text\'\n            WHEN \'owner_staff_id\' THEN \'text\'\n            WHEN \'branch_code\' THEN \'text\'\n            WHEN \'gender\' THEN \'text\'\n            WHEN \'birth_date\' THEN \'date\'\n            WHEN \'age\' THEN \'integer\'\n            WHEN \'health\' THEN \'text\'\n            WHEN \'annual_income\' THEN \'numeric\'\n            WHEN \'note\' THEN \'text\'\n            WHEN \'claimed_at\' THEN \'timestamp with time zone\'\n            WHEN \'last_contact_at\' THEN \'timestamp with time zone\'\n            WHEN \'created_at\' THEN \'timestamp with time zone\'\n        END;\n        IF judged IS NULL THEN\n            RAISE EXCEPTION \'no condition on that column of % can be judged (5.2.1)\', \'crm.customer\'\n                USING ERRCODE = \'CS309\', HINT = \'Columns of tier 2 and 3 are, where they hold text, numbers or dates.\';\n        ELSIF type IN (\'date\', \'timestamp without time zone\', \'timestamp with time zone\') AND jsonb_path_exists(\n            term, \'$.value[*] ? (@ like_regex "^\\s*(now|today|tomorrow|yesterday)" flag "i")\')\n        THEN\n            RAISE EXCEPTION \'a condition on % says a day that is another tomorrow (5.2.1)\', term ->> \'column\'\n                USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25.\';\n        END IF;\n        query := query || \' AND \' || judged || CASE\n            WHEN term ->> \'is\' IN (\'null\', \'not null\') THEN format(\' IS %s\', upper(term ->> \'is\'))\n            WHEN term ->> \'is\' = \'in\' THEN\n                format(\' IN (SELECT v.value::%s FROM jsonb_array_elements_text($1 -> %s -> \'\'value\'\') AS v (value))\',\n                    type, place)\n            ELSE format(\' %s ($1 -> %s ->> \'\'value\'\')::%s\',\n                (SELECT o.name FROM unnest(\'{=,<>,<,<=,>,>=}\'::text[]) AS o (name) WHERE o.name = term ->> \'is\'),\n                place, type)\n        END;\n        -- Every value is read as its column\'s type, whether a row is there to compare or not.\n        EXECUTE format(\'SELECT count(v.value::%s) FROM jsonb_array_elements_text($1) AS v (value)\', type)\n            USING CASE jsonb_typeof(term -> \'value\') WHEN \'array\' THEN term -> \'value\'\n                ELSE jsonb_build_array(term -> \'value\') END;\n        place := place + 1;\n    END LOOP;\n    EXECUTE query || \' ORDER BY 1 LIMIT $4) AS k\' INTO integers USING $1, $2, $3, $4;\n    RETURN NEXT;\nEXCEPTION WHEN data_exception THEN\n    RAISE EXCEPTION \'a key or a value of the request is none of its column of % (5.2.1)\', \'crm.customer\'\n        USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25, and keys as the view shows them.\';\nEND;\n$function$;\nREVOKE ALL ON FUNCTION "pgcustsec_views"."request service_agent.customer"(jsonb, text[], text, integer) FROM PUBLIC;\nCOMMENT ON FUNCTION "pgcustsec_views"."request service_agent.customer"(jsonb, text[], text, integer) IS \'Keys of crm.customer within a request that service_agent sees (5.2.1).\';\nRESET ROLE',
        ),
        (
            'create function pgcustsec_views.request service_agent.policy.jsonb, text[], text, integer',
            'SET ROLE "wutong_service_agent_viewer";\nCREATE OR REPLACE FUNCTION "pgcustsec_views"."request service_agent.policy"(jsonb, text[], text, integer)\n    RETURNS TABLE (integers bigint[], uuids uuid[], texts text[])\n    LANGUAGE plpgsql\n    STABLE\n    SECURITY DEFINER\n    SET search_path = pg_catalog, pg_temp\nAS $function$\n#variable_conflict use_column\nDECLARE\n    query text := \'SELECT array_agg(k.key) FROM (SELECT "t"."policy_id"::bigint AS key FROM "crm"."policy" AS t WHERE ($2 IS NULL OR "t"."policy_id"::bigint = ANY ($2::bigint[])) AND ($3 IS NULL OR "t"."policy_id"::bigint = $3::bigint)\';\n    term jsonb;\n    place integer := 0;\n    judged text;\n    type text;\nBEGIN\n    FOR term IN SELECT e.value FROM jsonb_array_elements($1) WITH ORDINALITY AS e (value, place) ORDER BY e.place LOOP\n        judged := CASE term ->> \'column\'\n            WHEN \'policy_id\' THEN \'"t"."policy_id"\'\n            WHEN \'customer_id\' THEN \'"t"."customer_id"\'\n            WHEN \'product\' THEN \'"t"."product"\'\n            WHEN \'premium\' THEN \'"t"."premium"\'\n            WHEN \'starts_on\' THEN \'"t"."starts_on"\'\n            WHEN \'ends_on\' THEN \'"t"."ends_on"\'\n        END;\n        type := CASE term ->> \'column\'\n            WHEN \'policy_id\' THEN \'bigint\'\n            WHEN \'customer_id\' THEN \'bigint\'\n            WHEN \'product\' THEN \'text\'\n            WHEN \'premium\' THEN \'numeric\'\n            WHEN \'starts_on\' THEN \'date\'\n            WHEN \'ends_on\' THEN \'date\'\n        END;\n        IF judged IS NULL THEN\n            RAISE EXCEPTION \'no condition on that column of % can be judged (5.2.1)\', \'crm.policy\'\n                USING ERRCODE = \'CS309\', HINT = \'Columns of tier 2 and 3 are, where they hold text, numbers or dates.\';\n        ELSIF type IN (\'date\', \'timestamp without time zone\', \'timestamp with time zone\') AND jsonb_path_exists(\n            term, \'$.value[*] ? (@ like_regex "^\\s*(now|today|tomorrow|yesterday)" flag "i")\')\n        THEN\n            RAISE EXCEPTION \'a condition on % says a day that is another tomorrow (5.2.1)\', term ->> \'column\'\n                USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25.\';\n        END IF;\n        query := query || \' AND \' || judged || CASE\n            WHEN term ->> \'is\' IN (\'null\', \'not null\') THEN format(\' IS %s\', upper(term ->> \'is\'))\n            WHEN term ->> \'is\' = \'in\' THEN\n                format(\' IN (SELECT v.value::%s FROM jsonb_array_elements_text($1 -> %s -> \'\'value\'\') AS v (value))\',\n                    type, place)\n            ELSE format(\' %s ($1 -> %s ->> \'\'value\'\')::%s\',\n                (SELECT o.name FROM unnest(\'{=,<>,<,<=,>,>=}\'::text[]) AS o (name) WHERE o.name = term ->> \'is\'),\n                place, type)\n        END;\n        -- Every value is read as its column\'s type, whether a row is there to compare or not.\n        EXECUTE format(\'SELECT count(v.value::%s) FROM jsonb_array_elements_text($1) AS v (value)\', type)\n            USING CASE jsonb_typeof(term -> \'value\') WHEN \'array\' THEN term -> \'value\'\n                ELSE jsonb_build_array(term -> \'value\') END;\n        place := place + 1;\n    END LOOP;\n    EXECUTE query || \' ORDER BY 1 LIMIT $4) AS k\' INTO integers USING $1, $2, $3, $4;\n    RETURN NEXT;\nEXCEPTION WHEN data_exception THEN\n    RAISE EXCEPTION \'a key or a value of the request is none of its column of % (5.2.1)\', \'crm.policy\'\n        USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25, and keys as the view shows them.\';\nEND;\n$function$;\nREVOKE ALL ON FUNCTION "pgcustsec_views"."request service_agent.policy"(jsonb, text[], text, integer) FROM PUBLIC;\nCOMMENT ON FUNCTION "pgcustsec_views"."request service_agent.policy"(jsonb, text[], text, integer) IS \'Keys of crm.policy within a request that service_agent sees (5.2.1).\';\nRESET ROLE',
        ),
        (
            'create function pgcustsec_views.request service_agent.claim.jsonb, text[], text, integer',
            'SET ROLE "wutong_service_agent_viewer";\nCREATE OR REPLACE FUNCTION "pgcustsec_views"."request service_agent.claim"(jsonb, text[], text, integer)\n    RETURNS TABLE (integers bigint[], uuids uuid[], texts text[])\n    LANGUAGE plpgsql\n    STABLE\n    SECURITY DEFINER\n    SET search_path = pg_catalog, pg_temp\nAS $function$\n#variable_conflict use_column\nDECLARE\n    query text := \'SELECT array_agg(k.key) FROM (SELECT "t"."claim_id"::bigint AS key FROM "crm"."claim" AS t WHERE ($2 IS NULL OR "t"."claim_id"::bigint = ANY ($2::bigint[])) AND ($3 IS NULL OR "t"."claim_id"::bigint = $3::bigint)\';\n    term jsonb;\n    place integer := 0;\n    judged text;\n    type text;\nBEGIN\n    FOR term IN SELECT e.value FROM jsonb_array_elements($1) WITH ORDINALITY AS e (value, place) ORDER BY e.place LOOP\n        judged := CASE term ->> \'column\'\n            WHEN \'claim_id\' THEN \'"t"."claim_id"\'\n            WHEN \'policy_id\' THEN \'"t"."policy_id"\'\n            WHEN \'diagnosis\' THEN \'"t"."diagnosis"\'\n            WHEN \'amount\' THEN \'"t"."amount"\'\n            WHEN \'filed_on\' THEN \'"t"."filed_on"\'\n        END;\n        type := CASE term ->> \'column\'\n            WHEN \'claim_id\' THEN \'bigint\'\n            WHEN \'policy_id\' THEN \'bigint\'\n            WHEN \'diagnosis\' THEN \'text\'\n            WHEN \'amount\' THEN \'numeric\'\n            WHEN \'filed_on\' THEN \'date\'\n        END;\n        IF judged IS NULL THEN\n            RAISE EXCEPTION \'no condition on that column of % can be judged (5.2.1)\', \'crm.claim\'\n                USING ERRCODE = \'CS309\', HINT = \'Columns of tier 2 and 3 are, where they hold text, numbers or dates.\';\n        ELSIF type IN (\'date\', \'timestamp without time zone\', \'timestamp with time zone\') AND jsonb_path_exists(\n            term, \'$.value[*] ? (@ like_regex "^\\s*(now|today|tomorrow|yesterday)" flag "i")\')\n        THEN\n            RAISE EXCEPTION \'a condition on % says a day that is another tomorrow (5.2.1)\', term ->> \'column\'\n                USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25.\';\n        END IF;\n        query := query || \' AND \' || judged || CASE\n            WHEN term ->> \'is\' IN (\'null\', \'not null\') THEN format(\' IS %s\', upper(term ->> \'is\'))\n            WHEN term ->> \'is\' = \'in\' THEN\n                format(\' IN (SELECT v.value::%s FROM jsonb_array_elements_text($1 -> %s -> \'\'value\'\') AS v (value))\',\n                    type, place)\n            ELSE format(\' %s ($1 -> %s ->> \'\'value\'\')::%s\',\n                (SELECT o.name FROM unnest(\'{=,<>,<,<=,>,>=}\'::text[]) AS o (name) WHERE o.name = term ->> \'is\'),\n                place, type)\n        END;\n        -- Every value is read as its column\'s type, whether a row is there to compare or not.\n        EXECUTE format(\'SELECT count(v.value::%s) FROM jsonb_array_elements_text($1) AS v (value)\', type)\n            USING CASE jsonb_typeof(term -> \'value\') WHEN \'array\' THEN term -> \'value\'\n                ELSE jsonb_build_array(term -> \'value\') END;\n        place := place + 1;\n    END LOOP;\n    EXECUTE query || \' ORDER BY 1 LIMIT $4) AS k\' INTO integers USING $1, $2, $3, $4;\n    RETURN NEXT;\nEXCEPTION WHEN data_exception THEN\n    RAISE EXCEPTION \'a key or a value of the request is none of its column of % (5.2.1)\', \'crm.claim\'\n        USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25, and keys as the view shows them.\';\nEND;\n$function$;\nREVOKE ALL ON FUNCTION "pgcustsec_views"."request service_agent.claim"(jsonb, text[], text, integer) FROM PUBLIC;\nCOMMENT ON FUNCTION "pgcustsec_views"."request service_agent.claim"(jsonb, text[], text, integer) IS \'Keys of crm.claim within a request that service_agent sees (5.2.1).\';\nRESET ROLE',
        ),
        (
            'create function pgcustsec_views.request service_agent.attachment.jsonb, text[], text, integer',
            'SET ROLE "wutong_service_agent_viewer";\nCREATE OR REPLACE FUNCTION "pgcustsec_views"."request service_agent.attachment"(jsonb, text[], text, integer)\n    RETURNS TABLE (integers bigint[], uuids uuid[], texts text[])\n    LANGUAGE plpgsql\n    STABLE\n    SECURITY DEFINER\n    SET search_path = pg_catalog, pg_temp\nAS $function$\n#variable_conflict use_column\nDECLARE\n    query text := \'SELECT array_agg(k.key) FROM (SELECT "t"."attachment_id"::bigint AS key FROM "crm"."attachment" AS t WHERE ($2 IS NULL OR "t"."attachment_id"::bigint = ANY ($2::bigint[])) AND ($3 IS NULL OR "t"."attachment_id"::bigint = $3::bigint)\';\n    term jsonb;\n    place integer := 0;\n    judged text;\n    type text;\nBEGIN\n    FOR term IN SELECT e.value FROM jsonb_array_elements($1) WITH ORDINALITY AS e (value, place) ORDER BY e.place LOOP\n        judged := CASE term ->> \'column\'\n            WHEN \'attachment_id\' THEN \'"t"."attachment_id"\'\n            WHEN \'customer_id\' THEN \'"t"."customer_id"\'\n            WHEN \'media_type\' THEN \'"t"."media_type"\'\n            WHEN \'caption\' THEN \'"t"."caption"\'\n        END;\n        type := CASE term ->> \'column\'\n            WHEN \'attachment_id\' THEN \'bigint\'\n            WHEN \'customer_id\' THEN \'bigint\'\n            WHEN \'media_type\' THEN \'text\'\n            WHEN \'caption\' THEN \'text\'\n        END;\n        IF judged IS NULL THEN\n            RAISE EXCEPTION \'no condition on that column of % can be judged (5.2.1)\', \'crm.attachment\'\n                USING ERRCODE = \'CS309\', HINT = \'Columns of tier 2 and 3 are, where they hold text, numbers or dates.\';\n        ELSIF type IN (\'date\', \'timestamp without time zone\', \'timestamp with time zone\') AND jsonb_path_exists(\n            term, \'$.value[*] ? (@ like_regex "^\\s*(now|today|tomorrow|yesterday)" flag "i")\')\n        THEN\n            RAISE EXCEPTION \'a condition on % says a day that is another tomorrow (5.2.1)\', term ->> \'column\'\n                USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25.\';\n        END IF;\n        query := query || \' AND \' || judged || CASE\n            WHEN term ->> \'is\' IN (\'null\', \'not null\') THEN format(\' IS %s\', upper(term ->> \'is\'))\n            WHEN term ->> \'is\' = \'in\' THEN\n                format(\' IN (SELECT v.value::%s FROM jsonb_array_elements_text($1 -> %s -> \'\'value\'\') AS v (value))\',\n                    type, place)\n            ELSE format(\' %s ($1 -> %s ->> \'\'value\'\')::%s\',\n                (SELECT o.name FROM unnest(\'{=,<>,<,<=,>,>=}\'::text[]) AS o (name) WHERE o.name = term ->> \'is\'),\n                place, type)\n        END;\n        -- Every value is read as its column\'s type, whether a row is there to compare or not.\n        EXECUTE format(\'SELECT count(v.value::%s) FROM jsonb_array_elements_text($1) AS v (value)\', type)\n            USING CASE jsonb_typeof(term -> \'value\') WHEN \'array\' THEN term -> \'value\'\n                ELSE jsonb_build_array(term -> \'value\') END;\n        place := place + 1;\n    END LOOP;\n    EXECUTE query || \' ORDER BY 1 LIMIT $4) AS k\' INTO integers USING $1, $2, $3, $4;\n    RETURN NEXT;\nEXCEPTION WHEN data_exception THEN\n    RAISE EXCEPTION \'a key or a value of the request is none of its column of % (5.2.1)\', \'crm.attachment\'\n        USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25, and keys as the view shows them.\';\nEND;\n$function$;\nREVOKE ALL ON FUNCTION "pgcustsec_views"."request service_agent.attachment"(jsonb, text[], text, integer) FROM PUBLIC;\nCOMMENT ON FUNCTION "pgcustsec_views"."request service_agent.attachment"(jsonb, text[], text, integer) IS \'Keys of crm.attachment within a request that service_agent sees (5.2.1).\';\nRESET ROLE',
        ),
        (
            'create function pgcustsec_views.request data_analyst.customer.jsonb, text[], text, integer',
            'SET ROLE "wutong_data_analyst_viewer";\nCREATE OR REPLACE FUNCTION "pgcustsec_views"."request data_analyst.customer"(jsonb, text[], text, integer)\n    RETURNS TABLE (integers bigint[], uuids uuid[], texts text[])\n    LANGUAGE plpgsql\n    STABLE\n    SECURITY DEFINER\n    SET search_path = pg_catalog, pg_temp\nAS $function$\n#variable_conflict use_column\nDECLARE\n    query text := \'SELECT array_agg(k.key) FROM (SELECT "t"."customer_id"::bigint AS key FROM "crm"."customer" AS t WHERE ($2 IS NULL OR "t"."customer_id"::bigint = ANY ($2::bigint[])) AND ($3 IS NULL OR "t"."customer_id"::bigint = $3::bigint)\';\n    term jsonb;\n    place integer := 0;\n    judged text;\n    type text;\nBEGIN\n    FOR term IN SELECT e.value FROM jsonb_array_elements($1) WITH ORDINALITY AS e (value, place) ORDER BY e.place LOOP\n        judged := CASE term ->> \'column\'\n            WHEN \'customer_id\' THEN \'"t"."customer_id"\'\n            WHEN \'status\' THEN \'"t"."status"\'\n            WHEN \'owner_staff_id\' THEN \'"t"."owner_staff_id"\'\n            WHEN \'branch_code\' THEN \'"t"."branch_code"\'\n            WHEN \'gender\' THEN \'"t"."gender"\'\n            WHEN \'birth_date\' THEN \'"t"."birth_date"\'\n            WHEN \'age\' THEN \'"t"."age"\'\n            WHEN \'health\' THEN \'"t"."health"\'\n            WHEN \'annual_income\' THEN \'"t"."annual_income"\'\n            WHEN \'note\' THEN \'"t"."note"\'\n            WHEN \'claimed_at\' THEN \'"t"."claimed_at"\'\n            WHEN \'last_contact_at\' THEN \'"t"."last_contact_at"\'\n            WHEN \'created_at\' THEN \'"t"."created_at"\'\n        END;\n        type := CASE term ->> \'column\'\n            WHEN \'customer_id\' THEN \'bigint\'\n            WHEN \'status\' THEN \'text\'\n            WHEN \'owner_staff_id\' THEN \'text\'\n            WHEN \'branch_code\' THEN \'text\'\n            WHEN \'gender\' THEN \'text\'\n            WHEN \'birth_date\' THEN \'date\'\n            WHEN \'age\' THEN \'integer\'\n            WHEN \'health\' THEN \'text\'\n            WHEN \'annual_income\' THEN \'numeric\'\n            WHEN \'note\' THEN \'text\'\n            WHEN \'claimed_at\' THEN \'timestamp with time zone\'\n            WHEN \'last_contact_at\' THEN \'timestamp with time zone\'\n            WHEN \'created_at\' THEN \'timestamp with time zone\'\n        END;\n        IF judged IS NULL THEN\n            RAISE EXCEPTION \'no condition on that column of % can be judged (5.2.1)\', \'crm.customer\'\n                USING ERRCODE = \'CS309\', HINT = \'Columns of tier 2 and 3 are, where they hold text, numbers or dates.\';\n        ELSIF type IN (\'date\', \'timestamp without time zone\', \'timestamp with time zone\') AND jsonb_path_exists(\n            term, \'$.value[*] ? (@ like_regex "^\\s*(now|today|tomorrow|yesterday)" flag "i")\')\n        THEN\n            RAISE EXCEPTION \'a condition on % says a day that is another tomorrow (5.2.1)\', term ->> \'column\'\n                USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25.\';\n        END IF;\n        query := query || \' AND \' || judged || CASE\n            WHEN term ->> \'is\' IN (\'null\', \'not null\') THEN format(\' IS %s\', upper(term ->> \'is\'))\n            WHEN term ->> \'is\' = \'in\' THEN\n                format(\' IN (SELECT v.value::%s FROM jsonb_array_elements_text($1 -> %s -> \'\'value\'\') AS v (value))\',\n                    type, place)\n            ELSE format(\' %s ($1 -> %s ->> \'\'value\'\')::%s\',\n                (SELECT o.name FROM unnest(\'{=,<>,<,<=,>,>=}\'::text[]) AS o (name) WHERE o.name = term ->> \'is\'),\n                place, type)\n        END;\n        -- Every value is read as its column\'s type, whether a row is there to compare or not.\n        EXECUTE format(\'SELECT count(v.value::%s) FROM jsonb_array_elements_text($1) AS v (value)\', type)\n            USING CASE jsonb_typeof(term -> \'value\') WHEN \'array\' THEN term -> \'value\'\n                ELSE jsonb_build_array(term -> \'value\') END;\n        place := place + 1;\n    END LOOP;\n    EXECUTE query || \' ORDER BY 1 LIMIT $4) AS k\' INTO integers USING $1, $2, $3, $4;\n    RETURN NEXT;\nEXCEPTION WHEN data_exception THEN\n    RAISE EXCEPTION \'a key or a value of the request is none of its column of % (5.2.1)\', \'crm.customer\'\n        USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25, and keys as the view shows them.\';\nEND;\n$function$;\nREVOKE ALL ON FUNCTION "pgcustsec_views"."request data_analyst.customer"(jsonb, text[], text, integer) FROM PUBLIC;\nCOMMENT ON FUNCTION "pgcustsec_views"."request data_analyst.customer"(jsonb, text[], text, integer) IS \'Keys of crm.customer within a request that data_analyst sees (5.2.1).\';\nRESET ROLE',
        ),
        (
            'create function pgcustsec_views.request custodian.customer.jsonb, text[], text, integer',
            'SET ROLE "wutong_custodian_viewer";\nCREATE OR REPLACE FUNCTION "pgcustsec_views"."request custodian.customer"(jsonb, text[], text, integer)\n    RETURNS TABLE (integers bigint[], uuids uuid[], texts text[])\n    LANGUAGE plpgsql\n    STABLE\n    SECURITY DEFINER\n    SET search_path = pg_catalog, pg_temp\nAS $function$\n#variable_conflict use_column\nDECLARE\n    query text := \'SELECT array_agg(k.key) FROM (SELECT "t"."customer_id"::bigint AS key FROM "crm"."customer" AS t WHERE ($2 IS NULL OR "t"."customer_id"::bigint = ANY ($2::bigint[])) AND ($3 IS NULL OR "t"."customer_id"::bigint = $3::bigint)\';\n    term jsonb;\n    place integer := 0;\n    judged text;\n    type text;\nBEGIN\n    FOR term IN SELECT e.value FROM jsonb_array_elements($1) WITH ORDINALITY AS e (value, place) ORDER BY e.place LOOP\n        judged := CASE term ->> \'column\'\n            WHEN \'customer_id\' THEN \'"t"."customer_id"\'\n            WHEN \'status\' THEN \'"t"."status"\'\n            WHEN \'owner_staff_id\' THEN \'"t"."owner_staff_id"\'\n            WHEN \'branch_code\' THEN \'"t"."branch_code"\'\n            WHEN \'gender\' THEN \'"t"."gender"\'\n            WHEN \'birth_date\' THEN \'"t"."birth_date"\'\n            WHEN \'age\' THEN \'"t"."age"\'\n            WHEN \'health\' THEN \'"t"."health"\'\n            WHEN \'annual_income\' THEN \'"t"."annual_income"\'\n            WHEN \'note\' THEN \'"t"."note"\'\n            WHEN \'claimed_at\' THEN \'"t"."claimed_at"\'\n            WHEN \'last_contact_at\' THEN \'"t"."last_contact_at"\'\n            WHEN \'created_at\' THEN \'"t"."created_at"\'\n        END;\n        type := CASE term ->> \'column\'\n            WHEN \'customer_id\' THEN \'bigint\'\n            WHEN \'status\' THEN \'text\'\n            WHEN \'owner_staff_id\' THEN \'text\'\n            WHEN \'branch_code\' THEN \'text\'\n            WHEN \'gender\' THEN \'text\'\n            WHEN \'birth_date\' THEN \'date\'\n            WHEN \'age\' THEN \'integer\'\n            WHEN \'health\' THEN \'text\'\n            WHEN \'annual_income\' THEN \'numeric\'\n            WHEN \'note\' THEN \'text\'\n            WHEN \'claimed_at\' THEN \'timestamp with time zone\'\n            WHEN \'last_contact_at\' THEN \'timestamp with time zone\'\n            WHEN \'created_at\' THEN \'timestamp with time zone\'\n        END;\n        IF judged IS NULL THEN\n            RAISE EXCEPTION \'no condition on that column of % can be judged (5.2.1)\', \'crm.customer\'\n                USING ERRCODE = \'CS309\', HINT = \'Columns of tier 2 and 3 are, where they hold text, numbers or dates.\';\n        ELSIF type IN (\'date\', \'timestamp without time zone\', \'timestamp with time zone\') AND jsonb_path_exists(\n            term, \'$.value[*] ? (@ like_regex "^\\s*(now|today|tomorrow|yesterday)" flag "i")\')\n        THEN\n            RAISE EXCEPTION \'a condition on % says a day that is another tomorrow (5.2.1)\', term ->> \'column\'\n                USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25.\';\n        END IF;\n        query := query || \' AND \' || judged || CASE\n            WHEN term ->> \'is\' IN (\'null\', \'not null\') THEN format(\' IS %s\', upper(term ->> \'is\'))\n            WHEN term ->> \'is\' = \'in\' THEN\n                format(\' IN (SELECT v.value::%s FROM jsonb_array_elements_text($1 -> %s -> \'\'value\'\') AS v (value))\',\n                    type, place)\n            ELSE format(\' %s ($1 -> %s ->> \'\'value\'\')::%s\',\n                (SELECT o.name FROM unnest(\'{=,<>,<,<=,>,>=}\'::text[]) AS o (name) WHERE o.name = term ->> \'is\'),\n                place, type)\n        END;\n        -- Every value is read as its column\'s type, whether a row is there to compare or not.\n        EXECUTE format(\'SELECT count(v.value::%s) FROM jsonb_array_elements_text($1) AS v (value)\', type)\n            USING CASE jsonb_typeof(term -> \'value\') WHEN \'array\' THEN term -> \'value\'\n                ELSE jsonb_build_array(term -> \'value\') END;\n        place := place + 1;\n    END LOOP;\n    EXECUTE query || \' ORDER BY 1 LIMIT $4) AS k\' INTO integers USING $1, $2, $3, $4;\n    RETURN NEXT;\nEXCEPTION WHEN data_exception THEN\n    RAISE EXCEPTION \'a key or a value of the request is none of its column of % (5.2.1)\', \'crm.customer\'\n        USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25, and keys as the view shows them.\';\nEND;\n$function$;\nREVOKE ALL ON FUNCTION "pgcustsec_views"."request custodian.customer"(jsonb, text[], text, integer) FROM PUBLIC;\nCOMMENT ON FUNCTION "pgcustsec_views"."request custodian.customer"(jsonb, text[], text, integer) IS \'Keys of crm.customer within a request that custodian sees (5.2.1).\';\nRESET ROLE',
        ),
        (
            'create function pgcustsec_internal.keys_of_request.text, jsonb, text[], text, integer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."keys_of_request"(text, jsonb, text[], text, integer)
        RETURNS TABLE (integers bigint[], uuids uuid[], texts text[])
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        CASE $1
        WHEN 'sales_agent crm.customer' THEN
            RETURN QUERY SELECT k.* FROM "pgcustsec_views"."request sales_agent.customer"($2, $3, $4, $5) AS k;
        WHEN 'sales_agent crm.policy' THEN
            RETURN QUERY SELECT k.* FROM "pgcustsec_views"."request sales_agent.policy"($2, $3, $4, $5) AS k;
        WHEN 'service_agent crm.customer' THEN
            RETURN QUERY SELECT k.* FROM "pgcustsec_views"."request service_agent.customer"($2, $3, $4, $5) AS k;
        WHEN 'service_agent crm.policy' THEN
            RETURN QUERY SELECT k.* FROM "pgcustsec_views"."request service_agent.policy"($2, $3, $4, $5) AS k;
        WHEN 'service_agent crm.claim' THEN
            RETURN QUERY SELECT k.* FROM "pgcustsec_views"."request service_agent.claim"($2, $3, $4, $5) AS k;
        WHEN 'service_agent crm.attachment' THEN
            RETURN QUERY SELECT k.* FROM "pgcustsec_views"."request service_agent.attachment"($2, $3, $4, $5) AS k;
        WHEN 'data_analyst crm.customer' THEN
            RETURN QUERY SELECT k.* FROM "pgcustsec_views"."request data_analyst.customer"($2, $3, $4, $5) AS k;
        WHEN 'custodian crm.customer' THEN
            RETURN QUERY SELECT k.* FROM "pgcustsec_views"."request custodian.customer"($2, $3, $4, $5) AS k;
        ELSE
            RETURN;
        END CASE;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."keys_of_request"(text, jsonb, text[], text, integer) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."keys_of_request"(text, jsonb, text[], text, integer) IS 'Keys within a request''s predicate or list that the caller sees by an access, the first so many (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.reach crm.customer.text, text[], text, text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."reach crm.customer"(text, text[], text, text)
        RETURNS TABLE (serving boolean, pool boolean, branch boolean, department boolean, record_key text, customer_key text)
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY
            SELECT
                COALESCE("t"."owner_staff_id" = ANY ($2) OR EXISTS (SELECT FROM "crm"."assignment" AS a WHERE "a"."customer_id" = "t"."customer_id" AND "a"."staff_id" = ANY ($2) AND ("a"."ends_at" IS NULL OR "a"."ends_at" > pg_catalog.clock_timestamp())), false),
                ((("t"."owner_staff_id" IS NULL) AND ("t"."status" = 'prospect'))) IS TRUE,
                COALESCE("t"."branch_code" = $4, false),
                COALESCE("t"."owner_staff_id" = ANY (ARRAY(SELECT c.staff_id FROM pgcustsec_internal.staff AS c WHERE c.department_code = $3)) OR EXISTS (SELECT FROM "crm"."assignment" AS a WHERE "a"."customer_id" = "t"."customer_id" AND "a"."staff_id" = ANY (ARRAY(SELECT c.staff_id FROM pgcustsec_internal.staff AS c WHERE c.department_code = $3)) AND ("a"."ends_at" IS NULL OR "a"."ends_at" > pg_catalog.clock_timestamp())), false),
                t."customer_id"::pg_catalog.text,
                t."customer_id"::pg_catalog.text
            FROM "crm"."customer" AS t
            WHERE "t"."customer_id" = $1::bigint AND "t"."retain_until" > (SELECT pg_catalog.clock_timestamp())
            LIMIT 1;
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."reach crm.customer"(text, text[], text, text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."reach crm.customer"(text, text[], text, text) IS 'How the row of crm.customer with a key stands to a person (5.2.2); for explain_access() alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.reach crm.policy.text, text[], text, text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."reach crm.policy"(text, text[], text, text)
        RETURNS TABLE (serving boolean, pool boolean, branch boolean, department boolean, record_key text, customer_key text)
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY
            SELECT
                COALESCE("up1"."owner_staff_id" = ANY ($2) OR EXISTS (SELECT FROM "crm"."assignment" AS a WHERE "a"."customer_id" = "up1"."customer_id" AND "a"."staff_id" = ANY ($2) AND ("a"."ends_at" IS NULL OR "a"."ends_at" > pg_catalog.clock_timestamp())), false),
                ((("up1"."owner_staff_id" IS NULL) AND ("up1"."status" = 'prospect'))) IS TRUE,
                COALESCE("up1"."branch_code" = $4, false),
                COALESCE("up1"."owner_staff_id" = ANY (ARRAY(SELECT c.staff_id FROM pgcustsec_internal.staff AS c WHERE c.department_code = $3)) OR EXISTS (SELECT FROM "crm"."assignment" AS a WHERE "a"."customer_id" = "up1"."customer_id" AND "a"."staff_id" = ANY (ARRAY(SELECT c.staff_id FROM pgcustsec_internal.staff AS c WHERE c.department_code = $3)) AND ("a"."ends_at" IS NULL OR "a"."ends_at" > pg_catalog.clock_timestamp())), false),
                t."policy_id"::pg_catalog.text,
                up1."customer_id"::pg_catalog.text
            FROM "crm"."policy" AS t
            JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
            WHERE "t"."policy_id" = $1::bigint AND "up1"."retain_until" > (SELECT pg_catalog.clock_timestamp())
            LIMIT 1;
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."reach crm.policy"(text, text[], text, text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."reach crm.policy"(text, text[], text, text) IS 'How the row of crm.policy with a key stands to a person (5.2.2); for explain_access() alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.reach crm.claim.text, text[], text, text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."reach crm.claim"(text, text[], text, text)
        RETURNS TABLE (serving boolean, pool boolean, branch boolean, department boolean, record_key text, customer_key text)
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY
            SELECT
                COALESCE("up2"."owner_staff_id" = ANY ($2) OR EXISTS (SELECT FROM "crm"."assignment" AS a WHERE "a"."customer_id" = "up2"."customer_id" AND "a"."staff_id" = ANY ($2) AND ("a"."ends_at" IS NULL OR "a"."ends_at" > pg_catalog.clock_timestamp())), false),
                ((("up2"."owner_staff_id" IS NULL) AND ("up2"."status" = 'prospect'))) IS TRUE,
                COALESCE("up2"."branch_code" = $4, false),
                COALESCE("up2"."owner_staff_id" = ANY (ARRAY(SELECT c.staff_id FROM pgcustsec_internal.staff AS c WHERE c.department_code = $3)) OR EXISTS (SELECT FROM "crm"."assignment" AS a WHERE "a"."customer_id" = "up2"."customer_id" AND "a"."staff_id" = ANY (ARRAY(SELECT c.staff_id FROM pgcustsec_internal.staff AS c WHERE c.department_code = $3)) AND ("a"."ends_at" IS NULL OR "a"."ends_at" > pg_catalog.clock_timestamp())), false),
                t."claim_id"::pg_catalog.text,
                up2."customer_id"::pg_catalog.text
            FROM "crm"."claim" AS t
            JOIN "crm"."policy" AS up1 ON "up1"."policy_id" = "t"."policy_id"
            JOIN "crm"."customer" AS up2 ON "up2"."customer_id" = "up1"."customer_id"
            WHERE "t"."claim_id" = $1::bigint AND "up2"."retain_until" > (SELECT pg_catalog.clock_timestamp())
            LIMIT 1;
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."reach crm.claim"(text, text[], text, text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."reach crm.claim"(text, text[], text, text) IS 'How the row of crm.claim with a key stands to a person (5.2.2); for explain_access() alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.reach crm.attachment.text, text[], text, text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."reach crm.attachment"(text, text[], text, text)
        RETURNS TABLE (serving boolean, pool boolean, branch boolean, department boolean, record_key text, customer_key text)
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY
            SELECT
                COALESCE("up1"."owner_staff_id" = ANY ($2) OR EXISTS (SELECT FROM "crm"."assignment" AS a WHERE "a"."customer_id" = "up1"."customer_id" AND "a"."staff_id" = ANY ($2) AND ("a"."ends_at" IS NULL OR "a"."ends_at" > pg_catalog.clock_timestamp())), false),
                ((("up1"."owner_staff_id" IS NULL) AND ("up1"."status" = 'prospect'))) IS TRUE,
                COALESCE("up1"."branch_code" = $4, false),
                COALESCE("up1"."owner_staff_id" = ANY (ARRAY(SELECT c.staff_id FROM pgcustsec_internal.staff AS c WHERE c.department_code = $3)) OR EXISTS (SELECT FROM "crm"."assignment" AS a WHERE "a"."customer_id" = "up1"."customer_id" AND "a"."staff_id" = ANY (ARRAY(SELECT c.staff_id FROM pgcustsec_internal.staff AS c WHERE c.department_code = $3)) AND ("a"."ends_at" IS NULL OR "a"."ends_at" > pg_catalog.clock_timestamp())), false),
                t."attachment_id"::pg_catalog.text,
                up1."customer_id"::pg_catalog.text
            FROM "crm"."attachment" AS t
            JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
            WHERE "t"."attachment_id" = $1::bigint AND "up1"."retain_until" > (SELECT pg_catalog.clock_timestamp())
            LIMIT 1;
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."reach crm.attachment"(text, text[], text, text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."reach crm.attachment"(text, text[], text, text) IS 'How the row of crm.attachment with a key stands to a person (5.2.2); for explain_access() alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.reach crm.assignment.text, text[], text, text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."reach crm.assignment"(text, text[], text, text)
        RETURNS TABLE (serving boolean, pool boolean, branch boolean, department boolean, record_key text, customer_key text)
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY
            SELECT
                COALESCE("up1"."owner_staff_id" = ANY ($2) OR EXISTS (SELECT FROM "crm"."assignment" AS a WHERE "a"."customer_id" = "up1"."customer_id" AND "a"."staff_id" = ANY ($2) AND ("a"."ends_at" IS NULL OR "a"."ends_at" > pg_catalog.clock_timestamp())), false),
                ((("up1"."owner_staff_id" IS NULL) AND ("up1"."status" = 'prospect'))) IS TRUE,
                COALESCE("up1"."branch_code" = $4, false),
                COALESCE("up1"."owner_staff_id" = ANY (ARRAY(SELECT c.staff_id FROM pgcustsec_internal.staff AS c WHERE c.department_code = $3)) OR EXISTS (SELECT FROM "crm"."assignment" AS a WHERE "a"."customer_id" = "up1"."customer_id" AND "a"."staff_id" = ANY (ARRAY(SELECT c.staff_id FROM pgcustsec_internal.staff AS c WHERE c.department_code = $3)) AND ("a"."ends_at" IS NULL OR "a"."ends_at" > pg_catalog.clock_timestamp())), false),
                t."assignment_id"::pg_catalog.text,
                up1."customer_id"::pg_catalog.text
            FROM "crm"."assignment" AS t
            JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
            WHERE "t"."assignment_id" = $1::bigint AND "up1"."retain_until" > (SELECT pg_catalog.clock_timestamp())
            LIMIT 1;
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."reach crm.assignment"(text, text[], text, text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."reach crm.assignment"(text, text[], text, text) IS 'How the row of crm.assignment with a key stands to a person (5.2.2); for explain_access() alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.reach.text, text, text[], text[], text[], text, text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."reach"(text, text, text[], text[], text[], text, text)
        RETURNS TABLE (serving boolean, pool boolean, branch boolean, department boolean, record_key text, customer_key text)
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        CASE $1
        WHEN 'crm.customer' THEN
            RETURN QUERY SELECT r.* FROM pgcustsec_internal."reach crm.customer"($2, $4, $6, $7) AS r;
        WHEN 'crm.policy' THEN
            RETURN QUERY SELECT r.* FROM pgcustsec_internal."reach crm.policy"($2, $4, $6, $7) AS r;
        WHEN 'crm.claim' THEN
            RETURN QUERY SELECT r.* FROM pgcustsec_internal."reach crm.claim"($2, $4, $6, $7) AS r;
        WHEN 'crm.attachment' THEN
            RETURN QUERY SELECT r.* FROM pgcustsec_internal."reach crm.attachment"($2, $4, $6, $7) AS r;
        WHEN 'crm.assignment' THEN
            RETURN QUERY SELECT r.* FROM pgcustsec_internal."reach crm.assignment"($2, $4, $6, $7) AS r;
        ELSE
            RETURN;
        END CASE;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."reach"(text, text, text[], text[], text[], text, text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."reach"(text, text, text[], text[], text[], text, text) IS 'How the row of a table with a key stands to a person (5.2.2); for explain_access() alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.end due crm.customer.bigint[]',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."end due crm.customer"(bigint[])
        RETURNS TABLE (destroyed bigint, anonymised bigint, restamped bigint)
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
        SET lock_timeout = '200ms'
    AS $function$
    #variable_conflict use_column
    DECLARE
        pgcustsec_now timestamptz := clock_timestamp();
        due record;
        n bigint;
        destroyed bigint := 0;
        anonymised bigint := 0;
        restamped bigint := 0;
    BEGIN
        FOR due IN
            SELECT q.rule, array_agg(q.key) AS keys, max(q.until) AS until, array_agg("q"."customer_id") AS key0
            FROM (
                SELECT "t"."customer_id", t."customer_id"::pg_catalog.text AS key, "t"."retain_until" AS until,
                    CASE WHEN LEAST(GREATEST(COALESCE((SELECT pg_catalog.max(r.until) FROM (VALUES ('unsold_prospect', CASE WHEN ("t"."status" IN ('prospect', 'lost')) THEN COALESCE(LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 17520) END), ('former_customer', CASE WHEN ("t"."status" = 'customer') THEN COALESCE(GREATEST((SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id"), LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END)), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 87600) END)) AS r (name, until)), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz), (SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id")), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) <= pgcustsec_now
                        THEN (SELECT r.name FROM (VALUES ('unsold_prospect', CASE WHEN ("t"."status" IN ('prospect', 'lost')) THEN COALESCE(LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 17520) END), ('former_customer', CASE WHEN ("t"."status" = 'customer') THEN COALESCE(GREATEST((SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id"), LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END)), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 87600) END)) AS r (name, until) WHERE r.until IS NOT NULL ORDER BY r.until DESC, r.name LIMIT 1) END AS rule
                FROM "crm"."customer" AS t
                JOIN unnest($1) AS d ("customer_id") ON "t"."customer_id" = "d"."customer_id"
                WHERE "t"."retain_until" <= pgcustsec_now) AS q
            GROUP BY q.rule
            ORDER BY q.rule
        LOOP
            IF due.rule IS NULL THEN
                -- What changed without its trigger, as a restore may leave it, is worked out anew and not destroyed.
                UPDATE "crm"."customer" AS t SET "retain_until" = "t"."retain_until"
                FROM unnest(due.key0) AS d ("customer_id")
                WHERE "t"."customer_id" = "d"."customer_id";
                GET DIAGNOSTICS restamped = ROW_COUNT;
                CONTINUE;
            END IF;
            n := pgcustsec_internal."end crm.customer"(due.rule, NULL, due.keys, due.until, due.key0);
            IF due.rule IN ('former_customer') THEN
                anonymised := anonymised + n;
            ELSE
                destroyed := destroyed + n;
            END IF;
        END LOOP;
        RETURN QUERY SELECT destroyed, anonymised, restamped;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."end due crm.customer"(bigint[]) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."end due crm.customer"(bigint[]) IS 'Ends rows of crm.customer that a sweep has locked, each by its rule (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.sweep crm.customer.integer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."sweep crm.customer"(integer)
        RETURNS TABLE (destroyed bigint, anonymised bigint, restamped bigint, blocked bigint)
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    DECLARE
        pgcustsec_now timestamptz := clock_timestamp();
        went text[];
        pgcustsec_key0 bigint[];
        done record;
        destroyed bigint := 0;
        anonymised bigint := 0;
        restamped bigint := 0;
        blocked bigint := 0;
        which text;
        of_table text;
    BEGIN
        -- A hold that is placed meanwhile waits for this batch; one that was placed before is seen by what follows.
        LOCK TABLE pgcustsec_internal.hold IN SHARE MODE;
        -- Rows are locked by the subtransaction that deletes them. With two of them to its name, a multixact, a row that is
        -- gone stays in the index until a VACUUM, and each batch would pass all of those before it.
        BEGIN
            LOOP
                -- Rows that somebody else has locked are for the next batch. Holds by predicate are judged of those chosen.
                SELECT array_agg(c.key), array_agg("c"."customer_id") INTO went, pgcustsec_key0
                FROM (
                    SELECT t."customer_id"::pg_catalog.text AS key, "t"."customer_id" FROM "crm"."customer" AS t
                    WHERE "t"."retain_until" <= pgcustsec_now
                        AND NOT EXISTS (
                        SELECT FROM pgcustsec_internal.hold_subject AS h
                        WHERE h.relation = 'crm.customer' AND h.record_key = t."customer_id"::pg_catalog.text
                            AND NOT EXISTS (SELECT FROM pgcustsec_internal.hold_release AS r WHERE r.hold_id = h.hold_id))
                    ORDER BY "t"."retain_until" LIMIT $1
                    FOR UPDATE OF t SKIP LOCKED) AS c;
                EXIT WHEN went IS NULL OR NOT pgcustsec_internal._hold_more('crm.customer', went);
            END LOOP;
            SELECT s.* INTO done FROM pgcustsec_internal."end due crm.customer"(pgcustsec_key0) AS s;
            RETURN QUERY SELECT done.destroyed, done.anonymised, done.restamped, blocked;
            RETURN;
        EXCEPTION WHEN lock_not_available OR integrity_constraint_violation THEN
            IF went IS NULL THEN
                RAISE;
            END IF;
        END;
        -- Somebody has a row that hangs on one of them, or something refers to one: the others go all the same.
        FOR pgcustsec_one IN 1..cardinality(went) LOOP
            BEGIN
                PERFORM FROM "crm"."customer" AS t WHERE "t"."customer_id" = pgcustsec_key0[pgcustsec_one] AND "t"."retain_until" <= pgcustsec_now FOR UPDATE OF t SKIP LOCKED;
                CONTINUE WHEN NOT FOUND OR pgcustsec_internal._hold_more('crm.customer', went[pgcustsec_one:pgcustsec_one]);
                SELECT s.* INTO done FROM pgcustsec_internal."end due crm.customer"(pgcustsec_key0[pgcustsec_one:pgcustsec_one]) AS s;
                destroyed := destroyed + done.destroyed;
                anonymised := anonymised + done.anonymised;
                restamped := restamped + done.restamped;
            EXCEPTION WHEN lock_not_available OR integrity_constraint_violation THEN
                blocked := blocked + 1;
                GET STACKED DIAGNOSTICS which = CONSTRAINT_NAME, of_table = TABLE_NAME;
                IF which <> '' THEN
                    RAISE WARNING 'constraint % of % keeps a row of % from its end (4.3)',
                        which, of_table, 'crm.customer'
                        USING HINT = 'Put a table that refers to it into the matrix.';
                END IF;
            END;
        END LOOP;
        RETURN QUERY SELECT destroyed, anonymised, restamped, blocked;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."sweep crm.customer"(integer) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."sweep crm.customer"(integer) IS 'Destroys or anonymises the next so many rows of crm.customer that are due (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.restamp crm.customer.text[], integer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."restamp crm.customer"(text[], integer)
        RETURNS TABLE (last text[], seen bigint, changed bigint)
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    DECLARE
        batch record;
    BEGIN
        IF $1 IS NULL THEN
            -- What others are writing by the rules of before is seen once they are done.
            LOCK TABLE "crm"."customer" IN SHARE MODE;
        END IF;
        WITH d AS MATERIALIZED (
            SELECT "t"."customer_id" FROM "crm"."customer" AS t
            WHERE $1 IS NULL OR ("t"."customer_id") > (($1[1])::bigint)
            ORDER BY "t"."customer_id" LIMIT $2
        ), new AS (
            UPDATE "crm"."customer" AS t SET "retain_until" = "t"."retain_until"
            FROM d
            WHERE "t"."customer_id" = "d"."customer_id" AND "t"."retain_until" <> LEAST(GREATEST(COALESCE((SELECT pg_catalog.max(r.until) FROM (VALUES ('unsold_prospect', CASE WHEN ("t"."status" IN ('prospect', 'lost')) THEN COALESCE(LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 17520) END), ('former_customer', CASE WHEN ("t"."status" = 'customer') THEN COALESCE(GREATEST((SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id"), LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END)), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 87600) END)) AS r (name, until)), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz), (SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id")), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)
            RETURNING true
        )
        SELECT
            (SELECT ARRAY["d"."customer_id"::pg_catalog.text] FROM d ORDER BY "d"."customer_id" DESC LIMIT 1) AS last,
            (SELECT count(*) FROM d) AS seen,
            (SELECT count(*) FROM new) AS changed
        INTO batch;
        RETURN QUERY SELECT batch.last, batch.seen, batch.changed;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."restamp crm.customer"(text[], integer) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."restamp crm.customer"(text[], integer) IS 'Works out anew until when the next so many rows of crm.customer are kept (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.due crm.customer.integer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."due crm.customer"(integer)
        RETURNS TABLE (rule text, month date, held boolean, rows bigint, oldest timestamp with time zone)
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    DECLARE
        pgcustsec_now timestamptz := clock_timestamp();
    BEGIN
        RETURN QUERY
            -- What holds by predicate cover, once each and not row by row.
            WITH covered AS MATERIALIZED (
                SELECT k.key
                FROM pgcustsec_internal.hold AS p
                CROSS JOIN LATERAL unnest(pgcustsec_internal.held_keys(p.relation, p.predicate, NULL)) AS k (key)
                WHERE p.relation = 'crm.customer' AND p.predicate IS NOT NULL
                    AND pgcustsec_internal._hold_counts(p.begun_by)
                    AND NOT EXISTS (SELECT FROM pgcustsec_internal.hold_release AS r WHERE r.hold_id = p.hold_id)
            )
            SELECT
                (SELECT r.name FROM (VALUES ('unsold_prospect', CASE WHEN ("t"."status" IN ('prospect', 'lost')) THEN COALESCE(LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 17520) END), ('former_customer', CASE WHEN ("t"."status" = 'customer') THEN COALESCE(GREATEST((SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id"), LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END)), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 87600) END)) AS r (name, until) WHERE r.until IS NOT NULL ORDER BY r.until DESC, r.name LIMIT 1),
                CASE WHEN "t"."retain_until" > pgcustsec_now THEN date_trunc('month', "t"."retain_until" AT TIME ZONE 'UTC')::date END,
                "t"."retain_until" <= pgcustsec_now AND (EXISTS (
                        SELECT FROM pgcustsec_internal.hold_subject AS h
                        WHERE h.relation = 'crm.customer' AND h.record_key = t."customer_id"::pg_catalog.text
                            AND NOT EXISTS (SELECT FROM pgcustsec_internal.hold_release AS r WHERE r.hold_id = h.hold_id)) OR t."customer_id"::pg_catalog.text IN (SELECT c.key FROM covered AS c)),
                count(*),
                min("t"."retain_until")
            FROM "crm"."customer" AS t
            WHERE "t"."retain_until" <= pgcustsec_now + make_interval(months => $1)
            GROUP BY 1, 2, 3;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."due crm.customer"(integer) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."due crm.customer"(integer) IS 'Rows of crm.customer that are due, and that will be within so many months, by rule (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.sweep_table.text, integer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."sweep_table"(text, integer)
        RETURNS TABLE (destroyed bigint, anonymised bigint, restamped bigint, blocked bigint)
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        CASE $1
        WHEN 'crm.customer' THEN
            RETURN QUERY SELECT s.* FROM pgcustsec_internal."sweep crm.customer"($2) AS s;
        ELSE
            RETURN;
        END CASE;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."sweep_table"(text, integer) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."sweep_table"(text, integer) IS 'Destroys or anonymises the next so many rows of a table that are due (4.3); for sweep() alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.restamp_table.text, text[], integer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."restamp_table"(text, text[], integer)
        RETURNS TABLE (last text[], seen bigint, changed bigint)
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        CASE $1
        WHEN 'crm.customer' THEN
            RETURN QUERY SELECT s.* FROM pgcustsec_internal."restamp crm.customer"($2, $3) AS s;
        ELSE
            RETURN;
        END CASE;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."restamp_table"(text, text[], integer) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."restamp_table"(text, text[], integer) IS 'Works out anew until when the next so many rows of a table are kept (4.3); for restamp() alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.due_rows.text, integer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."due_rows"(text, integer)
        RETURNS TABLE (rule text, month date, held boolean, rows bigint, oldest timestamp with time zone)
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        CASE $1
        WHEN 'crm.customer' THEN
            RETURN QUERY SELECT s.* FROM pgcustsec_internal."due crm.customer"($2) AS s;
        ELSE
            RETURN;
        END CASE;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."due_rows"(text, integer) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."due_rows"(text, integer) IS 'Rows of a table that are due, and that will be within so many months, by rule (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.hanging crm.customer.text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."hanging crm.customer"(text)
        RETURNS TABLE (relation_name text, keys text[])
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY
            SELECT 'crm.claim', COALESCE(array_agg(t."claim_id"::pg_catalog.text ORDER BY t."claim_id"::pg_catalog.text), '{}')
            FROM "crm"."claim" AS t
            JOIN "crm"."policy" AS up1 ON "up1"."policy_id" = "t"."policy_id"
            JOIN "crm"."customer" AS up2 ON "up2"."customer_id" = "up1"."customer_id"
            WHERE "up2"."customer_id" = $1::bigint;
        RETURN QUERY
            SELECT 'crm.policy', COALESCE(array_agg(t."policy_id"::pg_catalog.text ORDER BY t."policy_id"::pg_catalog.text), '{}')
            FROM "crm"."policy" AS t
            JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
            WHERE "up1"."customer_id" = $1::bigint;
        RETURN QUERY
            SELECT 'crm.attachment', COALESCE(array_agg(t."attachment_id"::pg_catalog.text ORDER BY t."attachment_id"::pg_catalog.text), '{}')
            FROM "crm"."attachment" AS t
            JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
            WHERE "up1"."customer_id" = $1::bigint;
        RETURN QUERY
            SELECT 'crm.assignment', COALESCE(array_agg(t."assignment_id"::pg_catalog.text ORDER BY t."assignment_id"::pg_catalog.text), '{}')
            FROM "crm"."assignment" AS t
            JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
            WHERE "up1"."customer_id" = $1::bigint;
        RETURN;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."hanging crm.customer"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."hanging crm.customer"(text) IS 'What hangs on a row of crm.customer, the keys of each table''s rows (4.1, 4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.kept crm.customer.text[]',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."kept crm.customer"(text[])
        RETURNS TABLE (record_key text, rule text, retain_until timestamp with time zone, source text, until timestamp with time zone)
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY
            SELECT t."customer_id"::pg_catalog.text, (SELECT r.name FROM (VALUES ('unsold_prospect', CASE WHEN ("t"."status" IN ('prospect', 'lost')) THEN COALESCE(LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 17520) END), ('former_customer', CASE WHEN ("t"."status" = 'customer') THEN COALESCE(GREATEST((SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id"), LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END)), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 87600) END)) AS r (name, until) WHERE r.until IS NOT NULL ORDER BY r.until DESC, r.name LIMIT 1), "t"."retain_until", d.source, d.until
            FROM "crm"."customer" AS t
            CROSS JOIN LATERAL (VALUES (NULL::text, NULL::timestamptz), ('crm.policy.ends_on', (SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id"))) AS d (source, until)
            WHERE "t"."customer_id" = ANY ($1::bigint[]);
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."kept crm.customer"(text[]) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."kept crm.customer"(text[]) IS 'Until when rows of crm.customer are kept, and the latest of each date below (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.erase crm.customer.bigint, text[]',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."erase crm.customer"(bigint, text[])
        RETURNS void
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    DECLARE
        went text[];
        pgcustsec_key0 bigint[];
    BEGIN
        SELECT array_agg(c.key), array_agg("c"."customer_id") INTO went, pgcustsec_key0
        FROM (SELECT t."customer_id"::pg_catalog.text AS key, "t"."customer_id" FROM "crm"."customer" AS t WHERE "t"."customer_id" = ANY ($2::bigint[]) FOR UPDATE OF t) AS c;
        IF cardinality(went) IS DISTINCT FROM cardinality($2) THEN
            RAISE EXCEPTION 'a customer of request % is there no more: nothing was erased (4.3)', $1
                USING ERRCODE = 'CS201', HINT = 'Somebody was faster; file another for those who are left.';
        END IF;
        PERFORM pgcustsec_internal._refuse_kept('crm.customer', went);
        PERFORM pgcustsec_internal."end crm.customer"(NULL, $1, went, NULL, pgcustsec_key0);
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."erase crm.customer"(bigint, text[]) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."erase crm.customer"(bigint, text[]) IS 'Erases rows of crm.customer that a request names, with all that hangs on them (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.hanging_rows.text, text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."hanging_rows"(text, text)
        RETURNS TABLE (relation_name text, keys text[])
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        CASE $1
        WHEN 'crm.customer' THEN
            RETURN QUERY SELECT s.* FROM pgcustsec_internal."hanging crm.customer"($2) AS s;
        ELSE
            RETURN;
        END CASE;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."hanging_rows"(text, text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."hanging_rows"(text, text) IS 'What hangs on a customer, the keys of each table''s rows (4.1, 4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.kept_rows.text, text[]',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."kept_rows"(text, text[])
        RETURNS TABLE (record_key text, rule text, retain_until timestamp with time zone, source text, until timestamp with time zone)
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        CASE $1
        WHEN 'crm.customer' THEN
            RETURN QUERY SELECT s.* FROM pgcustsec_internal."kept crm.customer"($2) AS s;
        ELSE
            RETURN;
        END CASE;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."kept_rows"(text, text[]) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."kept_rows"(text, text[]) IS 'Until when rows are kept, by which rule, and which dates below keep them longer (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.erase_rows.text, bigint, text[]',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."erase_rows"(text, bigint, text[])
        RETURNS void
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        CASE $1
        WHEN 'crm.customer' THEN
            PERFORM pgcustsec_internal."erase crm.customer"($2, $3);
        ELSE
            RETURN;
        END CASE;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."erase_rows"(text, bigint, text[]) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."erase_rows"(text, bigint, text[]) IS 'Erases the customers of a request, with all that hangs on them (4.3); for erase() alone.';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.erasable.text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."erasable"(text)
        RETURNS boolean
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN $1 IN ('crm.customer');
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."erasable"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."erasable"(text) IS 'Whether rows of a table are customers who are erased as they wish (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.end crm.customer.text, bigint, text[], timestamp with time zone, bigint[]',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."end crm.customer"(text, bigint, text[], timestamp with time zone, bigint[])
        RETURNS bigint
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    DECLARE
        counts jsonb := '{}';
        hung text[];
        extracts bigint[] := pgcustsec_internal._extracts_of('crm.customer', $3);
        n bigint;
    BEGIN
        CASE
            WHEN $2 IS NOT NULL THEN
                WITH gone AS (
                    DELETE FROM "crm"."claim" AS t USING "crm"."policy" AS up1, unnest($5) AS d ("customer_id")
                    WHERE "up1"."policy_id" = "t"."policy_id" AND "d"."customer_id" = "up1"."customer_id"
                    RETURNING t."claim_id"::pg_catalog.text AS key)
                SELECT array_agg(g.key), count(*) INTO hung, n FROM gone AS g;
                IF n > 0 THEN
                    counts := counts || jsonb_build_object('crm.claim', n);
                    extracts := extracts || pgcustsec_internal._extracts_of('crm.claim', hung);
                    PERFORM pgcustsec_internal._forget('crm.claim', hung);
                END IF;
                WITH gone AS (
                    DELETE FROM "crm"."policy" AS t USING unnest($5) AS d ("customer_id")
                    WHERE "d"."customer_id" = "t"."customer_id"
                    RETURNING t."policy_id"::pg_catalog.text AS key)
                SELECT array_agg(g.key), count(*) INTO hung, n FROM gone AS g;
                IF n > 0 THEN
                    counts := counts || jsonb_build_object('crm.policy', n);
                    extracts := extracts || pgcustsec_internal._extracts_of('crm.policy', hung);
                    PERFORM pgcustsec_internal._forget('crm.policy', hung);
                END IF;
                WITH gone AS (
                    DELETE FROM "crm"."attachment" AS t USING unnest($5) AS d ("customer_id")
                    WHERE "d"."customer_id" = "t"."customer_id"
                    RETURNING t."attachment_id"::pg_catalog.text AS key)
                SELECT array_agg(g.key), count(*) INTO hung, n FROM gone AS g;
                IF n > 0 THEN
                    counts := counts || jsonb_build_object('crm.attachment', n);
                    extracts := extracts || pgcustsec_internal._extracts_of('crm.attachment', hung);
                    PERFORM pgcustsec_internal._forget('crm.attachment', hung);
                END IF;
                WITH gone AS (
                    DELETE FROM "crm"."assignment" AS t USING unnest($5) AS d ("customer_id")
                    WHERE "d"."customer_id" = "t"."customer_id"
                    RETURNING t."assignment_id"::pg_catalog.text AS key)
                SELECT array_agg(g.key), count(*) INTO hung, n FROM gone AS g;
                IF n > 0 THEN
                    counts := counts || jsonb_build_object('crm.assignment', n);
                    extracts := extracts || pgcustsec_internal._extracts_of('crm.assignment', hung);
                    PERFORM pgcustsec_internal._forget('crm.assignment', hung);
                END IF;
                DELETE FROM "crm"."customer" AS t USING unnest($5) AS d ("customer_id") WHERE "t"."customer_id" = "d"."customer_id";
                GET DIAGNOSTICS n = ROW_COUNT;
                counts := counts || jsonb_build_object('crm.customer', n);
                PERFORM pgcustsec_internal._forget('crm.customer', $3);
            WHEN $1 = 'unsold_prospect' THEN
                WITH gone AS (
                    DELETE FROM "crm"."claim" AS t USING "crm"."policy" AS up1, unnest($5) AS d ("customer_id")
                    WHERE "up1"."policy_id" = "t"."policy_id" AND "d"."customer_id" = "up1"."customer_id"
                    RETURNING t."claim_id"::pg_catalog.text AS key)
                SELECT array_agg(g.key), count(*) INTO hung, n FROM gone AS g;
                IF n > 0 THEN
                    counts := counts || jsonb_build_object('crm.claim', n);
                    extracts := extracts || pgcustsec_internal._extracts_of('crm.claim', hung);
                    PERFORM pgcustsec_internal._forget('crm.claim', hung);
                END IF;
                WITH gone AS (
                    DELETE FROM "crm"."policy" AS t USING unnest($5) AS d ("customer_id")
                    WHERE "d"."customer_id" = "t"."customer_id"
                    RETURNING t."policy_id"::pg_catalog.text AS key)
                SELECT array_agg(g.key), count(*) INTO hung, n FROM gone AS g;
                IF n > 0 THEN
                    counts := counts || jsonb_build_object('crm.policy', n);
                    extracts := extracts || pgcustsec_internal._extracts_of('crm.policy', hung);
                    PERFORM pgcustsec_internal._forget('crm.policy', hung);
                END IF;
                WITH gone AS (
                    DELETE FROM "crm"."attachment" AS t USING unnest($5) AS d ("customer_id")
                    WHERE "d"."customer_id" = "t"."customer_id"
                    RETURNING t."attachment_id"::pg_catalog.text AS key)
                SELECT array_agg(g.key), count(*) INTO hung, n FROM gone AS g;
                IF n > 0 THEN
                    counts := counts || jsonb_build_object('crm.attachment', n);
                    extracts := extracts || pgcustsec_internal._extracts_of('crm.attachment', hung);
                    PERFORM pgcustsec_internal._forget('crm.attachment', hung);
                END IF;
                WITH gone AS (
                    DELETE FROM "crm"."assignment" AS t USING unnest($5) AS d ("customer_id")
                    WHERE "d"."customer_id" = "t"."customer_id"
                    RETURNING t."assignment_id"::pg_catalog.text AS key)
                SELECT array_agg(g.key), count(*) INTO hung, n FROM gone AS g;
                IF n > 0 THEN
                    counts := counts || jsonb_build_object('crm.assignment', n);
                    extracts := extracts || pgcustsec_internal._extracts_of('crm.assignment', hung);
                    PERFORM pgcustsec_internal._forget('crm.assignment', hung);
                END IF;
                DELETE FROM "crm"."customer" AS t USING unnest($5) AS d ("customer_id") WHERE "t"."customer_id" = "d"."customer_id";
                GET DIAGNOSTICS n = ROW_COUNT;
                counts := counts || jsonb_build_object('crm.customer', n);
                PERFORM pgcustsec_internal._forget('crm.customer', $3);
            WHEN $1 = 'former_customer' THEN
                WITH gone AS (
                    DELETE FROM "crm"."claim" AS t USING "crm"."policy" AS up1, unnest($5) AS d ("customer_id")
                    WHERE "up1"."policy_id" = "t"."policy_id" AND "d"."customer_id" = "up1"."customer_id"
                    RETURNING t."claim_id"::pg_catalog.text AS key)
                SELECT array_agg(g.key), count(*) INTO hung, n FROM gone AS g;
                IF n > 0 THEN
                    counts := counts || jsonb_build_object('crm.claim', n);
                    extracts := extracts || pgcustsec_internal._extracts_of('crm.claim', hung);
                    PERFORM pgcustsec_internal._forget('crm.claim', hung);
                END IF;
                WITH gone AS (
                    DELETE FROM "crm"."policy" AS t USING unnest($5) AS d ("customer_id")
                    WHERE "d"."customer_id" = "t"."customer_id"
                    RETURNING t."policy_id"::pg_catalog.text AS key)
                SELECT array_agg(g.key), count(*) INTO hung, n FROM gone AS g;
                IF n > 0 THEN
                    counts := counts || jsonb_build_object('crm.policy', n);
                    extracts := extracts || pgcustsec_internal._extracts_of('crm.policy', hung);
                    PERFORM pgcustsec_internal._forget('crm.policy', hung);
                END IF;
                WITH gone AS (
                    DELETE FROM "crm"."attachment" AS t USING unnest($5) AS d ("customer_id")
                    WHERE "d"."customer_id" = "t"."customer_id"
                    RETURNING t."attachment_id"::pg_catalog.text AS key)
                SELECT array_agg(g.key), count(*) INTO hung, n FROM gone AS g;
                IF n > 0 THEN
                    counts := counts || jsonb_build_object('crm.attachment', n);
                    extracts := extracts || pgcustsec_internal._extracts_of('crm.attachment', hung);
                    PERFORM pgcustsec_internal._forget('crm.attachment', hung);
                END IF;
                WITH gone AS (
                    DELETE FROM "crm"."assignment" AS t USING unnest($5) AS d ("customer_id")
                    WHERE "d"."customer_id" = "t"."customer_id"
                    RETURNING t."assignment_id"::pg_catalog.text AS key)
                SELECT array_agg(g.key), count(*) INTO hung, n FROM gone AS g;
                IF n > 0 THEN
                    counts := counts || jsonb_build_object('crm.assignment', n);
                    extracts := extracts || pgcustsec_internal._extracts_of('crm.assignment', hung);
                    PERFORM pgcustsec_internal._forget('crm.assignment', hung);
                END IF;
                DELETE FROM "pgcustsec_vault"."crm.customer" AS t USING unnest($5) AS d ("customer_id") WHERE "t"."customer_id" = "d"."customer_id";
                WITH g AS MATERIALIZED (
                    SELECT c.combination, c.rare
                    FROM pgcustsec_internal._rare('crm.customer', ARRAY(
                        SELECT jsonb_build_array("t"."branch_code", "t"."gender", "t"."age") FROM "crm"."customer" AS t, unnest($5) AS d ("customer_id") WHERE "t"."customer_id" = "d"."customer_id")) AS c)
                UPDATE "crm"."customer" AS t SET
                    "customer_id" = DEFAULT,
                    "owner_staff_id" = NULL,
                    "name" = NULL,
                    "mobile" = NULL,
                    "email" = NULL,
                    "id_card" = NULL,
                    "bank_account" = NULL,
                    "birth_date" = NULL,
                    "address" = NULL,
                    "health" = NULL,
                    "family" = NULL,
                    "annual_income" = NULL,
                    "note" = NULL,
                    "claimed_at" = NULL,
                    "last_contact_at" = NULL,
                    "created_at" = '9999-12-31 00:00:00+00'::timestamp with time zone,
                    "branch_code" = CASE WHEN g.rare THEN NULL ELSE "t"."branch_code" END,
                    "gender" = CASE WHEN g.rare THEN NULL ELSE "t"."gender" END,
                    "age" = CASE WHEN g.rare THEN NULL ELSE "t"."age" END
                FROM unnest($5) AS d ("customer_id") CROSS JOIN g
                WHERE "t"."customer_id" = "d"."customer_id" AND g.combination = jsonb_build_array("t"."branch_code", "t"."gender", "t"."age");
                GET DIAGNOSTICS n = ROW_COUNT;
                counts := counts || jsonb_build_object('crm.customer', n);
                PERFORM pgcustsec_internal._forget('crm.customer', $3);
        END CASE;
        IF n <> cardinality($3) THEN
            RAISE EXCEPTION 'rows of % stay: a trigger of the table keeps them (4.3)', 'crm.customer'
                USING ERRCODE = 'integrity_constraint_violation', HINT = 'What is not gone is not certified.';
        END IF;
        PERFORM pgcustsec_internal._certify('crm.customer', $1, $2, $3, $4, counts, extracts);
        RETURN n;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."end crm.customer"(text, bigint, text[], timestamp with time zone, bigint[]) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."end crm.customer"(text, bigint, text[], timestamp with time zone, bigint[]) IS 'Ends rows of crm.customer by a rule or a request, with all that hangs on them, and certifies it (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.held crm.customer.jsonb, text[]',
            'SET ROLE "pgcustsec_owner";\nCREATE OR REPLACE FUNCTION "pgcustsec_internal"."held crm.customer"(jsonb, text[])\n    RETURNS text[]\n    LANGUAGE plpgsql\n    STABLE\n    SECURITY DEFINER\n    SET search_path = pg_catalog, pg_temp\n    SET DateStyle = \'ISO, YMD\'\n    SET TimeZone = \'UTC\'\nAS $function$\n#variable_conflict use_column\nDECLARE\n    query text := \'SELECT COALESCE(array_agg(t."customer_id"::pg_catalog.text), \'\'{}\'\') FROM "crm"."customer" AS t WHERE ($2 IS NULL OR "t"."customer_id" = ANY ($2::bigint[]))\';\n    covered text[];\n    term jsonb;\n    place integer := 0;\n    judged text;\n    type text;\nBEGIN\n    FOR term IN SELECT e.value FROM jsonb_array_elements($1) WITH ORDINALITY AS e (value, place) ORDER BY e.place LOOP\n        judged := CASE term ->> \'column\'\n            WHEN \'customer_id\' THEN \'"t"."customer_id"\'\n            WHEN \'status\' THEN \'"t"."status"\'\n            WHEN \'owner_staff_id\' THEN \'"t"."owner_staff_id"\'\n            WHEN \'branch_code\' THEN \'"t"."branch_code"\'\n            WHEN \'gender\' THEN \'"t"."gender"\'\n            WHEN \'birth_date\' THEN \'"t"."birth_date"\'\n            WHEN \'age\' THEN \'"t"."age"\'\n            WHEN \'health\' THEN \'"t"."health"\'\n            WHEN \'annual_income\' THEN \'"t"."annual_income"\'\n            WHEN \'note\' THEN \'"t"."note"\'\n            WHEN \'claimed_at\' THEN \'"t"."claimed_at"\'\n            WHEN \'last_contact_at\' THEN \'"t"."last_contact_at"\'\n            WHEN \'created_at\' THEN \'"t"."created_at"\'\n        END;\n        type := CASE term ->> \'column\'\n            WHEN \'customer_id\' THEN \'bigint\'\n            WHEN \'status\' THEN \'text\'\n            WHEN \'owner_staff_id\' THEN \'text\'\n            WHEN \'branch_code\' THEN \'text\'\n            WHEN \'gender\' THEN \'text\'\n            WHEN \'birth_date\' THEN \'date\'\n            WHEN \'age\' THEN \'integer\'\n            WHEN \'health\' THEN \'text\'\n            WHEN \'annual_income\' THEN \'numeric\'\n            WHEN \'note\' THEN \'text\'\n            WHEN \'claimed_at\' THEN \'timestamp with time zone\'\n            WHEN \'last_contact_at\' THEN \'timestamp with time zone\'\n            WHEN \'created_at\' THEN \'timestamp with time zone\'\n        END;\n        IF judged IS NULL THEN\n            RAISE EXCEPTION \'no condition on that column of % can be judged (5.2.1)\', \'crm.customer\'\n                USING ERRCODE = \'CS309\', HINT = \'Columns of tier 2 and 3 are, where they hold text, numbers or dates.\';\n        ELSIF type IN (\'date\', \'timestamp without time zone\', \'timestamp with time zone\') AND jsonb_path_exists(\n            term, \'$.value[*] ? (@ like_regex "^\\s*(now|today|tomorrow|yesterday)" flag "i")\')\n        THEN\n            RAISE EXCEPTION \'a condition on % says a day that is another tomorrow (5.2.1)\', term ->> \'column\'\n                USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25.\';\n        END IF;\n        query := query || \' AND \' || judged || CASE\n            WHEN term ->> \'is\' IN (\'null\', \'not null\') THEN format(\' IS %s\', upper(term ->> \'is\'))\n            WHEN term ->> \'is\' = \'in\' THEN\n                format(\' IN (SELECT v.value::%s FROM jsonb_array_elements_text($1 -> %s -> \'\'value\'\') AS v (value))\',\n                    type, place)\n            ELSE format(\' %s ($1 -> %s ->> \'\'value\'\')::%s\',\n                (SELECT o.name FROM unnest(\'{=,<>,<,<=,>,>=}\'::text[]) AS o (name) WHERE o.name = term ->> \'is\'),\n                place, type)\n        END;\n        -- Every value is read as its column\'s type, whether a row is there to compare or not.\n        EXECUTE format(\'SELECT count(v.value::%s) FROM jsonb_array_elements_text($1) AS v (value)\', type)\n            USING CASE jsonb_typeof(term -> \'value\') WHEN \'array\' THEN term -> \'value\'\n                ELSE jsonb_build_array(term -> \'value\') END;\n        place := place + 1;\n    END LOOP;\n    EXECUTE query INTO covered USING $1, $2;\n    RETURN covered;\nEXCEPTION WHEN data_exception THEN\n    RAISE EXCEPTION \'a value of the hold is none of its column of % (3.3)\', \'crm.customer\'\n        USING ERRCODE = \'CS309\', HINT = \'Write dates as 2026-11-25.\';\nEND;\n$function$;\nREVOKE ALL ON FUNCTION "pgcustsec_internal"."held crm.customer"(jsonb, text[]) FROM PUBLIC;\nCOMMENT ON FUNCTION "pgcustsec_internal"."held crm.customer"(jsonb, text[]) IS \'Which rows of crm.customer a hold\'\'s predicate covers (3.3, 4.3).\';\nRESET ROLE',
        ),
        (
            'create function pgcustsec_internal.held_keys.text, jsonb, text[]',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."held_keys"(text, jsonb, text[])
        RETURNS text[]
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        CASE $1
        WHEN 'crm.customer' THEN
            RETURN pgcustsec_internal."held crm.customer"($2, $3);
        ELSE
            RETURN NULL;
        END CASE;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."held_keys"(text, jsonb, text[]) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."held_keys"(text, jsonb, text[]) IS 'Which of the keys, or of all that there are, a hold''s predicate covers (3.3, 4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.stamp crm.customer.',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."stamp crm.customer"()
        RETURNS trigger
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        -- Whatever is written there: nobody says by hand until when a row is kept.
        SELECT LEAST(GREATEST(COALESCE((SELECT pg_catalog.max(r.until) FROM (VALUES ('unsold_prospect', CASE WHEN ("t"."status" IN ('prospect', 'lost')) THEN COALESCE(LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 17520) END), ('former_customer', CASE WHEN ("t"."status" = 'customer') THEN COALESCE(GREATEST((SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id"), LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END)), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 87600) END)) AS r (name, until)), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz), (SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id")), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)
        INTO NEW."retain_until"
        FROM (SELECT NEW.*) AS t;
        RETURN NEW;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."stamp crm.customer"() FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."stamp crm.customer"() IS 'Until when a row of crm.customer is kept (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.follow crm.policy crm.customer.',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."follow crm.policy crm.customer"()
        RETURNS trigger
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            -- Locked before it is worked out: of two at once the second counts what the first has written.
            PERFORM FROM "crm"."customer" AS t WHERE EXISTS (SELECT FROM (SELECT "up1"."customer_id" FROM (SELECT OLD.*) AS c
            JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "c"."customer_id") AS k (key0) WHERE "t"."customer_id" = ("k"."key0")) FOR NO KEY UPDATE;
            UPDATE "crm"."customer" AS t SET "retain_until" = "retain_until"
            FROM (SELECT "up1"."customer_id" FROM (SELECT OLD.*) AS c
            JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "c"."customer_id") AS k (key0)
            -- An older snapshot may miss what others have sold meanwhile: it makes no term shorter.
            WHERE "t"."customer_id" = ("k"."key0") AND CASE current_setting('transaction_isolation')
                WHEN 'read committed' THEN "t"."retain_until" <> LEAST(GREATEST(COALESCE((SELECT pg_catalog.max(r.until) FROM (VALUES ('unsold_prospect', CASE WHEN ("t"."status" IN ('prospect', 'lost')) THEN COALESCE(LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 17520) END), ('former_customer', CASE WHEN ("t"."status" = 'customer') THEN COALESCE(GREATEST((SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id"), LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END)), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 87600) END)) AS r (name, until)), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz), (SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id")), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)
                ELSE "t"."retain_until" < LEAST(GREATEST(COALESCE((SELECT pg_catalog.max(r.until) FROM (VALUES ('unsold_prospect', CASE WHEN ("t"."status" IN ('prospect', 'lost')) THEN COALESCE(LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 17520) END), ('former_customer', CASE WHEN ("t"."status" = 'customer') THEN COALESCE(GREATEST((SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id"), LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END)), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 87600) END)) AS r (name, until)), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz), (SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id")), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)
            END;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            -- Locked before it is worked out: of two at once the second counts what the first has written.
            PERFORM FROM "crm"."customer" AS t WHERE EXISTS (SELECT FROM (SELECT "up1"."customer_id" FROM (SELECT NEW.*) AS c
            JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "c"."customer_id") AS k (key0) WHERE "t"."customer_id" = ("k"."key0")) FOR NO KEY UPDATE;
            UPDATE "crm"."customer" AS t SET "retain_until" = "retain_until"
            FROM (SELECT "up1"."customer_id" FROM (SELECT NEW.*) AS c
            JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "c"."customer_id") AS k (key0)
            -- An older snapshot may miss what others have sold meanwhile: it makes no term shorter.
            WHERE "t"."customer_id" = ("k"."key0") AND CASE current_setting('transaction_isolation')
                WHEN 'read committed' THEN "t"."retain_until" <> LEAST(GREATEST(COALESCE((SELECT pg_catalog.max(r.until) FROM (VALUES ('unsold_prospect', CASE WHEN ("t"."status" IN ('prospect', 'lost')) THEN COALESCE(LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 17520) END), ('former_customer', CASE WHEN ("t"."status" = 'customer') THEN COALESCE(GREATEST((SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id"), LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END)), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 87600) END)) AS r (name, until)), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz), (SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id")), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)
                ELSE "t"."retain_until" < LEAST(GREATEST(COALESCE((SELECT pg_catalog.max(r.until) FROM (VALUES ('unsold_prospect', CASE WHEN ("t"."status" IN ('prospect', 'lost')) THEN COALESCE(LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 17520) END), ('former_customer', CASE WHEN ("t"."status" = 'customer') THEN COALESCE(GREATEST((SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id"), LEAST("t"."last_contact_at", CASE WHEN "t"."last_contact_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END)), LEAST("t"."created_at", CASE WHEN "t"."created_at" IS NOT NULL THEN '9999-12-29'::pg_catalog.timestamptz END), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz) + pg_catalog.make_interval(hours => 87600) END)) AS r (name, until)), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz), (SELECT pg_catalog.max(COALESCE(((LEAST("c"."ends_on", CASE WHEN "c"."ends_on" IS NOT NULL THEN '9999-12-29'::pg_catalog.date END) + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)) FROM "crm"."policy" AS c WHERE "t"."customer_id" = "c"."customer_id")), '9999-12-30 00:00:00+00'::pg_catalog.timestamptz)
            END;
        END IF;
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."follow crm.policy crm.customer"() FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."follow crm.policy crm.customer"() IS 'A date of crm.policy may change the term of its customer (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.pool turn crm.customer.text, text, text, timestamp with time zone',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."pool turn crm.customer"(text, text, text, timestamp with time zone)
        RETURNS text
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    DECLARE
        turned text;
    BEGIN
        IF $2 IS NULL THEN
            -- Whoever is at it now has it: nobody waits for another's transaction.
            PERFORM
            FROM "crm"."customer" AS t
            WHERE "t"."customer_id" = $1::bigint AND t."owner_staff_id" IS NULL AND (((CAST(NULL AS pg_catalog.text) IS NULL) AND ("t"."status" = 'prospect'))) IS TRUE AND "t"."retain_until" > (SELECT pg_catalog.clock_timestamp())
            FOR NO KEY UPDATE SKIP LOCKED;
            IF NOT FOUND THEN
                RETURN NULL;
            END IF;
        END IF;
        UPDATE "crm"."customer" AS t
        SET "owner_staff_id" = $3, "claimed_at" = CASE WHEN $3 IS NULL THEN NULL ELSE $4 END
        WHERE "t"."customer_id" = $1::bigint AND t."owner_staff_id" IS NOT DISTINCT FROM $2 AND (((CAST(NULL AS pg_catalog.text) IS NULL) AND ("t"."status" = 'prospect'))) IS TRUE AND "t"."retain_until" > (SELECT pg_catalog.clock_timestamp())
        RETURNING t."customer_id"::pg_catalog.text INTO turned;
        RETURN turned;
    EXCEPTION WHEN data_exception THEN
        -- What is no key of this table is the key of no row.
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."pool turn crm.customer"(text, text, text, timestamp with time zone) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."pool turn crm.customer"(text, text, text, timestamp with time zone) IS 'Prospects of crm.customer from one''s hands to another''s (4.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.pool count crm.customer.text, integer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."pool count crm.customer"(text, integer)
        RETURNS bigint
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN (
            SELECT pg_catalog.count(*)
            FROM (
                SELECT
                FROM "crm"."customer" AS t
                WHERE t."owner_staff_id" = $1 AND (((CAST(NULL AS pg_catalog.text) IS NULL) AND ("t"."status" = 'prospect'))) IS TRUE AND "t"."retain_until" > (SELECT pg_catalog.clock_timestamp())
                LIMIT $2) AS mine);
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."pool count crm.customer"(text, integer) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."pool count crm.customer"(text, integer) IS 'Prospects of crm.customer that somebody holds (4.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.pool recycle crm.customer.timestamp with time zone, timestamp with time zone, integer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."pool recycle crm.customer"(timestamp with time zone, timestamp with time zone, integer)
        RETURNS TABLE (record_key text, holder text)
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        -- Of who holds one and nobody knows since when, the term begins with this.
        WITH undated AS MATERIALIZED (
            SELECT "t"."customer_id" AS key_0
            FROM "crm"."customer" AS t
            WHERE t."owner_staff_id" IS NOT NULL AND (((CAST(NULL AS pg_catalog.text) IS NULL) AND ("t"."status" = 'prospect'))) IS TRUE AND "t"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AND GREATEST(CASE WHEN "t"."claimed_at" < $2 + pg_catalog.make_interval(hours => 24) THEN "t"."claimed_at" END, CASE WHEN "t"."last_contact_at" < $2 + pg_catalog.make_interval(hours => 24) THEN "t"."last_contact_at" END) IS NULL
            LIMIT $3
            FOR NO KEY UPDATE SKIP LOCKED)
        UPDATE "crm"."customer" AS u
        SET "claimed_at" = $2
        FROM undated AS d
        WHERE "u"."customer_id" = d.key_0;
        RETURN QUERY
            WITH due AS MATERIALIZED (
                SELECT "t"."customer_id" AS key_0, t."owner_staff_id"::pg_catalog.text AS held_by
                FROM "crm"."customer" AS t
                WHERE t."owner_staff_id" IS NOT NULL AND (((CAST(NULL AS pg_catalog.text) IS NULL) AND ("t"."status" = 'prospect'))) IS TRUE AND "t"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AND GREATEST(CASE WHEN "t"."claimed_at" < $2 + pg_catalog.make_interval(hours => 24) THEN "t"."claimed_at" END, CASE WHEN "t"."last_contact_at" < $2 + pg_catalog.make_interval(hours => 24) THEN "t"."last_contact_at" END) < $1
                LIMIT $3
                FOR NO KEY UPDATE SKIP LOCKED)
            UPDATE "crm"."customer" AS u
            SET "owner_staff_id" = NULL, "claimed_at" = NULL
            FROM due AS d
            WHERE "u"."customer_id" = d.key_0
            RETURNING u."customer_id"::pg_catalog.text, d.held_by;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."pool recycle crm.customer"(timestamp with time zone, timestamp with time zone, integer) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."pool recycle crm.customer"(timestamp with time zone, timestamp with time zone, integer) IS 'Prospects of crm.customer without progress go back (4.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.pool state crm.customer.timestamp with time zone, timestamp with time zone',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."pool state crm.customer"(timestamp with time zone, timestamp with time zone)
        RETURNS TABLE (branch_code text, holder text, prospects bigint, overdue bigint, undated bigint, oldest timestamp with time zone)
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY
            SELECT
                "t"."branch_code"::pg_catalog.text,
                t."owner_staff_id"::pg_catalog.text,
                pg_catalog.count(*),
                pg_catalog.count(*) FILTER (WHERE t."owner_staff_id" IS NOT NULL AND GREATEST(CASE WHEN "t"."claimed_at" < $2 + pg_catalog.make_interval(hours => 24) THEN "t"."claimed_at" END, CASE WHEN "t"."last_contact_at" < $2 + pg_catalog.make_interval(hours => 24) THEN "t"."last_contact_at" END) < $1),
                pg_catalog.count(*) FILTER (WHERE t."owner_staff_id" IS NOT NULL AND GREATEST(CASE WHEN "t"."claimed_at" < $2 + pg_catalog.make_interval(hours => 24) THEN "t"."claimed_at" END, CASE WHEN "t"."last_contact_at" < $2 + pg_catalog.make_interval(hours => 24) THEN "t"."last_contact_at" END) IS NULL),
                pg_catalog.min(GREATEST(CASE WHEN "t"."claimed_at" < $2 + pg_catalog.make_interval(hours => 24) THEN "t"."claimed_at" END, CASE WHEN "t"."last_contact_at" < $2 + pg_catalog.make_interval(hours => 24) THEN "t"."last_contact_at" END)) FILTER (WHERE t."owner_staff_id" IS NOT NULL)
            FROM "crm"."customer" AS t
            WHERE (((CAST(NULL AS pg_catalog.text) IS NULL) AND ("t"."status" = 'prospect'))) IS TRUE AND "t"."retain_until" > (SELECT pg_catalog.clock_timestamp())
            GROUP BY 1, 2;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."pool state crm.customer"(timestamp with time zone, timestamp with time zone) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."pool state crm.customer"(timestamp with time zone, timestamp with time zone) IS 'Prospects of crm.customer by branch and holder (4.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.pool held crm.customer.text[]',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."pool held crm.customer"(text[])
        RETURNS TABLE (record_key text, holder text, prospect boolean)
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY
            SELECT k.key, found.held_by, found.is_prospect
            FROM pg_catalog.unnest($1) AS k (key)
            LEFT JOIN LATERAL (
                SELECT t."owner_staff_id"::pg_catalog.text AS held_by, (((CAST(NULL AS pg_catalog.text) IS NULL) AND ("t"."status" = 'prospect'))) IS TRUE AND "t"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AS is_prospect
                FROM "crm"."customer" AS t
                WHERE "t"."customer_id" = k.key::bigint
                LIMIT 1) AS found ON true;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."pool held crm.customer"(text[]) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."pool held crm.customer"(text[]) IS 'Prospects of crm.customer by key (4.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.pool_turn.text, text, text, text, timestamp with time zone',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."pool_turn"(text, text, text, text, timestamp with time zone)
        RETURNS text
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        IF $1 = 'crm.customer' THEN
            RETURN pgcustsec_internal."pool turn crm.customer"($2, $3, $4, $5);
        END IF;
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."pool_turn"(text, text, text, text, timestamp with time zone) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."pool_turn"(text, text, text, text, timestamp with time zone) IS 'Takes a prospect out of its pool or gives it back: its key; NULL: it is not where it was said to be (4.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.pool_count.text, text, integer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."pool_count"(text, text, integer)
        RETURNS bigint
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        IF $1 = 'crm.customer' THEN
            RETURN pgcustsec_internal."pool count crm.customer"($2, $3);
        END IF;
        RETURN NULL;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."pool_count"(text, text, integer) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."pool_count"(text, text, integer) IS 'How many prospects somebody holds, so many at most (4.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.pool_recycle.text, timestamp with time zone, timestamp with time zone, integer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."pool_recycle"(text, timestamp with time zone, timestamp with time zone, integer)
        RETURNS TABLE (record_key text, holder text)
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        IF $1 = 'crm.customer' THEN
            RETURN QUERY SELECT r.* FROM pgcustsec_internal."pool recycle crm.customer"($2, $3, $4) AS r;
        END IF;
        RETURN;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."pool_recycle"(text, timestamp with time zone, timestamp with time zone, integer) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."pool_recycle"(text, timestamp with time zone, timestamp with time zone, integer) IS 'Gives prospects back whose holder made no progress since a moment; whose they were (4.2, 4.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.pool_state.text, timestamp with time zone, timestamp with time zone',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."pool_state"(text, timestamp with time zone, timestamp with time zone)
        RETURNS TABLE (branch_code text, holder text, prospects bigint, overdue bigint, undated bigint, oldest timestamp with time zone)
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        IF $1 = 'crm.customer' THEN
            RETURN QUERY SELECT r.* FROM pgcustsec_internal."pool state crm.customer"($2, $3) AS r;
        END IF;
        RETURN;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."pool_state"(text, timestamp with time zone, timestamp with time zone) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."pool_state"(text, timestamp with time zone, timestamp with time zone) IS 'Prospects by branch and holder, and how many of them are overdue since a moment (4.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.pool_held.text, text[]',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."pool_held"(text, text[])
        RETURNS TABLE (record_key text, holder text, prospect boolean)
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        IF $1 = 'crm.customer' THEN
            RETURN QUERY SELECT r.* FROM pgcustsec_internal."pool held crm.customer"($2) AS r;
        END IF;
        RETURN;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."pool_held"(text, text[]) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."pool_held"(text, text[]) IS 'Who holds the rows of keys, and whether they are prospects (4.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.hand over crm.customer.text, text, timestamp with time zone',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."hand over crm.customer"(text, text, timestamp with time zone)
        RETURNS TABLE (record_key text, was_prospect boolean)
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        -- Rows that somebody has locked stay: who leaves could else keep their leaving from being recorded.
        IF $2 IS NULL THEN
            RETURN QUERY
                WITH mine AS MATERIALIZED (
                    SELECT "t"."customer_id" AS key_0, (((CAST(NULL AS pg_catalog.text) IS NULL) AND ("t"."status" = 'prospect'))) IS TRUE AS is_prospect
                    FROM "crm"."customer" AS t
                    WHERE "t"."owner_staff_id" = $1 AND (((CAST(NULL AS pg_catalog.text) IS NULL) AND ("t"."status" = 'prospect'))) IS TRUE
                    FOR NO KEY UPDATE SKIP LOCKED)
                UPDATE "crm"."customer" AS u
                SET "owner_staff_id" = NULL, "claimed_at" = CASE WHEN d.is_prospect THEN NULL ELSE u."claimed_at" END
                FROM mine AS d
                WHERE "u"."customer_id" = d.key_0
                RETURNING u."customer_id"::pg_catalog.text, d.is_prospect;
            RETURN;
        ELSE
            RETURN QUERY
                WITH mine AS MATERIALIZED (
                    SELECT "t"."customer_id" AS key_0, (((CAST(NULL AS pg_catalog.text) IS NULL) AND ("t"."status" = 'prospect'))) IS TRUE AS is_prospect
                    FROM "crm"."customer" AS t
                    WHERE "t"."owner_staff_id" = $1
                    FOR NO KEY UPDATE SKIP LOCKED)
                UPDATE "crm"."customer" AS u
                SET "owner_staff_id" = $2, "claimed_at" = CASE WHEN d.is_prospect THEN $3 ELSE u."claimed_at" END
                FROM mine AS d
                WHERE "u"."customer_id" = d.key_0
                RETURNING u."customer_id"::pg_catalog.text, d.is_prospect;
            RETURN QUERY
                WITH mine AS MATERIALIZED (
                    SELECT "t"."assignment_id" AS key_0
                    FROM "crm"."assignment" AS t
                    WHERE "t"."staff_id" = $1 AND ("t"."ends_at" IS NULL OR "t"."ends_at" > pg_catalog.clock_timestamp()) AND EXISTS (SELECT FROM "crm"."assignment" AS h WHERE "h"."customer_id" = "t"."customer_id" AND "h"."staff_id" = $2 AND ("h"."ends_at" IS NULL OR "h"."ends_at" > pg_catalog.clock_timestamp()))
                    FOR NO KEY UPDATE SKIP LOCKED)
                UPDATE "crm"."assignment" AS u
                SET "ends_at" = $3
                FROM mine AS d
                WHERE "u"."assignment_id" = d.key_0
                RETURNING "u"."customer_id"::pg_catalog.text, false;
            RETURN QUERY
                WITH mine AS MATERIALIZED (
                    SELECT "t"."assignment_id" AS key_0
                    FROM "crm"."assignment" AS t
                    WHERE "t"."staff_id" = $1 AND ("t"."ends_at" IS NULL OR "t"."ends_at" > pg_catalog.clock_timestamp()) AND NOT EXISTS (SELECT FROM "crm"."assignment" AS h WHERE "h"."customer_id" = "t"."customer_id" AND "h"."staff_id" = $2 AND ("h"."ends_at" IS NULL OR "h"."ends_at" > pg_catalog.clock_timestamp()))
                    FOR NO KEY UPDATE SKIP LOCKED)
                UPDATE "crm"."assignment" AS u
                SET "staff_id" = $2
                FROM mine AS d
                WHERE "u"."assignment_id" = d.key_0
                RETURNING "u"."customer_id"::pg_catalog.text, false;
        END IF;
        RETURN;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."hand over crm.customer"(text, text, timestamp with time zone) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."hand over crm.customer"(text, text, timestamp with time zone) IS 'Moves what a leaver serves of crm.customer (5.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.served crm.customer.text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."served crm.customer"(text)
        RETURNS bigint
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN (
            SELECT pg_catalog.count(*)
            FROM "crm"."customer" AS t
            WHERE "t"."owner_staff_id" = $1 OR EXISTS (SELECT FROM "crm"."assignment" AS a WHERE "a"."customer_id" = "t"."customer_id" AND "a"."staff_id" = $1 AND ("a"."ends_at" IS NULL OR "a"."ends_at" > pg_catalog.clock_timestamp())));
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."served crm.customer"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."served crm.customer"(text) IS 'How many rows of crm.customer name somebody as who serves them (5.2.2, 5.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.hand_over.text, text, timestamp with time zone',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."hand_over"(text, text, timestamp with time zone)
        RETURNS TABLE (relation text, record_key text, was_prospect boolean)
        LANGUAGE plpgsql
        VOLATILE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
        SET row_security = on
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY
            SELECT 'crm.customer', r.* FROM pgcustsec_internal."hand over crm.customer"($1, $2, $3) AS r;
        RETURN;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."hand_over"(text, text, timestamp with time zone) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."hand_over"(text, text, timestamp with time zone) IS 'Moves what a leaver served to somebody else, NULL: prospects to their pool; what moved (5.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.customers_served.text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION "pgcustsec_internal"."customers_served"(text)
        RETURNS TABLE (relation text, customers bigint)
        LANGUAGE plpgsql
        STABLE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY
            SELECT 'crm.customer', pgcustsec_internal."served crm.customer"($1);
        RETURN;
    END;
    $function$;
    REVOKE ALL ON FUNCTION "pgcustsec_internal"."customers_served"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."customers_served"(text) IS 'How many customers name somebody as who serves them directly (5.2.2, 5.3).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.department crm.customer.text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION pgcustsec_internal."department crm.customer"(text)
        RETURNS bigint[]
        LANGUAGE plpgsql
        STABLE
        PARALLEL SAFE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        served_staff text[] := ARRAY(SELECT a.staff_id FROM pgcustsec_internal.colleague AS a WHERE a.role_code = $1);
    BEGIN
        -- Nobody serves nothing: comparing with a NULL array matches no row.
        RETURN ARRAY(
            SELECT "a"."customer_id"::bigint
            FROM "crm"."assignment" AS a
            WHERE "a"."staff_id" = ANY (served_staff)
                AND ("a"."ends_at" IS NULL OR "a"."ends_at" > pg_catalog.clock_timestamp()));
    END;
    $function$;
    REVOKE ALL ON FUNCTION pgcustsec_internal."department crm.customer"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."department crm.customer"(text) IS 'Keys of crm.customer rows that this login''s person''s department serves by assignment, in the given role (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create function pgcustsec_internal.serving crm.customer.text',
            """
    SET ROLE "pgcustsec_owner";
    CREATE OR REPLACE FUNCTION pgcustsec_internal."serving crm.customer"(text)
        RETURNS bigint[]
        LANGUAGE plpgsql
        STABLE
        PARALLEL SAFE
        SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp
    AS $function$
    #variable_conflict use_column
    DECLARE
        served_staff text[] := (SELECT a.serves_direct FROM pgcustsec_internal.asker AS a WHERE a.role_code = $1);
    BEGIN
        -- Nobody serves nothing: comparing with a NULL array matches no row.
        RETURN ARRAY(
            SELECT "a"."customer_id"::bigint
            FROM "crm"."assignment" AS a
            WHERE "a"."staff_id" = ANY (served_staff)
                AND ("a"."ends_at" IS NULL OR "a"."ends_at" > pg_catalog.clock_timestamp()));
    END;
    $function$;
    REVOKE ALL ON FUNCTION pgcustsec_internal."serving crm.customer"(text) FROM PUBLIC;
    COMMENT ON FUNCTION "pgcustsec_internal"."serving crm.customer"(text) IS 'Keys of crm.customer rows that this login''s person serves by assignment, in the given role (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create row security crm.customer',
            """
    SET ROLE "crm_owner";
    ALTER TABLE "crm"."customer" ENABLE ROW LEVEL SECURITY;
    RESET ROLE
    """,
        ),
        (
            'create row security crm.policy',
            """
    SET ROLE "crm_owner";
    ALTER TABLE "crm"."policy" ENABLE ROW LEVEL SECURITY;
    RESET ROLE
    """,
        ),
        (
            'create row security crm.claim',
            """
    SET ROLE "crm_owner";
    ALTER TABLE "crm"."claim" ENABLE ROW LEVEL SECURITY;
    RESET ROLE
    """,
        ),
        (
            'create row security crm.attachment',
            """
    SET ROLE "crm_owner";
    ALTER TABLE "crm"."attachment" ENABLE ROW LEVEL SECURITY;
    RESET ROLE
    """,
        ),
        (
            'create row security crm.assignment',
            """
    SET ROLE "crm_owner";
    ALTER TABLE "crm"."assignment" ENABLE ROW LEVEL SECURITY;
    RESET ROLE
    """,
        ),
        (
            'create term column crm.customer.retain_until',
            """
    SET ROLE "crm_owner";
    ALTER TABLE "crm"."customer" ADD COLUMN IF NOT EXISTS "retain_until" timestamptz NOT NULL DEFAULT '9999-12-30 00:00:00+00'::pg_catalog.timestamptz;
    COMMENT ON COLUMN "crm"."customer"."retain_until" IS 'pgcustsec: until when the row is kept, and shows (4.3). Kept by trigger.';
    CREATE INDEX IF NOT EXISTS "customer retain_until" ON "crm"."customer" ("retain_until");
    COMMENT ON INDEX "crm"."customer retain_until" IS 'Finds rows that are past their term (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create check crm.customer.pgcustsec_sealed_name',
            'SET ROLE "crm_owner";\nALTER TABLE "crm"."customer" DROP CONSTRAINT IF EXISTS "pgcustsec_sealed_name", ADD CONSTRAINT "pgcustsec_sealed_name" CHECK (("name"::pg_catalog.text COLLATE "C" ~ \'^([㐀-䶿一-鿿𠀀-\U000333af][*]{1,2}|[A-Za-zÀ-ÖØ-öø-ž]?[*]{3})$\' OR "name"::pg_catalog.text COLLATE "C" ~ \'^(司[马徒空寇馬]|尉[迟遲]|公[孙羊冶西良孫]|东[方郭门]|西[门門]|南[门宫門宮]|北[宫宮]|仲[孙孫]|叔[孙孫]|濮[阳陽]|太[叔史]|澹[台臺]|赫[连連]|巫[马馬]|壤[驷駟]|子[车車]|褚[师師]|完[颜顏]|東[方郭門]|欧阳|[上亓]官|[诸諸]葛|夏侯|皇甫|慕容|令狐|[长颛]孙|宇文|端木|轩辕|[独獨]孤|钟离|申屠|[闻聞]人|[万萬]俟|[淳鲜鮮]于|百里|呼延|拓跋|[闾閭]丘|漆雕|羊舌|微生|即墨|[达達]奚|第五|耶律|纳兰|歐陽|[長顓]孫|軒轅|[鍾鐘]離|納蘭)[*]{1,2}$\')) NOT VALID;\nCOMMENT ON CONSTRAINT "pgcustsec_sealed_name" ON "crm"."customer" IS \'Masked forms only: the true value lies in the vault (5.2.1).\';\nRESET ROLE',
        ),
        (
            'create check crm.customer.pgcustsec_sealed_mobile',
            """
    SET ROLE "crm_owner";
    ALTER TABLE "crm"."customer" DROP CONSTRAINT IF EXISTS "pgcustsec_sealed_mobile", ADD CONSTRAINT "pgcustsec_sealed_mobile" CHECK ("mobile"::pg_catalog.text COLLATE "C" ~ '^(1[3-9][0-9][*]{4}[0-9]{4}|0(10|2[0-9]|[3-9][0-9]{2})-[*]{4}([0-9]{2})?|[*]{3})$') NOT VALID;
    COMMENT ON CONSTRAINT "pgcustsec_sealed_mobile" ON "crm"."customer" IS 'Masked forms only: the true value lies in the vault (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create check crm.customer.pgcustsec_sealed_email',
            """
    SET ROLE "crm_owner";
    ALTER TABLE "crm"."customer" DROP CONSTRAINT IF EXISTS "pgcustsec_sealed_email", ADD CONSTRAINT "pgcustsec_sealed_email" CHECK ("email"::pg_catalog.text COLLATE "C" ~ '^([0-9A-Za-z][*]{3}@[*]{3}|[*]{3})$') NOT VALID;
    COMMENT ON CONSTRAINT "pgcustsec_sealed_email" ON "crm"."customer" IS 'Masked forms only: the true value lies in the vault (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create check crm.customer.pgcustsec_sealed_id_card',
            """
    SET ROLE "crm_owner";
    ALTER TABLE "crm"."customer" DROP CONSTRAINT IF EXISTS "pgcustsec_sealed_id_card", ADD CONSTRAINT "pgcustsec_sealed_id_card" CHECK ("id_card"::pg_catalog.text COLLATE "C" ~ '^((1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[*]{13}([*]{3})?|[A-Z][*]{8}|[*]{3})$') NOT VALID;
    COMMENT ON CONSTRAINT "pgcustsec_sealed_id_card" ON "crm"."customer" IS 'Masked forms only: the true value lies in the vault (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create check crm.customer.pgcustsec_sealed_bank_account',
            """
    SET ROLE "crm_owner";
    ALTER TABLE "crm"."customer" DROP CONSTRAINT IF EXISTS "pgcustsec_sealed_bank_account", ADD CONSTRAINT "pgcustsec_sealed_bank_account" CHECK ("bank_account"::pg_catalog.text COLLATE "C" ~ '^([*]{8}[0-9]{4}|[*]{3})$') NOT VALID;
    COMMENT ON CONSTRAINT "pgcustsec_sealed_bank_account" ON "crm"."customer" IS 'Masked forms only: the true value lies in the vault (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create check crm.customer.pgcustsec_sealed_address',
            """
    SET ROLE "crm_owner";
    ALTER TABLE "crm"."customer" DROP CONSTRAINT IF EXISTS "pgcustsec_sealed_address", ADD CONSTRAINT "pgcustsec_sealed_address" CHECK ("address"::pg_catalog.text COLLATE "C" ~ '^(((北京|天津|上海|重庆)市|(河北|山西|辽宁|吉林|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省|黑龙江|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)[*]{6}|[*]{3})$') NOT VALID;
    COMMENT ON CONSTRAINT "pgcustsec_sealed_address" ON "crm"."customer" IS 'Masked forms only: the true value lies in the vault (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create check crm.policy.pgcustsec_sealed_payer_account',
            """
    SET ROLE "crm_owner";
    ALTER TABLE "crm"."policy" DROP CONSTRAINT IF EXISTS "pgcustsec_sealed_payer_account", ADD CONSTRAINT "pgcustsec_sealed_payer_account" CHECK ("payer_account"::pg_catalog.text COLLATE "C" ~ '^([*]{8}[0-9]{4}|[*]{3})$') NOT VALID;
    COMMENT ON CONSTRAINT "pgcustsec_sealed_payer_account" ON "crm"."policy" IS 'Masked forms only: the true value lies in the vault (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create check crm.attachment.pgcustsec_sealed_content',
            """
    SET ROLE "crm_owner";
    ALTER TABLE "crm"."attachment" DROP CONSTRAINT IF EXISTS "pgcustsec_sealed_content", ADD CONSTRAINT "pgcustsec_sealed_content" CHECK ("content" IS NULL) NOT VALID;
    COMMENT ON CONSTRAINT "pgcustsec_sealed_content" ON "crm"."attachment" IS 'Masked forms only: the true value lies in the vault (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.assignment.pgcustsec_assignments',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_assignments" ON "crm"."assignment" AS PERMISSIVE FOR SELECT TO "pgcustsec_owner"
    USING (true);
    COMMENT ON POLICY "pgcustsec_assignments" ON "crm"."assignment" IS 'pgcustsec reads who serves whom (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.pgcustsec_vault reads',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_vault reads" ON "crm"."customer" AS PERMISSIVE FOR SELECT TO "pgcustsec_owner"
    USING (true);
    COMMENT ON POLICY "pgcustsec_vault reads" ON "crm"."customer" IS 'pgcustsec moves true values to the vault and back (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.pgcustsec_vault',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_vault" ON "crm"."customer" AS PERMISSIVE FOR UPDATE TO "pgcustsec_owner"
    USING (true) WITH CHECK (true);
    COMMENT ON POLICY "pgcustsec_vault" ON "crm"."customer" IS 'pgcustsec moves true values to the vault and back (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.policy.pgcustsec_vault reads',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_vault reads" ON "crm"."policy" AS PERMISSIVE FOR SELECT TO "pgcustsec_owner"
    USING (true);
    COMMENT ON POLICY "pgcustsec_vault reads" ON "crm"."policy" IS 'pgcustsec moves true values to the vault and back (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.policy.pgcustsec_vault',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_vault" ON "crm"."policy" AS PERMISSIVE FOR UPDATE TO "pgcustsec_owner"
    USING (true) WITH CHECK (true);
    COMMENT ON POLICY "pgcustsec_vault" ON "crm"."policy" IS 'pgcustsec moves true values to the vault and back (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.attachment.pgcustsec_vault reads',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_vault reads" ON "crm"."attachment" AS PERMISSIVE FOR SELECT TO "pgcustsec_owner"
    USING (true);
    COMMENT ON POLICY "pgcustsec_vault reads" ON "crm"."attachment" IS 'pgcustsec moves true values to the vault and back (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.attachment.pgcustsec_vault',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_vault" ON "crm"."attachment" AS PERMISSIVE FOR UPDATE TO "pgcustsec_owner"
    USING (true) WITH CHECK (true);
    COMMENT ON POLICY "pgcustsec_vault" ON "crm"."attachment" IS 'pgcustsec moves true values to the vault and back (5.2.1).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.pgcustsec_explains',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_explains" ON "crm"."customer" AS PERMISSIVE FOR SELECT TO "pgcustsec_owner"
    USING (true);
    COMMENT ON POLICY "pgcustsec_explains" ON "crm"."customer" IS 'pgcustsec tells supervisors why a cell shows or does not (5.2.4).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.policy.pgcustsec_explains',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_explains" ON "crm"."policy" AS PERMISSIVE FOR SELECT TO "pgcustsec_owner"
    USING (true);
    COMMENT ON POLICY "pgcustsec_explains" ON "crm"."policy" IS 'pgcustsec tells supervisors why a cell shows or does not (5.2.4).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.claim.pgcustsec_explains',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_explains" ON "crm"."claim" AS PERMISSIVE FOR SELECT TO "pgcustsec_owner"
    USING (true);
    COMMENT ON POLICY "pgcustsec_explains" ON "crm"."claim" IS 'pgcustsec tells supervisors why a cell shows or does not (5.2.4).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.attachment.pgcustsec_explains',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_explains" ON "crm"."attachment" AS PERMISSIVE FOR SELECT TO "pgcustsec_owner"
    USING (true);
    COMMENT ON POLICY "pgcustsec_explains" ON "crm"."attachment" IS 'pgcustsec tells supervisors why a cell shows or does not (5.2.4).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.assignment.pgcustsec_explains',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_explains" ON "crm"."assignment" AS PERMISSIVE FOR SELECT TO "pgcustsec_owner"
    USING (true);
    COMMENT ON POLICY "pgcustsec_explains" ON "crm"."assignment" IS 'pgcustsec tells supervisors why a cell shows or does not (5.2.4).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.claim.pgcustsec_sweeps',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_sweeps" ON "crm"."claim" AS PERMISSIVE FOR DELETE TO "pgcustsec_owner"
    USING (true);
    COMMENT ON POLICY "pgcustsec_sweeps" ON "crm"."claim" IS 'pgcustsec destroys what hangs on a row that is past its term, or erased (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.policy.pgcustsec_sweeps',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_sweeps" ON "crm"."policy" AS PERMISSIVE FOR DELETE TO "pgcustsec_owner"
    USING (true);
    COMMENT ON POLICY "pgcustsec_sweeps" ON "crm"."policy" IS 'pgcustsec destroys what hangs on a row that is past its term, or erased (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.attachment.pgcustsec_sweeps',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_sweeps" ON "crm"."attachment" AS PERMISSIVE FOR DELETE TO "pgcustsec_owner"
    USING (true);
    COMMENT ON POLICY "pgcustsec_sweeps" ON "crm"."attachment" IS 'pgcustsec destroys what hangs on a row that is past its term, or erased (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.assignment.pgcustsec_sweeps',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_sweeps" ON "crm"."assignment" AS PERMISSIVE FOR DELETE TO "pgcustsec_owner"
    USING (true);
    COMMENT ON POLICY "pgcustsec_sweeps" ON "crm"."assignment" IS 'pgcustsec destroys what hangs on a row that is past its term, or erased (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.pgcustsec_sweeps',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_sweeps" ON "crm"."customer" AS PERMISSIVE FOR DELETE TO "pgcustsec_owner"
    USING (retain_until <= (SELECT pg_catalog.clock_timestamp()) OR pgcustsec_internal._wish_granted('crm.customer', "customer_id"::pg_catalog.text));
    COMMENT ON POLICY "pgcustsec_sweeps" ON "crm"."customer" IS 'pgcustsec destroys what is past its term, or erased by an approved request (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.pgcustsec_terms',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_terms" ON "crm"."customer" AS PERMISSIVE FOR UPDATE TO "pgcustsec_owner"
    USING (true) WITH CHECK (true);
    COMMENT ON POLICY "pgcustsec_terms" ON "crm"."customer" IS 'pgcustsec works out until when rows are kept (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.pgcustsec_pool',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_pool" ON "crm"."customer" AS PERMISSIVE FOR UPDATE TO "pgcustsec_owner"
    USING (((CAST(NULL AS pg_catalog.text) IS NULL) AND ("customer"."status" = 'prospect'))) WITH CHECK (((CAST(NULL AS pg_catalog.text) IS NULL) AND ("customer"."status" = 'prospect')));
    COMMENT ON POLICY "pgcustsec_pool" ON "crm"."customer" IS 'pgcustsec takes prospects out of the pool and gives them back (4.2).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.pgcustsec_leavers',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_leavers" ON "crm"."customer" AS PERMISSIVE FOR UPDATE TO "pgcustsec_owner"
    USING (true) WITH CHECK (true);
    COMMENT ON POLICY "pgcustsec_leavers" ON "crm"."customer" IS 'pgcustsec hands over the customers of who leaves (5.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.assignment.pgcustsec_leavers',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "pgcustsec_leavers" ON "crm"."assignment" AS PERMISSIVE FOR UPDATE TO "pgcustsec_owner"
    USING (true) WITH CHECK (true);
    COMMENT ON POLICY "pgcustsec_leavers" ON "crm"."assignment" IS 'pgcustsec hands over the customers of who leaves (5.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.wutong_sales_agent_viewer',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_sales_agent_viewer" ON "crm"."customer" AS PERMISSIVE FOR SELECT TO "wutong_sales_agent_viewer"
    USING ("customer"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AND (CASE COALESCE("customer"."owner_staff_id", '') = ANY (CASE WHEN true THEN (SELECT a.serves_direct FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'sales_agent') END) WHEN true THEN true WHEN false THEN ((("customer"."owner_staff_id" IS NULL) AND ("customer"."status" = 'prospect'))) IS TRUE END OR "customer"."customer_id" = ANY (CASE WHEN true THEN (SELECT pgcustsec_internal."serving crm.customer"('sales_agent')) END)));
    COMMENT ON POLICY "wutong_sales_agent_viewer" ON "crm"."customer" IS 'Rows of crm.customer for sales_agent (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.wutong_sales_agent_viewer insert',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_sales_agent_viewer insert" ON "crm"."customer" AS PERMISSIVE FOR INSERT TO "wutong_sales_agent_viewer"
    WITH CHECK ("customer"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AND (CASE COALESCE("customer"."owner_staff_id", '') = ANY (CASE WHEN true THEN (SELECT a.serves_direct FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'sales_agent') END) WHEN true THEN true WHEN false THEN ((("customer"."owner_staff_id" IS NULL) AND ("customer"."status" = 'prospect'))) IS TRUE END OR "customer"."customer_id" = ANY (CASE WHEN true THEN (SELECT pgcustsec_internal."serving crm.customer"('sales_agent')) END)));
    COMMENT ON POLICY "wutong_sales_agent_viewer insert" ON "crm"."customer" IS 'Rows of crm.customer that sales_agent writes (5.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.wutong_sales_agent_viewer update',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_sales_agent_viewer update" ON "crm"."customer" AS PERMISSIVE FOR UPDATE TO "wutong_sales_agent_viewer"
    USING ("customer"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AND (CASE COALESCE("customer"."owner_staff_id", '') = ANY (CASE WHEN true THEN (SELECT a.serves_direct FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'sales_agent') END) WHEN true THEN true WHEN false THEN ((("customer"."owner_staff_id" IS NULL) AND ("customer"."status" = 'prospect'))) IS TRUE END OR "customer"."customer_id" = ANY (CASE WHEN true THEN (SELECT pgcustsec_internal."serving crm.customer"('sales_agent')) END))) WITH CHECK ("customer"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AND (CASE COALESCE("customer"."owner_staff_id", '') = ANY (CASE WHEN true THEN (SELECT a.serves_direct FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'sales_agent') END) WHEN true THEN true WHEN false THEN ((("customer"."owner_staff_id" IS NULL) AND ("customer"."status" = 'prospect'))) IS TRUE END OR "customer"."customer_id" = ANY (CASE WHEN true THEN (SELECT pgcustsec_internal."serving crm.customer"('sales_agent')) END)));
    COMMENT ON POLICY "wutong_sales_agent_viewer update" ON "crm"."customer" IS 'Rows of crm.customer that sales_agent writes (5.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.policy.wutong_sales_agent_viewer',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_sales_agent_viewer" ON "crm"."policy" AS PERMISSIVE FOR SELECT TO "wutong_sales_agent_viewer"
    USING ((SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN true END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'sales_agent crm.policy') AND (EXISTS (SELECT FROM "crm"."customer" AS up0
    WHERE "up0"."customer_id" = "policy"."customer_id" AND ("up0"."owner_staff_id" IN (SELECT pg_catalog.unnest(a.serves_direct) FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'sales_agent') OR "up0"."customer_id" IN (SELECT pg_catalog.unnest(pgcustsec_internal."serving crm.customer"('sales_agent')))))));
    COMMENT ON POLICY "wutong_sales_agent_viewer" ON "crm"."policy" IS 'Rows of crm.policy for sales_agent (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.wutong_sales_manager_viewer',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_sales_manager_viewer" ON "crm"."customer" AS PERMISSIVE FOR SELECT TO "wutong_sales_manager_viewer"
    USING ("customer"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AND ("customer"."owner_staff_id" IN (SELECT a.staff_id FROM pgcustsec_internal.colleague AS a WHERE a.role_code = 'sales_manager') OR "customer"."customer_id" IN (SELECT pg_catalog.unnest(pgcustsec_internal."department crm.customer"('sales_manager')))));
    COMMENT ON POLICY "wutong_sales_manager_viewer" ON "crm"."customer" IS 'Rows of crm.customer for sales_manager (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.wutong_sales_manager_viewer update',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_sales_manager_viewer update" ON "crm"."customer" AS PERMISSIVE FOR UPDATE TO "wutong_sales_manager_viewer"
    USING ("customer"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AND ("customer"."owner_staff_id" IN (SELECT a.staff_id FROM pgcustsec_internal.colleague AS a WHERE a.role_code = 'sales_manager') OR "customer"."customer_id" IN (SELECT pg_catalog.unnest(pgcustsec_internal."department crm.customer"('sales_manager'))))) WITH CHECK ("customer"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AND ("customer"."owner_staff_id" IN (SELECT a.staff_id FROM pgcustsec_internal.colleague AS a WHERE a.role_code = 'sales_manager') OR "customer"."customer_id" IN (SELECT pg_catalog.unnest(pgcustsec_internal."department crm.customer"('sales_manager')))));
    COMMENT ON POLICY "wutong_sales_manager_viewer update" ON "crm"."customer" IS 'Rows of crm.customer that sales_manager writes (5.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.policy.wutong_sales_manager_viewer',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_sales_manager_viewer" ON "crm"."policy" AS PERMISSIVE FOR SELECT TO "wutong_sales_manager_viewer"
    USING ((SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN true END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'sales_manager crm.policy') AND (EXISTS (SELECT FROM "crm"."customer" AS up0
    WHERE "up0"."customer_id" = "policy"."customer_id" AND ("up0"."owner_staff_id" IN (SELECT pg_catalog.unnest(a.serves_direct) FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'sales_manager') OR "up0"."customer_id" IN (SELECT pg_catalog.unnest(pgcustsec_internal."serving crm.customer"('sales_manager')))))));
    COMMENT ON POLICY "wutong_sales_manager_viewer" ON "crm"."policy" IS 'Rows of crm.policy for sales_manager (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.assignment.wutong_sales_manager_viewer',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_sales_manager_viewer" ON "crm"."assignment" AS PERMISSIVE FOR SELECT TO "wutong_sales_manager_viewer"
    USING (EXISTS (SELECT FROM "crm"."customer" AS up0 WHERE "up0"."customer_id" = "assignment"."customer_id"));
    COMMENT ON POLICY "wutong_sales_manager_viewer" ON "crm"."assignment" IS 'Rows of crm.assignment for sales_manager (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.assignment.wutong_sales_manager_viewer insert',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_sales_manager_viewer insert" ON "crm"."assignment" AS PERMISSIVE FOR INSERT TO "wutong_sales_manager_viewer"
    WITH CHECK (EXISTS (SELECT FROM "crm"."customer" AS up0 WHERE "up0"."customer_id" = "assignment"."customer_id"));
    COMMENT ON POLICY "wutong_sales_manager_viewer insert" ON "crm"."assignment" IS 'Rows of crm.assignment that sales_manager writes (5.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.assignment.wutong_sales_manager_viewer update',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_sales_manager_viewer update" ON "crm"."assignment" AS PERMISSIVE FOR UPDATE TO "wutong_sales_manager_viewer"
    USING (EXISTS (SELECT FROM "crm"."customer" AS up0 WHERE "up0"."customer_id" = "assignment"."customer_id")) WITH CHECK (EXISTS (SELECT FROM "crm"."customer" AS up0 WHERE "up0"."customer_id" = "assignment"."customer_id"));
    COMMENT ON POLICY "wutong_sales_manager_viewer update" ON "crm"."assignment" IS 'Rows of crm.assignment that sales_manager writes (5.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.wutong_service_agent_viewer',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_service_agent_viewer" ON "crm"."customer" AS PERMISSIVE FOR SELECT TO "wutong_service_agent_viewer"
    USING ("customer"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AND ("customer"."branch_code" = (SELECT a.branch_code FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'service_agent')));
    COMMENT ON POLICY "wutong_service_agent_viewer" ON "crm"."customer" IS 'Rows of crm.customer for service_agent (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.wutong_service_agent_viewer update',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_service_agent_viewer update" ON "crm"."customer" AS PERMISSIVE FOR UPDATE TO "wutong_service_agent_viewer"
    USING ("customer"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AND ("customer"."branch_code" = (SELECT a.branch_code FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'service_agent'))) WITH CHECK ("customer"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AND ("customer"."branch_code" = (SELECT a.branch_code FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'service_agent')));
    COMMENT ON POLICY "wutong_service_agent_viewer update" ON "crm"."customer" IS 'Rows of crm.customer that service_agent writes (5.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.policy.wutong_service_agent_viewer',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_service_agent_viewer" ON "crm"."policy" AS PERMISSIVE FOR SELECT TO "wutong_service_agent_viewer"
    USING ((SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN true END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.policy') AND (EXISTS (SELECT FROM "crm"."customer" AS up0
    WHERE "up0"."customer_id" = "policy"."customer_id" AND ("up0"."owner_staff_id" IN (SELECT pg_catalog.unnest(a.serves_direct) FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'service_agent') OR "up0"."customer_id" IN (SELECT pg_catalog.unnest(pgcustsec_internal."serving crm.customer"('service_agent')))))));
    COMMENT ON POLICY "wutong_service_agent_viewer" ON "crm"."policy" IS 'Rows of crm.policy for service_agent (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.claim.wutong_service_agent_viewer',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_service_agent_viewer" ON "crm"."claim" AS PERMISSIVE FOR SELECT TO "wutong_service_agent_viewer"
    USING ((SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN true END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.claim') AND (EXISTS (SELECT FROM "crm"."policy" AS up0 WHERE "up0"."policy_id" = "claim"."policy_id")));
    COMMENT ON POLICY "wutong_service_agent_viewer" ON "crm"."claim" IS 'Rows of crm.claim for service_agent (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.claim.wutong_service_agent_viewer insert',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_service_agent_viewer insert" ON "crm"."claim" AS PERMISSIVE FOR INSERT TO "wutong_service_agent_viewer"
    WITH CHECK ((SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN true END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.claim') AND (EXISTS (SELECT FROM "crm"."policy" AS up0 WHERE "up0"."policy_id" = "claim"."policy_id")));
    COMMENT ON POLICY "wutong_service_agent_viewer insert" ON "crm"."claim" IS 'Rows of crm.claim that service_agent writes (5.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.claim.wutong_service_agent_viewer update',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_service_agent_viewer update" ON "crm"."claim" AS PERMISSIVE FOR UPDATE TO "wutong_service_agent_viewer"
    USING ((SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN true END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.claim') AND (EXISTS (SELECT FROM "crm"."policy" AS up0 WHERE "up0"."policy_id" = "claim"."policy_id"))) WITH CHECK ((SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN true END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.claim') AND (EXISTS (SELECT FROM "crm"."policy" AS up0 WHERE "up0"."policy_id" = "claim"."policy_id")));
    COMMENT ON POLICY "wutong_service_agent_viewer update" ON "crm"."claim" IS 'Rows of crm.claim that service_agent writes (5.3).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.attachment.wutong_service_agent_viewer',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_service_agent_viewer" ON "crm"."attachment" AS PERMISSIVE FOR SELECT TO "wutong_service_agent_viewer"
    USING ((SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN true END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.attachment') AND (EXISTS (SELECT FROM "crm"."customer" AS up0
    WHERE "up0"."customer_id" = "attachment"."customer_id" AND ("up0"."owner_staff_id" IN (SELECT pg_catalog.unnest(a.serves_direct) FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'service_agent') OR "up0"."customer_id" IN (SELECT pg_catalog.unnest(pgcustsec_internal."serving crm.customer"('service_agent')))))));
    COMMENT ON POLICY "wutong_service_agent_viewer" ON "crm"."attachment" IS 'Rows of crm.attachment for service_agent (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.wutong_data_analyst_viewer',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_data_analyst_viewer" ON "crm"."customer" AS PERMISSIVE FOR SELECT TO "wutong_data_analyst_viewer"
    USING ("customer"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AND ((SELECT true FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'data_analyst')));
    COMMENT ON POLICY "wutong_data_analyst_viewer" ON "crm"."customer" IS 'Rows of crm.customer for data_analyst (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create policy crm.customer.wutong_custodian_viewer',
            """
    SET ROLE "crm_owner";
    CREATE POLICY "wutong_custodian_viewer" ON "crm"."customer" AS PERMISSIVE FOR SELECT TO "wutong_custodian_viewer"
    USING ("customer"."retain_until" > (SELECT pg_catalog.clock_timestamp()) AND ((SELECT true FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'custodian')));
    COMMENT ON POLICY "wutong_custodian_viewer" ON "crm"."customer" IS 'Rows of crm.customer for custodian (5.2.2).';
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.customer_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT REFERENCES ("customer_id"), SELECT ("customer_id"), UPDATE ("customer_id") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.name.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("name"), UPDATE ("name") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.mobile.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("mobile"), UPDATE ("mobile") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.email.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("email"), UPDATE ("email") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.id_card.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("id_card"), UPDATE ("id_card") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.bank_account.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("bank_account"), UPDATE ("bank_account") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.address.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("address"), UPDATE ("address") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.policy.policy_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT REFERENCES ("policy_id"), SELECT ("policy_id") ON TABLE "crm"."policy" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.policy.payer_account.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("payer_account"), UPDATE ("payer_account") ON TABLE "crm"."policy" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.attachment.attachment_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT REFERENCES ("attachment_id"), SELECT ("attachment_id") ON TABLE "crm"."attachment" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.attachment.content.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("content"), UPDATE ("content") ON TABLE "crm"."attachment" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.branch_code.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("branch_code"), UPDATE ("branch_code") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.owner_staff_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("owner_staff_id"), UPDATE ("owner_staff_id") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.retain_until.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("retain_until"), UPDATE ("retain_until") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.status.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("status"), UPDATE ("status") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.policy.customer_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("customer_id") ON TABLE "crm"."policy" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.claim.claim_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("claim_id") ON TABLE "crm"."claim" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.claim.policy_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("policy_id") ON TABLE "crm"."claim" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.attachment.customer_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("customer_id") ON TABLE "crm"."attachment" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.assignment.assignment_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("assignment_id") ON TABLE "crm"."assignment" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.assignment.customer_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("customer_id") ON TABLE "crm"."assignment" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.customer.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT DELETE ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.claim.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT DELETE ON TABLE "crm"."claim" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.policy.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT DELETE ON TABLE "crm"."policy" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.attachment.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT DELETE ON TABLE "crm"."attachment" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.assignment.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT DELETE ON TABLE "crm"."assignment" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.age.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("age"), UPDATE ("age") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.annual_income.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("annual_income"), UPDATE ("annual_income") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.birth_date.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("birth_date"), UPDATE ("birth_date") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.claimed_at.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("claimed_at"), UPDATE ("claimed_at") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.created_at.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("created_at"), UPDATE ("created_at") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.gender.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("gender"), UPDATE ("gender") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.health.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("health"), UPDATE ("health") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.last_contact_at.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("last_contact_at"), UPDATE ("last_contact_at") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.note.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("note"), UPDATE ("note") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.family.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT UPDATE ("family") ON TABLE "crm"."customer" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.policy.ends_on.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("ends_on") ON TABLE "crm"."policy" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.assignment.ends_at.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("ends_at"), UPDATE ("ends_at") ON TABLE "crm"."assignment" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.assignment.staff_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("staff_id"), UPDATE ("staff_id") ON TABLE "crm"."assignment" TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.customer.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.policy.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ON TABLE "crm"."policy" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.customer.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ON TABLE "crm"."customer" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.policy.customer_id.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("customer_id") ON TABLE "crm"."policy" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.policy.ends_on.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("ends_on") ON TABLE "crm"."policy" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.policy.policy_id.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("policy_id") ON TABLE "crm"."policy" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.policy.premium.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("premium") ON TABLE "crm"."policy" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.policy.product.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("product") ON TABLE "crm"."policy" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.policy.starts_on.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ("starts_on") ON TABLE "crm"."policy" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.assignment.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ON TABLE "crm"."assignment" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.customer.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ON TABLE "crm"."customer" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.policy.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ON TABLE "crm"."policy" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.claim.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ON TABLE "crm"."claim" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.attachment.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ON TABLE "crm"."attachment" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.customer.wutong_data_analyst_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ON TABLE "crm"."customer" TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.crm.customer.wutong_custodian_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT SELECT ON TABLE "crm"."customer" TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.asker.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."asker" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.colleague.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."colleague" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.at_work.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."at_work" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.asker.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."asker" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.colleague.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."colleague" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.at_work.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."at_work" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.asker.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."asker" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.colleague.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."colleague" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.at_work.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."at_work" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.asker.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."asker" TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.colleague.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."colleague" TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.at_work.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."at_work" TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.asker.wutong_quality_inspector_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."asker" TO "wutong_quality_inspector_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.colleague.wutong_quality_inspector_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."colleague" TO "wutong_quality_inspector_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.at_work.wutong_quality_inspector_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."at_work" TO "wutong_quality_inspector_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.asker.wutong_legal_officer_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."asker" TO "wutong_legal_officer_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.colleague.wutong_legal_officer_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."colleague" TO "wutong_legal_officer_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.at_work.wutong_legal_officer_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."at_work" TO "wutong_legal_officer_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.asker.wutong_data_controller_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."asker" TO "wutong_data_controller_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.colleague.wutong_data_controller_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."colleague" TO "wutong_data_controller_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.at_work.wutong_data_controller_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."at_work" TO "wutong_data_controller_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.asker.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."asker" TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.colleague.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."colleague" TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_internal.at_work.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_internal"."at_work" TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_command..wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_command"() TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.status.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("status") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.owner_staff_id.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("owner_staff_id") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.branch_code.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("branch_code") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.name.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("name"), UPDATE ("name") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.mobile.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("mobile"), UPDATE ("mobile") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.email.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("email"), UPDATE ("email") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.id_card.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("id_card") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.gender.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("gender") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.birth_date.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("birth_date") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.age.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("age") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.address.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("address"), UPDATE ("address") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.note.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("note"), UPDATE ("note") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.health.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT UPDATE ("health") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.family.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT UPDATE ("family") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.annual_income.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT UPDATE ("annual_income") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.last_contact_at.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT UPDATE ("last_contact_at") ON TABLE "crm"."customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal._has_control.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."_has_control"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal._has_letter.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."_has_letter"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal._normal_odd_phone.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."_normal_odd_phone"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal._says_nothing.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."_says_nothing"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal._visible.text, text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."_visible"(text, text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.change crm.customer.bigint, text[], text, character varying, text, character varying, character varying, text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."change crm.customer"(bigint, text[], text, character varying, text, character varying, character varying, text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.clearing..wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."clearing"() TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.fits_address.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."fits_address"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.fits_email.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."fits_email"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.fits_id_document.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."fits_id_document"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.fits_name.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."fits_name"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.fits_phone.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."fits_phone"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.keep crm.customer.bigint, text, character varying, text, character varying, character varying, text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."keep crm.customer"(bigint, text, character varying, text, character varying, character varying, text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_address.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_address"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_email.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_email"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_id_document.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_id_document"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_name.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_name"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_phone.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_phone"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.normal_bank_account.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."normal_bank_account"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.normal_email.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."normal_email"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.normal_id_document.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."normal_id_document"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.normal_phone.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."normal_phone"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.normal_plate.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."normal_plate"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.record_change.text, text, text, text, text, text, bytea, bytea, integer.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."record_change"(text, text, text, text, text, text, bytea, bytea, integer) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_write.text, text, text[].wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_write"(text, text, text[]) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.seal crm.customer.bigint.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."seal crm.customer"(bigint) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.owner_staff_id.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT UPDATE ("owner_staff_id") ON TABLE "crm"."customer" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.change crm.customer.bigint, text[], text, character varying, text, character varying, character varying, text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."change crm.customer"(bigint, text[], text, character varying, text, character varying, character varying, text) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.clearing..wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."clearing"() TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.keep crm.customer.bigint, text, character varying, text, character varying, character varying, text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."keep crm.customer"(bigint, text, character varying, text, character varying, character varying, text) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.record_change.text, text, text, text, text, text, bytea, bytea, integer.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."record_change"(text, text, text, text, text, text, bytea, bytea, integer) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_write.text, text, text[].wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_write"(text, text, text[]) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.seal crm.customer.bigint.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."seal crm.customer"(bigint) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.assignment.customer_id.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("customer_id") ON TABLE "crm"."assignment" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.assignment.staff_id.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("staff_id") ON TABLE "crm"."assignment" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.assignment.starts_at.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("starts_at") ON TABLE "crm"."assignment" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.assignment.ends_at.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("ends_at"), UPDATE ("ends_at") ON TABLE "crm"."assignment" TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_command..wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_command"() TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.mobile.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT UPDATE ("mobile") ON TABLE "crm"."customer" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.email.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT UPDATE ("email") ON TABLE "crm"."customer" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.customer.address.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT UPDATE ("address") ON TABLE "crm"."customer" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal._has_control.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."_has_control"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal._has_letter.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."_has_letter"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal._normal_odd_phone.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."_normal_odd_phone"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal._says_nothing.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."_says_nothing"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal._visible.text, text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."_visible"(text, text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.change crm.customer.bigint, text[], text, character varying, text, character varying, character varying, text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."change crm.customer"(bigint, text[], text, character varying, text, character varying, character varying, text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.clearing..wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."clearing"() TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.fits_address.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."fits_address"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.fits_email.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."fits_email"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.fits_phone.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."fits_phone"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.keep crm.customer.bigint, text, character varying, text, character varying, character varying, text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."keep crm.customer"(bigint, text, character varying, text, character varying, character varying, text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_address.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_address"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_email.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_email"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_phone.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_phone"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.normal_bank_account.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."normal_bank_account"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.normal_email.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."normal_email"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.normal_id_document.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."normal_id_document"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.normal_phone.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."normal_phone"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.normal_plate.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."normal_plate"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.record_change.text, text, text, text, text, text, bytea, bytea, integer.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."record_change"(text, text, text, text, text, text, bytea, bytea, integer) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_write.text, text, text[].wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_write"(text, text, text[]) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.seal crm.customer.bigint.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."seal crm.customer"(bigint) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.claim.policy_id.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("policy_id") ON TABLE "crm"."claim" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.claim.diagnosis.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("diagnosis") ON TABLE "crm"."claim" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.claim.amount.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("amount"), UPDATE ("amount") ON TABLE "crm"."claim" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant column.crm.claim.filed_on.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    GRANT INSERT ("filed_on") ON TABLE "crm"."claim" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_command..wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_command"() TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.row sales_agent.customer.text.pgcustsec_owner.wutong_sales_agent_viewer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."row sales_agent.customer"(text) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.row sales_agent.policy.text.pgcustsec_owner.wutong_sales_agent_viewer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."row sales_agent.policy"(text) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.row sales_manager.customer.text.pgcustsec_owner.wutong_sales_manager_viewer',
            """
    SET ROLE "wutong_sales_manager_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."row sales_manager.customer"(text) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.row sales_manager.policy.text.pgcustsec_owner.wutong_sales_manager_viewer',
            """
    SET ROLE "wutong_sales_manager_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."row sales_manager.policy"(text) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.row sales_manager.assignment.text.pgcustsec_owner.wutong_sales_manager_viewer',
            """
    SET ROLE "wutong_sales_manager_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."row sales_manager.assignment"(text) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.row service_agent.customer.text.pgcustsec_owner.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."row service_agent.customer"(text) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.row service_agent.policy.text.pgcustsec_owner.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."row service_agent.policy"(text) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.row service_agent.claim.text.pgcustsec_owner.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."row service_agent.claim"(text) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.row service_agent.attachment.text.pgcustsec_owner.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."row service_agent.attachment"(text) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.row data_analyst.customer.text.pgcustsec_owner.wutong_data_analyst_viewer',
            """
    SET ROLE "wutong_data_analyst_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."row data_analyst.customer"(text) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.row custodian.customer.text.pgcustsec_owner.wutong_custodian_viewer',
            """
    SET ROLE "wutong_custodian_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."row custodian.customer"(text) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.request sales_agent.customer.jsonb, text[], text, integer.pgcustsec_owner.wutong_sales_agent_viewer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."request sales_agent.customer"(jsonb, text[], text, integer) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.request sales_agent.policy.jsonb, text[], text, integer.pgcustsec_owner.wutong_sales_agent_viewer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."request sales_agent.policy"(jsonb, text[], text, integer) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.request service_agent.customer.jsonb, text[], text, integer.pgcustsec_owner.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."request service_agent.customer"(jsonb, text[], text, integer) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.request service_agent.policy.jsonb, text[], text, integer.pgcustsec_owner.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."request service_agent.policy"(jsonb, text[], text, integer) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.request service_agent.claim.jsonb, text[], text, integer.pgcustsec_owner.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."request service_agent.claim"(jsonb, text[], text, integer) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.request service_agent.attachment.jsonb, text[], text, integer.pgcustsec_owner.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."request service_agent.attachment"(jsonb, text[], text, integer) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.request data_analyst.customer.jsonb, text[], text, integer.pgcustsec_owner.wutong_data_analyst_viewer',
            """
    SET ROLE "wutong_data_analyst_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."request data_analyst.customer"(jsonb, text[], text, integer) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_views.request custodian.customer.jsonb, text[], text, integer.pgcustsec_owner.wutong_custodian_viewer',
            """
    SET ROLE "wutong_custodian_viewer";
    GRANT EXECUTE ON ROUTINE "pgcustsec_views"."request custodian.customer"(jsonb, text[], text, integer) TO "pgcustsec_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.bearer.text, boolean.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_canaries.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_has.text, name.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_integers.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_runs.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.full sales_agent crm.customer.bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."full sales_agent crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.full sales_agent crm.policy.bigint, text, numeric, character varying, date, date.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."full sales_agent crm.policy"(bigint, text, numeric, character varying, date, date) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.is_committed.xid8.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_bank_account.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_bank_account"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_old_snapshot..wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.serving crm.customer.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."serving crm.customer"(text) TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.bearer.text, boolean.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.department crm.customer.text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."department crm.customer"(text) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.is_committed.xid8.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_address.text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_address"(text) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_bank_account.text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_bank_account"(text) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_email.text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_email"(text) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_id_document.text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_id_document"(text) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_name.text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_name"(text) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_phone.text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_phone"(text) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_old_snapshot..wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.serving crm.customer.text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."serving crm.customer"(text) TO "wutong_sales_manager_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.bearer.text, boolean.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_canaries.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_has.text, name.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_integers.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_runs.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.full service_agent crm.attachment.bigint, bytea, text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."full service_agent crm.attachment"(bigint, bytea, text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.full service_agent crm.customer.bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."full service_agent crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.full service_agent crm.policy.bigint, text, numeric, character varying, date, date.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."full service_agent crm.policy"(bigint, text, numeric, character varying, date, date) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.is_committed.xid8.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_bank_account.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_bank_account"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_id_document.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_id_document"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_name.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_name"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_old_snapshot..wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.serving crm.customer.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."serving crm.customer"(text) TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.bearer.text, boolean.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_canaries.text.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_has.text, name.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_integers.text.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_runs.text.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.is_committed.xid8.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_old_snapshot..wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.bearer.text, boolean.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_canaries.text.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_has.text, name.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_integers.text.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_runs.text.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.full custodian crm.customer.bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."full custodian crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text) TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.is_committed.xid8.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_old_snapshot..wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create vault table pgcustsec_vault.crm.customer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE TABLE IF NOT EXISTS "pgcustsec_vault"."crm.customer" (
        "customer_id" bigint,
        "name" text,
        "mobile" character varying(20),
        "email" text,
        "id_card" character varying(18),
        "bank_account" character varying(19),
        "address" text,
        "mobile blind" bytea,
        "id_card blind" bytea,
        PRIMARY KEY ("customer_id")
    );
    ALTER TABLE "pgcustsec_vault"."crm.customer"
        ADD COLUMN IF NOT EXISTS "customer_id" bigint,
        ADD COLUMN IF NOT EXISTS "name" text,
        ADD COLUMN IF NOT EXISTS "mobile" character varying(20),
        ADD COLUMN IF NOT EXISTS "email" text,
        ADD COLUMN IF NOT EXISTS "id_card" character varying(18),
        ADD COLUMN IF NOT EXISTS "bank_account" character varying(19),
        ADD COLUMN IF NOT EXISTS "address" text,
        ADD COLUMN IF NOT EXISTS "mobile blind" bytea,
        ADD COLUMN IF NOT EXISTS "id_card blind" bytea;
    ALTER TABLE "pgcustsec_vault"."crm.customer" DROP CONSTRAINT IF EXISTS "pgcustsec_tied", ADD CONSTRAINT "pgcustsec_tied" FOREIGN KEY ("customer_id") REFERENCES "crm"."customer" ("customer_id") ON UPDATE CASCADE ON DELETE CASCADE;
    CREATE UNIQUE INDEX IF NOT EXISTS "crm.customer id_card blind" ON "pgcustsec_vault"."crm.customer" ("id_card blind");
    COMMENT ON INDEX "pgcustsec_vault"."crm.customer id_card blind" IS 'Finds a record by the hash of a value.';
    CREATE INDEX IF NOT EXISTS "crm.customer mobile blind" ON "pgcustsec_vault"."crm.customer" ("mobile blind");
    COMMENT ON INDEX "pgcustsec_vault"."crm.customer mobile blind" IS 'Finds a record by the hash of a value.';
    COMMENT ON TABLE "pgcustsec_vault"."crm.customer" IS 'True values of tier 1 and names of crm.customer (5.2.1). Granted to nobody.';
    COMMENT ON COLUMN "pgcustsec_vault"."crm.customer"."customer_id" IS 'Key, as in crm.customer.';
    COMMENT ON COLUMN "pgcustsec_vault"."crm.customer"."name" IS 'True value.';
    COMMENT ON COLUMN "pgcustsec_vault"."crm.customer"."mobile" IS 'True value.';
    COMMENT ON COLUMN "pgcustsec_vault"."crm.customer"."email" IS 'True value.';
    COMMENT ON COLUMN "pgcustsec_vault"."crm.customer"."id_card" IS 'True value.';
    COMMENT ON COLUMN "pgcustsec_vault"."crm.customer"."bank_account" IS 'True value.';
    COMMENT ON COLUMN "pgcustsec_vault"."crm.customer"."address" IS 'True value.';
    COMMENT ON COLUMN "pgcustsec_vault"."crm.customer"."mobile blind" IS 'Keyed hash by which a value is found and kept unique; recipe 91b5e1bf9b2a.';
    COMMENT ON COLUMN "pgcustsec_vault"."crm.customer"."id_card blind" IS 'Keyed hash by which a value is found and kept unique; recipe 249abf699d72.';
    RESET ROLE
    """,
        ),
        (
            'create vault table pgcustsec_vault.crm.policy',
            """
    SET ROLE "pgcustsec_owner";
    CREATE TABLE IF NOT EXISTS "pgcustsec_vault"."crm.policy" (
        "policy_id" bigint,
        "payer_account" character varying(19),
        PRIMARY KEY ("policy_id")
    );
    ALTER TABLE "pgcustsec_vault"."crm.policy"
        ADD COLUMN IF NOT EXISTS "policy_id" bigint,
        ADD COLUMN IF NOT EXISTS "payer_account" character varying(19);
    ALTER TABLE "pgcustsec_vault"."crm.policy" DROP CONSTRAINT IF EXISTS "pgcustsec_tied", ADD CONSTRAINT "pgcustsec_tied" FOREIGN KEY ("policy_id") REFERENCES "crm"."policy" ("policy_id") ON UPDATE CASCADE ON DELETE CASCADE;
    COMMENT ON TABLE "pgcustsec_vault"."crm.policy" IS 'True values of tier 1 and names of crm.policy (5.2.1). Granted to nobody.';
    COMMENT ON COLUMN "pgcustsec_vault"."crm.policy"."policy_id" IS 'Key, as in crm.policy.';
    COMMENT ON COLUMN "pgcustsec_vault"."crm.policy"."payer_account" IS 'True value.';
    RESET ROLE
    """,
        ),
        (
            'create vault table pgcustsec_vault.crm.attachment',
            """
    SET ROLE "pgcustsec_owner";
    CREATE TABLE IF NOT EXISTS "pgcustsec_vault"."crm.attachment" (
        "attachment_id" bigint,
        "content" bytea,
        PRIMARY KEY ("attachment_id")
    );
    ALTER TABLE "pgcustsec_vault"."crm.attachment"
        ADD COLUMN IF NOT EXISTS "attachment_id" bigint,
        ADD COLUMN IF NOT EXISTS "content" bytea;
    ALTER TABLE "pgcustsec_vault"."crm.attachment" DROP CONSTRAINT IF EXISTS "pgcustsec_tied", ADD CONSTRAINT "pgcustsec_tied" FOREIGN KEY ("attachment_id") REFERENCES "crm"."attachment" ("attachment_id") ON UPDATE CASCADE ON DELETE CASCADE;
    COMMENT ON TABLE "pgcustsec_vault"."crm.attachment" IS 'True values of tier 1 and names of crm.attachment (5.2.1). Granted to nobody.';
    COMMENT ON COLUMN "pgcustsec_vault"."crm.attachment"."attachment_id" IS 'Key, as in crm.attachment.';
    COMMENT ON COLUMN "pgcustsec_vault"."crm.attachment"."content" IS 'True value.';
    RESET ROLE
    """,
        ),
        (
            'drop unique crm.customer.customer_id_card_key',
            """
    SET ROLE "crm_owner";
    ALTER TABLE "crm"."customer" DROP CONSTRAINT IF EXISTS "customer_id_card_key";
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_views.sales_agent.customer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    CREATE VIEW "pgcustsec_views"."sales_agent.customer" WITH (security_barrier = true) AS
    SELECT t.*, CASE WHEN "t"."record open" THEN pgcustsec_internal."full sales_agent crm.customer"("t"."customer_id", "t"."name", "t"."mobile", "t"."email", "t"."id_card", "t"."bank_account", "t"."birth_date", "t"."address", "t"."health", "t"."family", "t"."annual_income", "t"."note") END AS "in full"
    FROM (
    SELECT
        "t"."customer_id",
        "t"."status",
        "t"."owner_staff_id",
        "t"."branch_code",
        "t"."name",
        "t"."mobile",
        "t"."email",
        "t"."id_card",
        "t"."bank_account",
        "t"."gender",
        "t"."birth_date",
        "t"."age",
        "t"."address",
        "t"."health",
        "t"."family",
        "t"."annual_income",
        "t"."note",
        "t"."claimed_at",
        "t"."last_contact_at",
        "t"."created_at",
        COALESCE(((("t"."owner_staff_id" IS NULL) AND ("t"."status" = 'prospect'))) IS NOT TRUE OR "t"."customer_id" = ANY (CASE WHEN true THEN (SELECT pgcustsec_internal."serving crm.customer"('sales_agent')) END), false) AS "tier 2 shows",
        "t"."customer_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'sales_agent crm.customer') END) AS "record open"
    FROM "crm"."customer" AS t
    ) AS t;
    COMMENT ON VIEW "pgcustsec_views"."sales_agent.customer" IS 'Which rows of crm.customer show tier 2 to sales_agent; read through sales_agent.customer alone.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_views.sales_agent.policy',
            """
    SET ROLE "wutong_sales_agent_viewer";
    CREATE VIEW "pgcustsec_views"."sales_agent.policy" WITH (security_barrier = true) AS
    SELECT t.*, CASE WHEN "t"."record open" THEN pgcustsec_internal."full sales_agent crm.policy"("t"."policy_id", "t"."product", "t"."premium", "t"."payer_account", "t"."starts_on", "t"."ends_on") END AS "in full"
    FROM (
    SELECT
        "t"."policy_id",
        "t"."customer_id",
        "t"."product",
        "t"."premium",
        "t"."starts_on",
        "t"."ends_on",
        "t"."payer_account",
        "t"."policy_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'sales_agent crm.policy') END) AS "record open"
    FROM "crm"."policy" AS t
        JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
    WHERE "up1"."owner_staff_id" = ANY (CASE WHEN true THEN (SELECT a.serves_direct FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'sales_agent') END) OR "up1"."customer_id" = ANY (CASE WHEN true THEN (SELECT pgcustsec_internal."serving crm.customer"('sales_agent')) END)
    ) AS t;
    COMMENT ON VIEW "pgcustsec_views"."sales_agent.policy" IS 'Which rows of crm.policy show tier 2 to sales_agent; read through sales_agent.policy alone.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_views.sales_manager.customer',
            """
    SET ROLE "wutong_sales_manager_viewer";
    CREATE VIEW "pgcustsec_views"."sales_manager.customer" WITH (security_barrier = true) AS
    SELECT
        "t"."customer_id",
        "t"."status",
        "t"."owner_staff_id",
        "t"."branch_code",
        "t"."name",
        "t"."mobile",
        "t"."email",
        "t"."id_card",
        "t"."bank_account",
        "t"."gender",
        "t"."birth_date",
        "t"."age",
        "t"."address",
        "t"."health",
        "t"."family",
        "t"."annual_income",
        "t"."note",
        "t"."claimed_at",
        "t"."last_contact_at",
        "t"."created_at",
        COALESCE("t"."owner_staff_id" IN (SELECT pg_catalog.unnest(a.serves_direct) FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'sales_manager') OR "t"."customer_id" IN (SELECT pg_catalog.unnest(pgcustsec_internal."serving crm.customer"('sales_manager'))), false) AS "tier 2 shows",
        "t"."customer_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'sales_manager crm.customer') END) AS "record open"
    FROM "crm"."customer" AS t;
    COMMENT ON VIEW "pgcustsec_views"."sales_manager.customer" IS 'Which rows of crm.customer show tier 2 to sales_manager; read through sales_manager.customer alone.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_views.service_agent.customer',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE VIEW "pgcustsec_views"."service_agent.customer" WITH (security_barrier = true) AS
    SELECT t.*, CASE WHEN "t"."record open" THEN pgcustsec_internal."full service_agent crm.customer"("t"."customer_id", "t"."name", "t"."mobile", "t"."email", "t"."id_card", "t"."bank_account", "t"."birth_date", "t"."address", "t"."health", "t"."family", "t"."annual_income", "t"."note") END AS "in full"
    FROM (
    SELECT
        "t"."customer_id",
        "t"."status",
        "t"."owner_staff_id",
        "t"."branch_code",
        "t"."name",
        "t"."mobile",
        "t"."email",
        "t"."id_card",
        "t"."bank_account",
        "t"."gender",
        "t"."birth_date",
        "t"."age",
        "t"."address",
        "t"."health",
        "t"."family",
        "t"."annual_income",
        "t"."note",
        "t"."claimed_at",
        "t"."last_contact_at",
        "t"."created_at",
        COALESCE("t"."owner_staff_id" IN (SELECT pg_catalog.unnest(a.serves_direct) FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'service_agent') OR "t"."customer_id" IN (SELECT pg_catalog.unnest(pgcustsec_internal."serving crm.customer"('service_agent'))), false) AS "tier 2 shows",
        "t"."customer_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.customer') END) AS "record open",
        COALESCE("t"."customer_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.customer') END) AND (SELECT pg_catalog.clock_timestamp()) < '2027-07-01T00:00:00+00:00'::pg_catalog.timestamptz, false) AS "names show"
    FROM "crm"."customer" AS t
    ) AS t;
    COMMENT ON VIEW "pgcustsec_views"."service_agent.customer" IS 'Which rows of crm.customer show tier 2 to service_agent; read through service_agent.customer alone.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_views.service_agent.policy',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE VIEW "pgcustsec_views"."service_agent.policy" WITH (security_barrier = true) AS
    SELECT t.*, CASE WHEN "t"."record open" THEN pgcustsec_internal."full service_agent crm.policy"("t"."policy_id", "t"."product", "t"."premium", "t"."payer_account", "t"."starts_on", "t"."ends_on") END AS "in full"
    FROM (
    SELECT
        "t"."policy_id",
        "t"."customer_id",
        "t"."product",
        "t"."premium",
        "t"."payer_account",
        "t"."starts_on",
        "t"."ends_on",
        ("t"."policy_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.policy') END) OR "t"."customer_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.customer') END)) AS "record open"
    FROM "crm"."policy" AS t
        JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
    WHERE "up1"."owner_staff_id" = ANY (CASE WHEN true THEN (SELECT a.serves_direct FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'service_agent') END) OR "up1"."customer_id" = ANY (CASE WHEN true THEN (SELECT pgcustsec_internal."serving crm.customer"('service_agent')) END)
    ) AS t;
    COMMENT ON VIEW "pgcustsec_views"."service_agent.policy" IS 'Which rows of crm.policy show tier 2 to service_agent; read through service_agent.policy alone.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_views.service_agent.attachment',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE VIEW "pgcustsec_views"."service_agent.attachment" WITH (security_barrier = true) AS
    SELECT t.*, CASE WHEN "t"."record open" THEN pgcustsec_internal."full service_agent crm.attachment"("t"."attachment_id", "t"."content", "t"."caption") END AS "in full"
    FROM (
    SELECT
        "t"."attachment_id",
        "t"."customer_id",
        "t"."media_type",
        "t"."caption",
        "t"."content",
        "t"."attachment_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'service_agent crm.attachment') END) AS "record open"
    FROM "crm"."attachment" AS t
        JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
    WHERE "up1"."owner_staff_id" = ANY (CASE WHEN true THEN (SELECT a.serves_direct FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'service_agent') END) OR "up1"."customer_id" = ANY (CASE WHEN true THEN (SELECT pgcustsec_internal."serving crm.customer"('service_agent')) END)
    ) AS t;
    COMMENT ON VIEW "pgcustsec_views"."service_agent.attachment" IS 'Which rows of crm.attachment show tier 2 to service_agent; read through service_agent.attachment alone.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_views.custodian.customer',
            """
    SET ROLE "wutong_custodian_viewer";
    CREATE VIEW "pgcustsec_views"."custodian.customer" WITH (security_barrier = true) AS
    SELECT t.*, CASE WHEN "t"."record open" THEN pgcustsec_internal."full custodian crm.customer"("t"."customer_id", "t"."name", "t"."mobile", "t"."email", "t"."id_card", "t"."bank_account", "t"."birth_date", "t"."address", "t"."health", "t"."family", "t"."annual_income", "t"."note") END AS "in full"
    FROM (
    SELECT
        "t"."customer_id",
        "t"."status",
        "t"."owner_staff_id",
        "t"."branch_code",
        "t"."gender",
        "t"."age",
        "t"."claimed_at",
        "t"."last_contact_at",
        "t"."created_at",
        "t"."name",
        "t"."mobile",
        "t"."email",
        "t"."id_card",
        "t"."bank_account",
        "t"."birth_date",
        "t"."address",
        "t"."health",
        "t"."family",
        "t"."annual_income",
        "t"."note",
        "t"."customer_id" = ANY (CASE WHEN true THEN (SELECT CASE WHEN pg_catalog.current_setting('transaction_isolation') <> 'read committed' AND pgcustsec_internal.refuse_old_snapshot() THEN NULL WHEN w.lapses_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.opened_by) THEN ARRAY[w.record_key::bigint] WHEN w.ends_at > pg_catalog.clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by) THEN '{}'::bigint[] END FROM pgcustsec_internal.at_work AS w WHERE w.access_code = 'custodian crm.customer') END) AS "record open"
    FROM "crm"."customer" AS t
    ) AS t;
    COMMENT ON VIEW "pgcustsec_views"."custodian.customer" IS 'Which rows of crm.customer show tier 2 to custodian; read through custodian.customer alone.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.true sales_agent.customer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE VIEW "pgcustsec_extracts"."true sales_agent.customer" AS
    SELECT "v"."customer_id", "v"."name", "v"."mobile", "v"."email", "v"."id_card", "v"."bank_account", "v"."address"
    FROM "pgcustsec_vault"."crm.customer" AS v
    WHERE (SELECT pgcustsec_internal.extract_runs('sales_agent crm.customer'));
    COMMENT ON VIEW "pgcustsec_extracts"."true sales_agent.customer" IS 'True values of crm.customer for a running extract of sales_agent; else none.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.true sales_agent.policy',
            """
    SET ROLE "pgcustsec_owner";
    CREATE VIEW "pgcustsec_extracts"."true sales_agent.policy" AS
    SELECT "v"."policy_id", "v"."payer_account"
    FROM "pgcustsec_vault"."crm.policy" AS v
    WHERE (SELECT pgcustsec_internal.extract_runs('sales_agent crm.policy'));
    COMMENT ON VIEW "pgcustsec_extracts"."true sales_agent.policy" IS 'True values of crm.policy for a running extract of sales_agent; else none.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.true service_agent.customer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE VIEW "pgcustsec_extracts"."true service_agent.customer" AS
    SELECT "v"."customer_id", "v"."name", "v"."mobile", "v"."email", "v"."id_card", "v"."bank_account", "v"."address"
    FROM "pgcustsec_vault"."crm.customer" AS v
    WHERE (SELECT pgcustsec_internal.extract_runs('service_agent crm.customer'));
    COMMENT ON VIEW "pgcustsec_extracts"."true service_agent.customer" IS 'True values of crm.customer for a running extract of service_agent; else none.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.true service_agent.policy',
            """
    SET ROLE "pgcustsec_owner";
    CREATE VIEW "pgcustsec_extracts"."true service_agent.policy" AS
    SELECT "v"."policy_id", "v"."payer_account"
    FROM "pgcustsec_vault"."crm.policy" AS v
    WHERE (SELECT pgcustsec_internal.extract_runs('service_agent crm.policy'));
    COMMENT ON VIEW "pgcustsec_extracts"."true service_agent.policy" IS 'True values of crm.policy for a running extract of service_agent; else none.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.true service_agent.attachment',
            """
    SET ROLE "pgcustsec_owner";
    CREATE VIEW "pgcustsec_extracts"."true service_agent.attachment" AS
    SELECT "v"."attachment_id", "v"."content"
    FROM "pgcustsec_vault"."crm.attachment" AS v
    WHERE (SELECT pgcustsec_internal.extract_runs('service_agent crm.attachment'));
    COMMENT ON VIEW "pgcustsec_extracts"."true service_agent.attachment" IS 'True values of crm.attachment for a running extract of service_agent; else none.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.true data_analyst.customer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE VIEW "pgcustsec_extracts"."true data_analyst.customer" AS
    SELECT "v"."customer_id", "v"."name", "v"."mobile", "v"."email", "v"."id_card", "v"."bank_account", "v"."address"
    FROM "pgcustsec_vault"."crm.customer" AS v
    WHERE (SELECT pgcustsec_internal.extract_runs('data_analyst crm.customer'));
    COMMENT ON VIEW "pgcustsec_extracts"."true data_analyst.customer" IS 'True values of crm.customer for a running extract of data_analyst; else none.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.true custodian.customer',
            """
    SET ROLE "pgcustsec_owner";
    CREATE VIEW "pgcustsec_extracts"."true custodian.customer" AS
    SELECT "v"."customer_id", "v"."name", "v"."mobile", "v"."email", "v"."id_card", "v"."bank_account", "v"."address"
    FROM "pgcustsec_vault"."crm.customer" AS v
    WHERE (SELECT pgcustsec_internal.extract_runs('custodian crm.customer'));
    COMMENT ON VIEW "pgcustsec_extracts"."true custodian.customer" IS 'True values of crm.customer for a running extract of custodian; else none.';
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.true sales_agent.customer.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."true sales_agent.customer" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.true sales_agent.policy.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."true sales_agent.policy" TO "wutong_sales_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.true service_agent.customer.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."true service_agent.customer" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.true service_agent.policy.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."true service_agent.policy" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.true service_agent.attachment.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."true service_agent.attachment" TO "wutong_service_agent_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.true data_analyst.customer.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."true data_analyst.customer" TO "wutong_data_analyst_viewer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.true custodian.customer.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."true custodian.customer" TO "wutong_custodian_viewer";
    RESET ROLE
    """,
        ),
        (
            'create view sales_agent.customer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    CREATE VIEW "sales_agent"."customer" WITH (security_barrier = true) AS
    SELECT
        "t"."customer_id" AS "customer_id",
        "t"."status" AS "status",
        "t"."owner_staff_id" AS "owner_staff_id",
        "t"."branch_code" AS "branch_code",
        COALESCE(("t"."in full")."name", CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN pgcustsec_internal.mask_name("t"."name"::pg_catalog.text)::text ELSE NULL::text END) AS "name",
        COALESCE(("t"."in full")."mobile", CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_phone("t"."mobile"::pg_catalog.text)::character varying(20) ELSE '***'::character varying(20) END) AS "mobile",
        COALESCE(("t"."in full")."email", CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_email("t"."email"::pg_catalog.text)::text ELSE '***'::text END) AS "email",
        COALESCE(("t"."in full")."id_card", CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_id_document("t"."id_card"::pg_catalog.text)::character varying(18) ELSE '***'::character varying(18) END) AS "id_card",
        COALESCE(("t"."in full")."bank_account", CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_bank_account("t"."bank_account"::pg_catalog.text)::character varying(19) ELSE '***'::character varying(19) END) AS "bank_account",
        "t"."gender" AS "gender",
        COALESCE(("t"."in full")."birth_date", CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."birth_date" ELSE NULL::date END) AS "birth_date",
        "t"."age" AS "age",
        COALESCE(("t"."in full")."address", CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_address("t"."address"::pg_catalog.text)::text ELSE '***'::text END) AS "address",
        COALESCE(("t"."in full")."health", CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."health" ELSE NULL::text END) AS "health",
        COALESCE(("t"."in full")."family", CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."family" ELSE NULL::jsonb END) AS "family",
        COALESCE(("t"."in full")."annual_income", CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."annual_income" ELSE NULL::numeric(12,2) END) AS "annual_income",
        COALESCE(("t"."in full")."note", CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."note" ELSE NULL::text END) AS "note",
        "t"."claimed_at" AS "claimed_at",
        "t"."last_contact_at" AS "last_contact_at",
        "t"."created_at" AS "created_at"
    FROM "pgcustsec_views"."sales_agent.customer" AS t;
    ALTER VIEW "sales_agent"."customer" ALTER COLUMN "status" SET DEFAULT 'prospect'::text;
    CREATE TRIGGER "pgcustsec_insert" INSTEAD OF INSERT ON "sales_agent"."customer" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_views"."insert sales_agent.customer"();
    CREATE TRIGGER "pgcustsec_update" INSTEAD OF UPDATE ON "sales_agent"."customer" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_views"."update sales_agent.customer"();
    CREATE TRIGGER "pgcustsec_delete" INSTEAD OF DELETE ON "sales_agent"."customer" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    COMMENT ON VIEW "sales_agent"."customer" IS 'crm.customer as sales_agent may see it: rows, columns and cells (5.2, 5.3).';
    COMMENT ON COLUMN "sales_agent"."customer"."customer_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_agent"."customer"."status" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_agent"."customer"."owner_staff_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_agent"."customer"."branch_code" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_agent"."customer"."name" IS 'Tier 2, name: masked, where served, in a session.';
    COMMENT ON COLUMN "sales_agent"."customer"."mobile" IS 'Tier 1, phone: shown as ***; masked while the record is open; in full by an approved request.';
    COMMENT ON COLUMN "sales_agent"."customer"."email" IS 'Tier 1, email: shown as ***; masked while the record is open; in full by an approved request.';
    COMMENT ON COLUMN "sales_agent"."customer"."id_card" IS 'Tier 1, id_document: shown as ***; masked while the record is open; in full by an approved request.';
    COMMENT ON COLUMN "sales_agent"."customer"."bank_account" IS 'Tier 1, bank_account: shown as ***; masked while the record is open; in full by an approved request.';
    COMMENT ON COLUMN "sales_agent"."customer"."gender" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_agent"."customer"."birth_date" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_agent"."customer"."age" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_agent"."customer"."address" IS 'Tier 1, address: shown as ***; masked while the record is open; in full by an approved request.';
    COMMENT ON COLUMN "sales_agent"."customer"."health" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_agent"."customer"."family" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_agent"."customer"."annual_income" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_agent"."customer"."note" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_agent"."customer"."claimed_at" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_agent"."customer"."last_contact_at" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_agent"."customer"."created_at" IS 'Tier 3: shown.';
    RESET ROLE
    """,
        ),
        (
            'create view sales_agent.policy',
            """
    SET ROLE "wutong_sales_agent_viewer";
    CREATE VIEW "sales_agent"."policy" WITH (security_barrier = true) AS
    SELECT
        "t"."policy_id" AS "policy_id",
        "t"."customer_id" AS "customer_id",
        COALESCE(("t"."in full")."product", COALESCE("t"."product", "t"."product")) AS "product",
        COALESCE(("t"."in full")."premium", COALESCE("t"."premium", "t"."premium")) AS "premium",
        CASE WHEN "t"."in full" IS DISTINCT FROM NULL THEN ("t"."in full")."payer_account" ELSE '***'::character varying(19) END AS "payer_account",
        COALESCE(("t"."in full")."starts_on", COALESCE("t"."starts_on", "t"."starts_on")) AS "starts_on",
        COALESCE(("t"."in full")."ends_on", COALESCE("t"."ends_on", "t"."ends_on")) AS "ends_on"
    FROM "pgcustsec_views"."sales_agent.policy" AS t;
    CREATE TRIGGER "pgcustsec_insert" INSTEAD OF INSERT ON "sales_agent"."policy" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    CREATE TRIGGER "pgcustsec_update" INSTEAD OF UPDATE ON "sales_agent"."policy" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    CREATE TRIGGER "pgcustsec_delete" INSTEAD OF DELETE ON "sales_agent"."policy" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    COMMENT ON VIEW "sales_agent"."policy" IS 'crm.policy as sales_agent may see it: rows, columns and cells (5.2, 5.3).';
    COMMENT ON COLUMN "sales_agent"."policy"."policy_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_agent"."policy"."customer_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_agent"."policy"."product" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_agent"."policy"."premium" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_agent"."policy"."payer_account" IS 'Tier 1, bank_account: shown as ***; in full by an approved request.';
    COMMENT ON COLUMN "sales_agent"."policy"."starts_on" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_agent"."policy"."ends_on" IS 'Tier 2: shown where served, in a session.';
    RESET ROLE
    """,
        ),
        (
            'create view sales_manager.customer',
            """
    SET ROLE "wutong_sales_manager_viewer";
    CREATE VIEW "sales_manager"."customer" WITH (security_barrier = true) AS
    SELECT
        "t"."customer_id" AS "customer_id",
        "t"."status" AS "status",
        "t"."owner_staff_id" AS "owner_staff_id",
        "t"."branch_code" AS "branch_code",
        CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN pgcustsec_internal.mask_name("t"."name"::pg_catalog.text)::text ELSE NULL::text END AS "name",
        CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_phone("t"."mobile"::pg_catalog.text)::character varying(20) ELSE '***'::character varying(20) END AS "mobile",
        CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_email("t"."email"::pg_catalog.text)::text ELSE '***'::text END AS "email",
        CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_id_document("t"."id_card"::pg_catalog.text)::character varying(18) ELSE '***'::character varying(18) END AS "id_card",
        CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_bank_account("t"."bank_account"::pg_catalog.text)::character varying(19) ELSE '***'::character varying(19) END AS "bank_account",
        "t"."gender" AS "gender",
        CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."birth_date" ELSE NULL::date END AS "birth_date",
        "t"."age" AS "age",
        CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_address("t"."address"::pg_catalog.text)::text ELSE '***'::text END AS "address",
        CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."health" ELSE NULL::text END AS "health",
        CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."family" ELSE NULL::jsonb END AS "family",
        CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."annual_income" ELSE NULL::numeric(12,2) END AS "annual_income",
        CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."note" ELSE NULL::text END AS "note",
        "t"."claimed_at" AS "claimed_at",
        "t"."last_contact_at" AS "last_contact_at",
        "t"."created_at" AS "created_at"
    FROM "pgcustsec_views"."sales_manager.customer" AS t;
    CREATE TRIGGER "pgcustsec_update" INSTEAD OF UPDATE ON "sales_manager"."customer" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_views"."update sales_manager.customer"();
    COMMENT ON VIEW "sales_manager"."customer" IS 'crm.customer as sales_manager may see it: rows, columns and cells (5.2, 5.3).';
    COMMENT ON COLUMN "sales_manager"."customer"."customer_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_manager"."customer"."status" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_manager"."customer"."owner_staff_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_manager"."customer"."branch_code" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_manager"."customer"."name" IS 'Tier 2, name: masked, where served, in a session.';
    COMMENT ON COLUMN "sales_manager"."customer"."mobile" IS 'Tier 1, phone: shown as ***; masked while the record is open.';
    COMMENT ON COLUMN "sales_manager"."customer"."email" IS 'Tier 1, email: shown as ***; masked while the record is open.';
    COMMENT ON COLUMN "sales_manager"."customer"."id_card" IS 'Tier 1, id_document: shown as ***; masked while the record is open.';
    COMMENT ON COLUMN "sales_manager"."customer"."bank_account" IS 'Tier 1, bank_account: shown as ***; masked while the record is open.';
    COMMENT ON COLUMN "sales_manager"."customer"."gender" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_manager"."customer"."birth_date" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_manager"."customer"."age" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_manager"."customer"."address" IS 'Tier 1, address: shown as ***; masked while the record is open.';
    COMMENT ON COLUMN "sales_manager"."customer"."health" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_manager"."customer"."family" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_manager"."customer"."annual_income" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_manager"."customer"."note" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_manager"."customer"."claimed_at" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_manager"."customer"."last_contact_at" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_manager"."customer"."created_at" IS 'Tier 3: shown.';
    RESET ROLE
    """,
        ),
        (
            'create view sales_manager.policy',
            """
    SET ROLE "wutong_sales_manager_viewer";
    CREATE VIEW "sales_manager"."policy" WITH (security_barrier = true) AS
    SELECT
        "t"."policy_id" AS "policy_id",
        "t"."customer_id" AS "customer_id",
        COALESCE("t"."product", "t"."product") AS "product",
        COALESCE("t"."premium", "t"."premium") AS "premium",
        '***'::character varying(19) AS "payer_account",
        COALESCE("t"."starts_on", "t"."starts_on") AS "starts_on",
        COALESCE("t"."ends_on", "t"."ends_on") AS "ends_on"
    FROM "crm"."policy" AS t
        JOIN "crm"."customer" AS up1 ON "up1"."customer_id" = "t"."customer_id"
    WHERE "up1"."owner_staff_id" = ANY (CASE WHEN true THEN (SELECT a.serves_direct FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'sales_manager') END) OR "up1"."customer_id" = ANY (CASE WHEN true THEN (SELECT pgcustsec_internal."serving crm.customer"('sales_manager')) END);
    COMMENT ON VIEW "sales_manager"."policy" IS 'crm.policy as sales_manager may see it: rows, columns and cells (5.2, 5.3).';
    COMMENT ON COLUMN "sales_manager"."policy"."policy_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_manager"."policy"."customer_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_manager"."policy"."product" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_manager"."policy"."premium" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_manager"."policy"."payer_account" IS 'Tier 1, bank_account: shown as ***.';
    COMMENT ON COLUMN "sales_manager"."policy"."starts_on" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "sales_manager"."policy"."ends_on" IS 'Tier 2: shown where served, in a session.';
    RESET ROLE
    """,
        ),
        (
            'create view sales_manager.assignment',
            """
    SET ROLE "wutong_sales_manager_viewer";
    CREATE VIEW "sales_manager"."assignment" WITH (security_barrier = true) AS
    SELECT
        "t"."assignment_id" AS "assignment_id",
        "t"."customer_id" AS "customer_id",
        "t"."staff_id" AS "staff_id",
        "t"."starts_at" AS "starts_at",
        "t"."ends_at" AS "ends_at"
    FROM "crm"."assignment" AS t;
    ALTER VIEW "sales_manager"."assignment" ALTER COLUMN "starts_at" SET DEFAULT now();
    CREATE TRIGGER "pgcustsec_insert" INSTEAD OF INSERT ON "sales_manager"."assignment" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_views"."insert sales_manager.assignment"();
    CREATE TRIGGER "pgcustsec_update" INSTEAD OF UPDATE ON "sales_manager"."assignment" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_views"."update sales_manager.assignment"();
    COMMENT ON VIEW "sales_manager"."assignment" IS 'crm.assignment as sales_manager may see it: rows, columns and cells (5.2, 5.3).';
    COMMENT ON COLUMN "sales_manager"."assignment"."assignment_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_manager"."assignment"."customer_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_manager"."assignment"."staff_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_manager"."assignment"."starts_at" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "sales_manager"."assignment"."ends_at" IS 'Tier 3: shown.';
    RESET ROLE
    """,
        ),
        (
            'create view service_agent.customer',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE VIEW "service_agent"."customer" WITH (security_barrier = true) AS
    SELECT
        "t"."customer_id" AS "customer_id",
        "t"."status" AS "status",
        "t"."owner_staff_id" AS "owner_staff_id",
        "t"."branch_code" AS "branch_code",
        COALESCE(("t"."in full")."name", CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN CASE WHEN "t"."names show" THEN "t"."name" ELSE pgcustsec_internal.mask_name("t"."name"::pg_catalog.text)::text END ELSE NULL::text END) AS "name",
        COALESCE(("t"."in full")."mobile", CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_phone("t"."mobile"::pg_catalog.text)::character varying(20) ELSE '***'::character varying(20) END) AS "mobile",
        COALESCE(("t"."in full")."email", CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_email("t"."email"::pg_catalog.text)::text ELSE '***'::text END) AS "email",
        COALESCE(("t"."in full")."id_card", CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_id_document("t"."id_card"::pg_catalog.text)::character varying(18) ELSE '***'::character varying(18) END) AS "id_card",
        COALESCE(("t"."in full")."bank_account", CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_bank_account("t"."bank_account"::pg_catalog.text)::character varying(19) ELSE '***'::character varying(19) END) AS "bank_account",
        "t"."gender" AS "gender",
        COALESCE(("t"."in full")."birth_date", CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."birth_date" ELSE NULL::date END) AS "birth_date",
        "t"."age" AS "age",
        COALESCE(("t"."in full")."address", CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_address("t"."address"::pg_catalog.text)::text ELSE '***'::text END) AS "address",
        COALESCE(("t"."in full")."health", CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."health" ELSE NULL::text END) AS "health",
        COALESCE(("t"."in full")."family", CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."family" ELSE NULL::jsonb END) AS "family",
        COALESCE(("t"."in full")."annual_income", CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."annual_income" ELSE NULL::numeric(12,2) END) AS "annual_income",
        COALESCE(("t"."in full")."note", CASE WHEN "t"."record open" IS NOT NULL AND "t"."tier 2 shows" THEN "t"."note" ELSE NULL::text END) AS "note",
        "t"."claimed_at" AS "claimed_at",
        "t"."last_contact_at" AS "last_contact_at",
        "t"."created_at" AS "created_at"
    FROM "pgcustsec_views"."service_agent.customer" AS t;
    CREATE TRIGGER "pgcustsec_update" INSTEAD OF UPDATE ON "service_agent"."customer" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_views"."update service_agent.customer"();
    CREATE TRIGGER "pgcustsec_insert" INSTEAD OF INSERT ON "service_agent"."customer" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    CREATE TRIGGER "pgcustsec_delete" INSTEAD OF DELETE ON "service_agent"."customer" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    COMMENT ON VIEW "service_agent"."customer" IS 'crm.customer as service_agent may see it: rows, columns and cells (5.2, 5.3).';
    COMMENT ON COLUMN "service_agent"."customer"."customer_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."customer"."status" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."customer"."owner_staff_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."customer"."branch_code" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."customer"."name" IS 'Tier 2, name: masked, where served; in full while the record is open, in a session.';
    COMMENT ON COLUMN "service_agent"."customer"."mobile" IS 'Tier 1, phone: shown as ***; masked while the record is open; in full by an approved request.';
    COMMENT ON COLUMN "service_agent"."customer"."email" IS 'Tier 1, email: shown as ***; masked while the record is open; in full by an approved request.';
    COMMENT ON COLUMN "service_agent"."customer"."id_card" IS 'Tier 1, id_document: shown as ***; masked while the record is open; in full by an approved request.';
    COMMENT ON COLUMN "service_agent"."customer"."bank_account" IS 'Tier 1, bank_account: shown as ***; masked while the record is open; in full by an approved request.';
    COMMENT ON COLUMN "service_agent"."customer"."gender" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."customer"."birth_date" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "service_agent"."customer"."age" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."customer"."address" IS 'Tier 1, address: shown as ***; masked while the record is open; in full by an approved request.';
    COMMENT ON COLUMN "service_agent"."customer"."health" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "service_agent"."customer"."family" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "service_agent"."customer"."annual_income" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "service_agent"."customer"."note" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "service_agent"."customer"."claimed_at" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."customer"."last_contact_at" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."customer"."created_at" IS 'Tier 3: shown.';
    RESET ROLE
    """,
        ),
        (
            'create view service_agent.policy',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE VIEW "service_agent"."policy" WITH (security_barrier = true) AS
    SELECT
        "t"."policy_id" AS "policy_id",
        "t"."customer_id" AS "customer_id",
        COALESCE(("t"."in full")."product", COALESCE("t"."product", "t"."product")) AS "product",
        COALESCE(("t"."in full")."premium", COALESCE("t"."premium", "t"."premium")) AS "premium",
        COALESCE(("t"."in full")."payer_account", CASE WHEN "t"."record open" THEN pgcustsec_internal.mask_bank_account("t"."payer_account"::pg_catalog.text)::character varying(19) ELSE '***'::character varying(19) END) AS "payer_account",
        COALESCE(("t"."in full")."starts_on", COALESCE("t"."starts_on", "t"."starts_on")) AS "starts_on",
        COALESCE(("t"."in full")."ends_on", COALESCE("t"."ends_on", "t"."ends_on")) AS "ends_on"
    FROM "pgcustsec_views"."service_agent.policy" AS t;
    CREATE TRIGGER "pgcustsec_insert" INSTEAD OF INSERT ON "service_agent"."policy" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    CREATE TRIGGER "pgcustsec_update" INSTEAD OF UPDATE ON "service_agent"."policy" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    CREATE TRIGGER "pgcustsec_delete" INSTEAD OF DELETE ON "service_agent"."policy" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    COMMENT ON VIEW "service_agent"."policy" IS 'crm.policy as service_agent may see it: rows, columns and cells (5.2, 5.3).';
    COMMENT ON COLUMN "service_agent"."policy"."policy_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."policy"."customer_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."policy"."product" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "service_agent"."policy"."premium" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "service_agent"."policy"."payer_account" IS 'Tier 1, bank_account: shown as ***; masked while the record is open; in full by an approved request.';
    COMMENT ON COLUMN "service_agent"."policy"."starts_on" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "service_agent"."policy"."ends_on" IS 'Tier 2: shown where served, in a session.';
    RESET ROLE
    """,
        ),
        (
            'create view service_agent.claim',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE VIEW "service_agent"."claim" WITH (security_barrier = true) AS
    SELECT
        "t"."claim_id" AS "claim_id",
        "t"."policy_id" AS "policy_id",
        COALESCE("t"."diagnosis", "t"."diagnosis") AS "diagnosis",
        COALESCE("t"."amount", "t"."amount") AS "amount",
        "t"."filed_on" AS "filed_on"
    FROM "crm"."claim" AS t
        JOIN "crm"."policy" AS up1 ON "up1"."policy_id" = "t"."policy_id"
        JOIN "crm"."customer" AS up2 ON "up2"."customer_id" = "up1"."customer_id"
    WHERE "up2"."owner_staff_id" = ANY (CASE WHEN true THEN (SELECT a.serves_direct FROM pgcustsec_internal.asker AS a WHERE a.role_code = 'service_agent') END) OR "up2"."customer_id" = ANY (CASE WHEN true THEN (SELECT pgcustsec_internal."serving crm.customer"('service_agent')) END);
    CREATE TRIGGER "pgcustsec_insert" INSTEAD OF INSERT ON "service_agent"."claim" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_views"."insert service_agent.claim"();
    CREATE TRIGGER "pgcustsec_update" INSTEAD OF UPDATE ON "service_agent"."claim" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_views"."update service_agent.claim"();
    COMMENT ON VIEW "service_agent"."claim" IS 'crm.claim as service_agent may see it: rows, columns and cells (5.2, 5.3).';
    COMMENT ON COLUMN "service_agent"."claim"."claim_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."claim"."policy_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."claim"."diagnosis" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "service_agent"."claim"."amount" IS 'Tier 2: shown where served, in a session.';
    COMMENT ON COLUMN "service_agent"."claim"."filed_on" IS 'Tier 3: shown.';
    RESET ROLE
    """,
        ),
        (
            'create view service_agent.attachment',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE VIEW "service_agent"."attachment" WITH (security_barrier = true) AS
    SELECT
        "t"."attachment_id" AS "attachment_id",
        "t"."customer_id" AS "customer_id",
        "t"."media_type" AS "media_type",
        COALESCE(("t"."in full")."content", NULL::bytea) AS "content",
        COALESCE(("t"."in full")."caption", COALESCE("t"."caption", "t"."caption")) AS "caption"
    FROM "pgcustsec_views"."service_agent.attachment" AS t;
    CREATE TRIGGER "pgcustsec_insert" INSTEAD OF INSERT ON "service_agent"."attachment" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    CREATE TRIGGER "pgcustsec_update" INSTEAD OF UPDATE ON "service_agent"."attachment" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    CREATE TRIGGER "pgcustsec_delete" INSTEAD OF DELETE ON "service_agent"."attachment" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    COMMENT ON VIEW "service_agent"."attachment" IS 'crm.attachment as service_agent may see it: rows, columns and cells (5.2, 5.3).';
    COMMENT ON COLUMN "service_agent"."attachment"."attachment_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."attachment"."customer_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."attachment"."media_type" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "service_agent"."attachment"."content" IS 'Tier 1, file: hidden; in full by an approved request.';
    COMMENT ON COLUMN "service_agent"."attachment"."caption" IS 'Tier 2: shown where served, in a session.';
    RESET ROLE
    """,
        ),
        (
            'create view data_analyst.customer',
            """
    SET ROLE "wutong_data_analyst_viewer";
    CREATE VIEW "data_analyst"."customer" WITH (security_barrier = true) AS
    SELECT
        "t"."customer_id" AS "customer_id",
        "t"."status" AS "status",
        "t"."owner_staff_id" AS "owner_staff_id",
        "t"."branch_code" AS "branch_code",
        NULL::text AS "name",
        "t"."gender" AS "gender",
        NULL::date AS "birth_date",
        "t"."age" AS "age",
        NULL::text AS "health",
        NULL::jsonb AS "family",
        NULL::numeric(12,2) AS "annual_income",
        NULL::text AS "note",
        "t"."claimed_at" AS "claimed_at",
        "t"."last_contact_at" AS "last_contact_at",
        "t"."created_at" AS "created_at"
    FROM "crm"."customer" AS t;
    COMMENT ON VIEW "data_analyst"."customer" IS 'crm.customer as data_analyst may see it: rows, columns and cells (5.2, 5.3).';
    COMMENT ON COLUMN "data_analyst"."customer"."customer_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "data_analyst"."customer"."status" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "data_analyst"."customer"."owner_staff_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "data_analyst"."customer"."branch_code" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "data_analyst"."customer"."name" IS 'Tier 2, name: not shown.';
    COMMENT ON COLUMN "data_analyst"."customer"."gender" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "data_analyst"."customer"."birth_date" IS 'Tier 2: not shown.';
    COMMENT ON COLUMN "data_analyst"."customer"."age" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "data_analyst"."customer"."health" IS 'Tier 2: not shown.';
    COMMENT ON COLUMN "data_analyst"."customer"."family" IS 'Tier 2: not shown.';
    COMMENT ON COLUMN "data_analyst"."customer"."annual_income" IS 'Tier 2: not shown.';
    COMMENT ON COLUMN "data_analyst"."customer"."note" IS 'Tier 2: not shown.';
    COMMENT ON COLUMN "data_analyst"."customer"."claimed_at" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "data_analyst"."customer"."last_contact_at" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "data_analyst"."customer"."created_at" IS 'Tier 3: shown.';
    RESET ROLE
    """,
        ),
        (
            'create view custodian.customer',
            """
    SET ROLE "wutong_custodian_viewer";
    CREATE VIEW "custodian"."customer" WITH (security_barrier = true) AS
    SELECT
        "t"."customer_id" AS "customer_id",
        "t"."status" AS "status",
        "t"."owner_staff_id" AS "owner_staff_id",
        "t"."branch_code" AS "branch_code",
        COALESCE(("t"."in full")."name", NULL::text) AS "name",
        CASE WHEN "t"."in full" IS DISTINCT FROM NULL THEN ("t"."in full")."mobile" ELSE '***'::character varying(20) END AS "mobile",
        CASE WHEN "t"."in full" IS DISTINCT FROM NULL THEN ("t"."in full")."email" ELSE '***'::text END AS "email",
        CASE WHEN "t"."in full" IS DISTINCT FROM NULL THEN ("t"."in full")."id_card" ELSE '***'::character varying(18) END AS "id_card",
        CASE WHEN "t"."in full" IS DISTINCT FROM NULL THEN ("t"."in full")."bank_account" ELSE '***'::character varying(19) END AS "bank_account",
        "t"."gender" AS "gender",
        COALESCE(("t"."in full")."birth_date", NULL::date) AS "birth_date",
        "t"."age" AS "age",
        CASE WHEN "t"."in full" IS DISTINCT FROM NULL THEN ("t"."in full")."address" ELSE '***'::text END AS "address",
        COALESCE(("t"."in full")."health", NULL::text) AS "health",
        COALESCE(("t"."in full")."family", NULL::jsonb) AS "family",
        COALESCE(("t"."in full")."annual_income", NULL::numeric(12,2)) AS "annual_income",
        COALESCE(("t"."in full")."note", NULL::text) AS "note",
        "t"."claimed_at" AS "claimed_at",
        "t"."last_contact_at" AS "last_contact_at",
        "t"."created_at" AS "created_at"
    FROM "pgcustsec_views"."custodian.customer" AS t;
    CREATE TRIGGER "pgcustsec_insert" INSTEAD OF INSERT ON "custodian"."customer" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    CREATE TRIGGER "pgcustsec_update" INSTEAD OF UPDATE ON "custodian"."customer" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    CREATE TRIGGER "pgcustsec_delete" INSTEAD OF DELETE ON "custodian"."customer" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."refuse_command"();
    COMMENT ON VIEW "custodian"."customer" IS 'crm.customer as custodian may see it: rows, columns and cells (5.2, 5.3).';
    COMMENT ON COLUMN "custodian"."customer"."customer_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "custodian"."customer"."status" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "custodian"."customer"."owner_staff_id" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "custodian"."customer"."branch_code" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "custodian"."customer"."name" IS 'Tier 2, name: not shown.';
    COMMENT ON COLUMN "custodian"."customer"."mobile" IS 'Tier 1, phone: shown as ***; in full by an approved request.';
    COMMENT ON COLUMN "custodian"."customer"."email" IS 'Tier 1, email: shown as ***; in full by an approved request.';
    COMMENT ON COLUMN "custodian"."customer"."id_card" IS 'Tier 1, id_document: shown as ***; in full by an approved request.';
    COMMENT ON COLUMN "custodian"."customer"."bank_account" IS 'Tier 1, bank_account: shown as ***; in full by an approved request.';
    COMMENT ON COLUMN "custodian"."customer"."gender" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "custodian"."customer"."birth_date" IS 'Tier 2: not shown.';
    COMMENT ON COLUMN "custodian"."customer"."age" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "custodian"."customer"."address" IS 'Tier 1, address: shown as ***; in full by an approved request.';
    COMMENT ON COLUMN "custodian"."customer"."health" IS 'Tier 2: not shown.';
    COMMENT ON COLUMN "custodian"."customer"."family" IS 'Tier 2: not shown.';
    COMMENT ON COLUMN "custodian"."customer"."annual_income" IS 'Tier 2: not shown.';
    COMMENT ON COLUMN "custodian"."customer"."note" IS 'Tier 2: not shown.';
    COMMENT ON COLUMN "custodian"."customer"."claimed_at" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "custodian"."customer"."last_contact_at" IS 'Tier 3: shown.';
    COMMENT ON COLUMN "custodian"."customer"."created_at" IS 'Tier 3: shown.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.sales_agent.customer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    CREATE VIEW "pgcustsec_extracts"."sales_agent.customer" WITH (security_barrier = true) AS
    SELECT
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'customer_id')) THEN "t"."customer_id" ELSE NULL::bigint END AS "customer_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'status')) THEN "t"."status" ELSE NULL::text END AS "status",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'owner_staff_id')) THEN "t"."owner_staff_id" ELSE NULL::text END AS "owner_staff_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'branch_code')) THEN "t"."branch_code" ELSE NULL::text END AS "branch_code",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'name')) THEN COALESCE("v"."name"::text, "t"."name") ELSE NULL::text END AS "name",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'mobile')) THEN COALESCE("v"."mobile"::character varying(20), "t"."mobile") ELSE NULL::character varying(20) END AS "mobile",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'email')) THEN COALESCE("v"."email"::text, "t"."email") ELSE NULL::text END AS "email",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'id_card')) THEN COALESCE("v"."id_card"::character varying(18), "t"."id_card") ELSE NULL::character varying(18) END AS "id_card",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'bank_account')) THEN COALESCE("v"."bank_account"::character varying(19), "t"."bank_account") ELSE NULL::character varying(19) END AS "bank_account",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'gender')) THEN "t"."gender" ELSE NULL::text END AS "gender",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'birth_date')) THEN "t"."birth_date" ELSE NULL::date END AS "birth_date",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'age')) THEN "t"."age" ELSE NULL::integer END AS "age",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'address')) THEN COALESCE("v"."address"::text, "t"."address") ELSE NULL::text END AS "address",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'health')) THEN "t"."health" ELSE NULL::text END AS "health",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'family')) THEN "t"."family" ELSE NULL::jsonb END AS "family",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'annual_income')) THEN "t"."annual_income" ELSE NULL::numeric(12,2) END AS "annual_income",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'note')) THEN "t"."note" ELSE NULL::text END AS "note",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'claimed_at')) THEN "t"."claimed_at" ELSE NULL::timestamp with time zone END AS "claimed_at",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'last_contact_at')) THEN "t"."last_contact_at" ELSE NULL::timestamp with time zone END AS "last_contact_at",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.customer', 'created_at')) THEN "t"."created_at" ELSE NULL::timestamp with time zone END AS "created_at"
    FROM pgcustsec_internal.extract_integers('sales_agent crm.customer') AS k (key)
    JOIN "crm"."customer" AS t ON "t"."customer_id"::bigint = k.key
    LEFT JOIN "pgcustsec_extracts"."true sales_agent.customer" AS v ON "v"."customer_id" = "t"."customer_id"
    UNION ALL
    SELECT
        (c.canary ->> 'customer_id')::bigint,
        (c.canary ->> 'status')::text,
        (c.canary ->> 'owner_staff_id')::text,
        (c.canary ->> 'branch_code')::text,
        (c.canary ->> 'name')::text,
        (c.canary ->> 'mobile')::character varying(20),
        (c.canary ->> 'email')::text,
        (c.canary ->> 'id_card')::character varying(18),
        (c.canary ->> 'bank_account')::character varying(19),
        (c.canary ->> 'gender')::text,
        (c.canary ->> 'birth_date')::date,
        (c.canary ->> 'age')::integer,
        (c.canary ->> 'address')::text,
        (c.canary ->> 'health')::text,
        (c.canary ->> 'family')::jsonb,
        (c.canary ->> 'annual_income')::numeric(12,2),
        (c.canary ->> 'note')::text,
        (c.canary ->> 'claimed_at')::timestamp with time zone,
        (c.canary ->> 'last_contact_at')::timestamp with time zone,
        (c.canary ->> 'created_at')::timestamp with time zone
    FROM pgcustsec_internal.extract_canaries('sales_agent crm.customer') AS c (canary);
    COMMENT ON VIEW "pgcustsec_extracts"."sales_agent.customer" IS 'Rows of crm.customer that the reader''s running extract covers, in its columns, in full (5.2.1).';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."customer_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."status" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."owner_staff_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."branch_code" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."name" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."mobile" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."email" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."id_card" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."bank_account" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."gender" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."birth_date" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."age" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."address" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."health" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."family" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."annual_income" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."note" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."claimed_at" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."last_contact_at" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.customer"."created_at" IS 'In full, if the extract names it.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.sales_agent.policy',
            """
    SET ROLE "wutong_sales_agent_viewer";
    CREATE VIEW "pgcustsec_extracts"."sales_agent.policy" WITH (security_barrier = true) AS
    SELECT
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.policy', 'policy_id')) THEN "t"."policy_id" ELSE NULL::bigint END AS "policy_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.policy', 'customer_id')) THEN "t"."customer_id" ELSE NULL::bigint END AS "customer_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.policy', 'product')) THEN "t"."product" ELSE NULL::text END AS "product",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.policy', 'premium')) THEN "t"."premium" ELSE NULL::numeric(12,2) END AS "premium",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.policy', 'payer_account')) THEN COALESCE("v"."payer_account"::character varying(19), "t"."payer_account") ELSE NULL::character varying(19) END AS "payer_account",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.policy', 'starts_on')) THEN "t"."starts_on" ELSE NULL::date END AS "starts_on",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('sales_agent crm.policy', 'ends_on')) THEN "t"."ends_on" ELSE NULL::date END AS "ends_on"
    FROM pgcustsec_internal.extract_integers('sales_agent crm.policy') AS k (key)
    JOIN "crm"."policy" AS t ON "t"."policy_id"::bigint = k.key
    LEFT JOIN "pgcustsec_extracts"."true sales_agent.policy" AS v ON "v"."policy_id" = "t"."policy_id"
    UNION ALL
    SELECT
        (c.canary ->> 'policy_id')::bigint,
        (c.canary ->> 'customer_id')::bigint,
        (c.canary ->> 'product')::text,
        (c.canary ->> 'premium')::numeric(12,2),
        (c.canary ->> 'payer_account')::character varying(19),
        (c.canary ->> 'starts_on')::date,
        (c.canary ->> 'ends_on')::date
    FROM pgcustsec_internal.extract_canaries('sales_agent crm.policy') AS c (canary);
    COMMENT ON VIEW "pgcustsec_extracts"."sales_agent.policy" IS 'Rows of crm.policy that the reader''s running extract covers, in its columns, in full (5.2.1).';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.policy"."policy_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.policy"."customer_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.policy"."product" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.policy"."premium" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.policy"."payer_account" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.policy"."starts_on" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."sales_agent.policy"."ends_on" IS 'In full, if the extract names it.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.service_agent.customer',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE VIEW "pgcustsec_extracts"."service_agent.customer" WITH (security_barrier = true) AS
    SELECT
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'customer_id')) THEN "t"."customer_id" ELSE NULL::bigint END AS "customer_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'status')) THEN "t"."status" ELSE NULL::text END AS "status",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'owner_staff_id')) THEN "t"."owner_staff_id" ELSE NULL::text END AS "owner_staff_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'branch_code')) THEN "t"."branch_code" ELSE NULL::text END AS "branch_code",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'name')) THEN COALESCE("v"."name"::text, "t"."name") ELSE NULL::text END AS "name",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'mobile')) THEN COALESCE("v"."mobile"::character varying(20), "t"."mobile") ELSE NULL::character varying(20) END AS "mobile",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'email')) THEN COALESCE("v"."email"::text, "t"."email") ELSE NULL::text END AS "email",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'id_card')) THEN COALESCE("v"."id_card"::character varying(18), "t"."id_card") ELSE NULL::character varying(18) END AS "id_card",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'bank_account')) THEN COALESCE("v"."bank_account"::character varying(19), "t"."bank_account") ELSE NULL::character varying(19) END AS "bank_account",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'gender')) THEN "t"."gender" ELSE NULL::text END AS "gender",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'birth_date')) THEN "t"."birth_date" ELSE NULL::date END AS "birth_date",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'age')) THEN "t"."age" ELSE NULL::integer END AS "age",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'address')) THEN COALESCE("v"."address"::text, "t"."address") ELSE NULL::text END AS "address",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'health')) THEN "t"."health" ELSE NULL::text END AS "health",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'family')) THEN "t"."family" ELSE NULL::jsonb END AS "family",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'annual_income')) THEN "t"."annual_income" ELSE NULL::numeric(12,2) END AS "annual_income",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'note')) THEN "t"."note" ELSE NULL::text END AS "note",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'claimed_at')) THEN "t"."claimed_at" ELSE NULL::timestamp with time zone END AS "claimed_at",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'last_contact_at')) THEN "t"."last_contact_at" ELSE NULL::timestamp with time zone END AS "last_contact_at",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.customer', 'created_at')) THEN "t"."created_at" ELSE NULL::timestamp with time zone END AS "created_at"
    FROM pgcustsec_internal.extract_integers('service_agent crm.customer') AS k (key)
    JOIN "crm"."customer" AS t ON "t"."customer_id"::bigint = k.key
    LEFT JOIN "pgcustsec_extracts"."true service_agent.customer" AS v ON "v"."customer_id" = "t"."customer_id"
    UNION ALL
    SELECT
        (c.canary ->> 'customer_id')::bigint,
        (c.canary ->> 'status')::text,
        (c.canary ->> 'owner_staff_id')::text,
        (c.canary ->> 'branch_code')::text,
        (c.canary ->> 'name')::text,
        (c.canary ->> 'mobile')::character varying(20),
        (c.canary ->> 'email')::text,
        (c.canary ->> 'id_card')::character varying(18),
        (c.canary ->> 'bank_account')::character varying(19),
        (c.canary ->> 'gender')::text,
        (c.canary ->> 'birth_date')::date,
        (c.canary ->> 'age')::integer,
        (c.canary ->> 'address')::text,
        (c.canary ->> 'health')::text,
        (c.canary ->> 'family')::jsonb,
        (c.canary ->> 'annual_income')::numeric(12,2),
        (c.canary ->> 'note')::text,
        (c.canary ->> 'claimed_at')::timestamp with time zone,
        (c.canary ->> 'last_contact_at')::timestamp with time zone,
        (c.canary ->> 'created_at')::timestamp with time zone
    FROM pgcustsec_internal.extract_canaries('service_agent crm.customer') AS c (canary);
    COMMENT ON VIEW "pgcustsec_extracts"."service_agent.customer" IS 'Rows of crm.customer that the reader''s running extract covers, in its columns, in full (5.2.1).';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."customer_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."status" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."owner_staff_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."branch_code" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."name" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."mobile" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."email" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."id_card" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."bank_account" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."gender" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."birth_date" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."age" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."address" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."health" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."family" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."annual_income" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."note" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."claimed_at" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."last_contact_at" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.customer"."created_at" IS 'In full, if the extract names it.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.service_agent.policy',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE VIEW "pgcustsec_extracts"."service_agent.policy" WITH (security_barrier = true) AS
    SELECT
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.policy', 'policy_id')) THEN "t"."policy_id" ELSE NULL::bigint END AS "policy_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.policy', 'customer_id')) THEN "t"."customer_id" ELSE NULL::bigint END AS "customer_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.policy', 'product')) THEN "t"."product" ELSE NULL::text END AS "product",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.policy', 'premium')) THEN "t"."premium" ELSE NULL::numeric(12,2) END AS "premium",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.policy', 'payer_account')) THEN COALESCE("v"."payer_account"::character varying(19), "t"."payer_account") ELSE NULL::character varying(19) END AS "payer_account",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.policy', 'starts_on')) THEN "t"."starts_on" ELSE NULL::date END AS "starts_on",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.policy', 'ends_on')) THEN "t"."ends_on" ELSE NULL::date END AS "ends_on"
    FROM pgcustsec_internal.extract_integers('service_agent crm.policy') AS k (key)
    JOIN "crm"."policy" AS t ON "t"."policy_id"::bigint = k.key
    LEFT JOIN "pgcustsec_extracts"."true service_agent.policy" AS v ON "v"."policy_id" = "t"."policy_id"
    UNION ALL
    SELECT
        (c.canary ->> 'policy_id')::bigint,
        (c.canary ->> 'customer_id')::bigint,
        (c.canary ->> 'product')::text,
        (c.canary ->> 'premium')::numeric(12,2),
        (c.canary ->> 'payer_account')::character varying(19),
        (c.canary ->> 'starts_on')::date,
        (c.canary ->> 'ends_on')::date
    FROM pgcustsec_internal.extract_canaries('service_agent crm.policy') AS c (canary);
    COMMENT ON VIEW "pgcustsec_extracts"."service_agent.policy" IS 'Rows of crm.policy that the reader''s running extract covers, in its columns, in full (5.2.1).';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.policy"."policy_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.policy"."customer_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.policy"."product" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.policy"."premium" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.policy"."payer_account" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.policy"."starts_on" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.policy"."ends_on" IS 'In full, if the extract names it.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.service_agent.claim',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE VIEW "pgcustsec_extracts"."service_agent.claim" WITH (security_barrier = true) AS
    SELECT
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.claim', 'claim_id')) THEN "t"."claim_id" ELSE NULL::bigint END AS "claim_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.claim', 'policy_id')) THEN "t"."policy_id" ELSE NULL::bigint END AS "policy_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.claim', 'diagnosis')) THEN "t"."diagnosis" ELSE NULL::text END AS "diagnosis",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.claim', 'amount')) THEN "t"."amount" ELSE NULL::numeric(12,2) END AS "amount",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.claim', 'filed_on')) THEN "t"."filed_on" ELSE NULL::date END AS "filed_on"
    FROM pgcustsec_internal.extract_integers('service_agent crm.claim') AS k (key)
    JOIN "crm"."claim" AS t ON "t"."claim_id"::bigint = k.key
    UNION ALL
    SELECT
        (c.canary ->> 'claim_id')::bigint,
        (c.canary ->> 'policy_id')::bigint,
        (c.canary ->> 'diagnosis')::text,
        (c.canary ->> 'amount')::numeric(12,2),
        (c.canary ->> 'filed_on')::date
    FROM pgcustsec_internal.extract_canaries('service_agent crm.claim') AS c (canary);
    COMMENT ON VIEW "pgcustsec_extracts"."service_agent.claim" IS 'Rows of crm.claim that the reader''s running extract covers, in its columns, in full (5.2.1).';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.claim"."claim_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.claim"."policy_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.claim"."diagnosis" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.claim"."amount" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.claim"."filed_on" IS 'In full, if the extract names it.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.service_agent.attachment',
            """
    SET ROLE "wutong_service_agent_viewer";
    CREATE VIEW "pgcustsec_extracts"."service_agent.attachment" WITH (security_barrier = true) AS
    SELECT
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.attachment', 'attachment_id')) THEN "t"."attachment_id" ELSE NULL::bigint END AS "attachment_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.attachment', 'customer_id')) THEN "t"."customer_id" ELSE NULL::bigint END AS "customer_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.attachment', 'media_type')) THEN "t"."media_type" ELSE NULL::text END AS "media_type",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.attachment', 'content')) THEN COALESCE("v"."content"::bytea, "t"."content") ELSE NULL::bytea END AS "content",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('service_agent crm.attachment', 'caption')) THEN "t"."caption" ELSE NULL::text END AS "caption"
    FROM pgcustsec_internal.extract_integers('service_agent crm.attachment') AS k (key)
    JOIN "crm"."attachment" AS t ON "t"."attachment_id"::bigint = k.key
    LEFT JOIN "pgcustsec_extracts"."true service_agent.attachment" AS v ON "v"."attachment_id" = "t"."attachment_id"
    UNION ALL
    SELECT
        (c.canary ->> 'attachment_id')::bigint,
        (c.canary ->> 'customer_id')::bigint,
        (c.canary ->> 'media_type')::text,
        (c.canary ->> 'content')::bytea,
        (c.canary ->> 'caption')::text
    FROM pgcustsec_internal.extract_canaries('service_agent crm.attachment') AS c (canary);
    COMMENT ON VIEW "pgcustsec_extracts"."service_agent.attachment" IS 'Rows of crm.attachment that the reader''s running extract covers, in its columns, in full (5.2.1).';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.attachment"."attachment_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.attachment"."customer_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.attachment"."media_type" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.attachment"."content" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."service_agent.attachment"."caption" IS 'In full, if the extract names it.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.data_analyst.customer',
            """
    SET ROLE "wutong_data_analyst_viewer";
    CREATE VIEW "pgcustsec_extracts"."data_analyst.customer" WITH (security_barrier = true) AS
    SELECT
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'customer_id')) THEN "t"."customer_id" ELSE NULL::bigint END AS "customer_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'status')) THEN "t"."status" ELSE NULL::text END AS "status",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'owner_staff_id')) THEN "t"."owner_staff_id" ELSE NULL::text END AS "owner_staff_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'branch_code')) THEN "t"."branch_code" ELSE NULL::text END AS "branch_code",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'name')) THEN COALESCE("v"."name"::text, "t"."name") ELSE NULL::text END AS "name",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'mobile')) THEN COALESCE("v"."mobile"::character varying(20), "t"."mobile") ELSE NULL::character varying(20) END AS "mobile",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'email')) THEN COALESCE("v"."email"::text, "t"."email") ELSE NULL::text END AS "email",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'id_card')) THEN COALESCE("v"."id_card"::character varying(18), "t"."id_card") ELSE NULL::character varying(18) END AS "id_card",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'bank_account')) THEN COALESCE("v"."bank_account"::character varying(19), "t"."bank_account") ELSE NULL::character varying(19) END AS "bank_account",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'gender')) THEN "t"."gender" ELSE NULL::text END AS "gender",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'birth_date')) THEN "t"."birth_date" ELSE NULL::date END AS "birth_date",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'age')) THEN "t"."age" ELSE NULL::integer END AS "age",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'address')) THEN COALESCE("v"."address"::text, "t"."address") ELSE NULL::text END AS "address",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'health')) THEN "t"."health" ELSE NULL::text END AS "health",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'family')) THEN "t"."family" ELSE NULL::jsonb END AS "family",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'annual_income')) THEN "t"."annual_income" ELSE NULL::numeric(12,2) END AS "annual_income",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'note')) THEN "t"."note" ELSE NULL::text END AS "note",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'claimed_at')) THEN "t"."claimed_at" ELSE NULL::timestamp with time zone END AS "claimed_at",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'last_contact_at')) THEN "t"."last_contact_at" ELSE NULL::timestamp with time zone END AS "last_contact_at",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('data_analyst crm.customer', 'created_at')) THEN "t"."created_at" ELSE NULL::timestamp with time zone END AS "created_at"
    FROM pgcustsec_internal.extract_integers('data_analyst crm.customer') AS k (key)
    JOIN "crm"."customer" AS t ON "t"."customer_id"::bigint = k.key
    LEFT JOIN "pgcustsec_extracts"."true data_analyst.customer" AS v ON "v"."customer_id" = "t"."customer_id"
    UNION ALL
    SELECT
        (c.canary ->> 'customer_id')::bigint,
        (c.canary ->> 'status')::text,
        (c.canary ->> 'owner_staff_id')::text,
        (c.canary ->> 'branch_code')::text,
        (c.canary ->> 'name')::text,
        (c.canary ->> 'mobile')::character varying(20),
        (c.canary ->> 'email')::text,
        (c.canary ->> 'id_card')::character varying(18),
        (c.canary ->> 'bank_account')::character varying(19),
        (c.canary ->> 'gender')::text,
        (c.canary ->> 'birth_date')::date,
        (c.canary ->> 'age')::integer,
        (c.canary ->> 'address')::text,
        (c.canary ->> 'health')::text,
        (c.canary ->> 'family')::jsonb,
        (c.canary ->> 'annual_income')::numeric(12,2),
        (c.canary ->> 'note')::text,
        (c.canary ->> 'claimed_at')::timestamp with time zone,
        (c.canary ->> 'last_contact_at')::timestamp with time zone,
        (c.canary ->> 'created_at')::timestamp with time zone
    FROM pgcustsec_internal.extract_canaries('data_analyst crm.customer') AS c (canary);
    COMMENT ON VIEW "pgcustsec_extracts"."data_analyst.customer" IS 'Rows of crm.customer that the reader''s running extract covers, in its columns, in full (5.2.1).';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."customer_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."status" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."owner_staff_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."branch_code" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."name" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."mobile" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."email" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."id_card" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."bank_account" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."gender" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."birth_date" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."age" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."address" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."health" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."family" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."annual_income" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."note" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."claimed_at" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."last_contact_at" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."data_analyst.customer"."created_at" IS 'In full, if the extract names it.';
    RESET ROLE
    """,
        ),
        (
            'create view pgcustsec_extracts.custodian.customer',
            """
    SET ROLE "wutong_custodian_viewer";
    CREATE VIEW "pgcustsec_extracts"."custodian.customer" WITH (security_barrier = true) AS
    SELECT
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'customer_id')) THEN "t"."customer_id" ELSE NULL::bigint END AS "customer_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'status')) THEN "t"."status" ELSE NULL::text END AS "status",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'owner_staff_id')) THEN "t"."owner_staff_id" ELSE NULL::text END AS "owner_staff_id",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'branch_code')) THEN "t"."branch_code" ELSE NULL::text END AS "branch_code",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'name')) THEN COALESCE("v"."name"::text, "t"."name") ELSE NULL::text END AS "name",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'mobile')) THEN COALESCE("v"."mobile"::character varying(20), "t"."mobile") ELSE NULL::character varying(20) END AS "mobile",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'email')) THEN COALESCE("v"."email"::text, "t"."email") ELSE NULL::text END AS "email",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'id_card')) THEN COALESCE("v"."id_card"::character varying(18), "t"."id_card") ELSE NULL::character varying(18) END AS "id_card",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'bank_account')) THEN COALESCE("v"."bank_account"::character varying(19), "t"."bank_account") ELSE NULL::character varying(19) END AS "bank_account",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'gender')) THEN "t"."gender" ELSE NULL::text END AS "gender",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'birth_date')) THEN "t"."birth_date" ELSE NULL::date END AS "birth_date",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'age')) THEN "t"."age" ELSE NULL::integer END AS "age",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'address')) THEN COALESCE("v"."address"::text, "t"."address") ELSE NULL::text END AS "address",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'health')) THEN "t"."health" ELSE NULL::text END AS "health",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'family')) THEN "t"."family" ELSE NULL::jsonb END AS "family",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'annual_income')) THEN "t"."annual_income" ELSE NULL::numeric(12,2) END AS "annual_income",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'note')) THEN "t"."note" ELSE NULL::text END AS "note",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'claimed_at')) THEN "t"."claimed_at" ELSE NULL::timestamp with time zone END AS "claimed_at",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'last_contact_at')) THEN "t"."last_contact_at" ELSE NULL::timestamp with time zone END AS "last_contact_at",
        CASE WHEN (SELECT pgcustsec_internal.extract_has('custodian crm.customer', 'created_at')) THEN "t"."created_at" ELSE NULL::timestamp with time zone END AS "created_at"
    FROM pgcustsec_internal.extract_integers('custodian crm.customer') AS k (key)
    JOIN "crm"."customer" AS t ON "t"."customer_id"::bigint = k.key
    LEFT JOIN "pgcustsec_extracts"."true custodian.customer" AS v ON "v"."customer_id" = "t"."customer_id"
    UNION ALL
    SELECT
        (c.canary ->> 'customer_id')::bigint,
        (c.canary ->> 'status')::text,
        (c.canary ->> 'owner_staff_id')::text,
        (c.canary ->> 'branch_code')::text,
        (c.canary ->> 'name')::text,
        (c.canary ->> 'mobile')::character varying(20),
        (c.canary ->> 'email')::text,
        (c.canary ->> 'id_card')::character varying(18),
        (c.canary ->> 'bank_account')::character varying(19),
        (c.canary ->> 'gender')::text,
        (c.canary ->> 'birth_date')::date,
        (c.canary ->> 'age')::integer,
        (c.canary ->> 'address')::text,
        (c.canary ->> 'health')::text,
        (c.canary ->> 'family')::jsonb,
        (c.canary ->> 'annual_income')::numeric(12,2),
        (c.canary ->> 'note')::text,
        (c.canary ->> 'claimed_at')::timestamp with time zone,
        (c.canary ->> 'last_contact_at')::timestamp with time zone,
        (c.canary ->> 'created_at')::timestamp with time zone
    FROM pgcustsec_internal.extract_canaries('custodian crm.customer') AS c (canary);
    COMMENT ON VIEW "pgcustsec_extracts"."custodian.customer" IS 'Rows of crm.customer that the reader''s running extract covers, in its columns, in full (5.2.1).';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."customer_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."status" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."owner_staff_id" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."branch_code" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."name" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."mobile" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."email" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."id_card" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."bank_account" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."gender" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."birth_date" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."age" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."address" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."health" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."family" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."annual_income" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."note" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."claimed_at" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."last_contact_at" IS 'In full, if the extract names it.';
    COMMENT ON COLUMN "pgcustsec_extracts"."custodian.customer"."created_at" IS 'In full, if the extract names it.';
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.stamp crm.customer..crm_owner.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."stamp crm.customer"() TO "crm_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal._terms_anew..crm_owner.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."_terms_anew"() TO "crm_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.follow crm.policy crm.customer..crm_owner.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."follow crm.policy crm.customer"() TO "crm_owner";
    RESET ROLE
    """,
        ),
        (
            'create grant table.sales_agent.customer.wutong_sales_agent.wutong_sales_agent_viewer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    GRANT INSERT, SELECT, UPDATE ON TABLE "sales_agent"."customer" TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.sales_manager.customer.wutong_sales_manager.wutong_sales_manager_viewer',
            """
    SET ROLE "wutong_sales_manager_viewer";
    GRANT SELECT, UPDATE ON TABLE "sales_manager"."customer" TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant table.sales_manager.assignment.wutong_sales_manager.wutong_sales_manager_viewer',
            """
    SET ROLE "wutong_sales_manager_viewer";
    GRANT INSERT, SELECT, UPDATE ON TABLE "sales_manager"."assignment" TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant table.service_agent.customer.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT SELECT, UPDATE ON TABLE "service_agent"."customer" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.service_agent.claim.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT INSERT, SELECT, UPDATE ON TABLE "service_agent"."claim" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.sales_agent.customer.wutong_sales_agent.wutong_sales_agent_viewer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."sales_agent.customer" TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.sales_agent.policy.wutong_sales_agent.wutong_sales_agent_viewer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."sales_agent.policy" TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.service_agent.customer.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."service_agent.customer" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.service_agent.policy.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."service_agent.policy" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.service_agent.claim.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."service_agent.claim" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.service_agent.attachment.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."service_agent.attachment" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.data_analyst.customer.wutong_data_analyst.wutong_data_analyst_viewer',
            """
    SET ROLE "wutong_data_analyst_viewer";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."data_analyst.customer" TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec_extracts.custodian.customer.wutong_custodian.wutong_custodian_viewer',
            """
    SET ROLE "wutong_custodian_viewer";
    GRANT SELECT ON TABLE "pgcustsec_extracts"."custodian.customer" TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant database.:"DBNAME".wutong_sales_agent.dba',
            """
    SET ROLE "dba";
    GRANT CONNECT ON DATABASE :"DBNAME" TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.sales_agent.wutong_sales_agent.wutong_sales_agent_viewer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    GRANT USAGE ON SCHEMA "sales_agent" TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.sessions.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."sessions" TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.requests.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."requests" TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.request_events.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."request_events" TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.extracts.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."extracts" TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.deputies.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."deputies" TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.disclosures.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."disclosures" TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.request_seen.bigint.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_seen.bigint.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.whoami..wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."whoami"() TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.start_session.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_session..wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_session"() TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.register_session.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_agreements..wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.sign_agreement.text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.rectify.bigint, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.decide_request.bigint, text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.extract_destroyed.bigint, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.explain_access.text, text, text, name.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_deputy.bigint.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_record.text, text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_record"(text, text, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_record.regclass, text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_record"(regclass, text, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.close_record.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."close_record"(text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.close_record.regclass.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."close_record"(regclass) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_place.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_place"(text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.show_record.text, text, text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."show_record"(text, text, text, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.find.text, name, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."find"(text, name, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.find.regclass, name, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."find"(regclass, name, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_budget..wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_budget"() TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.claim.text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."claim"(text, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.release.text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."release"(text, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.show_subject.text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."show_subject"(text, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.subject_facts.text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."subject_facts"(text, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_changes..wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_changes"() TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.confirm_change.bigint, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."confirm_change"(bigint, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.row_place.text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."row_place"(text, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.who_corrects.text, text[].wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."who_corrects"(text, text[]) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.file_request.text, text, text, text[], jsonb, text[], integer, integer, boolean.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."file_request"(text, text, text, text[], jsonb, text[], integer, integer, boolean) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.amend_request.bigint, text[], jsonb, text[], integer, integer.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."amend_request"(bigint, text[], jsonb, text[], integer, integer) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.submit_request.bigint.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."submit_request"(bigint) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.withdraw_request.bigint.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."withdraw_request"(bigint) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_full.bigint, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_full"(bigint, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.begin_extract.bigint, text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."begin_extract"(bigint, text, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.extract_finished.bigint, text, bigint.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."extract_finished"(bigint, text, bigint) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.sales_agent.policy.wutong_sales_agent.wutong_sales_agent_viewer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    GRANT SELECT ON TABLE "sales_agent"."policy" TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.bearer.text, boolean.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_canaries.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_has.text, name.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_integers.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_runs.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.full sales_agent crm.customer.bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."full sales_agent crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.full sales_agent crm.policy.bigint, text, numeric, character varying, date, date.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."full sales_agent crm.policy"(bigint, text, numeric, character varying, date, date) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.is_committed.xid8.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_address.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_address"(text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_bank_account.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_bank_account"(text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_email.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_email"(text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_id_document.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_id_document"(text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_name.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_name"(text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_phone.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_phone"(text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_old_snapshot..wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.serving crm.customer.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."serving crm.customer"(text) TO "wutong_sales_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant database.:"DBNAME".wutong_sales_manager.dba',
            """
    SET ROLE "dba";
    GRANT CONNECT ON DATABASE :"DBNAME" TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.sales_manager.wutong_sales_manager.wutong_sales_manager_viewer',
            """
    SET ROLE "wutong_sales_manager_viewer";
    GRANT USAGE ON SCHEMA "sales_manager" TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.sessions.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."sessions" TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.requests.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."requests" TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.request_events.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."request_events" TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.extracts.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."extracts" TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.deputies.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."deputies" TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.disclosures.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."disclosures" TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.request_seen.bigint.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_seen.bigint.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.whoami..wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."whoami"() TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.start_session.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_session..wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_session"() TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.register_session.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_agreements..wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.sign_agreement.text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.rectify.bigint, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.decide_request.bigint, text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.extract_destroyed.bigint, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.explain_access.text, text, text, name.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_deputy.bigint.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_record.text, text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_record"(text, text, text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_record.regclass, text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_record"(regclass, text, text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.close_record.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."close_record"(text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.close_record.regclass.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."close_record"(regclass) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_place.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_place"(text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.show_record.text, text, text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."show_record"(text, text, text, text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.find.text, name, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."find"(text, name, text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.find.regclass, name, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."find"(regclass, name, text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_budget..wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_budget"() TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.show_subject.text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."show_subject"(text, text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.subject_facts.text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."subject_facts"(text, text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_changes..wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_changes"() TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.confirm_change.bigint, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."confirm_change"(bigint, text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.row_place.text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."row_place"(text, text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.who_corrects.text, text[].wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."who_corrects"(text, text[]) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant table.sales_manager.policy.wutong_sales_manager.wutong_sales_manager_viewer',
            """
    SET ROLE "wutong_sales_manager_viewer";
    GRANT SELECT ON TABLE "sales_manager"."policy" TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.bearer.text, boolean.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.department crm.customer.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."department crm.customer"(text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.is_committed.xid8.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_address.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_address"(text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_bank_account.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_bank_account"(text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_email.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_email"(text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_id_document.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_id_document"(text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_name.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_name"(text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_phone.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_phone"(text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_old_snapshot..wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.serving crm.customer.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."serving crm.customer"(text) TO "wutong_sales_manager";
    RESET ROLE
    """,
        ),
        (
            'create grant database.:"DBNAME".wutong_service_agent.dba',
            """
    SET ROLE "dba";
    GRANT CONNECT ON DATABASE :"DBNAME" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.service_agent.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT USAGE ON SCHEMA "service_agent" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.sessions.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."sessions" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.requests.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."requests" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.request_events.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."request_events" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.extracts.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."extracts" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.deputies.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."deputies" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.disclosures.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."disclosures" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.request_seen.bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_seen.bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.whoami..wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."whoami"() TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.start_session.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_session..wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_session"() TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.register_session.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_agreements..wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.sign_agreement.text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.rectify.bigint, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.decide_request.bigint, text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.extract_destroyed.bigint, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.explain_access.text, text, text, name.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_deputy.bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_record.text, text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_record"(text, text, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_record.regclass, text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_record"(regclass, text, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.close_record.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."close_record"(text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.close_record.regclass.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."close_record"(regclass) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_place.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_place"(text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.show_record.text, text, text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."show_record"(text, text, text, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.find.text, name, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."find"(text, name, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.find.regclass, name, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."find"(regclass, name, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_budget..wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_budget"() TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.show_subject.text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."show_subject"(text, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.subject_facts.text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."subject_facts"(text, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_changes..wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_changes"() TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.confirm_change.bigint, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."confirm_change"(bigint, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.row_place.text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."row_place"(text, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.who_corrects.text, text[].wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."who_corrects"(text, text[]) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.file_request.text, text, text, text[], jsonb, text[], integer, integer, boolean.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."file_request"(text, text, text, text[], jsonb, text[], integer, integer, boolean) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.amend_request.bigint, text[], jsonb, text[], integer, integer.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."amend_request"(bigint, text[], jsonb, text[], integer, integer) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.submit_request.bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."submit_request"(bigint) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.withdraw_request.bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."withdraw_request"(bigint) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_full.bigint, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_full"(bigint, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.begin_extract.bigint, text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."begin_extract"(bigint, text, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.extract_finished.bigint, text, bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."extract_finished"(bigint, text, bigint) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.file_erasure.text, text[], text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."file_erasure"(text, text[], text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.erase.bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."erase"(bigint) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.service_agent.policy.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT SELECT ON TABLE "service_agent"."policy" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant table.service_agent.attachment.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    GRANT SELECT ON TABLE "service_agent"."attachment" TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.bearer.text, boolean.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_canaries.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_has.text, name.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_integers.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_runs.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.full service_agent crm.attachment.bigint, bytea, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."full service_agent crm.attachment"(bigint, bytea, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.full service_agent crm.customer.bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."full service_agent crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.full service_agent crm.policy.bigint, text, numeric, character varying, date, date.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."full service_agent crm.policy"(bigint, text, numeric, character varying, date, date) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.is_committed.xid8.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_address.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_address"(text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_bank_account.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_bank_account"(text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_email.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_email"(text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_id_document.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_id_document"(text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_name.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_name"(text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.mask_phone.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."mask_phone"(text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_old_snapshot..wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.serving crm.customer.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."serving crm.customer"(text) TO "wutong_service_agent";
    RESET ROLE
    """,
        ),
        (
            'create grant database.:"DBNAME".wutong_data_analyst.dba',
            """
    SET ROLE "dba";
    GRANT CONNECT ON DATABASE :"DBNAME" TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.data_analyst.wutong_data_analyst.wutong_data_analyst_viewer',
            """
    SET ROLE "wutong_data_analyst_viewer";
    GRANT USAGE ON SCHEMA "data_analyst" TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.sessions.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."sessions" TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.requests.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."requests" TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.request_events.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."request_events" TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.extracts.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."extracts" TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.deputies.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."deputies" TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.disclosures.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."disclosures" TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.request_seen.bigint.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_seen.bigint.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.whoami..wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."whoami"() TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.start_session.text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_session..wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_session"() TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.register_session.text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_agreements..wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.sign_agreement.text, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.rectify.bigint, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.decide_request.bigint, text, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.extract_destroyed.bigint, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.explain_access.text, text, text, name.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_deputy.bigint.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.show_subject.text, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."show_subject"(text, text) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.subject_facts.text, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."subject_facts"(text, text) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.file_request.text, text, text, text[], jsonb, text[], integer, integer, boolean.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."file_request"(text, text, text, text[], jsonb, text[], integer, integer, boolean) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.amend_request.bigint, text[], jsonb, text[], integer, integer.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."amend_request"(bigint, text[], jsonb, text[], integer, integer) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.submit_request.bigint.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."submit_request"(bigint) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.withdraw_request.bigint.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."withdraw_request"(bigint) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_full.bigint, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_full"(bigint, text) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.begin_extract.bigint, text, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."begin_extract"(bigint, text, text) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.extract_finished.bigint, text, bigint.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."extract_finished"(bigint, text, bigint) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant table.data_analyst.customer.wutong_data_analyst.wutong_data_analyst_viewer',
            """
    SET ROLE "wutong_data_analyst_viewer";
    GRANT SELECT ON TABLE "data_analyst"."customer" TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.bearer.text, boolean.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_canaries.text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_has.text, name.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_integers.text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_runs.text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.is_committed.xid8.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_old_snapshot..wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() TO "wutong_data_analyst";
    RESET ROLE
    """,
        ),
        (
            'create grant database.:"DBNAME".wutong_quality_inspector.dba',
            """
    SET ROLE "dba";
    GRANT CONNECT ON DATABASE :"DBNAME" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.quality_inspector.wutong_quality_inspector.wutong_quality_inspector_viewer',
            """
    SET ROLE "wutong_quality_inspector_viewer";
    GRANT USAGE ON SCHEMA "quality_inspector" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.sessions.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."sessions" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.requests.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."requests" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.request_events.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."request_events" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.extracts.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."extracts" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.deputies.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."deputies" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.disclosures.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."disclosures" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.request_seen.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_seen.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.agreements_of.text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."agreements_of"(text) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.pool_seen..wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."pool_seen"() TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.change_history.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."change_history" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.access_log.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."access_log" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.access_ledger.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."access_ledger" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.agreements.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."agreements" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.suspensions.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."suspensions" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.custodians.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."custodians" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.holds.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."holds" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.certificates.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."certificates" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.pool_checks.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."pool_checks" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.job_runs.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."job_runs" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.job_schedules.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."job_schedules" TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.whoami..wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."whoami"() TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.start_session.text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_session..wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_session"() TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.register_session.text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_agreements..wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.sign_agreement.text, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.rectify.bigint, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.decide_request.bigint, text, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.extract_destroyed.bigint, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.explain_access.text, text, text, name.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_deputy.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.publish_agreement.text, text, timestamp with time zone.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."publish_agreement"(text, text, timestamp with time zone) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.suspend.text, text, text, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."suspend"(text, text, text, text) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_connections.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_connections"(bigint) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.reinstate.bigint, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."reinstate"(bigint, text) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.name_custodian.text, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."name_custodian"(text, text) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.who_may_see.text, name.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."who_may_see"(text, name) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.approve_deputy.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."approve_deputy"(bigint) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.canaries..wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."canaries"() TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.place_hold.text, text[], jsonb, text, text, timestamp with time zone.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."place_hold"(text, text[], jsonb, text, text, timestamp with time zone) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.release_hold.bigint, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."release_hold"(bigint, text) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.retention_status.integer.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."retention_status"(integer) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.file_request.text, text, text, text[], jsonb, text[], integer, integer, boolean.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."file_request"(text, text, text, text[], jsonb, text[], integer, integer, boolean) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.amend_request.bigint, text[], jsonb, text[], integer, integer.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."amend_request"(bigint, text[], jsonb, text[], integer, integer) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.submit_request.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."submit_request"(bigint) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.withdraw_request.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."withdraw_request"(bigint) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_full.bigint, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_full"(bigint, text) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.begin_extract.bigint, text, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."begin_extract"(bigint, text, text) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.extract_finished.bigint, text, bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."extract_finished"(bigint, text, bigint) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.bearer.text, boolean.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.is_committed.xid8.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_old_snapshot..wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() TO "wutong_quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'create grant database.:"DBNAME".wutong_legal_officer.dba',
            """
    SET ROLE "dba";
    GRANT CONNECT ON DATABASE :"DBNAME" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.legal_officer.wutong_legal_officer.wutong_legal_officer_viewer',
            """
    SET ROLE "wutong_legal_officer_viewer";
    GRANT USAGE ON SCHEMA "legal_officer" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.sessions.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."sessions" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.requests.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."requests" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.request_events.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."request_events" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.extracts.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."extracts" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.deputies.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."deputies" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.disclosures.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."disclosures" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.request_seen.bigint.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_seen.bigint.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.agreements_of.text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."agreements_of"(text) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.pool_seen..wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."pool_seen"() TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.change_history.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."change_history" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.access_log.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."access_log" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.access_ledger.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."access_ledger" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.agreements.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."agreements" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.suspensions.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."suspensions" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.custodians.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."custodians" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.holds.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."holds" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.certificates.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."certificates" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.pool_checks.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."pool_checks" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.job_runs.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."job_runs" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.job_schedules.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."job_schedules" TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.whoami..wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."whoami"() TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.start_session.text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_session..wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_session"() TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.register_session.text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_agreements..wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.sign_agreement.text, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.rectify.bigint, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.decide_request.bigint, text, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.extract_destroyed.bigint, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.explain_access.text, text, text, name.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_deputy.bigint.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.publish_agreement.text, text, timestamp with time zone.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."publish_agreement"(text, text, timestamp with time zone) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.suspend.text, text, text, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."suspend"(text, text, text, text) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_connections.bigint.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_connections"(bigint) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.reinstate.bigint, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."reinstate"(bigint, text) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.name_custodian.text, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."name_custodian"(text, text) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.who_may_see.text, name.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."who_may_see"(text, name) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.approve_deputy.bigint.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."approve_deputy"(bigint) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.canaries..wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."canaries"() TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.place_hold.text, text[], jsonb, text, text, timestamp with time zone.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."place_hold"(text, text[], jsonb, text, text, timestamp with time zone) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.release_hold.bigint, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."release_hold"(bigint, text) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.retention_status.integer.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."retention_status"(integer) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.bearer.text, boolean.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.is_committed.xid8.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_old_snapshot..wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() TO "wutong_legal_officer";
    RESET ROLE
    """,
        ),
        (
            'create grant database.:"DBNAME".wutong_data_controller.dba',
            """
    SET ROLE "dba";
    GRANT CONNECT ON DATABASE :"DBNAME" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.data_controller.wutong_data_controller.wutong_data_controller_viewer',
            """
    SET ROLE "wutong_data_controller_viewer";
    GRANT USAGE ON SCHEMA "data_controller" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.sessions.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."sessions" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.requests.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."requests" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.request_events.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."request_events" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.extracts.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."extracts" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.deputies.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."deputies" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.disclosures.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."disclosures" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.request_seen.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_seen.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.agreements_of.text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."agreements_of"(text) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.pool_seen..wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."pool_seen"() TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.change_history.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."change_history" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.access_log.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."access_log" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.access_ledger.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."access_ledger" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.agreements.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."agreements" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.suspensions.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."suspensions" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.custodians.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."custodians" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.holds.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."holds" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.certificates.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."certificates" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.pool_checks.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."pool_checks" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.job_runs.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."job_runs" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.job_schedules.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."job_schedules" TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.whoami..wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."whoami"() TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.start_session.text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_session..wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_session"() TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.register_session.text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_agreements..wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.sign_agreement.text, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.rectify.bigint, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.decide_request.bigint, text, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.extract_destroyed.bigint, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.explain_access.text, text, text, name.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_deputy.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.publish_agreement.text, text, timestamp with time zone.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."publish_agreement"(text, text, timestamp with time zone) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.suspend.text, text, text, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."suspend"(text, text, text, text) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_connections.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_connections"(bigint) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.reinstate.bigint, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."reinstate"(bigint, text) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.name_custodian.text, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."name_custodian"(text, text) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.who_may_see.text, name.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."who_may_see"(text, name) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.approve_deputy.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."approve_deputy"(bigint) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.canaries..wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."canaries"() TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.place_hold.text, text[], jsonb, text, text, timestamp with time zone.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."place_hold"(text, text[], jsonb, text, text, timestamp with time zone) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.release_hold.bigint, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."release_hold"(bigint, text) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.retention_status.integer.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."retention_status"(integer) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.file_request.text, text, text, text[], jsonb, text[], integer, integer, boolean.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."file_request"(text, text, text, text[], jsonb, text[], integer, integer, boolean) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.amend_request.bigint, text[], jsonb, text[], integer, integer.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."amend_request"(bigint, text[], jsonb, text[], integer, integer) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.submit_request.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."submit_request"(bigint) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.withdraw_request.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."withdraw_request"(bigint) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_full.bigint, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_full"(bigint, text) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.begin_extract.bigint, text, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."begin_extract"(bigint, text, text) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.extract_finished.bigint, text, bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."extract_finished"(bigint, text, bigint) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.bearer.text, boolean.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.is_committed.xid8.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_old_snapshot..wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() TO "wutong_data_controller";
    RESET ROLE
    """,
        ),
        (
            'create grant database.:"DBNAME".wutong_custodian.dba',
            """
    SET ROLE "dba";
    GRANT CONNECT ON DATABASE :"DBNAME" TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant schema.custodian.wutong_custodian.wutong_custodian_viewer',
            """
    SET ROLE "wutong_custodian_viewer";
    GRANT USAGE ON SCHEMA "custodian" TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.sessions.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."sessions" TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.requests.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."requests" TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.request_events.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."request_events" TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.extracts.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."extracts" TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.deputies.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."deputies" TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant table.pgcustsec.disclosures.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT SELECT ON TABLE "pgcustsec"."disclosures" TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.request_seen.bigint.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_seen.bigint.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.whoami..wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."whoami"() TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.start_session.text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_session..wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_session"() TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.register_session.text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_agreements..wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.sign_agreement.text, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.rectify.bigint, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.decide_request.bigint, text, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.extract_destroyed.bigint, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.explain_access.text, text, text, name.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.end_deputy.bigint.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.find.text, name, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."find"(text, name, text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.find.regclass, name, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."find"(regclass, name, text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.my_budget..wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."my_budget"() TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.show_subject.text, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."show_subject"(text, text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.subject_facts.text, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."subject_facts"(text, text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.file_request.text, text, text, text[], jsonb, text[], integer, integer, boolean.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."file_request"(text, text, text, text[], jsonb, text[], integer, integer, boolean) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.amend_request.bigint, text[], jsonb, text[], integer, integer.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."amend_request"(bigint, text[], jsonb, text[], integer, integer) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.submit_request.bigint.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."submit_request"(bigint) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.withdraw_request.bigint.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."withdraw_request"(bigint) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.open_full.bigint, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."open_full"(bigint, text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.begin_extract.bigint, text, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."begin_extract"(bigint, text, text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.extract_finished.bigint, text, bigint.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."extract_finished"(bigint, text, bigint) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.file_disclosure.text, text, text, text[], jsonb, text[], integer, text, text, text, integer.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."file_disclosure"(text, text, text, text[], jsonb, text[], integer, text, text, text, integer) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec.hand_over.bigint, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec"."hand_over"(bigint, text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant table.custodian.customer.wutong_custodian.wutong_custodian_viewer',
            """
    SET ROLE "wutong_custodian_viewer";
    GRANT SELECT ON TABLE "custodian"."customer" TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.bearer.text, boolean.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_canaries.text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_has.text, name.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_integers.text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.extract_runs.text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.full custodian crm.customer.bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."full custodian crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.is_committed.xid8.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create grant function.pgcustsec_internal.refuse_old_snapshot..wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    GRANT EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() TO "wutong_custodian";
    RESET ROLE
    """,
        ),
        (
            'create trigger crm.customer.zz_pgcustsec_term',
            """
    SET ROLE "crm_owner";
    CREATE TRIGGER "zz_pgcustsec_term" BEFORE INSERT ON "crm"."customer" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."stamp crm.customer"();
    COMMENT ON TRIGGER "zz_pgcustsec_term" ON "crm"."customer" IS 'Says until when the row is kept (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create trigger crm.customer.zz_pgcustsec_term_moved',
            """
    SET ROLE "crm_owner";
    CREATE TRIGGER "zz_pgcustsec_term_moved" BEFORE UPDATE ON "crm"."customer" FOR EACH ROW WHEN (OLD."created_at" IS DISTINCT FROM NEW."created_at" OR OLD."customer_id" IS DISTINCT FROM NEW."customer_id" OR OLD."last_contact_at" IS DISTINCT FROM NEW."last_contact_at" OR OLD."status" IS DISTINCT FROM NEW."status") EXECUTE FUNCTION "pgcustsec_internal"."stamp crm.customer"();
    COMMENT ON TRIGGER "zz_pgcustsec_term_moved" ON "crm"."customer" IS 'Says until when the row is kept (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create trigger crm.customer.zz_pgcustsec_term_kept',
            """
    SET ROLE "crm_owner";
    CREATE TRIGGER "zz_pgcustsec_term_kept" BEFORE UPDATE OF "retain_until" ON "crm"."customer" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."stamp crm.customer"();
    COMMENT ON TRIGGER "zz_pgcustsec_term_kept" ON "crm"."customer" IS 'Says until when the row is kept (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create trigger crm.policy.zz_pgcustsec_term',
            """
    SET ROLE "crm_owner";
    CREATE TRIGGER "zz_pgcustsec_term" AFTER INSERT OR DELETE OR UPDATE OF "customer_id", "ends_on" ON "crm"."policy" FOR EACH ROW EXECUTE FUNCTION "pgcustsec_internal"."follow crm.policy crm.customer"();
    COMMENT ON TRIGGER "zz_pgcustsec_term" ON "crm"."policy" IS 'The term of crm.customer follows (4.3).';
    RESET ROLE
    """,
        ),
        (
            'create trigger crm.policy.zz_pgcustsec_term_emptied',
            """
    SET ROLE "crm_owner";
    CREATE TRIGGER "zz_pgcustsec_term_emptied" AFTER TRUNCATE ON "crm"."policy" FOR EACH STATEMENT EXECUTE FUNCTION "pgcustsec_internal"."_terms_anew"('crm.customer');
    COMMENT ON TRIGGER "zz_pgcustsec_term_emptied" ON "crm"."policy" IS 'The term of crm.customer follows (4.3).';
    RESET ROLE
    """,
        ),
    )


def downgrade() -> None:
    op.change_access(
        None,
        (
            'drop grant schema.crm.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE USAGE ON SCHEMA "crm" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.customer_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE REFERENCES ("customer_id"), SELECT ("customer_id"), UPDATE ("customer_id") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.name.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("name"), UPDATE ("name") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.mobile.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("mobile"), UPDATE ("mobile") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.email.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("email"), UPDATE ("email") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.id_card.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("id_card"), UPDATE ("id_card") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.bank_account.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("bank_account"), UPDATE ("bank_account") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.address.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("address"), UPDATE ("address") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.policy.policy_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE REFERENCES ("policy_id"), SELECT ("policy_id") ON TABLE "crm"."policy" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.policy.payer_account.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("payer_account"), UPDATE ("payer_account") ON TABLE "crm"."policy" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.attachment.attachment_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE REFERENCES ("attachment_id"), SELECT ("attachment_id") ON TABLE "crm"."attachment" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.attachment.content.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("content"), UPDATE ("content") ON TABLE "crm"."attachment" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.branch_code.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("branch_code"), UPDATE ("branch_code") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.owner_staff_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("owner_staff_id"), UPDATE ("owner_staff_id") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.retain_until.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("retain_until"), UPDATE ("retain_until") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.status.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("status"), UPDATE ("status") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.policy.customer_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("customer_id") ON TABLE "crm"."policy" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.claim.claim_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("claim_id") ON TABLE "crm"."claim" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.claim.policy_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("policy_id") ON TABLE "crm"."claim" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.attachment.customer_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("customer_id") ON TABLE "crm"."attachment" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.assignment.assignment_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("assignment_id") ON TABLE "crm"."assignment" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.assignment.customer_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("customer_id") ON TABLE "crm"."assignment" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.customer.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE DELETE ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.claim.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE DELETE ON TABLE "crm"."claim" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.policy.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE DELETE ON TABLE "crm"."policy" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.attachment.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE DELETE ON TABLE "crm"."attachment" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.assignment.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE DELETE ON TABLE "crm"."assignment" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal._terms_anew..crm_owner.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."_terms_anew"() FROM "crm_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.age.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("age"), UPDATE ("age") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.annual_income.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("annual_income"), UPDATE ("annual_income") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.birth_date.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("birth_date"), UPDATE ("birth_date") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.claimed_at.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("claimed_at"), UPDATE ("claimed_at") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.created_at.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("created_at"), UPDATE ("created_at") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.gender.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("gender"), UPDATE ("gender") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.health.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("health"), UPDATE ("health") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.last_contact_at.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("last_contact_at"), UPDATE ("last_contact_at") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.note.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("note"), UPDATE ("note") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.family.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE UPDATE ("family") ON TABLE "crm"."customer" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.policy.ends_on.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("ends_on") ON TABLE "crm"."policy" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.assignment.ends_at.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("ends_at"), UPDATE ("ends_at") ON TABLE "crm"."assignment" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.assignment.staff_id.pgcustsec_owner.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("staff_id"), UPDATE ("staff_id") ON TABLE "crm"."assignment" FROM "pgcustsec_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.crm.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE USAGE ON SCHEMA "crm" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.customer.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.policy.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ON TABLE "crm"."policy" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.crm.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE USAGE ON SCHEMA "crm" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.customer.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ON TABLE "crm"."customer" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.policy.customer_id.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("customer_id") ON TABLE "crm"."policy" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.policy.ends_on.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("ends_on") ON TABLE "crm"."policy" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.policy.policy_id.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("policy_id") ON TABLE "crm"."policy" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.policy.premium.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("premium") ON TABLE "crm"."policy" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.policy.product.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("product") ON TABLE "crm"."policy" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.policy.starts_on.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ("starts_on") ON TABLE "crm"."policy" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.assignment.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ON TABLE "crm"."assignment" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.crm.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE USAGE ON SCHEMA "crm" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.customer.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ON TABLE "crm"."customer" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.policy.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ON TABLE "crm"."policy" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.claim.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ON TABLE "crm"."claim" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.attachment.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ON TABLE "crm"."attachment" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.crm.wutong_data_analyst_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE USAGE ON SCHEMA "crm" FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.customer.wutong_data_analyst_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ON TABLE "crm"."customer" FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.crm.wutong_custodian_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE USAGE ON SCHEMA "crm" FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.crm.customer.wutong_custodian_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE SELECT ON TABLE "crm"."customer" FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_internal.crm_owner.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec_internal" FROM "crm_owner" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_views.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE CREATE, USAGE ON SCHEMA "pgcustsec_views" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_internal.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec_internal" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.asker.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."asker" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.colleague.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."colleague" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.at_work.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."at_work" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_views.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE CREATE, USAGE ON SCHEMA "pgcustsec_views" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_internal.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec_internal" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.asker.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."asker" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.colleague.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."colleague" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.at_work.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."at_work" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_views.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE CREATE, USAGE ON SCHEMA "pgcustsec_views" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_internal.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec_internal" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.asker.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."asker" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.colleague.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."colleague" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.at_work.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."at_work" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_views.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE CREATE, USAGE ON SCHEMA "pgcustsec_views" FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_internal.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec_internal" FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.asker.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."asker" FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.colleague.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."colleague" FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.at_work.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."at_work" FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_views.wutong_quality_inspector_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE CREATE, USAGE ON SCHEMA "pgcustsec_views" FROM "wutong_quality_inspector_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_internal.wutong_quality_inspector_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec_internal" FROM "wutong_quality_inspector_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.asker.wutong_quality_inspector_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."asker" FROM "wutong_quality_inspector_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.colleague.wutong_quality_inspector_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."colleague" FROM "wutong_quality_inspector_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.at_work.wutong_quality_inspector_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."at_work" FROM "wutong_quality_inspector_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_views.wutong_legal_officer_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE CREATE, USAGE ON SCHEMA "pgcustsec_views" FROM "wutong_legal_officer_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_internal.wutong_legal_officer_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec_internal" FROM "wutong_legal_officer_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.asker.wutong_legal_officer_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."asker" FROM "wutong_legal_officer_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.colleague.wutong_legal_officer_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."colleague" FROM "wutong_legal_officer_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.at_work.wutong_legal_officer_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."at_work" FROM "wutong_legal_officer_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_views.wutong_data_controller_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE CREATE, USAGE ON SCHEMA "pgcustsec_views" FROM "wutong_data_controller_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_internal.wutong_data_controller_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec_internal" FROM "wutong_data_controller_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.asker.wutong_data_controller_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."asker" FROM "wutong_data_controller_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.colleague.wutong_data_controller_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."colleague" FROM "wutong_data_controller_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.at_work.wutong_data_controller_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."at_work" FROM "wutong_data_controller_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_views.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE CREATE, USAGE ON SCHEMA "pgcustsec_views" FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec_internal.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec_internal" FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.asker.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."asker" FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.colleague.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."colleague" FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_internal.at_work.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_internal"."at_work" FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_command..wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_command"() FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.status.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("status") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.owner_staff_id.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("owner_staff_id") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.branch_code.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("branch_code") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.name.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("name"), UPDATE ("name") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.mobile.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("mobile"), UPDATE ("mobile") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.email.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("email"), UPDATE ("email") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.id_card.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("id_card") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.gender.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("gender") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.birth_date.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("birth_date") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.age.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("age") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.address.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("address"), UPDATE ("address") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.note.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("note"), UPDATE ("note") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.health.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE UPDATE ("health") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.family.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE UPDATE ("family") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.annual_income.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE UPDATE ("annual_income") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.last_contact_at.wutong_sales_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE UPDATE ("last_contact_at") ON TABLE "crm"."customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal._has_control.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."_has_control"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal._has_letter.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."_has_letter"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal._normal_odd_phone.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."_normal_odd_phone"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal._says_nothing.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."_says_nothing"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal._visible.text, text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."_visible"(text, text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.clearing..wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."clearing"() FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.fits_address.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."fits_address"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.fits_email.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."fits_email"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.fits_id_document.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."fits_id_document"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.fits_name.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."fits_name"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.fits_phone.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."fits_phone"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_address.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_address"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_email.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_email"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_id_document.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_id_document"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_name.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_name"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_phone.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_phone"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.normal_bank_account.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."normal_bank_account"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.normal_email.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."normal_email"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.normal_id_document.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."normal_id_document"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.normal_phone.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."normal_phone"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.normal_plate.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."normal_plate"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.record_change.text, text, text, text, text, text, bytea, bytea, integer.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."record_change"(text, text, text, text, text, text, bytea, bytea, integer) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_write.text, text, text[].wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_write"(text, text, text[]) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.owner_staff_id.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE UPDATE ("owner_staff_id") ON TABLE "crm"."customer" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.clearing..wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."clearing"() FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.record_change.text, text, text, text, text, text, bytea, bytea, integer.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."record_change"(text, text, text, text, text, text, bytea, bytea, integer) FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_write.text, text, text[].wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_write"(text, text, text[]) FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.assignment.customer_id.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("customer_id") ON TABLE "crm"."assignment" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.assignment.staff_id.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("staff_id") ON TABLE "crm"."assignment" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.assignment.starts_at.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("starts_at") ON TABLE "crm"."assignment" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.assignment.ends_at.wutong_sales_manager_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("ends_at"), UPDATE ("ends_at") ON TABLE "crm"."assignment" FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_command..wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_command"() FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.mobile.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE UPDATE ("mobile") ON TABLE "crm"."customer" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.email.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE UPDATE ("email") ON TABLE "crm"."customer" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.customer.address.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE UPDATE ("address") ON TABLE "crm"."customer" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal._has_control.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."_has_control"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal._has_letter.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."_has_letter"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal._normal_odd_phone.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."_normal_odd_phone"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal._says_nothing.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."_says_nothing"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal._visible.text, text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."_visible"(text, text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.clearing..wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."clearing"() FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.fits_address.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."fits_address"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.fits_email.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."fits_email"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.fits_phone.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."fits_phone"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_address.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_address"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_email.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_email"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_phone.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_phone"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.normal_bank_account.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."normal_bank_account"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.normal_email.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."normal_email"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.normal_id_document.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."normal_id_document"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.normal_phone.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."normal_phone"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.normal_plate.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."normal_plate"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.record_change.text, text, text, text, text, text, bytea, bytea, integer.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."record_change"(text, text, text, text, text, text, bytea, bytea, integer) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_write.text, text, text[].wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_write"(text, text, text[]) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.claim.policy_id.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("policy_id") ON TABLE "crm"."claim" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.claim.diagnosis.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("diagnosis") ON TABLE "crm"."claim" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.claim.amount.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("amount"), UPDATE ("amount") ON TABLE "crm"."claim" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant column.crm.claim.filed_on.wutong_service_agent_viewer.crm_owner',
            """
    SET ROLE "crm_owner";
    REVOKE INSERT ("filed_on") ON TABLE "crm"."claim" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_command..wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_command"() FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant database.:"DBNAME".wutong_sales_agent.dba',
            """
    SET ROLE "dba";
    REVOKE CONNECT ON DATABASE :"DBNAME" FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec" FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.sessions.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."sessions" FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.requests.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."requests" FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.request_events.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."request_events" FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.extracts.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."extracts" FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.deputies.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."deputies" FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.disclosures.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."disclosures" FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.request_seen.bigint.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_seen.bigint.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.whoami..wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."whoami"() FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.start_session.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_session..wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_session"() FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.register_session.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_agreements..wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.sign_agreement.text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.rectify.bigint, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.decide_request.bigint, text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.extract_destroyed.bigint, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.explain_access.text, text, text, name.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_deputy.bigint.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_record.text, text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_record"(text, text, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_record.regclass, text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_record"(regclass, text, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.close_record.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."close_record"(text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.close_record.regclass.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."close_record"(regclass) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_place.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_place"(text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.show_record.text, text, text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."show_record"(text, text, text, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.find.text, name, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."find"(text, name, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.find.regclass, name, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."find"(regclass, name, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_budget..wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_budget"() FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.claim.text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."claim"(text, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.release.text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."release"(text, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.show_subject.text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."show_subject"(text, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.subject_facts.text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."subject_facts"(text, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_changes..wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_changes"() FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.confirm_change.bigint, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."confirm_change"(bigint, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.row_place.text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."row_place"(text, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.who_corrects.text, text[].wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."who_corrects"(text, text[]) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.file_request.text, text, text, text[], jsonb, text[], integer, integer, boolean.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."file_request"(text, text, text, text[], jsonb, text[], integer, integer, boolean) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.amend_request.bigint, text[], jsonb, text[], integer, integer.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."amend_request"(bigint, text[], jsonb, text[], integer, integer) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.submit_request.bigint.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."submit_request"(bigint) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.withdraw_request.bigint.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."withdraw_request"(bigint) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_full.bigint, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_full"(bigint, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.begin_extract.bigint, text, text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."begin_extract"(bigint, text, text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.extract_finished.bigint, text, bigint.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."extract_finished"(bigint, text, bigint) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.bearer.text, boolean.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.bearer.text, boolean.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_canaries.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_canaries.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_has.text, name.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_has.text, name.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_integers.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_integers.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_runs.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_runs.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.is_committed.xid8.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.is_committed.xid8.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_address.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_address"(text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_bank_account.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_bank_account"(text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_bank_account.text.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_bank_account"(text) FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_email.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_email"(text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_id_document.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_id_document"(text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_name.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_name"(text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_phone.text.wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_phone"(text) FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_old_snapshot..wutong_sales_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_old_snapshot..wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant database.:"DBNAME".wutong_sales_manager.dba',
            """
    SET ROLE "dba";
    REVOKE CONNECT ON DATABASE :"DBNAME" FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec" FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.sessions.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."sessions" FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.requests.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."requests" FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.request_events.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."request_events" FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.extracts.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."extracts" FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.deputies.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."deputies" FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.disclosures.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."disclosures" FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.request_seen.bigint.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_seen.bigint.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.whoami..wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."whoami"() FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.start_session.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_session..wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_session"() FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.register_session.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_agreements..wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.sign_agreement.text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.rectify.bigint, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.decide_request.bigint, text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.extract_destroyed.bigint, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.explain_access.text, text, text, name.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_deputy.bigint.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_record.text, text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_record"(text, text, text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_record.regclass, text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_record"(regclass, text, text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.close_record.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."close_record"(text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.close_record.regclass.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."close_record"(regclass) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_place.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_place"(text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.show_record.text, text, text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."show_record"(text, text, text, text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.find.text, name, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."find"(text, name, text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.find.regclass, name, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."find"(regclass, name, text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_budget..wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_budget"() FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.show_subject.text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."show_subject"(text, text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.subject_facts.text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."subject_facts"(text, text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_changes..wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_changes"() FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.confirm_change.bigint, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."confirm_change"(bigint, text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.row_place.text, text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."row_place"(text, text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.who_corrects.text, text[].wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."who_corrects"(text, text[]) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.bearer.text, boolean.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.bearer.text, boolean.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.is_committed.xid8.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.is_committed.xid8.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_address.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_address"(text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_address.text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_address"(text) FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_bank_account.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_bank_account"(text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_bank_account.text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_bank_account"(text) FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_email.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_email"(text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_email.text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_email"(text) FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_id_document.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_id_document"(text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_id_document.text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_id_document"(text) FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_name.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_name"(text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_name.text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_name"(text) FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_phone.text.wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_phone"(text) FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_phone.text.wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_phone"(text) FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_old_snapshot..wutong_sales_manager.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_old_snapshot..wutong_sales_manager_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() FROM "wutong_sales_manager_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant database.:"DBNAME".wutong_service_agent.dba',
            """
    SET ROLE "dba";
    REVOKE CONNECT ON DATABASE :"DBNAME" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.sessions.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."sessions" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.requests.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."requests" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.request_events.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."request_events" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.extracts.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."extracts" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.deputies.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."deputies" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.disclosures.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."disclosures" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.request_seen.bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_seen.bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.whoami..wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."whoami"() FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.start_session.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_session..wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_session"() FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.register_session.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_agreements..wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.sign_agreement.text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.rectify.bigint, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.decide_request.bigint, text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.extract_destroyed.bigint, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.explain_access.text, text, text, name.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_deputy.bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_record.text, text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_record"(text, text, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_record.regclass, text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_record"(regclass, text, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.close_record.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."close_record"(text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.close_record.regclass.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."close_record"(regclass) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_place.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_place"(text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.show_record.text, text, text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."show_record"(text, text, text, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.find.text, name, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."find"(text, name, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.find.regclass, name, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."find"(regclass, name, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_budget..wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_budget"() FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.show_subject.text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."show_subject"(text, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.subject_facts.text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."subject_facts"(text, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_changes..wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_changes"() FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.confirm_change.bigint, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."confirm_change"(bigint, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.row_place.text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."row_place"(text, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.who_corrects.text, text[].wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."who_corrects"(text, text[]) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.file_request.text, text, text, text[], jsonb, text[], integer, integer, boolean.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."file_request"(text, text, text, text[], jsonb, text[], integer, integer, boolean) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.amend_request.bigint, text[], jsonb, text[], integer, integer.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."amend_request"(bigint, text[], jsonb, text[], integer, integer) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.submit_request.bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."submit_request"(bigint) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.withdraw_request.bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."withdraw_request"(bigint) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_full.bigint, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_full"(bigint, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.begin_extract.bigint, text, text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."begin_extract"(bigint, text, text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.extract_finished.bigint, text, bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."extract_finished"(bigint, text, bigint) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.file_erasure.text, text[], text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."file_erasure"(text, text[], text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.erase.bigint.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."erase"(bigint) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.bearer.text, boolean.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.bearer.text, boolean.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_canaries.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_canaries.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_has.text, name.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_has.text, name.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_integers.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_integers.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_runs.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_runs.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.is_committed.xid8.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.is_committed.xid8.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_address.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_address"(text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_bank_account.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_bank_account"(text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_bank_account.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_bank_account"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_email.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_email"(text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_id_document.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_id_document"(text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_id_document.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_id_document"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_name.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_name"(text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_name.text.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_name"(text) FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.mask_phone.text.wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."mask_phone"(text) FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_old_snapshot..wutong_service_agent.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_old_snapshot..wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant database.:"DBNAME".wutong_data_analyst.dba',
            """
    SET ROLE "dba";
    REVOKE CONNECT ON DATABASE :"DBNAME" FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec" FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.sessions.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."sessions" FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.requests.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."requests" FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.request_events.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."request_events" FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.extracts.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."extracts" FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.deputies.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."deputies" FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.disclosures.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."disclosures" FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.request_seen.bigint.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_seen.bigint.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.whoami..wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."whoami"() FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.start_session.text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_session..wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_session"() FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.register_session.text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_agreements..wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.sign_agreement.text, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.rectify.bigint, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.decide_request.bigint, text, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.extract_destroyed.bigint, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.explain_access.text, text, text, name.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_deputy.bigint.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.show_subject.text, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."show_subject"(text, text) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.subject_facts.text, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."subject_facts"(text, text) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.file_request.text, text, text, text[], jsonb, text[], integer, integer, boolean.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."file_request"(text, text, text, text[], jsonb, text[], integer, integer, boolean) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.amend_request.bigint, text[], jsonb, text[], integer, integer.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."amend_request"(bigint, text[], jsonb, text[], integer, integer) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.submit_request.bigint.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."submit_request"(bigint) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.withdraw_request.bigint.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."withdraw_request"(bigint) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_full.bigint, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_full"(bigint, text) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.begin_extract.bigint, text, text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."begin_extract"(bigint, text, text) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.extract_finished.bigint, text, bigint.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."extract_finished"(bigint, text, bigint) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.bearer.text, boolean.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.bearer.text, boolean.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_canaries.text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_canaries.text.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_has.text, name.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_has.text, name.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_integers.text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_integers.text.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_runs.text.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_runs.text.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.is_committed.xid8.wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.is_committed.xid8.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_old_snapshot..wutong_data_analyst.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_old_snapshot..wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant database.:"DBNAME".wutong_quality_inspector.dba',
            """
    SET ROLE "dba";
    REVOKE CONNECT ON DATABASE :"DBNAME" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.sessions.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."sessions" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.requests.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."requests" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.request_events.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."request_events" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.extracts.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."extracts" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.deputies.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."deputies" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.disclosures.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."disclosures" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.request_seen.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_seen.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.agreements_of.text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."agreements_of"(text) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.pool_seen..wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."pool_seen"() FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.change_history.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."change_history" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.access_log.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."access_log" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.access_ledger.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."access_ledger" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.agreements.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."agreements" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.suspensions.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."suspensions" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.custodians.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."custodians" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.holds.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."holds" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.certificates.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."certificates" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.pool_checks.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."pool_checks" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.job_runs.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."job_runs" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.job_schedules.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."job_schedules" FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.whoami..wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."whoami"() FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.start_session.text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_session..wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_session"() FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.register_session.text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_agreements..wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.sign_agreement.text, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.rectify.bigint, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.decide_request.bigint, text, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.extract_destroyed.bigint, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.explain_access.text, text, text, name.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_deputy.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.publish_agreement.text, text, timestamp with time zone.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."publish_agreement"(text, text, timestamp with time zone) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.suspend.text, text, text, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."suspend"(text, text, text, text) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_connections.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_connections"(bigint) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.reinstate.bigint, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."reinstate"(bigint, text) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.name_custodian.text, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."name_custodian"(text, text) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.who_may_see.text, name.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."who_may_see"(text, name) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.approve_deputy.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."approve_deputy"(bigint) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.canaries..wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."canaries"() FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.place_hold.text, text[], jsonb, text, text, timestamp with time zone.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."place_hold"(text, text[], jsonb, text, text, timestamp with time zone) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.release_hold.bigint, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."release_hold"(bigint, text) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.retention_status.integer.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."retention_status"(integer) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.file_request.text, text, text, text[], jsonb, text[], integer, integer, boolean.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."file_request"(text, text, text, text[], jsonb, text[], integer, integer, boolean) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.amend_request.bigint, text[], jsonb, text[], integer, integer.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."amend_request"(bigint, text[], jsonb, text[], integer, integer) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.submit_request.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."submit_request"(bigint) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.withdraw_request.bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."withdraw_request"(bigint) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_full.bigint, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_full"(bigint, text) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.begin_extract.bigint, text, text.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."begin_extract"(bigint, text, text) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.extract_finished.bigint, text, bigint.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."extract_finished"(bigint, text, bigint) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.bearer.text, boolean.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.is_committed.xid8.wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_old_snapshot..wutong_quality_inspector.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() FROM "wutong_quality_inspector" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant database.:"DBNAME".wutong_legal_officer.dba',
            """
    SET ROLE "dba";
    REVOKE CONNECT ON DATABASE :"DBNAME" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.sessions.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."sessions" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.requests.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."requests" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.request_events.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."request_events" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.extracts.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."extracts" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.deputies.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."deputies" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.disclosures.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."disclosures" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.request_seen.bigint.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_seen.bigint.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.agreements_of.text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."agreements_of"(text) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.pool_seen..wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."pool_seen"() FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.change_history.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."change_history" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.access_log.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."access_log" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.access_ledger.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."access_ledger" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.agreements.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."agreements" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.suspensions.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."suspensions" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.custodians.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."custodians" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.holds.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."holds" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.certificates.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."certificates" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.pool_checks.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."pool_checks" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.job_runs.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."job_runs" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.job_schedules.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."job_schedules" FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.whoami..wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."whoami"() FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.start_session.text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_session..wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_session"() FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.register_session.text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_agreements..wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.sign_agreement.text, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.rectify.bigint, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.decide_request.bigint, text, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.extract_destroyed.bigint, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.explain_access.text, text, text, name.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_deputy.bigint.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.publish_agreement.text, text, timestamp with time zone.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."publish_agreement"(text, text, timestamp with time zone) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.suspend.text, text, text, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."suspend"(text, text, text, text) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_connections.bigint.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_connections"(bigint) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.reinstate.bigint, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."reinstate"(bigint, text) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.name_custodian.text, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."name_custodian"(text, text) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.who_may_see.text, name.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."who_may_see"(text, name) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.approve_deputy.bigint.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."approve_deputy"(bigint) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.canaries..wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."canaries"() FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.place_hold.text, text[], jsonb, text, text, timestamp with time zone.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."place_hold"(text, text[], jsonb, text, text, timestamp with time zone) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.release_hold.bigint, text.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."release_hold"(bigint, text) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.retention_status.integer.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."retention_status"(integer) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.bearer.text, boolean.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.is_committed.xid8.wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_old_snapshot..wutong_legal_officer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() FROM "wutong_legal_officer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant database.:"DBNAME".wutong_data_controller.dba',
            """
    SET ROLE "dba";
    REVOKE CONNECT ON DATABASE :"DBNAME" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.sessions.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."sessions" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.requests.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."requests" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.request_events.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."request_events" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.extracts.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."extracts" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.deputies.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."deputies" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.disclosures.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."disclosures" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.request_seen.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_seen.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.agreements_of.text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."agreements_of"(text) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.pool_seen..wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."pool_seen"() FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.change_history.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."change_history" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.access_log.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."access_log" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.access_ledger.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."access_ledger" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.agreements.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."agreements" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.suspensions.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."suspensions" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.custodians.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."custodians" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.holds.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."holds" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.certificates.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."certificates" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.pool_checks.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."pool_checks" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.job_runs.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."job_runs" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.job_schedules.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."job_schedules" FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.whoami..wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."whoami"() FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.start_session.text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_session..wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_session"() FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.register_session.text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_agreements..wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.sign_agreement.text, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.rectify.bigint, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.decide_request.bigint, text, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.extract_destroyed.bigint, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.explain_access.text, text, text, name.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_deputy.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.publish_agreement.text, text, timestamp with time zone.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."publish_agreement"(text, text, timestamp with time zone) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.suspend.text, text, text, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."suspend"(text, text, text, text) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_connections.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_connections"(bigint) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.reinstate.bigint, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."reinstate"(bigint, text) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.name_custodian.text, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."name_custodian"(text, text) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.who_may_see.text, name.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."who_may_see"(text, name) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.approve_deputy.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."approve_deputy"(bigint) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.canaries..wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."canaries"() FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.place_hold.text, text[], jsonb, text, text, timestamp with time zone.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."place_hold"(text, text[], jsonb, text, text, timestamp with time zone) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.release_hold.bigint, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."release_hold"(bigint, text) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.retention_status.integer.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."retention_status"(integer) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.file_request.text, text, text, text[], jsonb, text[], integer, integer, boolean.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."file_request"(text, text, text, text[], jsonb, text[], integer, integer, boolean) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.amend_request.bigint, text[], jsonb, text[], integer, integer.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."amend_request"(bigint, text[], jsonb, text[], integer, integer) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.submit_request.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."submit_request"(bigint) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.withdraw_request.bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."withdraw_request"(bigint) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_full.bigint, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_full"(bigint, text) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.begin_extract.bigint, text, text.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."begin_extract"(bigint, text, text) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.extract_finished.bigint, text, bigint.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."extract_finished"(bigint, text, bigint) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.bearer.text, boolean.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.is_committed.xid8.wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_old_snapshot..wutong_data_controller.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() FROM "wutong_data_controller" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant database.:"DBNAME".wutong_custodian.dba',
            """
    SET ROLE "dba";
    REVOKE CONNECT ON DATABASE :"DBNAME" FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant schema.pgcustsec.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE USAGE ON SCHEMA "pgcustsec" FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.sessions.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."sessions" FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.requests.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."requests" FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.request_events.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."request_events" FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.extracts.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."extracts" FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.deputies.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."deputies" FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec.disclosures.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec"."disclosures" FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.request_seen.bigint.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."request_seen"(bigint) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_seen.bigint.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_seen"(bigint) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.disclosure_seen.bigint.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."disclosure_seen"(bigint) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.whoami..wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."whoami"() FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.start_session.text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."start_session"(text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_session..wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_session"() FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.register_session.text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."register_session"(text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_agreements..wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_agreements"() FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.sign_agreement.text, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."sign_agreement"(text, text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.rectify.bigint, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."rectify"(bigint, text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.decide_request.bigint, text, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."decide_request"(bigint, text, text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.extract_destroyed.bigint, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."extract_destroyed"(bigint, text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.explain_access.text, text, text, name.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."explain_access"(text, text, text, name) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.name_deputy.text, timestamp with time zone, timestamp with time zone.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."name_deputy"(text, timestamp with time zone, timestamp with time zone) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.end_deputy.bigint.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."end_deputy"(bigint) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.find.text, name, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."find"(text, name, text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.find.regclass, name, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."find"(regclass, name, text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.my_budget..wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."my_budget"() FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.show_subject.text, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."show_subject"(text, text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.subject_facts.text, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."subject_facts"(text, text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.file_request.text, text, text, text[], jsonb, text[], integer, integer, boolean.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."file_request"(text, text, text, text[], jsonb, text[], integer, integer, boolean) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.amend_request.bigint, text[], jsonb, text[], integer, integer.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."amend_request"(bigint, text[], jsonb, text[], integer, integer) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.submit_request.bigint.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."submit_request"(bigint) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.withdraw_request.bigint.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."withdraw_request"(bigint) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.open_full.bigint, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."open_full"(bigint, text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.begin_extract.bigint, text, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."begin_extract"(bigint, text, text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.extract_finished.bigint, text, bigint.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."extract_finished"(bigint, text, bigint) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.file_disclosure.text, text, text, text[], jsonb, text[], integer, text, text, text, integer.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."file_disclosure"(text, text, text, text[], jsonb, text[], integer, text, text, text, integer) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec.hand_over.bigint, text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec"."hand_over"(bigint, text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.bearer.text, boolean.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.bearer.text, boolean.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."bearer"(text, boolean) FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_canaries.text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_canaries.text.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_canaries"(text) FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_has.text, name.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_has.text, name.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_has"(text, name) FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_integers.text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_integers.text.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_integers"(text) FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_runs.text.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.extract_runs.text.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."extract_runs"(text) FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.is_committed.xid8.wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.is_committed.xid8.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."is_committed"(xid8) FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_old_snapshot..wutong_custodian.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant function.pgcustsec_internal.refuse_old_snapshot..wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE EXECUTE ON ROUTINE "pgcustsec_internal"."refuse_old_snapshot"() FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.data_analyst.customer.wutong_data_analyst.wutong_data_analyst_viewer',
            """
    SET ROLE "wutong_data_analyst_viewer";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."data_analyst.customer" FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.data_analyst.customer.wutong_data_analyst.wutong_data_analyst_viewer',
            """
    SET ROLE "wutong_data_analyst_viewer";
    REVOKE SELECT ON TABLE "data_analyst"."customer" FROM "wutong_data_analyst" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.custodian.customer.wutong_custodian.wutong_custodian_viewer',
            """
    SET ROLE "wutong_custodian_viewer";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."custodian.customer" FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.custodian.customer.wutong_custodian.wutong_custodian_viewer',
            """
    SET ROLE "wutong_custodian_viewer";
    REVOKE SELECT ON TABLE "custodian"."customer" FROM "wutong_custodian" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.service_agent.customer.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    REVOKE SELECT, UPDATE ON TABLE "service_agent"."customer" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.service_agent.claim.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    REVOKE INSERT, SELECT, UPDATE ON TABLE "service_agent"."claim" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.service_agent.customer.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."service_agent.customer" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.service_agent.policy.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."service_agent.policy" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.service_agent.claim.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."service_agent.claim" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.service_agent.attachment.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."service_agent.attachment" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.service_agent.policy.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    REVOKE SELECT ON TABLE "service_agent"."policy" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.service_agent.attachment.wutong_service_agent.wutong_service_agent_viewer',
            """
    SET ROLE "wutong_service_agent_viewer";
    REVOKE SELECT ON TABLE "service_agent"."attachment" FROM "wutong_service_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.true sales_agent.customer.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."true sales_agent.customer" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.true sales_agent.policy.wutong_sales_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."true sales_agent.policy" FROM "wutong_sales_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.true service_agent.customer.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."true service_agent.customer" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.true service_agent.policy.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."true service_agent.policy" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.true service_agent.attachment.wutong_service_agent_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."true service_agent.attachment" FROM "wutong_service_agent_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.true data_analyst.customer.wutong_data_analyst_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."true data_analyst.customer" FROM "wutong_data_analyst_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.true custodian.customer.wutong_custodian_viewer.pgcustsec_owner',
            """
    SET ROLE "pgcustsec_owner";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."true custodian.customer" FROM "wutong_custodian_viewer" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.sales_manager.customer.wutong_sales_manager.wutong_sales_manager_viewer',
            """
    SET ROLE "wutong_sales_manager_viewer";
    REVOKE SELECT, UPDATE ON TABLE "sales_manager"."customer" FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.sales_manager.assignment.wutong_sales_manager.wutong_sales_manager_viewer',
            """
    SET ROLE "wutong_sales_manager_viewer";
    REVOKE INSERT, SELECT, UPDATE ON TABLE "sales_manager"."assignment" FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.sales_manager.policy.wutong_sales_manager.wutong_sales_manager_viewer',
            """
    SET ROLE "wutong_sales_manager_viewer";
    REVOKE SELECT ON TABLE "sales_manager"."policy" FROM "wutong_sales_manager" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.sales_agent.customer.wutong_sales_agent.wutong_sales_agent_viewer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    REVOKE INSERT, SELECT, UPDATE ON TABLE "sales_agent"."customer" FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.sales_agent.customer.wutong_sales_agent.wutong_sales_agent_viewer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."sales_agent.customer" FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.pgcustsec_extracts.sales_agent.policy.wutong_sales_agent.wutong_sales_agent_viewer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    REVOKE SELECT ON TABLE "pgcustsec_extracts"."sales_agent.policy" FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop grant table.sales_agent.policy.wutong_sales_agent.wutong_sales_agent_viewer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    REVOKE SELECT ON TABLE "sales_agent"."policy" FROM "wutong_sales_agent" CASCADE;
    RESET ROLE
    """,
        ),
        (
            'drop row purpose.selling',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."purpose" WHERE "purpose_code" = 'selling';
    RESET ROLE
    """,
        ),
        (
            'drop row purpose.servicing',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."purpose" WHERE "purpose_code" = 'servicing';
    RESET ROLE
    """,
        ),
        (
            'drop row purpose.analysis',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."purpose" WHERE "purpose_code" = 'analysis';
    RESET ROLE
    """,
        ),
        (
            'drop row purpose.oversight',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."purpose" WHERE "purpose_code" = 'oversight';
    RESET ROLE
    """,
        ),
        (
            'drop row purpose.disclosure',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."purpose" WHERE "purpose_code" = 'disclosure';
    RESET ROLE
    """,
        ),
        (
            'drop row application.crm_web',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."application" WHERE "application_code" = 'crm_web';
    RESET ROLE
    """,
        ),
        (
            'drop row access.sales_agent crm.customer',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."access" WHERE "access_code" = 'sales_agent crm.customer';
    RESET ROLE
    """,
        ),
        (
            'drop row access.sales_agent crm.policy',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."access" WHERE "access_code" = 'sales_agent crm.policy';
    RESET ROLE
    """,
        ),
        (
            'drop row access.sales_manager crm.customer',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."access" WHERE "access_code" = 'sales_manager crm.customer';
    RESET ROLE
    """,
        ),
        (
            'drop row access.sales_manager crm.policy',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."access" WHERE "access_code" = 'sales_manager crm.policy';
    RESET ROLE
    """,
        ),
        (
            'drop row access.sales_manager crm.assignment',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."access" WHERE "access_code" = 'sales_manager crm.assignment';
    RESET ROLE
    """,
        ),
        (
            'drop row access.service_agent crm.customer',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."access" WHERE "access_code" = 'service_agent crm.customer';
    RESET ROLE
    """,
        ),
        (
            'drop row access.service_agent crm.policy',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."access" WHERE "access_code" = 'service_agent crm.policy';
    RESET ROLE
    """,
        ),
        (
            'drop row access.service_agent crm.claim',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."access" WHERE "access_code" = 'service_agent crm.claim';
    RESET ROLE
    """,
        ),
        (
            'drop row access.service_agent crm.attachment',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."access" WHERE "access_code" = 'service_agent crm.attachment';
    RESET ROLE
    """,
        ),
        (
            'drop row access.data_analyst crm.customer',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."access" WHERE "access_code" = 'data_analyst crm.customer';
    RESET ROLE
    """,
        ),
        (
            'drop row access.custodian crm.customer',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."access" WHERE "access_code" = 'custodian crm.customer';
    RESET ROLE
    """,
        ),
        (
            'drop row request_kind.special',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."request_kind" WHERE "kind_code" = 'special';
    RESET ROLE
    """,
        ),
        (
            'drop row request_kind.disclosure',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."request_kind" WHERE "kind_code" = 'disclosure';
    RESET ROLE
    """,
        ),
        (
            'drop row request_kind.erasure',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."request_kind" WHERE "kind_code" = 'erasure';
    RESET ROLE
    """,
        ),
        (
            'drop row request_kind.inspection',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."request_kind" WHERE "kind_code" = 'inspection';
    RESET ROLE
    """,
        ),
        (
            'drop row pool.crm.customer',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."pool" WHERE "pool_code" = 'crm.customer';
    RESET ROLE
    """,
        ),
        (
            'drop view sales_agent.customer',
            """
    SET ROLE "wutong_sales_agent_viewer";
    DROP VIEW "sales_agent"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop view sales_agent.policy',
            """
    SET ROLE "wutong_sales_agent_viewer";
    DROP VIEW "sales_agent"."policy";
    RESET ROLE
    """,
        ),
        (
            'drop view sales_manager.customer',
            """
    SET ROLE "wutong_sales_manager_viewer";
    DROP VIEW "sales_manager"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop view sales_manager.policy',
            """
    SET ROLE "wutong_sales_manager_viewer";
    DROP VIEW "sales_manager"."policy";
    RESET ROLE
    """,
        ),
        (
            'drop view sales_manager.assignment',
            """
    SET ROLE "wutong_sales_manager_viewer";
    DROP VIEW "sales_manager"."assignment";
    RESET ROLE
    """,
        ),
        (
            'drop view service_agent.customer',
            """
    SET ROLE "wutong_service_agent_viewer";
    DROP VIEW "service_agent"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop view service_agent.policy',
            """
    SET ROLE "wutong_service_agent_viewer";
    DROP VIEW "service_agent"."policy";
    RESET ROLE
    """,
        ),
        (
            'drop view service_agent.claim',
            """
    SET ROLE "wutong_service_agent_viewer";
    DROP VIEW "service_agent"."claim";
    RESET ROLE
    """,
        ),
        (
            'drop view service_agent.attachment',
            """
    SET ROLE "wutong_service_agent_viewer";
    DROP VIEW "service_agent"."attachment";
    RESET ROLE
    """,
        ),
        (
            'drop view data_analyst.customer',
            """
    SET ROLE "wutong_data_analyst_viewer";
    DROP VIEW "data_analyst"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop view custodian.customer',
            """
    SET ROLE "wutong_custodian_viewer";
    DROP VIEW "custodian"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.sales_agent.customer',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."sales_agent.customer";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.sales_agent.policy',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."sales_agent.policy";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.service_agent.customer',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."service_agent.customer";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.service_agent.policy',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."service_agent.policy";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.service_agent.claim',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."service_agent.claim";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.service_agent.attachment',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."service_agent.attachment";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.data_analyst.customer',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."data_analyst.customer";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.custodian.customer',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."custodian.customer";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_views.sales_agent.customer',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_views"."sales_agent.customer";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_views.sales_agent.policy',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_views"."sales_agent.policy";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_views.sales_manager.customer',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_views"."sales_manager.customer";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_views.service_agent.customer',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_views"."service_agent.customer";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_views.service_agent.policy',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_views"."service_agent.policy";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_views.service_agent.attachment',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_views"."service_agent.attachment";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_views.custodian.customer',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_views"."custodian.customer";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.true sales_agent.customer',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."true sales_agent.customer";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.true sales_agent.policy',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."true sales_agent.policy";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.true service_agent.customer',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."true service_agent.customer";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.true service_agent.policy',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."true service_agent.policy";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.true service_agent.attachment',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."true service_agent.attachment";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.true data_analyst.customer',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."true data_analyst.customer";
    RESET ROLE
    """,
        ),
        (
            'drop view pgcustsec_extracts.true custodian.customer',
            """
    SET ROLE "pgcustsec_owner";
    DROP VIEW "pgcustsec_extracts"."true custodian.customer";
    RESET ROLE
    """,
        ),
        (
            'drop trigger crm.customer.zz_pgcustsec_term',
            """
    SET ROLE "crm_owner";
    DROP TRIGGER "zz_pgcustsec_term" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop trigger crm.customer.zz_pgcustsec_term_moved',
            """
    SET ROLE "crm_owner";
    DROP TRIGGER "zz_pgcustsec_term_moved" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop trigger crm.customer.zz_pgcustsec_term_kept',
            """
    SET ROLE "crm_owner";
    DROP TRIGGER "zz_pgcustsec_term_kept" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop trigger crm.policy.zz_pgcustsec_term',
            """
    SET ROLE "crm_owner";
    DROP TRIGGER "zz_pgcustsec_term" ON "crm"."policy";
    RESET ROLE
    """,
        ),
        (
            'drop trigger crm.policy.zz_pgcustsec_term_emptied',
            """
    SET ROLE "crm_owner";
    DROP TRIGGER "zz_pgcustsec_term_emptied" ON "crm"."policy";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.assignment.pgcustsec_assignments',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_assignments" ON "crm"."assignment";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.pgcustsec_vault reads',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_vault reads" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.pgcustsec_vault',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_vault" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.policy.pgcustsec_vault reads',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_vault reads" ON "crm"."policy";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.policy.pgcustsec_vault',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_vault" ON "crm"."policy";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.attachment.pgcustsec_vault reads',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_vault reads" ON "crm"."attachment";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.attachment.pgcustsec_vault',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_vault" ON "crm"."attachment";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.pgcustsec_explains',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_explains" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.policy.pgcustsec_explains',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_explains" ON "crm"."policy";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.claim.pgcustsec_explains',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_explains" ON "crm"."claim";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.attachment.pgcustsec_explains',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_explains" ON "crm"."attachment";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.assignment.pgcustsec_explains',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_explains" ON "crm"."assignment";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.claim.pgcustsec_sweeps',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_sweeps" ON "crm"."claim";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.policy.pgcustsec_sweeps',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_sweeps" ON "crm"."policy";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.attachment.pgcustsec_sweeps',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_sweeps" ON "crm"."attachment";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.assignment.pgcustsec_sweeps',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_sweeps" ON "crm"."assignment";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.pgcustsec_sweeps',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_sweeps" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.pgcustsec_terms',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_terms" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.pgcustsec_pool',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_pool" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.pgcustsec_leavers',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_leavers" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.assignment.pgcustsec_leavers',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "pgcustsec_leavers" ON "crm"."assignment";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.wutong_sales_agent_viewer',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_sales_agent_viewer" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.wutong_sales_agent_viewer insert',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_sales_agent_viewer insert" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.wutong_sales_agent_viewer update',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_sales_agent_viewer update" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.policy.wutong_sales_agent_viewer',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_sales_agent_viewer" ON "crm"."policy";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.wutong_sales_manager_viewer',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_sales_manager_viewer" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.wutong_sales_manager_viewer update',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_sales_manager_viewer update" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.policy.wutong_sales_manager_viewer',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_sales_manager_viewer" ON "crm"."policy";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.assignment.wutong_sales_manager_viewer',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_sales_manager_viewer" ON "crm"."assignment";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.assignment.wutong_sales_manager_viewer insert',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_sales_manager_viewer insert" ON "crm"."assignment";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.assignment.wutong_sales_manager_viewer update',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_sales_manager_viewer update" ON "crm"."assignment";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.wutong_service_agent_viewer',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_service_agent_viewer" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.wutong_service_agent_viewer update',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_service_agent_viewer update" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.policy.wutong_service_agent_viewer',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_service_agent_viewer" ON "crm"."policy";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.claim.wutong_service_agent_viewer',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_service_agent_viewer" ON "crm"."claim";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.claim.wutong_service_agent_viewer insert',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_service_agent_viewer insert" ON "crm"."claim";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.claim.wutong_service_agent_viewer update',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_service_agent_viewer update" ON "crm"."claim";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.attachment.wutong_service_agent_viewer',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_service_agent_viewer" ON "crm"."attachment";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.wutong_data_analyst_viewer',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_data_analyst_viewer" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop policy crm.customer.wutong_custodian_viewer',
            """
    SET ROLE "crm_owner";
    DROP POLICY IF EXISTS "wutong_custodian_viewer" ON "crm"."customer";
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.insert sales_agent.customer.',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."insert sales_agent.customer"();
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.update sales_agent.customer.',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."update sales_agent.customer"();
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.update sales_manager.customer.',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."update sales_manager.customer"();
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.insert sales_manager.assignment.',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."insert sales_manager.assignment"();
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.update sales_manager.assignment.',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."update sales_manager.assignment"();
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.update service_agent.customer.',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."update service_agent.customer"();
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.insert service_agent.claim.',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."insert service_agent.claim"();
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.update service_agent.claim.',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."update service_agent.claim"();
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.keep crm.customer.bigint, text, character varying, text, character varying, character varying, text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."keep crm.customer"(bigint, text, character varying, text, character varying, character varying, text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.change crm.customer.bigint, text[], text, character varying, text, character varying, character varying, text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."change crm.customer"(bigint, text[], text, character varying, text, character varying, character varying, text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.seal crm.customer.bigint',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."seal crm.customer"(bigint);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.keep crm.policy.bigint, character varying',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."keep crm.policy"(bigint, character varying);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.change crm.policy.bigint, text[], character varying',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."change crm.policy"(bigint, text[], character varying);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.seal crm.policy.bigint',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."seal crm.policy"(bigint);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.keep crm.attachment.bigint, bytea',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."keep crm.attachment"(bigint, bytea);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.change crm.attachment.bigint, text[], bytea',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."change crm.attachment"(bigint, text[], bytea);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.seal crm.attachment.bigint',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."seal crm.attachment"(bigint);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.find crm.customer.mobile.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."find crm.customer.mobile"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.find crm.customer.id_card.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."find crm.customer.id_card"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.row_of_key.text, text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."row_of_key"(text, text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.row sales_agent.customer.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."row sales_agent.customer"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.row sales_agent.policy.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."row sales_agent.policy"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.row sales_manager.customer.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."row sales_manager.customer"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.row sales_manager.policy.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."row sales_manager.policy"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.row sales_manager.assignment.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."row sales_manager.assignment"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.row service_agent.customer.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."row service_agent.customer"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.row service_agent.policy.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."row service_agent.policy"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.row service_agent.claim.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."row service_agent.claim"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.row service_agent.attachment.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."row service_agent.attachment"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.row data_analyst.customer.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."row data_analyst.customer"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.row custodian.customer.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."row custodian.customer"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.full sales_agent crm.customer.bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."full sales_agent crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.full sales_agent crm.policy.bigint, text, numeric, character varying, date, date',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."full sales_agent crm.policy"(bigint, text, numeric, character varying, date, date);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.full service_agent crm.customer.bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."full service_agent crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.full service_agent crm.policy.bigint, text, numeric, character varying, date, date',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."full service_agent crm.policy"(bigint, text, numeric, character varying, date, date);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.full service_agent crm.attachment.bigint, bytea, text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."full service_agent crm.attachment"(bigint, bytea, text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.full custodian crm.customer.bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."full custodian crm.customer"(bigint, text, character varying, text, character varying, character varying, date, text, text, jsonb, numeric, text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.request sales_agent.customer.jsonb, text[], text, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."request sales_agent.customer"(jsonb, text[], text, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.request sales_agent.policy.jsonb, text[], text, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."request sales_agent.policy"(jsonb, text[], text, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.request service_agent.customer.jsonb, text[], text, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."request service_agent.customer"(jsonb, text[], text, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.request service_agent.policy.jsonb, text[], text, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."request service_agent.policy"(jsonb, text[], text, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.request service_agent.claim.jsonb, text[], text, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."request service_agent.claim"(jsonb, text[], text, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.request service_agent.attachment.jsonb, text[], text, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."request service_agent.attachment"(jsonb, text[], text, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.request data_analyst.customer.jsonb, text[], text, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."request data_analyst.customer"(jsonb, text[], text, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_views.request custodian.customer.jsonb, text[], text, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_views"."request custodian.customer"(jsonb, text[], text, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.keys_of_request.text, jsonb, text[], text, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."keys_of_request"(text, jsonb, text[], text, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.reach crm.customer.text, text[], text, text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."reach crm.customer"(text, text[], text, text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.reach crm.policy.text, text[], text, text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."reach crm.policy"(text, text[], text, text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.reach crm.claim.text, text[], text, text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."reach crm.claim"(text, text[], text, text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.reach crm.attachment.text, text[], text, text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."reach crm.attachment"(text, text[], text, text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.reach crm.assignment.text, text[], text, text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."reach crm.assignment"(text, text[], text, text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.reach.text, text, text[], text[], text[], text, text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."reach"(text, text, text[], text[], text[], text, text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.end due crm.customer.bigint[]',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."end due crm.customer"(bigint[]);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.sweep crm.customer.integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."sweep crm.customer"(integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.restamp crm.customer.text[], integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."restamp crm.customer"(text[], integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.due crm.customer.integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."due crm.customer"(integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.sweep_table.text, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."sweep_table"(text, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.restamp_table.text, text[], integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."restamp_table"(text, text[], integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.due_rows.text, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."due_rows"(text, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.hanging crm.customer.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."hanging crm.customer"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.kept crm.customer.text[]',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."kept crm.customer"(text[]);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.erase crm.customer.bigint, text[]',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."erase crm.customer"(bigint, text[]);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.hanging_rows.text, text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."hanging_rows"(text, text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.kept_rows.text, text[]',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."kept_rows"(text, text[]);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.erase_rows.text, bigint, text[]',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."erase_rows"(text, bigint, text[]);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.erasable.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."erasable"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.end crm.customer.text, bigint, text[], timestamp with time zone, bigint[]',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."end crm.customer"(text, bigint, text[], timestamp with time zone, bigint[]);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.held crm.customer.jsonb, text[]',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."held crm.customer"(jsonb, text[]);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.held_keys.text, jsonb, text[]',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."held_keys"(text, jsonb, text[]);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.stamp crm.customer.',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."stamp crm.customer"();
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.follow crm.policy crm.customer.',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."follow crm.policy crm.customer"();
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.pool turn crm.customer.text, text, text, timestamp with time zone',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."pool turn crm.customer"(text, text, text, timestamp with time zone);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.pool count crm.customer.text, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."pool count crm.customer"(text, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.pool recycle crm.customer.timestamp with time zone, timestamp with time zone, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."pool recycle crm.customer"(timestamp with time zone, timestamp with time zone, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.pool state crm.customer.timestamp with time zone, timestamp with time zone',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."pool state crm.customer"(timestamp with time zone, timestamp with time zone);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.pool held crm.customer.text[]',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."pool held crm.customer"(text[]);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.pool_turn.text, text, text, text, timestamp with time zone',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."pool_turn"(text, text, text, text, timestamp with time zone);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.pool_count.text, text, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."pool_count"(text, text, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.pool_recycle.text, timestamp with time zone, timestamp with time zone, integer',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."pool_recycle"(text, timestamp with time zone, timestamp with time zone, integer);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.pool_state.text, timestamp with time zone, timestamp with time zone',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."pool_state"(text, timestamp with time zone, timestamp with time zone);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.pool_held.text, text[]',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."pool_held"(text, text[]);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.hand over crm.customer.text, text, timestamp with time zone',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."hand over crm.customer"(text, text, timestamp with time zone);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.served crm.customer.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."served crm.customer"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.hand_over.text, text, timestamp with time zone',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."hand_over"(text, text, timestamp with time zone);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.customers_served.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."customers_served"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.department crm.customer.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."department crm.customer"(text);
    RESET ROLE
    """,
        ),
        (
            'drop function pgcustsec_internal.serving crm.customer.text',
            """
    SET ROLE "pgcustsec_owner";
    DROP FUNCTION "pgcustsec_internal"."serving crm.customer"(text);
    RESET ROLE
    """,
        ),
        (
            'drop schema sales_agent',
            """
    SET ROLE "wutong_sales_agent_viewer";
    DROP SCHEMA "sales_agent";
    RESET ROLE
    """,
        ),
        (
            'drop schema sales_manager',
            """
    SET ROLE "wutong_sales_manager_viewer";
    DROP SCHEMA "sales_manager";
    RESET ROLE
    """,
        ),
        (
            'drop schema service_agent',
            """
    SET ROLE "wutong_service_agent_viewer";
    DROP SCHEMA "service_agent";
    RESET ROLE
    """,
        ),
        (
            'drop schema data_analyst',
            """
    SET ROLE "wutong_data_analyst_viewer";
    DROP SCHEMA "data_analyst";
    RESET ROLE
    """,
        ),
        (
            'drop schema quality_inspector',
            """
    SET ROLE "wutong_quality_inspector_viewer";
    DROP SCHEMA "quality_inspector";
    RESET ROLE
    """,
        ),
        (
            'drop schema legal_officer',
            """
    SET ROLE "wutong_legal_officer_viewer";
    DROP SCHEMA "legal_officer";
    RESET ROLE
    """,
        ),
        (
            'drop schema data_controller',
            """
    SET ROLE "wutong_data_controller_viewer";
    DROP SCHEMA "data_controller";
    RESET ROLE
    """,
        ),
        (
            'drop schema custodian',
            """
    SET ROLE "wutong_custodian_viewer";
    DROP SCHEMA "custodian";
    RESET ROLE
    """,
        ),
        (
            'drop schema pgcustsec_extracts',
            """
    SET ROLE "pgcustsec_owner";
    DROP SCHEMA "pgcustsec_extracts";
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_custodian_viewer.functions',
            """
    SET ROLE "wutong_custodian_viewer";
    ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_custodian_viewer.types',
            """
    SET ROLE "wutong_custodian_viewer";
    ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_data_analyst_viewer.functions',
            """
    SET ROLE "wutong_data_analyst_viewer";
    ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_data_analyst_viewer.types',
            """
    SET ROLE "wutong_data_analyst_viewer";
    ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_data_controller_viewer.functions',
            """
    SET ROLE "wutong_data_controller_viewer";
    ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_data_controller_viewer.types',
            """
    SET ROLE "wutong_data_controller_viewer";
    ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_legal_officer_viewer.functions',
            """
    SET ROLE "wutong_legal_officer_viewer";
    ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_legal_officer_viewer.types',
            """
    SET ROLE "wutong_legal_officer_viewer";
    ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_quality_inspector_viewer.functions',
            """
    SET ROLE "wutong_quality_inspector_viewer";
    ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_quality_inspector_viewer.types',
            """
    SET ROLE "wutong_quality_inspector_viewer";
    ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_sales_agent_viewer.functions',
            """
    SET ROLE "wutong_sales_agent_viewer";
    ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_sales_agent_viewer.types',
            """
    SET ROLE "wutong_sales_agent_viewer";
    ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_sales_manager_viewer.functions',
            """
    SET ROLE "wutong_sales_manager_viewer";
    ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_sales_manager_viewer.types',
            """
    SET ROLE "wutong_sales_manager_viewer";
    ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_service_agent_viewer.functions',
            """
    SET ROLE "wutong_service_agent_viewer";
    ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop default privileges wutong_service_agent_viewer.types',
            """
    SET ROLE "wutong_service_agent_viewer";
    ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO PUBLIC;
    RESET ROLE
    """,
        ),
        (
            'drop row role.sales_agent',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal.staff_role WHERE "role_code" = 'sales_agent';
    DELETE FROM pgcustsec_internal."role" WHERE "role_code" = 'sales_agent';
    RESET ROLE
    """,
        ),
        (
            'drop row role.sales_manager',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal.staff_role WHERE "role_code" = 'sales_manager';
    DELETE FROM pgcustsec_internal."role" WHERE "role_code" = 'sales_manager';
    RESET ROLE
    """,
        ),
        (
            'drop row role.service_agent',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal.staff_role WHERE "role_code" = 'service_agent';
    DELETE FROM pgcustsec_internal."role" WHERE "role_code" = 'service_agent';
    RESET ROLE
    """,
        ),
        (
            'drop row role.data_analyst',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal.staff_role WHERE "role_code" = 'data_analyst';
    DELETE FROM pgcustsec_internal."role" WHERE "role_code" = 'data_analyst';
    RESET ROLE
    """,
        ),
        (
            'drop row role.quality_inspector',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal.staff_role WHERE "role_code" = 'quality_inspector';
    DELETE FROM pgcustsec_internal."role" WHERE "role_code" = 'quality_inspector';
    RESET ROLE
    """,
        ),
        (
            'drop row role.legal_officer',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal.staff_role WHERE "role_code" = 'legal_officer';
    DELETE FROM pgcustsec_internal."role" WHERE "role_code" = 'legal_officer';
    RESET ROLE
    """,
        ),
        (
            'drop row role.data_controller',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal.staff_role WHERE "role_code" = 'data_controller';
    DELETE FROM pgcustsec_internal."role" WHERE "role_code" = 'data_controller';
    RESET ROLE
    """,
        ),
        (
            'drop row role.custodian',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal.staff_role WHERE "role_code" = 'custodian';
    DELETE FROM pgcustsec_internal."role" WHERE "role_code" = 'custodian';
    RESET ROLE
    """,
        ),
        (
            'drop row agreement.confidentiality',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."agreement" WHERE "agreement_code" = 'confidentiality';
    RESET ROLE
    """,
        ),
        (
            'drop row agreement.customer_information',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."agreement" WHERE "agreement_code" = 'customer_information';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer customer_id',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer customer_id';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer status',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer status';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer owner_staff_id',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer owner_staff_id';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer branch_code',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer branch_code';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer name',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer name';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer mobile',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer mobile';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer email',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer email';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer id_card',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer id_card';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer bank_account',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer bank_account';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer gender',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer gender';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer birth_date',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer birth_date';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer age',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer age';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer address',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer address';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer health',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer health';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer family',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer family';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer annual_income',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer annual_income';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer note',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer note';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer claimed_at',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer claimed_at';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer last_contact_at',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer last_contact_at';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.customer created_at',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.customer created_at';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.policy policy_id',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.policy policy_id';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.policy customer_id',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.policy customer_id';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.policy product',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.policy product';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.policy premium',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.policy premium';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.policy payer_account',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.policy payer_account';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.policy starts_on',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.policy starts_on';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.policy ends_on',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.policy ends_on';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.claim claim_id',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.claim claim_id';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.claim policy_id',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.claim policy_id';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.claim diagnosis',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.claim diagnosis';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.claim amount',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.claim amount';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.claim filed_on',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.claim filed_on';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.attachment attachment_id',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.attachment attachment_id';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.attachment customer_id',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.attachment customer_id';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.attachment media_type',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.attachment media_type';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.attachment content',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.attachment content';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.attachment caption',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.attachment caption';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.assignment assignment_id',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.assignment assignment_id';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.assignment customer_id',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.assignment customer_id';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.assignment staff_id',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.assignment staff_id';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.assignment starts_at',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.assignment starts_at';
    RESET ROLE
    """,
        ),
        (
            'drop row classification.crm.assignment ends_at',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."classification" WHERE "classification_code" = 'crm.assignment ends_at';
    RESET ROLE
    """,
        ),
        (
            'drop row retention_rule.crm.customer unsold_prospect',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."retention_rule" WHERE "rule_code" = 'crm.customer unsold_prospect';
    RESET ROLE
    """,
        ),
        (
            'drop row retention_rule.crm.customer former_customer',
            """
    SET ROLE "pgcustsec_owner";
    DELETE FROM pgcustsec_internal."retention_rule" WHERE "rule_code" = 'crm.customer former_customer';
    RESET ROLE
    """,
        ),
        (
            'drop role wutong_sales_agent',
            """
    DROP ROLE "wutong_sales_agent"
    """,
        ),
        (
            'drop role wutong_sales_agent_viewer',
            """
    DROP ROLE "wutong_sales_agent_viewer"
    """,
        ),
        (
            'drop role wutong_sales_manager',
            """
    DROP ROLE "wutong_sales_manager"
    """,
        ),
        (
            'drop role wutong_sales_manager_viewer',
            """
    DROP ROLE "wutong_sales_manager_viewer"
    """,
        ),
        (
            'drop role wutong_service_agent',
            """
    DROP ROLE "wutong_service_agent"
    """,
        ),
        (
            'drop role wutong_service_agent_viewer',
            """
    DROP ROLE "wutong_service_agent_viewer"
    """,
        ),
        (
            'drop role wutong_data_analyst',
            """
    DROP ROLE "wutong_data_analyst"
    """,
        ),
        (
            'drop role wutong_data_analyst_viewer',
            """
    DROP ROLE "wutong_data_analyst_viewer"
    """,
        ),
        (
            'drop role wutong_quality_inspector',
            """
    DROP ROLE "wutong_quality_inspector"
    """,
        ),
        (
            'drop role wutong_quality_inspector_viewer',
            """
    DROP ROLE "wutong_quality_inspector_viewer"
    """,
        ),
        (
            'drop role wutong_legal_officer',
            """
    DROP ROLE "wutong_legal_officer"
    """,
        ),
        (
            'drop role wutong_legal_officer_viewer',
            """
    DROP ROLE "wutong_legal_officer_viewer"
    """,
        ),
        (
            'drop role wutong_data_controller',
            """
    DROP ROLE "wutong_data_controller"
    """,
        ),
        (
            'drop role wutong_data_controller_viewer',
            """
    DROP ROLE "wutong_data_controller_viewer"
    """,
        ),
        (
            'drop role wutong_custodian',
            """
    DROP ROLE "wutong_custodian"
    """,
        ),
        (
            'drop role wutong_custodian_viewer',
            """
    DROP ROLE "wutong_custodian_viewer"
    """,
        ),
    )
