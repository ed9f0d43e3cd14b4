//! How long `manifest check` and `manifest build` take as processes, beside the start of one:
//! `cargo bench --bench manifest`.
//!
//! The documents are those of `SCS_CORPUS`, a clone of a standards repository; without it, this
//! repository's own stand in. The bench works on a copy: real scopes get bindings there.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may stop")]
#![allow(clippy::print_stdout, reason = "a benchmark prints")]

#[allow(dead_code, reason = "other benchmarks need more of it")]
mod harness;

use std::path::{Path, PathBuf};

use harness::{alternate, row, tool};

const IAAS: &str = r#"scope = "scs-0501"
uuid = "50393e6f-2ae1-4c5c-a62c-3b75f2abef3f"
oldest = 4
variables = ["os_cloud"]

[values."scs-0104-source-X"]
main = ["ubuntu-2404", "ubuntu-2204", "debian-12", "capi-2"]

[values."scs-0104-image-X"]
main = ["ubuntu-2404"]
recommended = ["debian-12", "capi-2"]

[values."scs-0123-service-<type>"]
main = ["compute", "identity", "image", "network", "load-balancer", "placement"]

[parameters.image_spec]
description = "address of the list of images"

[modules."OpenStack-powered Compute v2022.11"]
id = "opc-v2022.11"
name = "OpenStack-powered Compute v2022.11"
url = "https://docs.scs.community/standards/scs-0128-v1-e2e-testing"

[[script]]
executable = "./iaas/openstack_test.py"
args = "-c {os_cloud} {testcases}"
testcases = ["*"]
"#;

const KAAS: &str = r#"scope = "scs-0502"
uuid = "1fffebe6-fd4b-44d3-a36c-fc58b4bb0180"
variables = ["kubeconfig"]

[[script]]
executable = "./kaas/test.py"
testcases = ["*"]
"#;

fn main() {
    let (checked, built) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let real = std::env::var_os("SCS_CORPUS").map(PathBuf::from);
    let root = real.clone().unwrap_or_else(|| {
        println!("SCS_CORPUS is not set: this repository's own documents stand in for real ones");
        PathBuf::from(env!("CARGO_MANIFEST_DIR"))
    });
    for copy in [&checked, &built] {
        for part in ["Standards", "standards", "Tests", "scs-doc.toml"] {
            copied(&root.join(part), &copy.path().join(part));
        }
    }
    if real.is_some() {
        for (name, text) in [("iaas", IAAS), ("kaas", KAAS)] {
            let stem = built.path().join("Tests").join(format!("scs-compatible-{name}"));
            std::fs::write(stem.with_extension("bindings.toml"), text).unwrap();
            // What was kept by hand is not compared with what is built.
            std::fs::remove_file(stem.with_extension("yaml")).unwrap();
        }
        let root = built.path().to_string_lossy();
        tool(&["manifest", "build", "--repo", &root]);
    }
    let commands: [(&Path, &[&str]); 3] = [
        (checked.path(), &["check"]),
        (checked.path(), &["check", "--format", "json"]),
        (built.path(), &["build", "--dry-run"]),
    ];
    for (root, command) in commands {
        let root = root.to_string_lossy();
        let args = [&["manifest"], command, &["--repo", &root]].concat();
        let (process, nothing) = alternate(31, || tool(&args), || tool(&["--version"]));
        let what = format!("manifest {}", command.join(" "));
        row(&what, process, "process that only says its version", nothing);
    }
}

/// Copies a file, or a folder with all that is in it; what is not there is passed over.
fn copied(from: &Path, to: &Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copied(&entry.path(), &to.join(entry.file_name()));
        }
    } else if from.is_file() {
        std::fs::copy(from, to).unwrap();
    }
}
