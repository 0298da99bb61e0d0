#!/usr/bin/env bash
# Fills a record of 200 members, 5 outbreaks, 500,000 entries and 50,000 request lines, starts a node on it in a process
# of its own, and prints: pages, lists and the long request for one reader alone; 200 clients with a second of thought
# each for SECONDS_OF_LOAD (60), 95 reads to 5 writes; the same without thought, by the number of clients.
#
#   bench/load.sh [sqlite|postgres]      PROFILE=small or middle for a try
#
# Ends with 1 when an answer of the clients with thought was an error.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
. "$here/bench/on-postgres.sh"
trap 'stop_postgres; rm -rf "$work"' EXIT
dotnet build "$here/bench/Sameboat.Benchmarks" -c Release -v q --nologo >"$work/build" 2>&1 ||
    { tail -n 20 "$work/build" >&2; exit 1; }
[ "${1:-sqlite}" != postgres ] || start_postgres
printf '| %s, %s | figure |\n|---|---|\n' "${1:-sqlite}" "${PROFILE:-full}"
dotnet "$here/artifacts/bin/Sameboat.Benchmarks/release/Sameboat.Benchmarks.dll" \
    load "$work/node" "${PROFILE:-full}" "${SECONDS_OF_LOAD:-60}" ${DATABASE:+"$DATABASE"}
