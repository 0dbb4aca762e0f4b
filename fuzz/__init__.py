"""Fuzzing: bytes into every part that reads what strangers wrote, and laws that hold for any."""
