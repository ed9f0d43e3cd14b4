//! `change-deleted`: see `change_deleted.md`.

use crate::change::{Change, OperationKind};
use crate::document::Span;
use crate::finding::Level;
use crate::model::Status;
use crate::rules::{Check, Rule, Sink};

pub const RULE: Rule = Rule {
    id: "change-deleted",
    level: Level::Error,
    reference: "scs-0001-v1#process",
    templates: false,
    page: include_str!("change_deleted.md"),
    check: Check::Change(check),
};

fn check(change: &Change, sink: &mut Sink<'_>) {
    let gone = change.operations.iter().filter(|it| it.kind() == OperationKind::Deleted);
    for operation in gone {
        let document = operation.document();
        let message = match &operation.elsewhere {
            Some(path) => format!(
                "{} leaves the folder `{}/` for `{path}`",
                document.label(),
                change.base.folder
            ),
            None => format!("{} is deleted", document.label()),
        };
        let finding = sink.report(document, Span::FILE, "file", message);
        finding.help(match document.meta.status {
            _ if !document.is_primary() => "a document stays where it is: restore the file",
            Some(Status::Deprecated | Status::Rejected) => {
                "a document stays where it is, also when it is out of use: restore the file"
            }
            _ => "a document stays where it is: restore the file, and deprecate or reject the document instead",
        });
    }
}
