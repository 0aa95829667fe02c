"""Results as text for people: what goes in are values, what comes out are lines; no SQL, no printing."""
