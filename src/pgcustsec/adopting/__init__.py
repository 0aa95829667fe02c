"""
Taking a running system in step by step: nobody who reaches its tables today loses anything until they are let go.

    reach = read_reach(connection, matrix)
    run_step(connection, add_only(reach, matrix))

1. add only: the owner who does not log in, and policies by which everybody who reaches the tables goes on doing so;
2. adopt: the tables, their schemas and the database go to that owner and to the administrator;
   from here on `pgcustsec apply` puts views, roles and row security beside what goes on as before;
3. authoritative: login by login is let go; after the last one `apply` and `vault seal` close the tables (5.3).

Nothing is written down of it but the policies themselves: what the next step is, the catalog says.
"""

from pgcustsec.adopting.reach import Reach, ReachedTable, read_reach
from pgcustsec.adopting.steps import add_only, adopt, let_go, next_step, run_step

__all__ = ["Reach", "ReachedTable", "add_only", "adopt", "let_go", "next_step", "read_reach", "run_step"]
