"""The tables of the corpus that are not stage records: what loading, counting and the topic add."""
