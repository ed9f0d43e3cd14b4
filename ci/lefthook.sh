#!/usr/bin/env bash
# Proves lefthook.yml with the real lefthook, in a clone of this checkout's HEAD.
set -euo pipefail

lefthook_version=2.2.2
proof=lefthook
# shellcheck source=ci/proof.sh
source "$(dirname "${BASH_SOURCE[0]}")/proof.sh"

# Without scripts: lefthook's own would install hooks into the checkout around the folder.
quietly "npm installs lefthook $lefthook_version" \
    npm install --no-save --ignore-scripts --no-audit --no-fund \
    --cache "$scratch/npm-cache" --prefix "$scratch/npm" "lefthook@$lefthook_version"
export PATH="$scratch/npm/node_modules/.bin:$PATH" LEFTHOOK=1

quietly "HEAD can be cloned" git clone "$root" "$scratch/clone"
cd "$scratch/clone"
[[ -f lefthook.yml ]] || fail "HEAD has lefthook.yml"
quietly "lefthook takes lefthook.yml" lefthook validate
quietly "lefthook installs its hook" lefthook install
[[ -x .git/hooks/pre-commit ]] || fail "there is a pre-commit hook"

# A number that no document of this repository has.
path=standards/scs-0199-v1-entropy.md

document draft >"$path"
git add "$path"
refused "a bad staged document"
shown field-value
shown "$path"
ok "a bad staged document is refused, and field-value is named"

document Draft >"$path"
refused "a bad staged document, repaired in the tree only"
shown field-value
ok "what is staged counts, not what lies in the tree"

git add "$path"
accepted "the repaired document"
ok "the repaired document goes through"

document draft >"$path"
refused "a bad document that \`git commit --all\` stages" --all
shown field-value
ok "what \`git commit --all\` would commit counts"
git reset --quiet --hard

printf 'fn  never_called() {}\n' >>src/main.rs
git add src/main.rs
refused "code that is not formatted and has a warning"
shown "Diff in "
shown "never_called\` is never used"
ok "unformatted code and warnings are refused"
git reset --quiet --hard

# A remote that has what this clone has, and a branch that is pushed to it.
git init --quiet --bare "$scratch/remote.git"
git remote set-url origin "$scratch/remote.git"
quietly "the remote gets its main branch" git push --no-verify origin HEAD:refs/heads/main
[[ -x .git/hooks/pre-push ]] || fail "there is a pre-push hook"
git checkout --quiet -b proposal
first=standards/scs-0197-v1-sources.md second=standards/scs-0198-v1-devices.md
document Draft | sed 's/^title: .*/title: Sources of Entropy/' >"$first"
document Draft | sed 's/^title: .*/title: Devices for Entropy/' >"$second"
git add "$first" "$second"
accepted "two documents at once"
if git push origin proposal >"$log" 2>&1; then
    fail "a push of two documents at once is refused"
fi
shown change-one-document
[[ -z "$(git ls-remote origin proposal)" ]] || fail "a refused push leaves no branch"
ok "a push of two documents at once is refused, and change-one-document is named"

git rm --quiet "$second"
accepted "one document less"
quietly "a push of one document goes through" git push origin proposal
[[ -n "$(git ls-remote origin proposal)" ]] || fail "the branch is pushed"
ok "a push of one document goes through"

# lefthook finds no file to look at in such a push.
git checkout --quiet -b removal HEAD~2
git rm --quiet "$path"
accepted "the removal of a document"
git checkout --quiet proposal
if git push origin removal >"$log" 2>&1; then
    fail "a push that only removes a document is refused"
fi
shown change-deleted
ok "a push that only removes a document is refused, also from another branch"
