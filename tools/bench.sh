#!/usr/bin/env bash
# The figures beside those of peers; see bench/.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/prepare.sh tests
exec .venv/bin/python -m bench "$@"
