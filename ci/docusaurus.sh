#!/usr/bin/env bash
# Proves `scs-doc index --format docusaurus` with the real Docusaurus: it builds a site of the
# documents and the index without an error, and no link of the index is broken.
set -euo pipefail

proof=docusaurus
# shellcheck source=ci/proof.sh
source "$(dirname "${BASH_SOURCE[0]}")/proof.sh"

if (($(node --print 'process.versions.node.split(".")[0]') < 20)); then
    printf 'passed over: Docusaurus needs Node 20, and this is %s\n' "$(node --version)"
    exit 0
fi

quietly "scs-doc is built" cargo build --locked --release --manifest-path "$root/Cargo.toml"
scs_doc="$CARGO_TARGET_DIR/release/scs-doc"

site="$scratch/site"
cp -R "$root/ci/docusaurus" "$site"
# npm must not take the checkout around the folder for its project.
quietly "npm installs Docusaurus" \
    npm ci --ignore-scripts --no-audit --no-fund --cache "$scratch/npm-cache" --prefix "$site"

# builds FORMAT REPOSITORY: a site with the documents of a repository and their index.
builds() {
    local format="$1" repository="$2"
    (
        cd "$site"
        # What an earlier build left in the cache would be taken for this one.
        rm -rf build .docusaurus node_modules/.cache standards sidebarsStandardsItems.js
        mkdir standards
        cp "$repository"/[Ss]tandards/scs-* standards/
        quietly "scs-doc renders the index" \
            "$scs_doc" --repo "$repository" index --format docusaurus --out .
        export FORMAT="$format" NO_UPDATE_NOTIFIER=1
        quietly "Docusaurus builds the site" node_modules/.bin/docusaurus build
        quietly "the pages of the index are right" python3 pages.py .
        ok "$(cat "$log")"
    )
}

documents="$root" bundle="$root/../shared/corpus/standards.bundle"
if [[ -f "$bundle" ]]; then
    documents="$scratch/corpus"
    quietly "the real corpus can be cloned" \
        git clone --quiet --branch 2026-08 "$bundle" "$documents"
fi
builds detect "$documents"
ok "a site is built from the documents of $(basename "$documents")"

quietly "documents that mean harm are written" python3 "$site/hostile.py" "$scratch/hostile"
builds detect "$scratch/hostile"
ok "titles that mean harm do none where pages are CommonMark"
builds mdx "$scratch/hostile"
ok "titles that mean harm do none where pages are MDX"
