#!/usr/bin/env bash
# Counts the instructions of fixed runs over a made repository, and fails where there are more than
# 5 % above the count in benches/instructions.txt. `--write` writes the counts there.
#
# Instructions are counted, not seconds: the count is the same on a busy machine. It depends a little
# on the C library and the compiler.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target="${CARGO_TARGET_DIR:-$PWD/target}"
counts=benches/instructions.txt
most=5 # per cent

if ! command -v valgrind >/dev/null; then
    as_root=()
    [[ "$(id -u)" -eq 0 ]] || as_root=(sudo)
    "${as_root[@]}" apt-get update --quiet=2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --quiet=2 --yes --no-install-recommends valgrind libc6-dbg
fi

cargo build --locked --release --quiet
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
made="$folder/made"
cargo run --locked --quiet --example made -- "$made" 120
git=(git -C "$made" -c user.name=Made -c user.email=made@example.org -c commit.gpgsign=false)
"${git[@]}" init --quiet --initial-branch main
"${git[@]}" add --all
"${git[@]}" commit --quiet --message base
sed -i 's/SHOULD/MUST/' "$made/Standards/scs-1001-v2-subject.md"
"${git[@]}" commit --quiet --all --message head

run() { # the instructions of `scs-doc "$@"` on the made repository, on one thread
    env -i PATH="$PATH" HOME="$folder" RAYON_NUM_THREADS=1 valgrind --tool=callgrind \
        --callgrind-out-file=/dev/null "$target/release/scs-doc" "$@" \
        2>"$folder/log" >/dev/null || [[ $? -eq 1 ]] # findings are no failure
    sed -n 's/.*Collected : //p' "$folder/log"
}

declare -A runs=(
    [version]="--version"
    [check]="check --repo $made --as-of 2026-08-21"
    [check-verbose-json]="check --repo $made --as-of 2026-08-21 --verbose --format json"
    [check-rev]="check --repo $made --as-of 2026-08-21 --rev main"
    [pr]="pr --repo $made --as-of 2026-08-21 --base main~1 --head main"
    [manifest-check]="manifest check --repo $made --as-of 2026-08-21"
    [index-html]="index --repo $made --as-of 2026-08-21 --format html --out $folder/site"
)
failed=0
new="# Instructions on one thread, by callgrind: ci/instructions.sh"
for name in $(printf '%s\n' "${!runs[@]}" | sort); do
    read -ra arguments <<<"${runs[$name]}"
    now="$(run "${arguments[@]}")"
    new+=$'\n'"$name $now"
    before="$(sed -n "s/^$name //p" "$counts" 2>/dev/null || true)"
    if [[ -z "$now" ]]; then
        echo "$name: no count: valgrind or the tool failed" >&2
        exit 2
    elif [[ -z "$before" ]]; then
        echo "$name: $now, and $counts has none"
        failed=1
    else
        change="$(awk -v now="$now" -v before="$before" 'BEGIN { print (now / before - 1) * 100 }')"
        printf '%-20s %12d, was %12d: %+.1f %%\n' "$name" "$now" "$before" "$change"
        ((now * 100 <= before * (100 + most))) || failed=1
    fi
done
if [[ "${1:-}" == --write ]]; then
    printf '%s\n' "$new" >"$counts"
    echo "$counts: written"
elif ((failed)); then
    echo "more than $most % above $counts: make it cheaper, or write the new counts with ci/instructions.sh --write" >&2
    exit 1
fi
