"""
What requests are compiled to: the lists they go by, what they cover, and what shows in full by them (3.3, 5.2.1).

- `rows`: kinds of request and how columns are classified, as rows that the database reads.
- `keys`: which rows an approved request covers, a function for each role and table.
- `full`: a cell that an approved request lifts, and what reads its true value.
- `extracts`: the view by which an extract's rows are read.
"""
