"""The command line of yuqi (逾期)."""
