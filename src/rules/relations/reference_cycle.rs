//! `reference-cycle`: see `reference_cycle.md`.

use crate::corpus::Corpus;
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
    // The reference by which a document leads to another one of the circle.
    let step = |index: &usize| {
        let document = corpus.at(*index)?;
        let inner = |file: &str| corpus.index_of(file).filter(|next| next != index);
        let references = document.meta.references(key).iter();
        let mut steps = references.filter_map(|it| Some((document, it, inner(&it.file)?)));
        steps.find(|(_, _, next)| circle.binary_search(next).is_ok())
    };
    let mut steps = circle.iter().filter_map(step);
    let Some((first, reference, _)) = steps.next() else { return };
    let message = format!("`{key}` leads round in a circle through {} documents", circle.len());
    let finding = sink.report(first, reference.span, key, message);
    finding.help("one of these documents names the wrong one");
    for (document, reference, _) in steps.take(MOST_SHOWN) {
        let message = format!("{} names `{}`", document.label(), reference.file);
        finding.related(document, reference.span, message);
    }
}

/// A document on the way of the search.
struct Visit {
    index: usize,
    /// What it names and was not followed yet.
    rest: Vec<usize>,
}

/// The groups of two or more documents that lead to each other by a field, sorted. Tarjan's
/// algorithm with a stack of its own, since a circle may be as long as the corpus.
fn circles(corpus: &Corpus, key: &str) -> Vec<Vec<usize>> {
    let visit = |index: usize| {
        let references = corpus.at(index).map_or(&[][..], |it| it.meta.references(key));
        let rest =
            references.iter().filter_map(|reference| corpus.index_of(&reference.file)).collect();
        Visit { index, rest }
    };
    let count = corpus.documents.len();
    let (mut order, mut low) = (vec![usize::MAX; count], vec![usize::MAX; count]);
    let mut open = vec![false; count];
    let (mut path, mut stack, mut next_order) = (Vec::<Visit>::new(), Vec::new(), 0);
    let mut circles = Vec::new();
    for start in 0..count {
        let mut enter = (order[start] == usize::MAX).then_some(start);
        loop {
            if let Some(index) = enter.take() {
                (order[index], low[index], open[index]) = (next_order, next_order, true);
                next_order += 1;
                stack.push(index);
                path.push(visit(index));
            }
            let Some(Visit { index, rest }) = path.last_mut() else { break };
            let index = *index;
            match rest.pop() {
                Some(next) if order[next] == usize::MAX => enter = Some(next),
                Some(next) if open[next] => low[index] = low[index].min(order[next]),
                Some(_) => {}
                None => {
                    path.pop();
                    if let Some(above) = path.last() {
                        low[above.index] = low[above.index].min(low[index]);
                    }
                    if low[index] == order[index] {
                        let begin = stack.iter().rposition(|it| *it == index).unwrap_or_default();
                        let mut group = stack.split_off(begin);
                        group.iter().for_each(|member| open[*member] = false);
                        group.sort_unstable();
                        circles.extend(Some(group).filter(|group| group.len() > 1));
                    }
                }
            }
        }
    }
    circles
}
