//! The notification to the authority: as it would be sent now, and each notice as it was sent.

use documents::{Block, Document};
use domain::duty::Jurisdiction;
use domain::notification::{Notice, NotificationBook, Prepared, State};
use views::case_file::CaseFile;

use super::{Heading, Office};
use crate::pages::case::wording::Wording;
use crate::pages::notification::in_lines;

/// The next notice as things stand, in the order of a view.
pub(crate) fn next(
    office: &Office,
    file: &CaseFile,
    book: &NotificationBook,
    prepared: &Prepared<'_>,
) -> Document {
    let wording = &office.wording;
    let language = wording.names.language();
    let mut blocks = vec![
        Block::facts([
            (office.say("paper-notice-kind"), wording.term("notice_kind", prepared.kind)),
            (office.say("paper-notice-completeness"), completeness(wording, prepared)),
            (office.say("paper-notice-form"), book.view.title.text(language).to_owned()),
        ]),
        Block::Note { label: office.say("paper-draft"), text: office.say("paper-notice-unsent") },
    ];
    for section in &book.view.sections {
        let items: Vec<(String, String)> = section
            .items
            .iter()
            .flat_map(|item| &item.fields)
            .filter_map(|id| prepared.field(*id).filter(|field| field.is_shown))
            .map(|field| {
                let is_swedish = book.view.is_of(Jurisdiction::Se);
                let lines = field.value().map(|value| {
                    in_lines(wording.zone, is_swedish, value, &field.words(language)).join("\n")
                });
                let open = match field.state() {
                    State::Missing => wording.term("field_state", State::Missing),
                    State::ToBeDetermined => wording.term("field_state", State::ToBeDetermined),
                    _ => office.say("no-answer"),
                };
                (field.field.label.text(language).to_owned(), lines.unwrap_or(open))
            })
            .collect();
        if !items.is_empty() {
            blocks.push(Block::heading(section.title.text(language)));
            blocks.push(Block::facts(items));
        }
    }
    let identity = format!("{} notification next {}", file.known.report.number, book.view.id);
    let at = file.timeline.last().map_or(file.known.reported_at, |entry| entry.at);
    office.document(heading(office, file, identity, at), blocks)
}

/// A notice as it was sent, by its place among those that were.
pub(crate) fn sent(office: &Office, file: &CaseFile, place: usize) -> Option<Document> {
    let notice = file.known.authority.notices.get(place)?;
    let mut blocks = vec![Block::facts(facts(office, file, notice))];
    match notice.sent.content.as_deref() {
        Some(content) => {
            let is_swedish = office.wording.names.jurisdiction() == Jurisdiction::Se;
            let fields = content.sent().iter().map(|it| {
                let label = content.labels.get(&it.field).cloned().unwrap_or_default();
                let lines = in_lines(office.wording.zone, is_swedish, &it.value, &it.words);
                (format!("{} ({})", label, it.field), lines.join("\n"))
            });
            blocks.push(Block::heading(office.say("paper-notice-content")));
            blocks.push(Block::facts(fields.collect::<Vec<_>>()));
        }
        None => blocks.push(Block::text(office.say("paper-notice-elsewhere"))),
    }
    let identity = format!("{} notification {}", file.known.report.number, place + 1);
    Some(office.document(heading(office, file, identity, notice.sent_at), blocks))
}

fn facts(office: &Office, file: &CaseFile, notice: &Notice) -> Vec<(String, String)> {
    let wording = &office.wording;
    let mut facts = vec![
        (office.say("paper-notice-kind"), wording.term("notice_kind", notice.kind)),
        (office.say("paper-notice-sent"), wording.moment(notice.sent_at).words().to_owned()),
        (office.say("case-reference"), notice.reference.clone()),
    ];
    let channel = notice.sent.channel.map(|it| wording.term("notice_channel", it));
    facts.extend(channel.map(|it| (office.say("paper-notice-channel"), it)));
    let completeness = notice.completeness().map(|it| wording.term("completeness", it));
    facts.extend(completeness.map(|it| (office.say("paper-notice-completeness"), it)));
    let reasons = notice.reasons.as_ref().map(|it| wording.written(it));
    facts.extend(reasons.map(|it| (office.say("paper-notice-reasons"), it)));
    let content = notice.sent.content.as_deref();
    let template = content.map(|it| format!("{} ({})", it.template, it.version));
    facts.extend(template.map(|it| (office.say("paper-notice-template"), it)));
    let receipt =
        file.known.attachments.iter().find(|it| Some(it.attachment) == notice.sent.receipt);
    let receipt = receipt.and_then(|it| it.file.get());
    let receipt = receipt.map(|it| format!("{}\nSHA-256 {}", it.name, it.sha256));
    facts.extend(receipt.map(|it| (office.say("paper-notice-receipt"), it)));
    facts
}

fn completeness(wording: &Wording, prepared: &Prepared<'_>) -> String {
    wording.term("completeness", prepared.completeness)
}

fn heading(office: &Office, file: &CaseFile, identity: String, at: domain::Time) -> Heading {
    let number = file.known.report.number;
    let about = office.wording.say_with("paper-about", &[("number", number)]);
    Heading { identity, title: office.say("paper-notification"), about, at }
}
