#!/usr/bin/env bash
# Prints how fast a node follows another over HTTP, on SQLite, both on this machine: a log from a cold start until its
# last entry is served by the follower, and how long until a new entry is. ENTRIES (100000) of 600 bytes. Takes about
# two minutes and 1 GB of disk.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
entries=${ENTRIES:-100000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build "$here/bench/Sameboat.Benchmarks" -c Release -v q --nologo >"$work/build" 2>&1 ||
    { tail -n 20 "$work/build" >&2; exit 1; }
printf '| what | figure | goal |\n|---|---|---|\n'
dotnet "$here/artifacts/bin/Sameboat.Benchmarks/release/Sameboat.Benchmarks.dll" following "$work" "$entries"
