#!/usr/bin/env bash
# Removes everything that the build and the checks made. The data folder is never touched.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf .venv .venv-peers client/node_modules studio/web/static/built studio/theming/files bench/out dist
rm -rf .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
find studio tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
