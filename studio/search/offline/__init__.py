"""Search for a folder of files: the same index and analyzers, written as scripts that a browser asks without a server."""
