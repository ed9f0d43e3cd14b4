//! Small repositories, written as one file: `%% PATH` on a line of its own begins a file.

use std::collections::BTreeMap;

use scs_doc::Snapshot;

/// Where what stands before the first line with a path goes.
pub const PATH: &str = "Standards/scs-0100-v1-a.md";

pub type Files = BTreeMap<String, Vec<u8>>;

/// The files of a text. Paths that no repository can have are left out.
pub fn files(data: &[u8]) -> Files {
    let mut files = Files::new();
    let mut path = Some(PATH.to_owned());
    let mut content = Vec::new();
    let mut put = |path: Option<String>, content: &mut Vec<u8>| {
        let content = std::mem::take(content);
        if let Some(path) = path.filter(|path| is_path(path)) {
            files.insert(path, content);
        }
    };
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(b"%% ") {
            Some(next) => {
                put(path.take(), &mut content);
                let next = next.strip_suffix(b"\n").unwrap_or(next);
                path = String::from_utf8(next.to_vec()).ok();
            }
            None => content.extend_from_slice(line),
        }
    }
    put(path, &mut content);
    // A file is no folder besides.
    let paths: Vec<String> = files.keys().cloned().collect();
    let is_folder = |path: &String| {
        let within = format!("{path}/");
        paths.iter().any(|it| it.starts_with(&within))
    };
    files.retain(|path, _| !is_folder(path));
    files
}

fn is_path(path: &str) -> bool {
    !path.contains('\0') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

pub fn snapshot(files: &Files) -> Snapshot {
    Snapshot::memory(files.clone())
}
