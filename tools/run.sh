#!/usr/bin/env bash
# The practice house on this machine. PORT and STUDIO_DATA are obeyed.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/prepare.sh run
exec .venv/bin/studio run --demo --host 127.0.0.1 --port "${PORT:-8000}"
