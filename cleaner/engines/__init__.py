"""Ways to run a pipeline over many documents."""
