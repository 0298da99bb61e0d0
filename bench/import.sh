#!/usr/bin/env bash
# Prints how long a node on SQLite takes to import 5,000 lines over HTTP, by kind and form, with the disk synchronised
# before the answer. Takes about a minute.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build "$here/bench/Sameboat.Benchmarks" -c Release -v q --nologo >"$work/build" 2>&1 ||
    { tail -n 20 "$work/build" >&2; exit 1; }
printf '| 5,000 lines | preview | commit | goal |\n|---|---|---|---|\n'
dotnet "$here/artifacts/bin/Sameboat.Benchmarks/release/Sameboat.Benchmarks.dll" import "$work/node"
