-- What the CRM's tables get after the load: one sort or one join each, instead of work for every row loaded.
-- Runs as the owner of schema crm.

ALTER TABLE crm.customer ADD CONSTRAINT customer_id_card_key UNIQUE (id_card);
CREATE INDEX customer_owner_staff_id ON crm.customer (owner_staff_id);
CREATE INDEX customer_branch_code ON crm.customer (branch_code);
CREATE INDEX customer_pool ON crm.customer (branch_code, last_contact_at)
    WHERE owner_staff_id IS NULL AND status = 'prospect';
COMMENT ON INDEX crm.customer_pool IS '共享池 / the shared pool: unsold prospects in nobody''s hands';

CREATE INDEX policy_customer_id ON crm.policy (customer_id);
CREATE INDEX claim_policy_id ON crm.claim (policy_id);
CREATE INDEX attachment_customer_id ON crm.attachment (customer_id);
CREATE INDEX assignment_customer_id ON crm.assignment (customer_id);
CREATE INDEX assignment_staff_id ON crm.assignment (staff_id);

ALTER TABLE crm.policy ADD CONSTRAINT policy_customer_id_fkey
    FOREIGN KEY (customer_id) REFERENCES crm.customer;
ALTER TABLE crm.claim ADD CONSTRAINT claim_policy_id_fkey
    FOREIGN KEY (policy_id) REFERENCES crm.policy;
ALTER TABLE crm.attachment ADD CONSTRAINT attachment_customer_id_fkey
    FOREIGN KEY (customer_id) REFERENCES crm.customer;
ALTER TABLE crm.assignment ADD CONSTRAINT assignment_customer_id_fkey
    FOREIGN KEY (customer_id) REFERENCES crm.customer;
