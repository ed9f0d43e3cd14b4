#!/usr/bin/env bash
# Commands that write are stopped and hindered at each of their steps (ci/faults.py), in a namespace of their
# own where small disks are mounted.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
target="${CARGO_TARGET_DIR:-$PWD/target}"

if ! command -v strace >/dev/null; then
    as_root=()
    [[ "$(id -u)" -eq 0 ]] || as_root=(sudo)
    "${as_root[@]}" apt-get update --quiet=2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --quiet=2 --yes --no-install-recommends strace
fi

cargo build --locked --quiet
apart=()
for way in "--mount" "--mount --map-root-user"; do
    read -ra options <<<"$way"
    if unshare "${options[@]}" mount -t tmpfs tmpfs /mnt 2>/dev/null; then
        apart=(unshare "${options[@]}")
        break
    fi
done
[[ ${#apart[@]} -gt 0 ]] || echo "passed over: full and read-only disks (no namespace to mount them in)"
"${apart[@]}" python3 ci/faults.py "$target/debug/scs-doc" "$@"
