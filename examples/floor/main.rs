//! The floor of `check`, as a process: `cargo run --release --example floor -- FILE...` reads files
//! and lets the two parsers go over them.
#![allow(clippy::print_stdout, reason = "it prints what it counted")]

mod parsers;

use std::io;

fn main() -> io::Result<()> {
    let mut events = 0;
    for path in std::env::args_os().skip(1) {
        let text = std::fs::read_to_string(path)?;
        let block = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
        events += match block {
            Some((front, body)) => parsers::yaml(front) + parsers::markdown(body),
            None => parsers::yaml(&text),
        };
    }
    println!("{events} events");
    Ok(())
}
