"""Finding what says who somebody is: patterns for what has a shape, a pipeline of our own for names and schools."""
