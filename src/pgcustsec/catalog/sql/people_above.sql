-- A person and everybody above them, nearest first; a circle that somebody made by hand ends.
WITH RECURSIVE above AS (
    SELECT s.staff_id, s.manager_id, 1 AS step, ARRAY[s.staff_id] AS path
    FROM pgcustsec_internal.staff AS s
    WHERE s.staff_id = %(staff)s
    UNION ALL
    SELECT s.staff_id, s.manager_id, above.step + 1, above.path || s.staff_id
    FROM above
    JOIN pgcustsec_internal.staff AS s ON s.staff_id = above.manager_id
    WHERE s.staff_id <> ALL (above.path))
SELECT above.staff_id FROM above ORDER BY above.step
