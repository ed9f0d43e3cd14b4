//! The same report in other formats, into files: `--write FORMAT=FILE`.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use clap::ValueEnum as _;
use clap::builder::PossibleValue;
use tempfile::NamedTempFile;

use super::delivery::folder_of;
use super::{Failure, Global, When};
use crate::finding::Level;
use crate::report::{Format, Report};

#[derive(Debug, clap::Args)]
pub(super) struct CopyArgs {
    /// Write the report into a file too, in another format; can be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = wanted)]
    write: Vec<Wanted>,
}

/// A file that was asked for.
#[derive(Debug, Clone)]
struct Wanted {
    format: Format,
    file: PathBuf,
}

/// Files that are ready beside their places: whether they can be written is known before anything
/// is judged.
#[derive(Debug)]
pub(super) struct Copies(Vec<Copy>);

#[derive(Debug)]
struct Copy {
    format: Format,
    place: PathBuf,
    file: NamedTempFile,
}

fn wanted(text: &str) -> Result<Wanted, String> {
    let known: Vec<PossibleValue> =
        Format::value_variants().iter().filter_map(Format::to_possible_value).collect();
    let known: Vec<&str> = known.iter().map(PossibleValue::get_name).collect();
    let Some((format, file)) = text.split_once('=').filter(|(_, file)| !file.is_empty()) else {
        return Err("expected FORMAT=FILE".to_owned());
    };
    let format = Format::from_str(format, false)
        .map_err(|_| format!("there is no format `{format}`: it is one of {}", known.join(", ")))?;
    Ok(Wanted { format, file: PathBuf::from(file) })
}

impl CopyArgs {
    /// Makes a file beside the place of each.
    pub fn prepare(&self) -> Result<Copies, Failure> {
        let mut copies: Vec<Copy> = Vec::new();
        for Wanted { format, file } in &self.write {
            let place = place_of(file)?;
            if copies.iter().any(|copy| copy.place == place) {
                let why = format!("{}: is named by two --write", file.display());
                return Err(Failure::Usage(why));
            }
            let ready = beside(folder_of(&place)).map_err(|error| unwritable(file, &error))?;
            copies.push(Copy { format: *format, place, file: ready });
        }
        Ok(Copies(copies))
    }
}

impl Copies {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes the report into all of them. Colours go into a file only where they are asked for.
    pub fn write(
        self,
        report: &Report<'_>,
        global: &Global,
        fail_on: Level,
    ) -> Result<(), Failure> {
        let view =
            crate::report::View { color: global.color == When::Always, ..global.view(fail_on) };
        let mut ready = Vec::new();
        for Copy { format, place, mut file } in self.0 {
            let mut text = Vec::new();
            report.write(format, view, &mut text)?;
            file.write_all(&text).map_err(|error| unwritable(&place, &error))?;
            ready.push((place, file));
        }
        for (place, file) in ready {
            file.persist(&place).map_err(|error| unwritable(&place, &error.error))?;
        }
        Ok(())
    }
}

/// Where a file really lies. Only a regular file is replaced.
fn place_of(file: &Path) -> Result<PathBuf, Failure> {
    match fs::metadata(file) {
        Ok(there) if there.is_file() && there.permissions().readonly() => {
            Err(Failure::Usage(format!("{}: is read-only", file.display())))
        }
        Ok(there) if there.is_file() => {
            file.canonicalize().map_err(|error| unwritable(file, &error))
        }
        Ok(_) => Err(Failure::Usage(format!("{}: is no regular file", file.display()))),
        Err(error) if error.kind() == ErrorKind::NotFound => match file.file_name() {
            Some(name) if !file.is_symlink() => {
                let folder = folder_of(file).canonicalize();
                Ok(folder.map_err(|error| unwritable(file, &error))?.join(name))
            }
            _ => Err(unwritable(file, &error)),
        },
        Err(error) => Err(unwritable(file, &error)),
    }
}

/// A file with the permissions that any new file would have. It goes away unless it is put into
/// its place.
fn beside(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.prefix(".scs-doc-report-").tempfile_in(folder)
}

fn unwritable(file: &Path, error: &std::io::Error) -> Failure {
    Failure::Usage(format!("{}: cannot be written: {error}", file.display()))
}
