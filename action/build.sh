#!/usr/bin/env bash
# Builds scs-doc from this checkout, unless an earlier build is there.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=action/lib.sh
source "$here/lib.sh"

[[ ! -x "$TOOL" ]] || exit 0
command -v cargo >/dev/null ||
    fail "there is no release of scs-doc for this platform, and no cargo to build it with"
# Within the action: what the repository under check says of toolchains is not for this build.
cd "$here/.."
built="${CARGO_TARGET_DIR:-$RUNNER_TEMP/scs-doc-target}"
cargo build --release --locked --quiet --target-dir "$built" || fail "scs-doc cannot be built"
mkdir -p "$(dirname "$TOOL")"
name="$(basename "$TOOL")"
cp "$built/release/$name" "$TOOL.part"
mv -f "$TOOL.part" "$TOOL"
