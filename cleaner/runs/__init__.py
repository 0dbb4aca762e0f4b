"""A run's folder while it is made: its plan, its lock, its shards, and what they add up to."""
