-- The province alone stays of a citizen's number. Next to the birth date and sex that tiers 2 and 3 show, the six
-- digits of the county would leave 500 numbers to try; the province leaves tens of thousands and tells no more than the
-- address does. The length stays: it tells an old number (15) from a new one (18). Of a passport or permit the first
-- letter stays, which is its type.
CREATE FUNCTION pgcustsec_internal.mask_id_document(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) IN (15, 18)
            AND left(value, 17) COLLATE "C" !~ '[^0-9]' AND right(value, 1) COLLATE "C" !~ '[^0-9Xx]'
            AND left(value, 2) COLLATE "C" IN (
                '11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34',
                '35', '36', '37', '41', '42', '43', '44', '45', '46', '50', '51', '52',
                '53', '54', '61', '62', '63', '64', '65', '71', '81', '82', '83'
            )
            THEN left(value, 2) || repeat('*', length(value) - 2)
        WHEN value COLLATE "C" ~ '^[A-Z]([0-9]{8}|[A-Z][0-9]{7}|[0-9]{10})$'
            THEN left(value, 1) || '********'
        WHEN value COLLATE "C" ~ '^((1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[*]{13}([*]{3})?'
            '|[A-Z][*]{8}|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_id_document(text) IS
    'Identity document (身份证件) as 11**************** or E********; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_id_document(text) FROM PUBLIC;
