#!/usr/bin/env bash
# Makes this checkout ready: system libraries, .venv, the package in place. Does nothing that is already done.
# Usage: tools/prepare.sh run|tests
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:-run}
venv=.venv

find_python() {
  local name
  for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      command -v "$name"
      return
    fi
  done
  echo "Python 3.11 or newer is needed and was not found." >&2
  return 1
}

# What an installed package depends on; the stamp holds its hash, so that a second start asks pip nothing.
fingerprint() {
  {
    echo "$what $(uname -sm)"
    "$venv/bin/python" -c 'import sys; print(sys.version, sys.prefix)'
    cat pyproject.toml hatch_build.py requirements/*.txt client/package.json client/package-lock.json client/src/*.ts client/src/*/*.ts \
      studio/theming/faces.py studio/theming/cutting.py
  } | cksum
}

built() {
  [ -f studio/web/static/built/.stamp ] && [ -d studio/theming/files/print ] && [ -d studio/theming/files/web ]
}

python=$(find_python)
"$python" tools/system.py "$what"
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c '' 2>/dev/null; then
  echo "Making .venv …"
  "$python" -m venv --clear "$venv"
fi

# Tests need all that a run needs, so a stamp of theirs serves both.
stamps=("$venv/.ready-$what")
[ "$what" = run ] && stamps+=("$venv/.ready-tests")
for stamp in "${stamps[@]}"; do
  wanted=$(what=${stamp##*-} fingerprint)
  if built && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then exit 0; fi
done

echo "Installing the studio with its fonts and scripts; the first time takes a few minutes …"
package=.
[ "$what" = tests ] && package='.[test]'
log=$venv/install.log
# Older versions of pip read the first variable for the build too, newer ones the second.
if ! PIP_CONSTRAINT="requirements/runtime.txt requirements/tests.txt requirements/build.txt" \
  PIP_BUILD_CONSTRAINT="requirements/runtime.txt requirements/build.txt" \
  "$venv/bin/python" -m pip install -qq --disable-pip-version-check --editable "$package" >"$log" 2>&1; then
  grep -o 'The npm packages could not be fetched.*' "$log" | tail -n 1 >&2 || tail -n 20 "$log" >&2
  echo "The installation stopped; all it said stands in $log." >&2
  exit 1
fi
stale=studio/web/static/built/.stale
if [ -f "$stale" ]; then
  cat "$stale" >&2 # and no stamp: the next start tries again
else
  what=$what fingerprint >"$venv/.ready-$what"
fi
