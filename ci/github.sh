#!/usr/bin/env bash
# Holds what the tool asks of GitHub, and what the tests have it answer, against GitHub's own
# description of its API (OpenAPI), which the npm package @octokit/openapi carries.
set -euo pipefail

openapi_version=23.0.2
proof=github
# shellcheck source=ci/proof.sh
source "$(dirname "${BASH_SOURCE[0]}")/proof.sh"

quietly "npm fetches @octokit/openapi $openapi_version" npm pack --cache "$scratch/npm-cache" \
    --pack-destination "$scratch" "@octokit/openapi@$openapi_version"
quietly "the description is unpacked" tar --extract --gzip --directory "$scratch" \
    --file "$scratch/octokit-openapi-$openapi_version.tgz" package/generated/api.github.com.deref.json

export SCS_OPENAPI="$scratch/package/generated/api.github.com.deref.json"
for tests in github:: openapi::; do
    quietly "requests and answers are as GitHub describes them ($tests)" \
        cargo test --locked --manifest-path "$root/Cargo.toml" --test suite -- "$tests"
    grep --quiet "passed over: GitHub" "$log" && fail "the description is used"
    grep --quiet --extended-regexp '^test result: ok. [1-9]' "$log" || fail "there are tests ($tests)"
    ok "as GitHub describes it: $(grep --only-matching --extended-regexp '[0-9]+ passed' "$log" | head -n 1) ($tests)"
done
