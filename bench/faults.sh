#!/usr/bin/env bash
# Repeats every fault until ROUNDS (20) rounds and ENTRIES (10000) acknowledged entries, and prints the table of
# docs/guide/reliability.md. A fault that loses or doubles an entry, or leaves a log that does not verify, fails its
# test and the script. Needs postgresql from Debian, and root for the small disk. Takes ten minutes.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build "$here/tests/Sameboat.Server.Tests" -c Release -v q --nologo >"$work/build" 2>&1 ||
    { tail -n 20 "$work/build" >&2; exit 1; }
code=0
SAMEBOAT_FAULT_ROUNDS=${ROUNDS:-20} SAMEBOAT_FAULT_ENTRIES=${ENTRIES:-10000} SAMEBOAT_FAULT_REPORT=$work/table \
    "$here/artifacts/bin/Sameboat.Server.Tests/release/Sameboat.Server.Tests" -noLogo -noColor \
    -namespace Sameboat.Server.Tests.Storage.Faults >"$work/out" 2>&1 || code=$?
printf '| fault | rounds | acknowledged | refused meanwhile |\n|---|---:|---:|---|\n'
cat "$work/table"
[ "$code" -eq 0 ] || tail -n 60 "$work/out" >&2
exit "$code"
