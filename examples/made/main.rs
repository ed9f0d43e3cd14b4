//! Writes the repository that the benchmarks and the counts of instructions run on:
//! `cargo run --example made -- FOLDER COUNT`, with so many documents.

#[path = "../../benches/made.rs"]
mod made;

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("which folder?")?;
    let count = args.next().ok_or("how many documents?")?.parse()?;
    made::make(Path::new(&folder), count)?;
    Ok(())
}
