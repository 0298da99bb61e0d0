#!/usr/bin/env bash
# Races of two editors of one record, and writes whose connection is cut after the request was sent and that are sent
# again with their key. bench/races.sh [COUNT] [sqlite|postgres]; 1,000 of each. Ends with 1 when an edit is lost, or a
# write is done twice or not at all.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
. "$here/bench/on-postgres.sh"
trap 'stop_postgres; rm -rf "$work"' EXIT
dotnet build "$here/bench/Sameboat.Benchmarks" -c Release -v q --nologo >"$work/build" 2>&1 ||
    { tail -n 20 "$work/build" >&2; exit 1; }
[ "${2:-sqlite}" != postgres ] || start_postgres
printf '| %s | figure |\n|---|---:|\n' "${2:-sqlite}"
dotnet "$here/artifacts/bin/Sameboat.Benchmarks/release/Sameboat.Benchmarks.dll" \
    races "$work/node" "${1:-1000}" ${DATABASE:+"$DATABASE"}
