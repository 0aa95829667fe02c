"""
Extracts: the file that an approved bulk request produces, tracked until it is destroyed (4.1, 4.3, 5.2.1).

    from pgcustsec.extracts import run_extract
    extract = run_extract(connection, 7, Path("leads.csv.age"), recipients=["age1..."])

The database decides which rows and columns there are, and has it on record before the first one is read.
"""

from pgcustsec.extracts.listing import Extract, list_extracts, record_destruction
from pgcustsec.extracts.run import Written, run_extract
from pgcustsec.extracts.trace import Trace, trace_file

__all__ = ["Extract", "Trace", "Written", "list_extracts", "record_destruction", "run_extract", "trace_file"]
