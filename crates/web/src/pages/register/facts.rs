//! What the register tells of a breach, in the order of the law: facts, effects, remedial action,
//! and the reasons for what was decided.

use domain::case::Fact;
use domain::case::facts::Facts;
use domain::case::report::Occurred;
use domain::ids::CaseNumber;
use domain::{Erasable, Time};
use views::register::{Advised, Assessed, Entry, RemedialAction};

use crate::names::Names;
use crate::page::Page;
use crate::pages::case::known::answer_in_words;
use crate::sheet::Cell;

/// What is told of a breach, in words that a page and a sheet need.
pub(super) struct Teller<'a> {
    /// The page it is told on.
    pub(super) page: &'a Page,
    /// What units and categories are called.
    pub(super) names: &'a Names,
}

/// One thing told of a breach.
pub(super) struct Told {
    /// The key of its name.
    pub(super) key: &'static str,
    /// How wide its column is, in characters.
    pub(super) width: u16,
    /// What it tells.
    pub(super) tell: fn(&Teller<'_>, &Entry) -> Cell,
}

/// Widths of columns: for a time, for a word or two, for what somebody wrote.
const MOMENT: u16 = 17;
const WORD: u16 = 24;
const TEXT: u16 = 60;

/// The key of what a group of facts is about, and each of its facts.
type Group = (&'static str, &'static [Told]);

/// Everything the register tells; each fact is also a column of the sheet.
pub(super) static GROUPS: [Group; 6] = [
    ("register-facts", &FACTS),
    ("register-effects", &EFFECTS),
    ("register-action", &ACTION),
    ("register-decisions", &DECISIONS),
    ("register-notification", &NOTIFICATION),
    ("register-others", &OTHERS),
];

static FACTS: [Told; 12] = [
    text("register-what_happened", |it, entry| it.written(Some(&entry.what_happened))),
    word("register-category", |it, entry| it.names.category(&entry.category).into()),
    word("register-unit", |it, entry| it.names.unit(entry.unit).into()),
    word("register-phase", |it, entry| it.page.term("phase", &entry.phase()).into()),
    moment("register-reported_at", |_, entry| entry.reported_at.into()),
    moment("register-aware_at", |_, entry| entry.standing.deadline.aware_at.into()),
    moment("register-occurred_from", |_, entry| entry.occurred.earliest().into()),
    moment("register-occurred_until", |_, entry| until(entry.occurred).into()),
    word("register-personal_data", |it, entry| {
        it.page.term("personal_data", &entry.personal_data).into()
    }),
    word("register-breach", |it, entry| {
        lines(entry.breach.iter().map(|kind| it.page.term("breach_kind", kind)))
    }),
    word("register-data", |it, entry| it.known(entry, Fact::Data)),
    word("register-recipient", |it, entry| it.known(entry, Fact::Recipient)),
];

static EFFECTS: [Told; 9] = [
    text("register-whose_data", |it, entry| it.written(Some(&entry.whose_data))),
    word("register-people", |it, entry| it.page.term("people_estimate", &entry.people).into()),
    word("register-people_are", |it, entry| it.known(entry, Fact::PeopleAre)),
    word("register-consequences", |it, entry| it.known(entry, Fact::Consequences)),
    text("register-assessed", |it, entry| {
        it.written(entry.assessment.as_deref().map(|assessed| &assessed.facts))
    }),
    word("register-severity", |it, entry| advised(entry).map(|by| it.severity(by)).into()),
    word("register-rules", |it, entry| {
        it.term("outcome", advised(entry).map(|advised| &advised.outcome))
    }),
    word("register-advised", |it, entry| {
        it.term("outcome", entry.assessment.as_deref().map(|assessed| &assessed.outcome))
    }),
    text("register-advice_departure", |it, entry| {
        it.written(advised(entry).and_then(|advised| advised.departure.as_ref()))
    }),
];

static ACTION: [Told; 1] =
    [text("register-measures", |it, entry| lines(entry.measures.iter().map(|m| it.measure(m))))];

static DECISIONS: [Told; 7] = [
    word("register-authority", |it, entry| {
        it.term("authority_decision", entry.authority().as_ref().map(|(decision, _)| decision))
    }),
    text("register-authority_grounds", |it, entry| {
        it.written(entry.authority().map(|(_, decided)| &decided.reasons))
    }),
    text("register-authority_departure", |it, entry| {
        it.written(entry.authority().and_then(|(_, decided)| decided.departure.as_ref()))
    }),
    word("register-people_decision", |it, entry| {
        it.term("people_decision", entry.people_decision().as_ref().map(|(decision, _)| decision))
    }),
    text("register-people_grounds", |it, entry| {
        it.written(entry.people_decision().map(|(_, decided)| &decided.reasons))
    }),
    text("register-people_departure", |it, entry| {
        it.written(entry.people_decision().and_then(|(_, decided)| decided.departure.as_ref()))
    }),
    text("register-every_decision", |it, entry| {
        lines(entry.decisions.iter().map(|decided| it.decided(decided)))
    }),
];

static NOTIFICATION: [Told; 4] = [
    moment("register-notified_at", |_, entry| entry.standing.notified_at.into()),
    word("register-reference", |_, entry| {
        lines(entry.notifications.iter().map(|sent| sent.reference.clone()))
    }),
    text("register-reasons_for_delay", |it, entry| {
        let reasons = entry.notifications.iter().filter_map(|sent| sent.reasons_for_delay.as_ref());
        lines(reasons.map(|reasons| it.text(reasons)))
    }),
    text("register-letters", |it, entry| {
        lines(entry.letters.iter().map(|letter| it.letter(letter)))
    }),
];

static OTHERS: [Told; 5] = [
    text("register-told", |it, entry| lines(entry.told.iter().map(|told| it.told(told)))),
    text("register-others_told", |it, entry| {
        lines(entry.others_told.iter().map(|told| it.other_told(told)))
    }),
    word("register-linked", |_, entry| numbers(entry.linked.iter())),
    word("register-duplicates", |_, entry| numbers(entry.duplicates.iter())),
    word("register-merged_into", |_, entry| numbers(entry.merged_into().iter())),
];

const fn moment(key: &'static str, tell: fn(&Teller<'_>, &Entry) -> Cell) -> Told {
    Told { key, width: MOMENT, tell }
}

