#!/usr/bin/env bash
# Proves .pre-commit-hooks.yaml with the real pre-commit, in a small repository that uses both hooks.
set -euo pipefail

pre_commit_version=4.7.0
proof=pre-commit
# shellcheck source=ci/proof.sh
source "$(dirname "${BASH_SOURCE[0]}")/proof.sh"

quietly "python3 makes a virtual environment" python3 -m venv "$scratch/venv"
quietly "pip installs pre-commit $pre_commit_version" \
    "$scratch/venv/bin/python" -m pip install --no-cache-dir --quiet "pre-commit==$pre_commit_version"
export PATH="$scratch/bin:$scratch/venv/bin:$PATH" PRE_COMMIT_HOME="$scratch/pre-commit"
unset SKIP # it would skip hooks by name

# The installed binary. A copy: the build from source writes to the same target folder.
quietly "the release build works" \
    cargo build --manifest-path "$root/Cargo.toml" --locked --release --quiet
mkdir "$scratch/bin"
cp "$CARGO_TARGET_DIR/release/scs-doc" "$scratch/bin/"

quietly "HEAD can be cloned" git clone --no-tags "$root" "$scratch/hooks"
[[ -f "$scratch/hooks/.pre-commit-hooks.yaml" ]] || fail "HEAD has .pre-commit-hooks.yaml"
revision="$(git -C "$scratch/hooks" rev-parse HEAD)"

git init --quiet "$scratch/consumer"
cd "$scratch/consumer"
cat >.pre-commit-config.yaml <<END
repos:
  - repo: $scratch/hooks
    rev: $revision
    hooks:
      - id: scs-doc
      - id: scs-doc-system
      - id: scs-doc-pr
END
path=Standards/scs-0101-v1-entropy.md
mkdir Standards
document Draft >"$path"
{ document Draft; printf '\nSee [entropy](%s).\n' "$(basename "$path")"; } |
    sed 's/^title: .*/title: Sources of Entropy/' >Standards/scs-0102-v1-sources.md
git add .
git commit --quiet --message "before pre-commit"

quietly "pre-commit installs its hook and builds scs-doc from source" \
    pre-commit install --install-hooks --hook-type pre-commit --hook-type pre-push
built="$(find "$PRE_COMMIT_HOME" -path '*/rustenv-*/bin/scs-doc')"
[[ -x "$built" ]] || fail "the hook scs-doc has a binary of its own"
ok "scs-doc builds from source"

document draft >"$path"
git add "$path"
for hook in scs-doc scs-doc-system; do
    if pre-commit run "$hook" >"$log" 2>&1; then
        fail "$hook fails on a bad staged document"
    fi
    shown "hook id: $hook"
    shown "$path"
    shown field-value
    ok "$hook fails on a bad staged document and names field-value"
done
refused "a bad staged document"
ok "a bad staged document is refused"

document Draft >"$path"
refused "a bad staged document, repaired in the tree only"
shown field-value
ok "what is staged counts, not what lies in the tree"

document Draft | sed 's/enough/good/' >"$path"
git add "$path"
accepted "a good document"
[[ "$(grep --count 'Passed$' "$log")" -eq 2 ]] || fail "both hooks pass"
ok "a good staged document passes both hooks and goes through"

document draft >"$path"
refused "a bad document that \`git commit --all\` stages" --all
shown field-value
ok "what \`git commit --all\` would commit counts"
git reset --quiet --hard

git rm --quiet "$path"
refused "the removal of a document that another one links to"
shown link-target
ok "a commit that only removes a document is checked too"
git reset --quiet --hard

git init --quiet --bare "$scratch/remote.git"
git remote add origin "$scratch/remote.git"
quietly "the remote gets its main branch" git push --no-verify origin HEAD:refs/heads/main
git checkout --quiet -b proposal
for number in 0103 0104; do
    document Draft | sed "s/^title: .*/title: Standard $number/" >"Standards/scs-$number-v1-a.md"
done
git add .
accepted "two documents at once"
if git push origin proposal >"$log" 2>&1; then
    fail "a push of two documents at once is refused"
fi
shown "hook id: scs-doc-pr"
shown change-one-document
ok "a push of two documents at once is refused"
