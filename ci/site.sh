#!/usr/bin/env bash
# Proves the site of `scs-doc index --format html` in a real Chromium, headless and from file://.
# SHOTS=DIR puts pictures of its pages there.
set -euo pipefail

playwright_version=1.65.1
axe_version=4.14.1
proof=site
# shellcheck source=ci/proof.sh
source "$(dirname "${BASH_SOURCE[0]}")/proof.sh"

if ! command -v chromium >/dev/null; then
    as_root=()
    [[ "$(id -u)" -eq 0 ]] || as_root=(sudo)
    quietly "apt-get finds its packages" "${as_root[@]}" apt-get update --quiet=2
    quietly "apt-get installs chromium" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --quiet=2 --yes --no-install-recommends chromium
fi

# Without scripts: no browser but Debian's is fetched.
quietly "npm installs playwright-core $playwright_version and axe-core $axe_version" \
    npm install --no-save --ignore-scripts --no-audit --no-fund \
    --cache "$scratch/npm-cache" --prefix "$scratch/npm" \
    "playwright-core@$playwright_version" "axe-core@$axe_version"

quietly "the tool is built" cargo build --locked --release --manifest-path "$root/Cargo.toml"
tool="$CARGO_TARGET_DIR/release/scs-doc"

# The documents of the community where they are, else our own.
documents="$root" what="this repository's own documents"
bundle="$root/../shared/corpus/standards.bundle"
if [[ -f "$bundle" ]]; then
    quietly "the corpus can be cloned" git clone --branch 2026-08 "$bundle" "$scratch/corpus"
    documents="$scratch/corpus" what="the real corpus"
fi
cd "$documents"
quietly "$what give a site" "$tool" index --format html --as-of 2026-08-21 --out "$scratch/site"
ok "$what give a site"

mkdir -p "$scratch/hostile/standards"
for version in 1 2; do
    {
        # shellcheck disable=SC2016 # as it stands
        printf -- '---\ntitle: "</title><script>alert(1)</script> `x` <b onload=x>"\ntype: Standard\n'
        printf 'status: Draft\ntrack: IaaS\ndescription: "<img src=x onerror=alert(1)>"\n---\n'
        cat "$root/tests/suite/hostile.md"
    } >"$scratch/hostile/standards/scs-0100-v$version-hostile.md"
done
cd "$scratch/hostile"
quietly "hostile documents give a site" \
    "$tool" index --format html --as-of 2026-08-21 --out "$scratch/hostile-site"
ok "hostile documents give a site"

export MODULES="$scratch/npm" SITE="$scratch/site" HOSTILE="$scratch/hostile-site"
CHROMIUM="$(command -v chromium)"
export CHROMIUM
quietly "the site is right in Chromium" node --test "$root/ci/site/site.test.mjs"
ok "the site is right in Chromium: $(grep --extended-regexp '^(#|ℹ) pass' "$log")"
