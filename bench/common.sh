# shellcheck shell=bash
# Runs one row of the measurements. Sourced by the rows' scripts; needs $row.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=../scripts/build.sh
. "$root/scripts/build.sh"
# shellcheck source=../scripts/packages.sh
. "$root/scripts/packages.sh"

LONGEST=${LONGEST-600}

usage() {
  cat <<TEXT
Usage: bench/$row/run [--smoke]

Measures and writes bench/$row/results.md and results.json; with --smoke, in tiny sizes, prints only.
TEXT
}

smoke=
case ${1-} in
  "") ;;
  --smoke) smoke=yes ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac

find_dotnet
ensure "the measurements" postgres
if declare -F prepare >/dev/null; then prepare; fi
build_munshi
build_sandbox
[[ $row != verify ]] || build_verifier
build Munshi.Bench bench/Munshi.Bench "$root/src" "$root/bench/Munshi.Bench"

directory=$(mktemp -d "${TMPDIR:-/tmp}/munshi-bench.XXXXXX")
chmod 711 "$directory"

# What a killed measurement left is stopped here, by its number.
clean_up() {
  local code=$? pid try
  trap '' INT TERM HUP
  if [[ -n ${measuring-} ]] && kill -TERM "$measuring" 2>/dev/null; then wait "$measuring" 2>/dev/null || true; fi
  while read -r pid; do
    for ((try = 0; try < 300; try++)); do
      [[ -r /proc/$pid/cmdline ]] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qE 'munshi\.dll|Munshi\.(Sandbox|Bench)\.dll' || break
      kill -TERM "$pid" 2>/dev/null || break
      sleep 0.2
    done
  done < <(cat "$directory/pids" 2>/dev/null || true)
  if ((code)); then tail -n 5 "$directory"/*.log >&2 2>/dev/null || true; fi
  rm -rf "$directory"
  exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

options=()
if [[ -n $smoke ]]; then options+=(--smoke); else options+=(--out "$root/bench/$row"); fi
timeout --signal=TERM --kill-after=60 "$LONGEST" dotnet "$root/artifacts/bin/Munshi.Bench/release/Munshi.Bench.dll" "$row" "$directory" "${options[@]}" &
measuring=$!
code=0
wait "$measuring" || code=$?
measuring=
exit "$code"
