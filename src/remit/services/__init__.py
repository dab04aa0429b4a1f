"""One file per thing a person does: permission, transaction, journal. Faces call these and nothing else."""
