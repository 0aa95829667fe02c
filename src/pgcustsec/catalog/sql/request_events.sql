SELECT e.request_id, e.event_id, e.at, e.kind, e.staff_id, e.full_name, e.for_staff, e.step, e.comment
FROM pgcustsec.request_events AS e
WHERE e.request_id = %(number)s::bigint
ORDER BY e.event_id
