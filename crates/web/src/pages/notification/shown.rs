//! Fields and notices as the page shows them: in plain lines, to be copied as they are.

use std::collections::BTreeMap;

use domain::case::OpenCase;
use domain::duty::Jurisdiction;
use domain::ids::CaseNumber;
use domain::notification::{
    Completeness, FieldId, Filled, Notice, NoticeChannel, NoticeContent, NotificationBook, Origin,
    Prepared, SentField, State, Value, ViewSection,
};

use super::notification_url;
use crate::page::Page;
use crate::times::TimeElement;
use crate::times::Zone;

/// A section of the form.
pub(super) struct ShownSection {
    pub(super) id: String,
    pub(super) title: String,
    /// Where its words are written.
    pub(super) write: String,
    pub(super) items: Vec<ShownItem>,
}

/// Something the authority asks.
pub(super) struct ShownItem {
    pub(super) number: Option<String>,
    pub(super) label: String,
    pub(super) fields: Vec<ShownField>,
}

/// A field with what stands in it.
pub(super) struct ShownField {
    /// Its number in the template.
    pub(super) id: String,
    pub(super) label: String,
    pub(super) help: Option<String>,
    /// What is to be copied; nothing where there is no answer.
    pub(super) lines: Vec<String>,
    /// What is the matter with it, with its colour.
    pub(super) mark: Option<(String, &'static str)>,
    /// Where the answer comes from.
    pub(super) origin: Option<String>,
    /// How many characters it has, and may have.
    pub(super) characters: Option<String>,
    /// What was sent last, where that was otherwise: no lines where nothing was.
    pub(super) before: Option<Vec<String>>,
}

/// A notice that was sent.
pub(super) struct ShownNotice {
    pub(super) kind: &'static str,
    pub(super) sent_at: TimeElement,
    pub(super) reference: String,
    pub(super) channel: Option<NoticeChannel>,
    pub(super) completeness: Option<Completeness>,
    pub(super) reasons: Option<String>,
    /// Where the receipt is handed out, what it is called, and its SHA-256.
    pub(super) receipt: Option<(String, String, String)>,
    /// Where it is read as it was sent.
    pub(super) path: String,
}

/// Shows the fields of a notice.
pub(super) struct Shower<'a> {
    page: &'a Page,
    book: &'a NotificationBook,
    prepared: &'a Prepared<'a>,
    /// What was sent last of each field that is otherwise now; nothing before anything was sent.
    changed: Option<BTreeMap<FieldId, Option<&'a SentField>>>,
}

impl<'a> Shower<'a> {
    pub(super) fn new(
        page: &'a Page,
        book: &'a NotificationBook,
        prepared: &'a Prepared<'a>,
        last: Option<&'a NoticeContent>,
    ) -> Self {
        let changed = last.map(|last| {
            let changes = prepared.changed_since(last.sent());
            changes.into_iter().map(|it| (it.field, it.before)).collect()
        });
        Self { page, book, prepared, changed }
    }

    /// How many fields of the view are otherwise than when they were last sent.
    pub(super) fn changes(&self) -> Option<usize> {
        let changed = self.changed.as_ref()?;
        Some(self.book.view.fields().filter(|id| changed.contains_key(id)).count())
    }

    /// The sections of the view with what is asked of them, or with what was changed alone.
    pub(super) fn sections(&self, changed_alone: bool) -> Vec<ShownSection> {
        let sections = self.book.view.sections.iter();
        let sections = sections.map(|section| self.section(section, changed_alone));
        sections.filter(|section| !section.items.is_empty()).collect()
    }

    fn section(&self, section: &ViewSection, changed_alone: bool) -> ShownSection {
        let language = self.page.language();
        let items = section.items.iter().map(|item| ShownItem {
            number: item.number.clone(),
            label: item.label.text(language).to_owned(),
            fields: item.fields.iter().filter_map(|id| self.field(*id, changed_alone)).collect(),
        });
        ShownSection {
            id: section.id.to_string(),
            title: section.title.text(language).to_owned(),
            write: format!("own/{}/{}", self.book.view.id, section.id),
            items: items.filter(|item| !item.fields.is_empty()).collect(),
        }
    }

