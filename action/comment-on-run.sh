#!/usr/bin/env bash
# Puts the report of another run on the pull request that the run was for. The report comes from a
# run that a stranger may have written: it is data, and `scs-doc comment` judges it.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=action/lib.sh
source "$here/lib.sh"

if [[ ! -f "$REPORT" || -L "$REPORT" ]]; then
    printf 'the other run has no report\n'
    exit 0
fi
[[ "$HEAD" =~ ^[0-9a-f]{40}$ ]] || fail "the event names no commit: is it workflow_run?"
# Events of runs for forks name no pull request. It is the open one from that branch, at that commit.
export HEAD GH_TOKEN="$GITHUB_TOKEN"
NUMBER="$(gh api --method GET "repos/$GITHUB_REPOSITORY/pulls" \
    --raw-field state=open --raw-field "head=$OWNER:$BRANCH" \
    --jq 'map(select(.head.sha == env.HEAD)) | .[0].number // empty')" ||
    fail "GitHub does not say which pull request the run was for"
if [[ -z "$NUMBER" ]]; then
    printf 'the pull request of the other run is closed, or went on\n'
    exit 0
fi
export NUMBER
exec bash "$here/comment.sh"
