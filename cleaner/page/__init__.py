"""Pages as the stages read them: what was measured of documents, and what the stages share."""
