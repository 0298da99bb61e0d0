#!/usr/bin/env bash
# Starts a node in a process of its own on a record of 200 members, 5 outbreaks, 500,000 entries and 50,000 request
# lines, and prints: pages, lists and the long request for one reader alone; 200 clients with a second of thought each
# for SECONDS_OF_LOAD (60), 95 reads to 5 writes; public pages beside them; the same without thought, by the number of
# clients.
#
#   bench/load.sh [sqlite|postgres]      PROFILE=small or middle for a try
#
# The record is made once, in FIXTURES (sameboat-load beside the temporary files), and copied for each run. Ends with 1 when an answer of the clients with thought was an error.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
kind=${1:-sqlite}
profile=${PROFILE:-full}
program=${BENCHMARKS:-$here/artifacts/bin/Sameboat.Benchmarks/release/Sameboat.Benchmarks.dll}
tables=$(cat "$here"/src/Sameboat.Server/Storage/Migrations/*/*Founding.cs | cksum | cut -d ' ' -f 1)
work=$(mktemp -d)
fixture=${FIXTURES:-$(dirname "$work")/sameboat-load}/$profile-$kind-$tables
. "$here/bench/on-postgres.sh"
trap 'stop_postgres; rm -rf "$work"' EXIT
[ -n "${BENCHMARKS:-}" ] ||
    dotnet build "$here/bench/Sameboat.Benchmarks" -c Release -v q --nologo >"$work/build" 2>&1 ||
    { tail -n 20 "$work/build" >&2; exit 1; }
if [ ! -e "$fixture/filled" ]; then
    [ "$kind" != postgres ] || start_postgres
    dotnet "$program" load-fill "$work/node" "$profile" ${DATABASE:+"$DATABASE"}
    stop_postgres
    rm -rf "$fixture"
    mkdir -p "$fixture"
    cp -a "$work/node" "$fixture/node"
    [ "$kind" != postgres ] || cp -a "$work/postgres" "$fixture/postgres"
    touch "$fixture/filled"
else
    cp -a "$fixture/node" "$work/node"
    [ "$kind" != postgres ] || cp -a "$fixture/postgres" "$work/postgres"
fi
[ "$kind" != postgres ] || start_postgres
printf '| %s, %s | figure |\n|---|---|\n' "$kind" "$profile"
dotnet "$program" load "$work/node" "$profile" "${SECONDS_OF_LOAD:-60}" ${DATABASE:+"$DATABASE"}
