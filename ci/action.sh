#!/usr/bin/env bash
# Proves the action and all workflows, those that `scs-doc init` writes too: zizmor and their schemas
# find nothing, and the steps of the action do what they should on scripted repositories.
set -euo pipefail

zizmor_version=1.32.0
check_jsonschema_version=0.39.0
examples_version=7.6.1
proof=action
# shellcheck source=ci/proof.sh
source "$(dirname "${BASH_SOURCE[0]}")/proof.sh"

quietly "python3 makes a virtual environment" python3 -m venv "$scratch/venv"
# The runner of the steps reads YAML with ruamel, which check-jsonschema brings along.
quietly "pip installs zizmor $zizmor_version and check-jsonschema $check_jsonschema_version" \
    "$scratch/venv/bin/python" -m pip install --no-cache-dir --quiet \
    "zizmor==$zizmor_version" "check-jsonschema==$check_jsonschema_version"
quietly "npm installs the recorded events of @octokit/webhooks-examples $examples_version" \
    npm install --no-save --ignore-scripts --no-audit --no-fund \
    --cache "$scratch/npm-cache" --prefix "$scratch/npm" "@octokit/webhooks-examples@$examples_version"
quietly "scs-doc is built" cargo build --locked --release --manifest-path "$root/Cargo.toml"
export SCS_DOC="$CARGO_TARGET_DIR/release/scs-doc"

# sound WHAT FILE...: zizmor and the schemas of GitHub find nothing.
sound() {
    local what="$1" file schema
    shift
    quietly "zizmor finds nothing in $what" "$scratch/venv/bin/zizmor" \
        --offline --no-config --no-progress --strict-collection --pedantic "$@"
    for file in "$@"; do
        schema=vendor.github-workflows
        [[ "$(basename "$file")" != action.yml ]] || schema=vendor.github-actions
        quietly "$(basename "$file") of $what follows its schema" \
            "$scratch/venv/bin/check-jsonschema" --builtin-schema "$schema" "$file"
    done
    ok "zizmor and the schemas find nothing in $what"
}

sound "this repository" "$root/action.yml" "$root"/.github/workflows/*.yml

git init --quiet "$scratch/new"
quietly "a new repository is set up" "$SCS_DOC" --repo "$scratch/new" init
sound "a new repository" "$scratch"/new/.github/workflows/*.yml
quietly "a new repository is in order" "$SCS_DOC" --repo "$scratch/new" check

# What finds nothing has to find something where there is something.
mkdir -p "$scratch/bad/.github/workflows"
cat >"$scratch/bad/.github/workflows/bad.yml" <<'END'
on: pull_request_target
jobs:
  bad:
    runs-on: ubuntu-latest
    steps:
      - run: echo "${{ github.event.pull_request.title }}"
END
if "$scratch/venv/bin/zizmor" --offline --no-config --no-progress "$scratch/bad" >"$log" 2>&1; then
    fail "zizmor finds an injection"
fi
shown template-injection
ok "zizmor finds an injection where there is one"

EVENTS="$scratch/npm/node_modules/@octokit/webhooks-examples/api.github.com/index.json"
export EVENTS PYTHONDONTWRITEBYTECODE=1
quietly "the action does what it should" \
    "$scratch/venv/bin/python" -m unittest discover --start-directory "$root/ci/action"
ok "the action does what it should: $(grep '^Ran ' "$log")"
