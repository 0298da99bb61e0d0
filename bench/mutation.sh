#!/usr/bin/env bash
# Changes the code of Sameboat.Allocation in every way that Stryker.NET knows, one change at a time, and counts how many
# changes the allocation tests notice. Works on a copy, with a test project of the allocation tests alone, without those
# that read plan files, and fewer random cases for each change, so a change that only they or a rare case show may pass
# here and not in ./test.
#
#   bench/mutation.sh                       all folders: Checking, Engine, Explaining, Shared and the files beside them
#   bench/mutation.sh Checking Engine       some of them
#   bench/mutation.sh Checking/CutChecks    one file
#   CASES=300 OUT=out/mutation bench/mutation.sh Checking
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
cases=${CASES:-150}
out=${OUT:-$root/artifacts/mutation}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ $# -gt 0 ] || set -- Checking Engine Explaining Shared .

copy=$work/repository
tests=$copy/tests/Sameboat.Allocation.Tests
mkdir -p "$copy/src" "$tests" "$out"
[ ! -d "$root/../shared" ] || ln -s "$(readlink -f -- "$root/../shared")" "$work/shared"
cp "$root"/Directory.* "$root"/{global.json,BannedSymbols.txt,.editorconfig,Sameboat.slnx} "$copy"
cp -r "$root/.config" "$copy"
cp -r "$root/src/Sameboat.Vocabulary" "$root/src/Sameboat.Allocation" "$copy/src"
cp -r "$root/tests/Shared" "$root/tests/Directory.Build.props" "$copy/tests"
cp -r "$root/tests/Sameboat.Engines.Tests/Allocation" "$tests"
mkdir -p "$copy/tests/Sameboat.Engines.Tests/Allocation"
cp -r "$root/tests/Sameboat.Engines.Tests/Allocation/Sentences" "$copy/tests/Sameboat.Engines.Tests/Allocation"
grep -lZ '^using Sameboat\.Exchange' "$tests"/Allocation/*.cs | xargs -0 -r rm
cat > "$tests/Sameboat.Allocation.Tests.csproj" << 'END'
<Project Sdk="Microsoft.NET.Sdk">
  <ItemGroup>
    <ProjectReference Include="../../src/Sameboat.Allocation/Sameboat.Allocation.csproj" />
    <PackageReference Include="CsCheck" />
  </ItemGroup>
</Project>
END
sed -i -E "s/(const int [A-Za-z]*Cases) = [0-9_]+;/\1 = $cases;/" "$tests"/Allocation/*.cs

cd "$tests"
dotnet tool restore > /dev/null
for folder in "$@"; do
    case $folder in
        .) files='**/Sameboat.Allocation/*.cs' ;;
        */*) files="**/$folder.cs" ;;
        *) files="**/$folder/*.cs" ;;
    esac
    name=${folder/./top} name=${name//\//-}
    nice -n 15 dotnet stryker --test-runner mtp --concurrency "${CONCURRENCY:-1}" --skip-version-check \
        --project Sameboat.Allocation.csproj --mutate "$files" --reporter Json --output "$work/stryker" \
        > "$out/log-$name.txt" 2>&1 || { tail -n 30 "$out/log-$name.txt" >&2; exit 1; }
    cp "$work/stryker/reports/mutation-report.json" "$out/$name.json"
done

# A change that no longer ends is noticed too. Changes that do not compile or that no test can reach are left out and
# counted as unnoticed, in that order.
printf '| file | noticed | of | %% |\n|---|---:|---:|---:|\n'
for folder in "$@"; do
    name=${folder/./top} name=${name//\//-}
    jq -r --arg folder "$name" '
        def row(name; mutants): (mutants | map(select(.status | IN("Killed", "Timeout"))) | length) as $noticed
            | (mutants | map(select(.status | IN("Killed", "Timeout", "Survived", "NoCoverage"))) | length) as $all
            | select($all > 0) | "| \(name) | \($noticed) | \($all) | \($noticed * 1000 / $all | floor / 10) |";
        (.files | to_entries[] | row(.key | split("/") | last; .value.mutants)),
        row("**\($folder)**"; [.files[].mutants[]])' "$out/$name.json"
done
