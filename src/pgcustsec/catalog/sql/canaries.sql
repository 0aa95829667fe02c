SELECT c.extract_id, c.place, c.value FROM pgcustsec.canaries() AS c
