//! What the change is in words, and what scs-0001 asks for next.

use super::{Approval, Change, ChangeKind, Fulfilment, Operation, Stage};
use crate::document::Document;
use crate::model::{DocName, Status, Track, Vocabulary as _};
use crate::text::{MOST_NAMED, counted, some_of};

impl Change {
    /// What the change is: a line for each of its kinds.
    #[must_use]
    pub fn headlines(&self) -> Vec<String> {
        self.kinds().into_iter().flat_map(|kind| self.headlines_of(kind)).collect()
    }

    /// What an operation is, in a line without its kind.
    #[must_use]
    pub fn headline(&self, operation: &Operation) -> String {
        self.line(*operation.kinds.first().unwrap_or(&ChangeKind::None), operation)
    }

    fn line(&self, kind: ChangeKind, operation: &Operation) -> String {
        match kind {
            ChangeKind::Proposal => self.proposal(operation.document()),
            ChangeKind::MajorUpdate => self.update(operation.document()),
            ChangeKind::Supplement => self.supplement(operation.document()),
            ChangeKind::Promotion | ChangeKind::Deprecation | ChangeKind::Rejection => {
                step(operation)
            }
            ChangeKind::Rename => rename(operation),
            ChangeKind::Removal => removal(operation),
            ChangeKind::Edit | ChangeKind::None => operation.document().label(),
        }
    }

    fn headlines_of(&self, kind: ChangeKind) -> Vec<String> {
        let of_kind = |operation: &&Operation| operation.kinds.contains(&kind);
        let operations: Vec<&Operation> = self.operations.iter().filter(of_kind).collect();
        match kind {
            ChangeKind::Edit => return vec![edit(&operations)],
            ChangeKind::None => return vec!["no document changes".to_owned()],
            _ => {}
        }
        let lines = operations.iter().take(MOST_NAMED).map(|it| self.line(kind, it));
        let rest = operations.len().saturating_sub(MOST_NAMED);
        let more = (rest > 0).then(|| format!("{rest} more"));
        lines.chain(more).map(|line| format!("{}: {line}", words(kind))).collect()
    }

    fn proposal(&self, document: &Document) -> String {
        let what = document.meta.doc_type.map_or("document", |it| it.name());
        let track = document.meta.track.map(|it| format!(" of the track {it}")).unwrap_or_default();
        format!("new {what} {}{track}{}", document.label(), self.with_companions(document))
    }

    fn update(&self, document: &Document) -> String {
        let predecessor = self.predecessor(document).map(Document::label).unwrap_or_default();
        format!("{} replaces {predecessor}{}", document.label(), self.with_companions(document))
    }

    /// ` with scs-0100-w1`, for the supplements that come along with a document.
    fn with_companions(&self, document: &Document) -> String {
        let own: Vec<String> = self.companions(document).into_iter().map(Document::label).collect();
        if own.is_empty() { String::new() } else { format!(" with {}", some_of(&own, MOST_NAMED)) }
    }

    fn supplement(&self, document: &Document) -> String {
        let named: Vec<String> = self.supplemented(document).map(Document::label).collect();
        let what = if named.is_empty() {
            "nothing that is there".to_owned()
        } else {
            some_of(&named, MOST_NAMED)
        };
        format!("{} supplements {what}", document.label())
    }

    /// What scs-0001 asks for next, in the order in which it is done.
    #[must_use]
    pub fn next_steps(&self) -> Vec<String> {
        let mut steps = Vec::new();
        for document in self.added_primaries() {
            self.steps_of_added(document, &mut steps);
        }
        for operation in &self.operations {
            self.steps_of_step(operation, &mut steps);
        }
        steps.extend(self.approval_step());
        let granted = self.exemptions.iter().filter(|it| it.is_granted());
        steps.extend(granted.map(|it| {
            format!("have those who decide confirm the exemption from `{}`: {}", it.rule, it.reason)
        }));
        steps
    }

    fn steps_of_added(&self, document: &Document, steps: &mut Vec<String>) {
        let label = document.label();
        let group = document.meta.track.map_or("the group of its track", Track::decided_by);
        if document.placeholder().is_some() {
            if self.stage == Stage::Proposal {
                steps
                    .push(format!("present {label} to {group}; it is accepted by loose consensus"));
            }
            let next = document.meta.track.and_then(|track| self.next_number(track));
            let next = next.map(|next| format!(" (at present {next:04})")).unwrap_or_default();
            let alone = self.companions(document).is_empty();
            let with = if alone { "" } else { " and its supplements" };
            steps.push(format!(
                "once {label} is accepted, ask for the next number of its track{next} and rename it{with} before the merge"
            ));
        } else {
            steps.push(format!("merge {label} once {group} accepted it by loose consensus"));
        }
        let predecessor = self.predecessor(document).filter(|it| {
            let untouched = self.head.find(it.file_name()).map(|it| it.meta.status);
            untouched == Some(Some(Status::Stable))
        });
        if let Some(predecessor) = predecessor {
            let old = predecessor.label();
            steps.push(match document.meta.status {
                Some(Status::Draft) => format!(
                    "leave {old} as it is: it is deprecated by the pull request that makes {label} Stable"
                ),
                _ => deprecate(&old),
            });
        }
    }

