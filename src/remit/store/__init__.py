"""Where the workspace is kept: journal tables, projections, snapshots, attachments, accounts."""
