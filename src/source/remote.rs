//! What a clone knows of the place that it comes from.

use std::path::Path;

use git2::Repository;

/// `owner/name` of the repository on the hosting service: by the remote `upstream`, which is what a
/// fork was made of, else `origin`, else the first one. `None` where none leads to a service.
#[must_use]
pub fn hosted_as(root: &Path) -> Option<String> {
    let git = Repository::discover(root).ok()?;
    let names = git.remotes().ok()?;
    let mut names: Vec<&str> = names.iter().filter_map(|name| name.ok().flatten()).collect();
    names.sort_by_key(|name| (*name != "upstream", *name != "origin"));
    names.iter().find_map(|name| repository_of(git.find_remote(name).ok()?.url().ok()?))
}

/// The branch that changes are made for: what the remote calls its default, else `main` or `master`
/// if it is checked out.
#[must_use]
pub fn main_branch(root: &Path) -> Option<String> {
    let git = Repository::discover(root).ok()?;
    let of_remote = |remote: &str| {
        let head = git.find_reference(&format!("refs/remotes/{remote}/HEAD")).ok()?;
        let target = head.symbolic_target().ok()??;
        target.strip_prefix(&format!("refs/remotes/{remote}/")).map(str::to_owned)
    };
    let here = || {
        let head = git.find_reference("HEAD").ok()?;
        let branch = head.symbolic_target().ok()??.strip_prefix("refs/heads/")?.to_owned();
        ["main", "master"].contains(&branch.as_str()).then_some(branch)
    };
    of_remote("upstream").or_else(|| of_remote("origin")).or_else(here)
}

/// `owner/name` of an address, with a host before it (git-clone(1), *Git URLs*).
fn repository_of(url: &str) -> Option<String> {
    let path = match url.split_once("://") {
        Some(("file", _)) => return None,
        Some((_, rest)) => rest.split_once('/')?.1,
        None => {
            let (host, path) = url.split_once(':')?;
            // A path of this machine, also one with a drive.
            if host.len() < 2 || host.contains(['/', '\\']) {
                return None;
            }
            path
        }
    };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let (owner, name) = path.split_once('/')?;
    let is_plain = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.'))
    };
    (is_plain(owner) && is_plain(name)).then(|| format!("{owner}/{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_a_repository_or_to_none() {
        for url in [
            "https://github.com/a/b",
            "https://github.com/a/b.git",
            "https://token@github.com/a/b/",
            "ssh://git@github.com:22/a/b.git",
            "git@github.com:a/b.git",
            "github.com:/a/b",
        ] {
            assert_eq!(repository_of(url).as_deref(), Some("a/b"), "{url}");
        }
        for url in [
            "/srv/a/b",
            "../a/b",
            "C:/a/b",
            "file:///a/b",
            "https://github.com/a",
            "https://github.com/a/b/c",
            "git@github.com:a/$(b)",
            "",
        ] {
            assert_eq!(repository_of(url), None, "{url}");
        }
    }
}
