-- Customers worth asking about, one of each kind, those of whom most is known first, and who serves them besides their owner.
WITH served AS (
    SELECT
        c.customer_id, c.owner_staff_id, c.branch_code, c.status,
        num_nonnulls(c.name, c.mobile, c.birth_date, c.health, c.gender) AS known,
        ARRAY(
            SELECT a.staff_id
            FROM crm.assignment AS a
            WHERE a.customer_id = c.customer_id AND (a.ends_at IS NULL OR a.ends_at > now())
            ORDER BY a.staff_id) AS others
    FROM crm.customer AS c
    -- Whose term is not over: those show to nobody (4.3).
    WHERE c.status = 'customer' OR COALESCE(c.last_contact_at, c.created_at) > now() - interval '700 days'
), kinds AS (
    SELECT
        s.*,
        CASE
            WHEN %(service)s = ANY (s.others) AND s.owner_staff_id IS NOT NULL THEN 1
            WHEN s.others <> '{}' THEN NULL
            WHEN s.owner_staff_id = %(agent)s THEN 2
            WHEN s.owner_staff_id = ANY (%(colleagues)s) THEN 3
            WHEN s.owner_staff_id IS NULL AND s.status = 'prospect' AND s.branch_code = %(branch)s THEN 4
            WHEN s.owner_staff_id = ANY (%(elsewhere)s) AND s.branch_code <> %(branch)s THEN 5
            WHEN s.owner_staff_id = ANY (%(left)s) AND s.branch_code = %(branch)s THEN 6
        END AS kind
    FROM served AS s
)
SELECT DISTINCT ON (k.kind) k.customer_id, k.owner_staff_id, k.others, k.branch_code, k.status
FROM kinds AS k
WHERE k.kind IS NOT NULL
ORDER BY k.kind, k.known DESC, k.customer_id
