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
