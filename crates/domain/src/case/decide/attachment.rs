//! Attaching files to a case, at its report or later.

use super::super::attachment::{ATTACHMENTS_MAX, AttachedFile, Attachment, AttachmentSource};
use super::super::command::Attach;
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use crate::invisible::says_nothing;

/// Attaches files to an open case, and keeps what is said with them. A file that is there already
/// is not attached again.
pub(super) fn in_open(case: &OpenCase, it: &Attach) -> Decision {
    let mut events = Vec::new();
    let said = it.text.as_ref().filter(|text| !text.is_blank());
    if let Some(text) = said.filter(|text| case.additions.last() != Some(*text)) {
        events.push(Event::InformationAdded { text: text.clone() });
    }
    events.extend(added(case, &it.files)?);
    Ok(events)
}

/// Those of some files that are not there already.
pub(super) fn added(case: &OpenCase, files: &[Attachment]) -> Decision {
    let new: Vec<&Attachment> = files.iter().filter(|it| is_new(case, it)).collect();
    new.iter().try_for_each(|it| require_description(it))?;
    if ATTACHMENTS_MAX < case.attachments.len() + new.len() {
        return Err(Refusal::TooManyAttachments { attachments_max: ATTACHMENTS_MAX });
    }
    Ok(new.into_iter().map(|it| Event::AttachmentAdded(Box::new(it.clone()))).collect())
}

/// One file that comes with another step: nothing where it is there already.
pub(super) fn attached(case: &OpenCase, it: &Attachment) -> Result<Option<Event>, Refusal> {
    let attach = Attach { text: None, files: vec![it.clone()] };
    in_open(case, &attach).map(|events| events.into_iter().next())
}

pub(super) fn is_new(case: &OpenCase, new: &Attachment) -> bool {
    case.attachments.iter().all(|it| it.attachment != new.attachment)
}

/// What the reporter has is never turned away; those who handle the case take it up again first.
pub(super) fn in_closed(case: &OpenCase, it: &Attach) -> Decision {
    if it.files.iter().all(|file| file.source == AttachmentSource::Reporter) {
        in_open(case, it)
    } else {
        Err(Refusal::CaseIsClosed)
    }
}

/// A reporter need not say what a file is, nor need whoever answers with it, whose answer does;
/// whoever handles the case says it, for those who read it.
fn require_description(it: &Attachment) -> Result<(), Refusal> {
    let is_unnamed = |file: &AttachedFile| says_nothing(&file.description);
    let is_to_say = it.source == AttachmentSource::Handling && it.inquiry.is_none();
    if is_to_say && it.file.get().is_some_and(is_unnamed) {
        return Err(Refusal::TextMissing { what: RequiredText::FileDescription });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::super::attachment::FileKind;
    use super::super::super::command::Request;
    use super::super::super::spec::*;
    use super::*;
    use crate::Erasable;
    use crate::ids::AttachmentId;

    fn file(number: u128, source: AttachmentSource, description: &str) -> Attachment {
        let file = AttachedFile {
            name: "kvittering.pdf".to_owned(),
            description: description.to_owned(),
            sha256: "ab".repeat(32),
        };
        Attachment {
            attachment: AttachmentId(Uuid::from_u128(number)),
            source,
            kind: FileKind::Pdf,
            length: 17,
            file: Erasable::known(file),
            inquiry: None,
        }
    }

    fn attach(text: Option<&str>, files: Vec<Attachment>) -> Request {
        Request::Attach(Attach { text: text.map(super::super::super::spec::text), files })
    }

    fn added(file: Attachment) -> Event {
        Event::AttachmentAdded(Box::new(file))
    }

    #[test]
    fn the_reporter_attaches_with_words_or_without_also_to_a_closed_case() {
        let photo = || file(1, AttachmentSource::Reporter, "");
        given([reported()]).when(by_reporter(attach(None, vec![photo()]))).then([added(photo())]);
        let said = Event::InformationAdded { text: text("the receipt") };
        given(closed())
            .when(by_reporter(attach(Some("the receipt"), vec![photo()])))
            .then([said.clone(), added(photo())]);
        given([reported(), said, added(photo())])
            .when(by_reporter(attach(Some("the receipt"), vec![photo()])))
            .then([]);
    }

    #[test]
    fn whoever_handles_the_case_says_what_a_file_is() {
        let described = || file(1, AttachmentSource::Handling, "The bus company's receipt");
        given([reported()])
            .when(by_dpo(attach(None, vec![described()])))
            .then([added(described())]);
        given([reported()])
            .when(by_dpo(attach(None, vec![file(1, AttachmentSource::Handling, " ")])))
            .then_refused(Refusal::TextMissing { what: RequiredText::FileDescription });
        given(closed())
            .when(by_dpo(attach(None, vec![described()])))
            .then_refused(Refusal::CaseIsClosed);
    }

    #[test]
    fn no_case_holds_files_without_end() {
        let one = |number| file(number, AttachmentSource::Reporter, "");
        let full: Vec<Event> =
            (0..ATTACHMENTS_MAX as u128).map(|number| added(one(number))).collect();
        let history = || std::iter::once(reported()).chain(full.clone());
        given(history())
            .when(by_reporter(attach(None, vec![one(9_999)])))
            .then_refused(Refusal::TooManyAttachments { attachments_max: ATTACHMENTS_MAX });
        given(history()).when(by_reporter(attach(None, vec![one(3)]))).then([]);
    }
}
