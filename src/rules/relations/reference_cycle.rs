//! `reference-cycle`: see `reference_cycle.md`.

use std::collections::HashMap;

use crate::corpus::Corpus;
use crate::document::Document;
use crate::finding::Level;
use crate::rules::{Check, Rule, Sink};

/// How many documents of a circle are shown.
const MOST_SHOWN: usize = 8;

pub const RULE: Rule = Rule {
    id: "reference-cycle",
    level: Level::Error,
    reference: "scs-0001-v1#metadata",
    templates: false,
    page: include_str!("reference_cycle.md"),
    check: Check::Corpus(check),
};

fn check(corpus: &Corpus, sink: &mut Sink<'_>) {
    for key in ["replaces", "replaced_by"] {
        for circle in circles(corpus, key) {
            report(corpus, key, &circle, sink);
        }
    }
}

fn report(corpus: &Corpus, key: &str, circle: &[usize], sink: &mut Sink<'_>) {
    let members: Vec<&Document> =
        circle.iter().filter_map(|index| corpus.documents.get(*index)).collect();
    let Some((first, others)) = members.split_first() else { return };
    let place = |from: &Document, to: &Document| {
        let named = from.meta.references(key).iter().find(|reference| reference.file == to.file_name());
        named.map_or(from.front.opening, |reference| reference.span)
    };
    let next = others.first().copied().unwrap_or(first);
    let message = format!("`{key}` goes round in a circle of {} documents", members.len());
    let finding = sink.report(first, place(first, next), key, message);
    finding.help("one of these documents names the wrong one");
    let following = members.iter().skip(2).chain([first]);
    for (from, to) in others.iter().zip(following).take(MOST_SHOWN) {
        finding.related(from, place(from, to), format!("{} names {}", from.label(), to.label()));
    }
}

/// The circles of two or more in the graph of a field, each from its first document on. A
/// depth-first search with a stack of its own: a circle may be as long as the corpus.
fn circles(corpus: &Corpus, key: &str) -> Vec<Vec<usize>> {
    let successors = |index: usize| -> Vec<usize> {
        let references = corpus.documents.get(index).map_or(&[][..], |it| it.meta.references(key));
        references
            .iter()
            .filter_map(|reference| corpus.index_of(&reference.file))
            .filter(|next| *next != index)
            .collect()
    };
    let mut circles = Vec::new();
    let mut finished = vec![false; corpus.documents.len()];
    let mut position: HashMap<usize, usize> = HashMap::new();
    for start in 0..corpus.documents.len() {
        let mut path: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut enter = Some(start).filter(|start| !finished[*start]);
        loop {
            if let Some(index) = enter.take() {
                position.insert(index, path.len());
                path.push((index, successors(index)));
            }
            let Some((index, rest)) = path.last_mut() else { break };
            match rest.pop() {
                Some(next) if finished[next] => {}
                Some(next) => match position.get(&next) {
                    Some(at) => circles.push(path[*at..].iter().map(|(index, _)| *index).collect()),
                    None => enter = Some(next),
                },
                None => {
                    finished[*index] = true;
                    position.remove(index);
                    path.pop();
                }
            }
        }
    }
    circles
}
