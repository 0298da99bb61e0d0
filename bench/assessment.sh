#!/usr/bin/env bash
# Prints the time of the whole assessment of many places, part by part, and how it grows with places and days.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
dotnet build "$here/bench/Sameboat.Benchmarks" -c Release -v q --nologo >/dev/null
exec "$here/artifacts/bin/Sameboat.Benchmarks/release/Sameboat.Benchmarks" assessment
