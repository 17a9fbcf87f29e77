"""Papers: asked for, made in a job, kept with their hash and the version that they show."""
