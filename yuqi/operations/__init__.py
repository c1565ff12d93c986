"""Running a workspace for months: retention, disk, backup, health, notice to people."""
