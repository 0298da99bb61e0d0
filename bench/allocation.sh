#!/usr/bin/env bash
# Prints every figure of the allocation: one item, shared limits, the warm sequence of linear programs beside it in the
# same run, what-if, growth. About ten minutes; with --quick the sequence of programs is left out.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
dotnet build "$here/bench/Sameboat.Benchmarks" -c Release -v q --nologo >/dev/null
exec "$here/artifacts/bin/Sameboat.Benchmarks/release/Sameboat.Benchmarks" allocation "$@"
