#!/usr/bin/env bash
# Takes the pictures of the README from a practice house of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/prepare.sh tests
exec .venv/bin/python tools/shots.py "$@"