    /// What is left to do for the step of a document.
    fn steps_of_step(&self, operation: &Operation, steps: &mut Vec<String>) {
        let open = self.conditions(operation).into_iter();
        let open = open.filter(|it| !matches!(it.state, Fulfilment::Fulfilled(_)));
        steps.extend(open.filter_map(|it| it.ask));
    }

    fn approval_step(&self) -> Option<String> {
        let touched: Vec<String> = self.global().map(Document::label).collect();
        let given = |(_, approval): &(&str, Approval)| *approval == Approval::Given;
        let approved = self.forum_approvals().is_some_and(|all| all.iter().any(given));
        (!touched.is_empty() && !approved).then(|| {
            let what = some_of(&touched, MOST_NAMED);
            format!("have a representative of the Forum SCS-Standards approve it: {what} of the track Global")
        })
    }

    /// What could not be judged, since the context that tells it is not known.
    #[must_use]
    pub fn unjudged(&self) -> Vec<String> {
        let global = self.global().next().is_some() && self.forum_approvals().is_none();
        let taking = self.taking().next().is_some();
        let open = self.context.as_ref().and_then(|it| it.open_pulls.as_ref());
        let unread = self.context.as_ref().map(|it| it.unread_pulls.as_slice()).unwrap_or_default();
        let unread: Vec<String> = unread.iter().map(u64::to_string).collect();
        let numbers = match (taking, open, unread.as_slice()) {
            (false, ..) | (true, Some(_), []) => None,
            (true, None, _) => {
                Some("whether another open pull request takes the same number".to_owned())
            }
            (true, Some(_), [one]) => {
                Some(format!("whether the open pull request {one} takes the same number"))
            }
            (true, Some(_), several) => {
                let several = some_of(several, MOST_NAMED);
                Some(format!("whether the open pull requests {several} take the same number"))
            }
        };
        let unreadable = !self.head.unreadable.is_empty() || !self.base.unreadable.is_empty();
        let global = global.then(|| "the approval of the Forum SCS-Standards".to_owned());
        let unreadable = unreadable.then(|| "documents that cannot be read".to_owned());
        [global, numbers, unreadable].into_iter().flatten().collect()
    }
}

pub(super) fn deprecate(label: &str) -> String {
    format!("deprecate {label} in the same pull request, if need be from a later day on")
}

fn words(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::MajorUpdate => "major update",
        kind => kind.name(),
    }
}

/// `scs-0100-v3 becomes Stable on 2023-06-14`
fn step(operation: &Operation) -> String {
    let document = operation.document();
    let Some(status) = document.meta.status else { return document.label() };
    let date = status.date_field().and_then(|key| document.front.get(key));
    let date = date.and_then(|field| field.value.string());
    let date = date.map(|date| format!(" on {date}")).unwrap_or_default();
    let by: Vec<String> =
        document.meta.replaced_by.iter().map(|reference| label_of(&reference.file)).collect();
    let by = if by.is_empty() {
        String::new()
    } else {
        format!(", replaced by {}", some_of(&by, MOST_NAMED))
    };
    format!("{} becomes {status}{date}{by}", document.label())
}

/// What people call the document of a file.
fn label_of(file: &str) -> String {
    let id = DocName::parse(file).ok().and_then(|name| name.id());
    id.map_or_else(|| file.trim_end_matches(".md").to_owned(), |id| id.to_string())
}

fn rename(operation: &Operation) -> String {
    let before = operation.before().map(Document::file_name).unwrap_or_default();
    format!("{before} becomes {}", operation.document().file_name())
}

fn removal(operation: &Operation) -> String {
    let to = operation.elsewhere.as_ref().map(|path| format!(", now {path}")).unwrap_or_default();
    format!("{} is gone{to}", operation.document().file_name())
}

fn edit(operations: &[&Operation]) -> String {
    if operations.len() > MOST_NAMED {
        return format!("edit: {}", counted(operations.len(), "document"));
    }
    let labels: Vec<String> = operations.iter().map(|it| it.document().label()).collect();
    format!("edit: {}", some_of(&labels, MOST_NAMED))
}
