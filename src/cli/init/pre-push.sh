# Judges what is pushed. Git says it on standard input: local ref, its commit, remote ref, its commit;
# a ref that is deleted has no commit.
while read -r _ commit _ _; do
    case "$commit" in *[!0]*) scs-doc pr --head "$commit" </dev/null || exit ;; esac
done
