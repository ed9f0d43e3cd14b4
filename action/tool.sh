#!/usr/bin/env bash
# Decides what the action does, and with which scs-doc: a release with a checksum that is listed in
# checksums.txt, which it downloads, or a build of this checkout.
#
# Outputs: command; source (`release` or `build`); tool, the program; for a build also folder and
# key of the cache.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=action/lib.sh
source "$here/lib.sh"

case "${COMMAND:-auto}" in
pr | check | comment) command="$COMMAND" ;;
auto)
    case "$GITHUB_EVENT_NAME" in
    pull_request | pull_request_target | merge_group) command="pr" ;;
    workflow_run) command=comment ;;
    *) command=check ;;
    esac
    ;;
*) fail "the input \`command\` is \`$COMMAND\`: expected auto, pr, check or comment" ;;
esac
output command "$command"

suffix=
case "$RUNNER_OS-$RUNNER_ARCH" in
Linux-X64) target=x86_64-unknown-linux-musl ;;
Linux-ARM64) target=aarch64-unknown-linux-musl ;;
macOS-X64) target=x86_64-apple-darwin ;;
macOS-ARM64) target=aarch64-apple-darwin ;;
Windows-X64) target=x86_64-pc-windows-msvc suffix=.exe ;;
*) target="$RUNNER_OS-$RUNNER_ARCH" ;; # no release has it
esac
asset="scs-doc-$target$suffix"
store="${RUNNER_TOOL_CACHE:-$RUNNER_TEMP}/scs-doc"

# The lines are `CHECKSUM  VERSION/ASSET`, the newest last.
version="${VERSION:-}" checksum=
version="${version#v}"
while read -r sum name; do
    if [[ "$name" == "${version:-*}/$asset" || (-z "$version" && "$name" == */"$asset") ]]; then
        checksum="$sum" found="${name%%/*}"
    fi
done < <(tr -d '\r' <"$here/checksums.txt" | sed '/^#/d')

if [[ -n "$checksum" ]]; then
    folder="$store/$found/$target"
    tool="$folder/scs-doc$suffix"
    if [[ ! -f "$tool" || "$(sha256 "$tool")" != "$checksum" ]]; then
        mkdir -p "$folder"
        part="$(mktemp "$folder/part-XXXXXX")"
        trap 'rm -f "$part"' EXIT
        # The one place that names where the project is.
        repository="$(sed -n 's/^repository = "\(.*\)"$/\1/p' "$here/../Cargo.toml")"
        curl --proto '=https' --tlsv1.2 --fail --silent --show-error --location \
            --retry 3 --max-time 300 --output "$part" \
            "$repository/releases/download/v$found/$asset" ||
            fail "scs-doc $found cannot be downloaded"
        [[ "$(sha256 "$part")" == "$checksum" ]] ||
            fail "what was downloaded as scs-doc $found has another checksum than action/checksums.txt"
        chmod 755 "$part"
        mv -f "$part" "$tool"
    fi
    output source release
    output tool "$tool"
elif [[ -n "$version" && "$version" != source ]]; then
    fail "action/checksums.txt lists no scs-doc $version for $target: take another one, or \`source\`"
else
    # The same sources give the same program, whatever the name of the branch.
    sources="$(cd "$here/.." && find Cargo.toml Cargo.lock src -type f -print0 | LC_ALL=C sort -z |
        while IFS= read -r -d '' file; do printf '%s %s\n' "$(sha256 "$file")" "$file"; done |
        sha256)"
    folder="$store/source/$sources"
    output source build
    output folder "$folder"
    output key "scs-doc-$RUNNER_OS-$RUNNER_ARCH-$sources"
    output tool "$folder/scs-doc$suffix"
fi
