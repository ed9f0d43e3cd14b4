//! The overview for people, for programs, and for an agenda.

use std::io::{self, Write};

use anstyle::Style;

use super::{Event, Json, Overview, Reach, SUPPLEMENT, Standing, Wait};
use crate::gfm::inline;
use crate::text::{counted, shown};

/// How people want to see it.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// With colours.
    pub color: bool,
    /// Without the line at the end.
    pub quiet: bool,
}

/// The formats of the overview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Columns, for people.
    Human,
    /// One JSON object.
    Json,
    /// A digest for an agenda: what waits for something.
    Markdown,
}

impl Overview<'_> {
    /// Writes the overview.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn write(&self, format: Format, look: Look, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Human => self.human(look, out),
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &Json::of(self))?;
                writeln!(out)
            }
            Format::Markdown => self.markdown(out),
        }
    }

    fn human(&self, look: Look, out: &mut dyn Write) -> io::Result<()> {
        let bold = if look.color { Style::new().bold() } else { Style::new() };
        let widest = |of: &dyn Fn(&Standing<'_>) -> String| {
            self.standings.iter().map(|it| of(it).chars().count()).max().unwrap_or_default()
        };
        let label = |it: &Standing<'_>| shown(&it.document.label());
        let indent = widest(&label);
        let [states, ages] = [widest(&|it| it.state_name().to_owned()), widest(&|it| self.age(it))];
        for (track, standings) in self.by_track() {
            let name = track.map_or_else(|| "no valid track".to_owned(), |it| it.to_string());
            writeln!(out, "{bold}{name}{bold:#}")?;
            for it in standings {
                let (label, state, age) = (label(it), it.state_name(), self.age(it));
                let title = shown(it.document.meta.title.as_deref().unwrap_or_default());
                let line = format!("  {label:<indent$}  {state:<states$}  {age:<ages$}  {title}");
                writeln!(out, "{}", line.trim_end())?;
                for it in &it.waits_for {
                    writeln!(out, "  {:indent$}  waits for {}", "", shown(&wait(it)))?;
                }
                for event in self.events(it) {
                    let line = format!("{} {}  {}", event.date, event.short_commit(), event.what);
                    writeln!(out, "  {:indent$}  {}", "", shown(&line))?;
                }
            }
        }
        if look.quiet {
            return Ok(());
        }
        writeln!(out, "{}", self.summary(&format!(" on {}", self.as_of)))
    }

    /// What is told of the life of a document.
    fn events<'s>(&self, it: &'s Standing<'_>) -> impl Iterator<Item = &'s Event> {
        let in_full = self.in_full;
        it.life.events.iter().filter(move |_| in_full)
    }

    /// `102 documents on 2026-08-21: 40 effective, 30 draft`
    fn summary(&self, when: &str) -> String {
        let count = self.standings.len();
        let what = match self.stale {
            None => counted(count, "document"),
            Some(days) => {
                format!(
                    "{} untouched for {}",
                    counted(count, "draft"),
                    counted(days.unsigned_abs() as usize, "day")
                )
            }
        };
        let counts = self.counts().into_iter().filter(|_| self.stale.is_none());
        let counts = counts.map(|(name, count)| match name {
            SUPPLEMENT => counted(count, name),
            state => format!("{count} {state}"),
        });
        let counts: Vec<String> = counts.collect();
        let counts =
            if counts.is_empty() { counts.join("") } else { format!(": {}", counts.join(", ")) };
        let shallow = match self.reach {
            Reach::Complete => "",
            Reach::Shallow => "; the history of this shallow clone is cut off",
            Reach::NoGit => "; without git nothing tells the age of drafts",
        };
        format!("{what}{when}{counts}{shallow}")
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "## Standards on {}\n\n{}", self.as_of, self.summary(""))?;
        for (track, standings) in self.by_track() {
            let waiting: Vec<&&Standing<'_>> =
                standings.iter().filter(|it| self.in_full || !it.waits_for.is_empty()).collect();
            if waiting.is_empty() {
                continue;
            }
            let name = track.map_or_else(|| "No valid track".to_owned(), |it| it.to_string());
            writeln!(out, "\n### {name}\n")?;
            for it in waiting {
                let title = it.document.meta.title.as_deref().unwrap_or_default();
                let (label, title) = (inline(&it.document.label()), inline(title));
                let age = self.age(it);
                let age = if age.is_empty() { age } else { format!(", {age}") };
                writeln!(out, "- **{label}** {title} ({}{age})", it.state_name())?;
                for it in &it.waits_for {
                    writeln!(out, "  - waits for {}", inline(&wait(it)))?;
                }
                for event in self.events(it) {
                    let (commit, told) = (event.short_commit(), inline(&event.what.to_string()));
                    writeln!(out, "  - {} ({commit}): {told}", event.date)?;
                }
            }
        }
        Ok(())
    }

    /// `since 2023-06-14 (3 y 2 mo)`, `from 2026-09-01 on`, or nothing; of stale drafts
    /// `untouched since 2023-06-14 (3 y 2 mo)`.
    fn age(&self, it: &Standing<'_>) -> String {
        let (date, what) = match self.stale {
            Some(_) => (it.life.touched, "untouched since"),
            None => (it.since, "since"),
        };
        match date {
            None => String::new(),
            Some(date) if date > self.as_of => format!("from {date} on"),
            Some(date) => {
                let until = it.until.filter(|_| self.stale.is_none());
                let until = until.map(|until| format!(", until {until}")).unwrap_or_default();
                format!("{what} {date} ({}){until}", date.age_on(self.as_of))
            }
        }
    }
}

/// `a number: `scs-doc assign scs-xxxx-v1-a.md``
fn wait(it: &Wait) -> String {
    let run = it.run.as_ref().map(|run| format!(": `scs-doc {run}`"));
    format!("{}{}", it.what, run.unwrap_or_default())
}
