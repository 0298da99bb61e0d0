#!/usr/bin/env bash
# Prints how long plans with minimum lots and vehicles take as the problem grows, beside the same without these rules,
# and how near the lowest coverages come to those of the divisible plan. A few minutes.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
dotnet build "$here/bench/Sameboat.Benchmarks" -c Release -v q --nologo >/dev/null
exec "$here/artifacts/bin/Sameboat.Benchmarks/release/Sameboat.Benchmarks" minimum-lots
