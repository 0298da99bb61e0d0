#!/usr/bin/env bash
# Asks a node what its OpenAPI document says can be asked, well and badly, and looks at every answer: no 5xx, nothing
# outside the document, no data of another. fuzz.sh [REQUESTS] [SEED] [sqlite|postgres]; 100,000 and 1 on SQLite. Prints
# the first answer that is wrong and ends with 1.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
. "$here/bench/on-postgres.sh"
trap 'stop_postgres; rm -rf "$work"' EXIT
dotnet build "$here/bench/Sameboat.Benchmarks" -c Release -v q --nologo >"$work/build" 2>&1 ||
    { tail -n 20 "$work/build" >&2; exit 1; }
[ "${3:-sqlite}" != postgres ] || start_postgres
printf '| what, %s | figure |\n|---|---|\n' "${3:-sqlite}"
dotnet "$here/artifacts/bin/Sameboat.Benchmarks/release/Sameboat.Benchmarks.dll" \
    fuzz "$work/node" "${1:-100000}" "${2:-1}" ${DATABASE:+"$DATABASE"}
