"""The queue: a job is a row; Huey only wakes the worker."""
