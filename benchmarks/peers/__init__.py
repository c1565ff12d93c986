"""Every part of the project beside other tools: one command, tables and a drawing in docs."""
