//! Where the block begins and ends.

use super::{MAX_BLOCK, Problem};
use crate::document::Span;

/// What was found; all offsets count from the beginning of the file.
pub(super) struct Block {
    pub opening: Span,
    pub content: Span,
    pub body: usize,
    pub problem: Option<Problem>,
}

/// A line with its range without the line end, and the offset of the next one.
fn lines(text: &str, from: usize) -> impl Iterator<Item = (Span, usize)> {
    let mut at = from;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let next = rest.find('\n').map_or(text.len(), |newline| at + newline + 1);
        let length = rest.get(..next - at).unwrap_or_default().trim_end_matches(['\n', '\r']).len();
        let line = Span::new(at, at + length);
        at = next;
        Some((line, next))
    })
}

fn is_fence(line: Span, text: &str) -> bool {
    line.of(text).strip_prefix("---").is_some_and(|rest| rest.trim_matches([' ', '\t']).is_empty())
}

pub(super) fn find(text: &str) -> Block {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some((opening, content)) =
        lines(text, start).next().filter(|(line, _)| is_fence(*line, text))
    else {
        let late = lines(text, start)
            .map(|(line, _)| line)
            .find(|line| !line.of(text).trim().is_empty())
            .filter(|line| is_fence(*line, text));
        let nothing = Span::new(start, start);
        let problem = Some(Problem::Missing { late });
        return Block { opening: nothing, content: nothing, body: start, problem };
    };
    match lines(text, content).find(|(line, _)| is_fence(*line, text)) {
        Some((closing, body)) => {
            let content = Span::new(content, closing.start);
            let problem = (content.end - content.start > MAX_BLOCK).then(|| Problem::Syntax {
                span: opening,
                message: format!("the block is larger than {MAX_BLOCK} bytes"),
            });
            Block { opening, content, body, problem }
        }
        None => {
            // The fields end somewhere; an empty line is the best guess for where the text begins.
            let body = lines(text, content)
                .find(|(line, _)| line.of(text).trim().is_empty())
                .map_or(text.len(), |(line, _)| line.start);
            let content = Span::new(content, body);
            Block { opening, content, body, problem: Some(Problem::Unterminated) }
        }
    }
}
