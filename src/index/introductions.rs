//! What the pages of a site begin with: the words of the maintainers, or our own.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::model::Track;
use crate::source::{Content, Kind, Snapshot, SourceError};

/// The introductions of the overview and of the tracks, in Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Introductions {
    overview: Option<String>,
    tracks: BTreeMap<Track, String>,
}

/// Why an introduction cannot be put in.
#[derive(Debug, thiserror::Error)]
pub enum IntroductionError {
    /// The file cannot be read.
    #[error("{0}; `[index]` of the configuration names it")]
    Source(#[from] SourceError),
    /// The file is no text.
    #[error("{0}: is not UTF-8; `[index]` of the configuration names it")]
    NotUtf8(String),
}

impl Introductions {
    /// Reads the files that the configuration names.
    ///
    /// # Errors
    /// One of them is not there, is no regular file, cannot be read, or is not UTF-8.
    pub fn read(snapshot: &Snapshot, config: &Config) -> Result<Introductions, IntroductionError> {
        let overview = config.index.overview.as_deref();
        let tracks = config.index.tracks.iter();
        Ok(Introductions {
            overview: overview.map(|path| text_of(snapshot, path)).transpose()?,
            tracks: tracks
                .map(|(track, path)| Ok((*track, text_of(snapshot, path)?)))
                .collect::<Result<_, IntroductionError>>()?,
        })
    }

    /// That of the overview.
    #[must_use]
    pub fn overview(&self) -> &str {
        self.overview.as_deref().unwrap_or(OVERVIEW)
    }

    /// That of a track; of what has no valid track, where there is none.
    #[must_use]
    pub fn track(&self, track: Option<Track>) -> &str {
        let own = track.and_then(|track| self.tracks.get(&track));
        own.map_or_else(|| track.map_or(NO_TRACK, of_track), String::as_str)
    }
}

/// Without byte order mark, with the line ends of the pages, and without blank lines around it.
fn text_of(snapshot: &Snapshot, path: &str) -> Result<String, IntroductionError> {
    let bytes = match snapshot.kind(path) {
        None => return Err(SourceError::NoSuchPath(path.to_owned()).into()),
        Some(Kind::File) => match snapshot.read(path)? {
            Content::Bytes(bytes) => bytes,
            Content::Special => return Err(SourceError::NotAFile(path.to_owned()).into()),
        },
        Some(_) => return Err(SourceError::NotAFile(path.to_owned()).into()),
    };
    let text = String::from_utf8(bytes).map_err(|_| IntroductionError::NotUtf8(path.to_owned()))?;
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n").trim_matches('\n').to_owned())
}

const OVERVIEW: &str = "These are the documents of Sovereign Cloud Stack, by track: standards, \
    procedural documents and decision records, each with all its versions and the supplements that \
    explain it. A version binds nobody before it is effective, and what has to change \
    afterwards comes as a new version.";

const NO_TRACK: &str = "The metadata of these documents names no valid track. They stand here so \
    that none is lost, until somebody adds the track.";

fn of_track(track: Track) -> &'static str {
    match track {
        Track::Global => {
            "Documents of this track concern the whole community: how standards come about and \
             change, how clouds are certified, how the project is organized and governed. The SCS \
             community and the Forum SCS-Standards decide on them."
        }
        Track::IaaS => {
            "Documents of this track are about infrastructure as a service: what users find on \
             every cloud when they create virtual machines, images, volumes and networks. The team \
             for infrastructure as a service decides on them."
        }
        Track::KaaS => {
            "Documents of this track are about Kubernetes as a service: what users can rely on in a \
             cluster that a provider runs for them. The team for Kubernetes as a service decides on \
             them."
        }
        Track::Iam => {
            "Documents of this track are about identity and access management: who may sign in, \
             with which account, and who may do what. The team for identity and access management \
             decides on them."
        }
        Track::Ops => {
            "Documents of this track are about operations: how providers monitor and meter their \
             clouds, and tell others about their condition. The team for operations decides on them."
        }
        Track::Scopes => {
            "Documents of this track are the scopes of certificates: which standards, in which \
             versions, a cloud has to fulfil to be certified. The SIG Standardization/Certification \
             decides on them."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Vocabulary as _;

    #[test]
    fn our_own_words_say_who_decides() {
        for track in Track::ALL {
            let text = Introductions::default().track(Some(*track)).to_lowercase();
            assert!(text.contains(&track.decided_by().to_lowercase()), "{track}");
        }
    }
}
