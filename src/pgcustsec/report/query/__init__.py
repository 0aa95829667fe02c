"""What a check of statements found, in the forms in which people and programs read it."""
