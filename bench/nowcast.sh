#!/usr/bin/env bash
# Prints how near the nowcast of deaths comes to what weeks became. Needs the reference data beside the repository.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
vintages=$here/../shared/data/ecdc/vintages_revisions.csv
[ -e "$vintages" ] || { echo "The reference data (shared/data/ecdc) is not beside the repository." >&2; exit 1; }
dotnet build "$here/bench/Sameboat.Benchmarks" -c Release -v q --nologo >/dev/null
exec "$here/artifacts/bin/Sameboat.Benchmarks/release/Sameboat.Benchmarks" nowcast "$vintages"
