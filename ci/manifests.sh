#!/usr/bin/env bash
# Proves the manifests that `scs-doc manifest build` writes with PyYAML, a reader of YAML 1.1: those
# of this repository's standards, and of a small repository that is made to be difficult.
set -euo pipefail

pyyaml_version=6.0.3
proof=manifests
# shellcheck source=ci/proof.sh
source "$(dirname "${BASH_SOURCE[0]}")/proof.sh"

quietly "python3 makes a virtual environment" python3 -m venv "$scratch/venv"
quietly "pip installs PyYAML $pyyaml_version" \
    "$scratch/venv/bin/python" -m pip install --no-cache-dir --quiet "PyYAML==$pyyaml_version"

quietly "the tool is built" cargo build --locked --release --manifest-path "$root/Cargo.toml"
tool="$CARGO_TARGET_DIR/release/scs-doc"

quietly "the manifests of this repository are up to date" \
    "$tool" --repo "$root" manifest build --check
ok "the manifests of this repository are up to date"

mkdir "$scratch/own"
cp -R "$root/standards" "$root/scs-doc.toml" "$scratch/own"
find "$scratch/own/standards/manifests" -name '*.yaml' -delete
quietly "a difficult repository is written" \
    python3 "$root/ci/manifests.py" write "$scratch/difficult"

for repository in own difficult; do
    cd "$scratch/$repository"
    quietly "the manifests of the repository \`$repository\` are built" "$tool" --repo . manifest build
    "$tool" --repo . manifest coverage --format json >coverage.json
    quietly "PyYAML reads the manifests of \`$repository\` as they are meant" \
        "$scratch/venv/bin/python" "$root/ci/manifests.py" check . coverage.json
    ok "$(cat "$log")"
done
