SELECT
    p.relation, p.branch_code, p.staff_id, p.full_name, p.in_pool, p.held, p.overdue, p.undated, p.oldest, p.claim_limit
FROM pgcustsec_internal._pool_state() AS p