    fn field(&self, id: FieldId, changed_alone: bool) -> Option<ShownField> {
        let it = self.prepared.field(id)?;
        let change = self.changed.as_ref().and_then(|changed| changed.get(&id));
        // What is no longer asked was told all the same.
        let is_told = it.is_shown || change.is_some_and(Option::is_some);
        if !is_told || changed_alone && change.is_none() && !it.field.is_of_notice() {
            return None;
        }
        let language = self.page.language();
        Some(ShownField {
            id: id.to_string(),
            label: it.field.label.text(language).to_owned(),
            help: it.field.help.as_ref().map(|help| help.text(language).to_owned()),
            lines: it
                .value()
                .map(|value| self.lines(value, &it.words(language)))
                .unwrap_or_default(),
            mark: mark(self.page, it.state()),
            origin: it.origin().map(|origin| self.page.term("field_origin", &origin)),
            characters: self.characters(it),
            before: change.map(|before| {
                before.map(|it| self.lines(&it.value, &it.words)).unwrap_or_default()
            }),
        })
    }

    fn characters(&self, it: &Filled<'_>) -> Option<String> {
        let count = it.characters()?;
        Some(match it.field.longest {
            Some(max) => {
                let parts = [("count", count.to_string()), ("max", max.to_string())];
                self.page.say_with("notice-characters-of", &parts)
            }
            None => self.page.say_with("notice-characters", &[("count", count)]),
        })
    }

    fn lines(&self, value: &Value, words: &[String]) -> Vec<String> {
        let is_swedish = self.book.view.is_of(Jurisdiction::Se);
        lines(self.page.zone(), is_swedish, value, words)
    }
}

/// A value as it is written into a form: days and times as the authority's country writes them.
pub(crate) fn lines(zone: Zone, is_swedish: bool, value: &Value, words: &[String]) -> Vec<String> {
    let (day, moment) =
        if is_swedish { ("%Y-%m-%d", "%Y-%m-%d %H:%M") } else { ("%d.%m.%Y", "%d.%m.%Y %H:%M") };
    match value {
        Value::Text(text) => text.lines().map(str::to_owned).collect(),
        Value::Number(number) => vec![number.to_string()],
        Value::Day(at) => vec![at.format(day).to_string()],
        Value::Moment(at) => vec![zone.local(*at).format(moment).to_string()],
        Value::One(_) | Value::Several(_) => words.to_vec(),
    }
}

fn mark(page: &Page, state: State) -> Option<(String, &'static str)> {
    let color = match state {
        State::Answered | State::Empty => return None,
        State::ToBeDetermined => "warning",
        State::Missing | State::TooLong => "danger",
    };
    Some((page.term("field_state", &state), color))
}

impl ShownNotice {
    /// A notice by its place among those that were sent.
    pub(super) fn new(
        page: &Page,
        number: CaseNumber,
        case: &OpenCase,
        place: usize,
        it: &Notice,
    ) -> Self {
        let receipt = case.attachments.iter().find(|file| Some(file.attachment) == it.sent.receipt);
        let case_url = crate::pages::case::path::case_url(number);
        let receipt = receipt.and_then(|receipt| {
            let file = receipt.file.get()?;
            let path = format!("{case_url}/attachments/{}", receipt.attachment);
            Some((path, file.name.clone(), file.sha256.clone()))
        });
        let erased = page.say("erased");
        Self {
            kind: it.kind.into(),
            sent_at: page.moment(&it.sent_at),
            reference: it.reference.clone(),
            channel: it.sent.channel,
            completeness: it.completeness(),
            reasons: it.reasons.as_ref().map(|text| text.text_or(&erased).to_owned()),
            receipt,
            path: format!("{}/sent/{}", notification_url(number), place + 1),
        }
    }
}

/// Whether somebody may write in the field: what a notice says of itself nobody does.
pub(super) fn is_written(it: &Filled<'_>) -> bool {
    it.is_shown && !matches!(it.proposed, Some((_, Origin::Notice)))
}
