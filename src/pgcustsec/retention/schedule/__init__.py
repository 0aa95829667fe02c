"""
What destroys and recycles runs by itself: by pg_cron where that is, else by a systemd timer or a crontab (4.2, 4.3).

    from pgcustsec.retention.schedule import install_schedules, plan_schedules
    planned = plan_schedules(connection, ["retention", "pool"], time(18, 0))
    install_schedules(connection, planned)

What is installed is a promise, written down in the database, by which `pgcustsec doctor` tells what was missed.
"""

from pgcustsec.retention.schedule.install import Planned, install_schedules, plan_schedules, remove_schedules
from pgcustsec.retention.schedule.promise import Promise, promised_and_done, promises
from pgcustsec.retention.schedule.system import Units, units

__all__ = [
    "Planned",
    "Promise",
    "Units",
    "install_schedules",
    "plan_schedules",
    "promised_and_done",
    "promises",
    "remove_schedules",
    "units",
]
