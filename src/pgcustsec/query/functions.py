"""What functions do with their arguments: pass something of them on, or only let them have a say."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

#: Of what these return, no argument can be read off: numbers of rows, lengths, yes and no, a digest, a place.
HINTING = frozenset(
    "count bool_and bool_or every length char_length character_length octet_length bit_length strpos position"
    " array_length cardinality array_ndims array_position array_positions jsonb_array_length json_array_length"
    " pg_column_size starts_with row_number rank dense_rank percent_rank cume_dist ntile num_nulls num_nonnulls"
    " hash_record hashtext md5 sha224 sha256 sha384 sha512 regexp_like regexp_count regexp_instr isfinite"
    " isempty grouping pg_typeof json_typeof jsonb_typeof jsonb_path_exists jsonb_exists jsonb_exists_any"
    " jsonb_exists_all jsonb_path_match regr_count"
    " overlaps xmlexists pg_collation_for isopen isclosed levenshtein".split()
)
#: These run a text as a statement, or read past relations: what comes out is in no tree.
DYNAMIC = frozenset(
    "query_to_xml query_to_xmlschema query_to_xml_and_xmlschema table_to_xml table_to_xmlschema"
    " table_to_xml_and_xmlschema schema_to_xml schema_to_xmlschema schema_to_xml_and_xmlschema database_to_xml"
    " database_to_xmlschema database_to_xml_and_xmlschema cursor_to_xml cursor_to_xmlschema ts_stat ts_rewrite"
    " dblink dblink_exec dblink_open dblink_fetch dblink_send_query crosstab crosstabn connectby pg_read_file"
    " pg_read_binary_file pg_ls_dir pg_stat_file lo_get lo_import lo_export loread lowrite lo_open lo_put"
    " pg_file_write pg_logical_slot_get_changes pg_logical_slot_peek_changes pg_execute_server_program"
    " pg_logical_slot_get_binary_changes pg_logical_slot_peek_binary_changes pg_read_file_old".split()
)
#: These show statements that others of the login run, or this session keeps, with the values in them.
SPEAKING = frozenset(
    "pg_stat_get_activity pg_stat_get_backend_activity pg_cursor pg_prepared_statement"
    " pg_get_backend_memory_contexts".split()
)
#: In FROM they give these columns; one without a name is called as the alias, or as the function.
GIVING: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        "generate_series generate_subscripts regexp_matches regexp_split_to_table string_to_table json_object_keys"
        " jsonb_object_keys jsonb_path_query jsonb_path_query_tz".split(),
        ("",),
    ),
    **dict.fromkeys(
        "json_array_elements json_array_elements_text jsonb_array_elements jsonb_array_elements_text".split(),
        ("value",),
    ),
    **dict.fromkeys("json_each json_each_text jsonb_each jsonb_each_text".split(), ("key", "value")),
}
#: Of our own, these print a record as the role's view shows it; these print more, of a subject in many tables.
PRINTING = frozenset({"show_record"})
TELLING = frozenset({"show_subject", "subject_facts"})
#: Whether it gives a key depends on a value that no view shows.
FINDING = frozenset({"find"})
#: They give a row, or rows, of the type of their first argument.
POPULATING = frozenset(
    "json_populate_record json_populate_recordset jsonb_populate_record jsonb_populate_recordset".split()
)
#: How many rows they give depends on what they are given.
SETS = frozenset(GIVING) | frozenset(
    "unnest json_populate_recordset jsonb_populate_recordset json_to_recordset jsonb_to_recordset aclexplode ts_debug"
    " ts_parse ts_token_type txid_snapshot_xip pg_snapshot_xip pg_extension_update_paths pg_get_multixact_members"
    " pg_get_publication_tables pg_ls_replslotdir pg_ls_tmpdir pg_mcv_list_items pg_options_to_table"
    " pg_partition_ancestors pg_partition_tree pg_stat_get_progress_info pg_stat_get_subscription"
    " pg_tablespace_databases pg_stat_get_backend_io pg_wal_summary_contents".split()
)
#: The operators of `pg_catalog`, of PostgreSQL 15 to 18. Behind another one is a function that nobody knows.
OPERATORS = frozenset(
    "!! !~ !~* !~~ !~~* # ## #- #> #>> % & && &< &<| &> * *< *<= *<> *= *> *>= + - -> ->> -|- / < <-> << <<= <<| <="
    " <> <@ <^ = > >= >> >>= >^ ? ?# ?& ?- ?-| ?| ?|| @ @-@ @> @? @@ @@@ ^ ^@ | |&> |/ |>> || ||/ ~ ~* ~<=~ ~<~ ~="
    " ~>=~ ~>~ ~~ ~~*".split()
)


@cache
def builtins() -> frozenset[str]:
    """Return the names of all functions of `pg_catalog`, of PostgreSQL 15 to 18."""
    text = files("pgcustsec.query").joinpath("builtins.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
