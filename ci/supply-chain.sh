#!/usr/bin/env bash
# Holds the dependencies against deny.toml, builds them without a network, and counts where they are
# `unsafe`. `write` writes the tables of docs/supply-chain.md anew.
set -euo pipefail

how="${1:-check}"
deny_version=0.20.2
proof=supply-chain
# shellcheck source=ci/proof.sh
source "$(dirname "${BASH_SOURCE[0]}")/proof.sh"
cd "$root"

tools="$CARGO_TARGET_DIR/tools"
deny="$tools/bin/cargo-deny"
if [[ "$("$deny" --version 2>/dev/null)" != "cargo-deny $deny_version" ]]; then
    quietly "cargo-deny $deny_version is installed" cargo install --locked --quiet --root "$tools" \
        --target-dir "$tools/build" --config profile.release.opt-level=0 \
        --config profile.release.lto=false --config profile.release.debug=false \
        --config profile.release.codegen-units=16 "cargo-deny@$deny_version"
    rm -rf "$tools/build"
fi

quietly "the dependencies are fetched as the lock file says" cargo fetch --locked
quietly "licences, bans and sources are those of deny.toml" "$deny" --offline check licenses bans sources
ok "$(tail -n 1 "$log")"

# The database of advisories is a repository of its own, and not everywhere within reach.
if timeout 60 "$deny" fetch db >"$log" 2>&1; then
    quietly "no dependency has an advisory" "$deny" check --disable-fetch advisories
    ok "no dependency has an advisory"
else
    printf 'passed over: the database of advisories cannot be reached\n'
fi

# In CI this is the first build of a clean checkout: nothing comes from an earlier one, and the tests
# begin with what it leaves.
build=(cargo test --no-run --locked --offline --quiet)
if unshare -n true 2>/dev/null; then
    quietly "the lock file builds without a network" unshare -n "${build[@]}"
    ok "the lock file builds in a namespace without a network"
else
    quietly "the lock file builds offline" "${build[@]}"
    ok "the lock file builds offline; a namespace without a network is not allowed here"
fi

cargo metadata --locked --offline --format-version 1 >"$scratch/metadata"
cargo tree --locked --offline --edges normal,no-proc-macro --prefix none --no-dedupe \
    --target x86_64-unknown-linux-gnu >"$scratch/tree"
quietly "docs/supply-chain.md is up to date" \
    python3 "$root/ci/supply-chain.py" "$how" "$scratch/metadata" "$scratch/tree"
ok "the account of unsafe code is up to date"
