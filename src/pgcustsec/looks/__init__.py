"""What one value looks like, by itself: for whoever looks at a database's values, or at a statement's literals."""
