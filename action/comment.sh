#!/usr/bin/env bash
# Puts a report on a pull request. The verdict stands also where that is not possible.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=action/lib.sh
source "$here/lib.sh"

[[ "$NUMBER" =~ ^[0-9]+$ ]] || fail "there is no pull request to comment on"
log="$(mktemp "$RUNNER_TEMP/scs-doc-XXXXXX")"
status=0
"$TOOL" comment "--report=$REPORT" "--github=$GITHUB_REPOSITORY#$NUMBER" "--fail-on=$FAIL_ON" \
    >"$log" 2>&1 || status=$?
shown "$log"
if ((status)); then
    printf '::warning title=scs-doc::there is no comment with the report: %s\n' \
        "$(escaped "$(tail -n 1 "$log")")"
fi
