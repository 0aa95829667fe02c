"""
What a database holds, looked at before anybody says so in a matrix, or against one (3.2, 4.2).

`proposing` makes a matrix of a database that has none; `scanning` finds columns that hold more than the matrix says.
Both guess from names and from a sample of values. The guesses are functions of values without a connection; a sampled
value is counted and forgotten: no result, message or error has one.
"""
