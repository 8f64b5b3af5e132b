#!/usr/bin/env bash
# All checks, or with "fast" those that take less than a minute. Every step runs even if one before it failed.
set -uo pipefail
cd "$(dirname "$0")/.."
tools/prepare.sh tests || exit 1
export PATH="$PWD/.venv/bin:$PATH"
failed=()

step() {
  local name=$1
  shift
  echo "── $name"
  "$@" || failed+=("$name")
}

step "ruff check" ruff check .
step "ruff format" ruff format --check .
step "mypy" mypy
step "import contracts" lint-imports

if [ "${1:-all}" = fast ]; then
  quick=()
  for folder in architecture content core docs guides i18n rendering search theming tools; do
    [ -d "tests/$folder" ] && quick+=("tests/$folder")
  done
  step "pytest, the quick folders" python -m pytest -q -n auto -m "not browser and not slow and not corpus" "${quick[@]}"
else
  step "pytest" python -m pytest -n auto --cov --cov-report=
  # Rules, rendering and the analyzers are pure: there is no excuse for a branch that no test has taken.
  step "branch coverage of rules, rendering, analyzers: 100 %" coverage report --fail-under=100 \
    --include='studio/*/rules/*,studio/*/rules/*/*,studio/rendering/*,studio/search/analyzers/*'
  step "branch coverage of all" coverage report --fail-under="${COVERAGE_FLOOR:-90}" --skip-covered
fi

if [ ${#failed[@]} -gt 0 ]; then
  printf '\nNot yet right:\n'
  printf '  %s\n' "${failed[@]}"
  exit 1
fi
printf '\nAll checks pass.\n'
