"""Search for a folder of files: the same index and analyzers, written as scripts for a browser without a server."""
