from pgcustsec.cli import run

run()