const fn word(key: &'static str, tell: fn(&Teller<'_>, &Entry) -> Cell) -> Told {
    Told { key, width: WORD, tell }
}

const fn text(key: &'static str, tell: fn(&Teller<'_>, &Entry) -> Cell) -> Told {
    Told { key, width: TEXT, tell }
}

impl Teller<'_> {
    /// A text as it was written, or that it was erased.
    pub(super) fn text(&self, text: &Erasable<String>) -> String {
        text.text_or(&self.page.say("erased")).to_owned()
    }

    fn written(&self, text: Option<&Erasable<String>>) -> Cell {
        text.map(|text| self.text(text)).into()
    }

    fn term<T: Into<&'static str> + Copy>(&self, family: &str, value: Option<&T>) -> Cell {
        value.map(|value| self.page.term(family, value)).into()
    }

    /// What was found out of a fact; nothing where nobody found it out.
    fn known(&self, entry: &Entry, fact: Fact) -> Cell {
        let known = entry.facts.as_deref().filter(|facts: &&Facts| facts.answer(fact).is_some());
        known.map(|facts| answer_in_words(self.page.texts(), facts, fact)).into()
    }

    fn severity(&self, advised: &Advised) -> String {
        severity_in_words(self.page, advised.severity_quarters)
    }

    /// A measure, and how far it has come.
    fn measure(&self, it: &RemedialAction) -> String {
        let key = match it {
            RemedialAction { is_verified: true, .. } => "register-measure-verified",
            RemedialAction { done_at: Some(_), .. } => "register-measure-done",
            RemedialAction { .. } => "register-measure-open",
        };
        let (kind, measure) =
            (self.page.term("measure_kind", &it.kind), self.text(&it.description));
        self.page.say_with(key, &[("kind", kind), ("measure", measure)])
    }
}

/// A severity score with its band.
pub(crate) fn severity_in_words(page: &Page, quarters: u8) -> String {
    let score = format!("{},{:02}", quarters / 4, quarters % 4 * 25);
    let band = page.term("severity_band", &domain::assessment::Band::of(quarters));
    format!("{score}, {band}")
}

fn advised(entry: &Entry) -> Option<&Advised> {
    entry.assessment.as_deref().and_then(|assessed: &Assessed| assessed.advised.as_ref())
}

fn lines(lines: impl Iterator<Item = String>) -> Cell {
    lines.collect::<Vec<_>>().join("\n").into()
}

fn numbers<'a>(numbers: impl Iterator<Item = &'a CaseNumber>) -> Cell {
    lines(numbers.map(ToString::to_string))
}

fn until(occurred: Occurred) -> Option<Time> {
    match occurred {
        Occurred::At(at) => Some(at),
        Occurred::Between { until, .. } => until,
        Occurred::Unknown => None,
    }
}
