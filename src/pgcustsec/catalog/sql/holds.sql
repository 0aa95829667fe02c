SELECT
    h.hold_id, h.relation, h.predicate, h.subjects, h.keys, h.reason, h.reference, h.review_at, h.placed_at, h.placed_by,
    h.released_at, h.released_by, h.release_reason
FROM pgcustsec.holds AS h
WHERE (%(released)s OR h.released_at IS NULL) AND (%(number)s::bigint IS NULL OR h.hold_id = %(number)s::bigint)
ORDER BY h.hold_id DESC
