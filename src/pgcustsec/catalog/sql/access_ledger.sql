SELECT l.staff_id, l.period, l.begins_on, l.openings, l.customers, l.new_customers
FROM pgcustsec.access_ledger AS l
WHERE l.period = %(period)s AND (%(staff)s::text IS NULL OR l.staff_id = %(staff)s)
ORDER BY l.begins_on DESC NULLS LAST, l.customers DESC, l.staff_id
