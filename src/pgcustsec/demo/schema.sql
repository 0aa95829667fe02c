-- The broker's CRM: its tables, as its application's authors made them. Nothing of pgcustsec is in here.
-- Runs as the owner of schema crm; indexes and foreign keys follow the load, in indexes.sql.

COMMENT ON SCHEMA crm IS '客户关系管理 / the broker''s CRM';

CREATE TABLE crm.customer (
    customer_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    status text NOT NULL DEFAULT 'prospect' CHECK (status IN ('prospect', 'customer', 'lost')),
    owner_staff_id text,
    branch_code text,
    name text,
    mobile varchar(20),
    email text,
    id_card varchar(18),
    bank_account varchar(19),
    gender text CHECK (gender IN ('男', '女')),
    birth_date date,
    age integer,
    address text,
    health text,
    family jsonb,
    annual_income numeric(12, 2),
    note text,
    claimed_at timestamptz,
    last_contact_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE crm.customer IS '客户，含准客户 / customers, prospects included: one row is one person';
COMMENT ON COLUMN crm.customer.customer_id IS '客户编号 / customer number';
COMMENT ON COLUMN crm.customer.status IS '状态 / prospect 准客户, customer 已投保, lost 已流失';
COMMENT ON COLUMN crm.customer.owner_staff_id IS '所属业务员工号 / staff number of the sales agent; NULL: in nobody''s hands';
COMMENT ON COLUMN crm.customer.branch_code IS '所属分公司 / branch; NULL: not assigned yet';
COMMENT ON COLUMN crm.customer.name IS '姓名 / name';
COMMENT ON COLUMN crm.customer.mobile IS '联系电话 / mobile or landline number';
COMMENT ON COLUMN crm.customer.email IS '电子邮箱 / e-mail address';
COMMENT ON COLUMN crm.customer.id_card IS '身份证件号码 / identity number of 18 or 15 digits, or passport number';
COMMENT ON COLUMN crm.customer.bank_account IS '银行账号 / bank card number';
COMMENT ON COLUMN crm.customer.gender IS '性别 / sex: 男 male, 女 female';
COMMENT ON COLUMN crm.customer.birth_date IS '出生日期 / date of birth';
COMMENT ON COLUMN crm.customer.age IS '年龄 / age in years, kept up to date by the application';
COMMENT ON COLUMN crm.customer.address IS '联系地址 / postal address';
COMMENT ON COLUMN crm.customer.health IS '健康状况 / state of health';
COMMENT ON COLUMN crm.customer.family IS '家庭情况 / family: marriage, children, emergency contact';
COMMENT ON COLUMN crm.customer.annual_income IS '年收入（元） / annual income in yuan';
COMMENT ON COLUMN crm.customer.note IS '备注 / the agent''s notes';
COMMENT ON COLUMN crm.customer.claimed_at IS '领取时间 / when the present agent took the prospect from the pool';
COMMENT ON COLUMN crm.customer.last_contact_at IS '最近联系时间 / last contact';
COMMENT ON COLUMN crm.customer.created_at IS '建档时间 / when the record was made';

CREATE TABLE crm.policy (
    policy_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL,
    product text NOT NULL,
    premium numeric(12, 2),
    payer_account varchar(19),
    starts_on date NOT NULL,
    ends_on date
);
COMMENT ON TABLE crm.policy IS '保单 / insurance policies held';
COMMENT ON COLUMN crm.policy.policy_id IS '保单编号 / policy number';
COMMENT ON COLUMN crm.policy.customer_id IS '投保人 / the customer who holds it';
COMMENT ON COLUMN crm.policy.product IS '险种 / product';
COMMENT ON COLUMN crm.policy.premium IS '年缴保费（元） / premium per year in yuan; NULL: not settled';
COMMENT ON COLUMN crm.policy.payer_account IS '缴费账号 / bank card that the premium is drawn from; NULL: paid otherwise';
COMMENT ON COLUMN crm.policy.starts_on IS '生效日 / first day of cover';
COMMENT ON COLUMN crm.policy.ends_on IS '满期日 / last day of cover; NULL: for life';

CREATE TABLE crm.claim (
    claim_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    policy_id bigint NOT NULL,
    diagnosis text,
    amount numeric(12, 2),
    filed_on date NOT NULL
);
COMMENT ON TABLE crm.claim IS '理赔 / claims under a policy';
COMMENT ON COLUMN crm.claim.claim_id IS '赔案编号 / claim number';
COMMENT ON COLUMN crm.claim.policy_id IS '保单编号 / the policy claimed under';
COMMENT ON COLUMN crm.claim.diagnosis IS '诊断或事由 / diagnosis or cause';
COMMENT ON COLUMN crm.claim.amount IS '赔付金额（元） / amount in yuan; NULL: not decided';
COMMENT ON COLUMN crm.claim.filed_on IS '报案日 / day it was filed';

CREATE TABLE crm.attachment (
    attachment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL,
    media_type text NOT NULL,
    content bytea,
    caption text
);
COMMENT ON TABLE crm.attachment IS '影像资料 / documents, images, audio, video about a customer';
COMMENT ON COLUMN crm.attachment.attachment_id IS '资料编号 / attachment number';
COMMENT ON COLUMN crm.attachment.customer_id IS '客户编号 / the customer it is about';
COMMENT ON COLUMN crm.attachment.media_type IS '文件类型 / media type';
COMMENT ON COLUMN crm.attachment.content IS '文件内容 / the file itself; NULL: announced, not received';
COMMENT ON COLUMN crm.attachment.caption IS '说明 / what it shows';

CREATE TABLE crm.assignment (
    assignment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL,
    staff_id text NOT NULL,
    starts_at timestamptz NOT NULL DEFAULT now(),
    ends_at timestamptz
);
COMMENT ON TABLE crm.assignment IS '服务关系 / who else serves a customer, and while when';
COMMENT ON COLUMN crm.assignment.assignment_id IS '编号 / assignment number';
COMMENT ON COLUMN crm.assignment.customer_id IS '客户编号 / the customer served';
COMMENT ON COLUMN crm.assignment.staff_id IS '服务人员工号 / staff number of who serves';
COMMENT ON COLUMN crm.assignment.starts_at IS '开始时间 / since when';
COMMENT ON COLUMN crm.assignment.ends_at IS '结束时间 / until when; NULL: until further notice';
