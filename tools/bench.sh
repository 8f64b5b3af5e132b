#!/usr/bin/env bash
# The figures beside those of peers; see bench/.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/prepare.sh tests
peers=.venv-peers
if ! cmp -s requirements/peers.txt "$peers/.ready"; then
  echo "Installing what figures are measured beside …"
  if .venv/bin/python -m venv --clear "$peers" &&
    "$peers/bin/python" -m pip install -qq --disable-pip-version-check --no-deps -r requirements/peers.txt; then
    cp requirements/peers.txt "$peers/.ready"
  else
    rm -rf "$peers"
    echo "That did not work; the columns of typst and mkdocs-material stay empty." >&2
  fi
fi
# Debian's nginx is unpacked, never installed: an installed one would begin to serve.
if [ -z "${BENCH_NGINX:-}" ] && ! command -v nginx >/dev/null && command -v apt-get >/dev/null && [ -d "$peers" ]; then
  [ -x "$peers/nginx/usr/sbin/nginx" ] || (
    cd "$peers" && apt-get download -qq nginx && dpkg -x nginx_*.deb nginx && rm nginx_*.deb
  ) || echo "nginx could not be had; its column stays empty." >&2
  [ -x "$peers/nginx/usr/sbin/nginx" ] && export BENCH_NGINX="$PWD/$peers/nginx/usr/sbin/nginx"
fi
exec .venv/bin/python -m bench "$@"
