"""
Many databases of one policy: branches, shards, stages. Wave after wave, some at a time, each in its own transaction.

    fleet = read_targets(Path("targets.yaml"), Path("matrix.yaml"))
    results = run_fleet(fleet, plan_target, tell=print)
"""

from pgcustsec.fleet.run import Outcome, Result, exit_code, run_fleet
from pgcustsec.fleet.targets import Fleet, Target, read_targets
from pgcustsec.fleet.work import apply_target, drift_target, plan_target

__all__ = [
    "Fleet",
    "Outcome",
    "Result",
    "Target",
    "apply_target",
    "drift_target",
    "exit_code",
    "plan_target",
    "read_targets",
    "run_fleet",
]
