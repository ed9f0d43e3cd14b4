//! The command `scs-doc`; everything is in the library.

use std::io::{BufWriter, stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut out = BufWriter::new(stdout().lock());
    let status = scs_doc::cli::run(std::env::args_os(), &mut out, &mut stderr().lock());
    // What a closed pipe did not take is not written again when the buffer goes.
    let _ = out.into_parts();
    ExitCode::from(status as u8)
}
