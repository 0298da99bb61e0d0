#!/usr/bin/env bash
# Prints the time of the whole assessment of many places, one process a size, and how it grows with places and days.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
dotnet build "$here/bench/Sameboat.Benchmarks" -c Release -v q --nologo >/dev/null
program=$here/artifacts/bin/Sameboat.Benchmarks/release/Sameboat.Benchmarks
printf '## Full assessment, 2 cores, each size in a process of its own\n\n'
printf '| places | days | nowcast, s | clean, R, forecast, alerts, s | all, s | peak MiB |\n'
printf '|---:|---:|---:|---:|---:|---:|\n'
for size in '50 1000' '100 1000' '200 250' '200 500' '200 1000'; do
    read -r places days <<<"$size"
    "$program" assessment "$places" "$days"
done
