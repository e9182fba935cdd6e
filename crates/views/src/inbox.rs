//! Every case as a row of a list: what the workbench, a leader and a reporter look through.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::case::erasure::PartInCase;
use domain::case::event::Outcome;
use domain::case::report::{Openness, PersonalDataAffected, Report};
use domain::case::{Event, Involved, Phase, Standing};
use domain::category::CategoryId;
use domain::deadline::Deadline;
use domain::ids::{CaseId, CaseNumber, NumberBlock, UnitId, UserId};
use domain::organisation::Organisation;
use domain::{Recorded, Time};

/// Characters of what happened that a row shows.
const SUMMARY_CHARACTERS_MAX: usize = 120;

/// Characters of a report that a search looks through.
const SEARCHED_CHARACTERS_MAX: usize = 2_000;

/// A case in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Which case.
    pub case: CaseId,
    /// The number people use.
    pub number: CaseNumber,
    /// When the report came in.
    pub reported_at: Time,
    /// The category it is handled under, else as reported.
    pub category: CategoryId,
    /// The unit it belongs to, else as reported.
    pub unit: UnitId,
    /// Who handles it, once it was received.
    pub handler: Option<UserId>,
    /// Who handles it while the handler is away.
    pub deputy: Option<UserId>,
    /// Whether personal data is affected, as reported.
    pub personal_data: PersonalDataAffected,
    /// How open the reporter is.
    pub openness: Openness,
    /// What happened, shortened; nothing once erased.
    pub summary: String,
    /// Where the case stands, and its clock.
    pub standing: Standing,
    /// Whether the report was found severe.
    pub severe: bool,
    /// What the latest assessment advises.
    pub advised: Option<Outcome>,
    /// Those who never see the case through a role.
    pub involved: Involved,
    /// The signed-in user who reported, where that may be known to themselves.
    pub reporter: Option<UserId>,
    searched: String,
}

impl Row {
    /// Where the case stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.standing.phase()
    }

    /// Running clocks first, the soonest on top, then the others, the newest on top.
    fn rank(&self) -> Rank {
        let due_at = self.standing.running_deadline().map(Deadline::due_at);
        (due_at.is_none(), due_at, Reverse(self.number))
    }

    fn place(&self) -> Place {
        Place {
            rank: self.rank(),
            is_open: !self.phase().is_closed(),
            involved: self.involved.iter().map(|(_, user)| user).collect(),
        }
    }

    fn apply(&mut self, event: &Event) {
        self.standing.apply(event);
        match event {
            Event::CaseFoundSevere { .. } => self.severe = true,
            Event::CaseReceived { category, unit, handler, .. } => {
                self.category = category.clone();
                self.unit = *unit;
                self.handler = Some(*handler);
            }
            Event::CaseAssigned { handler, deputy } => {
                (self.handler, self.deputy) = (Some(*handler), *deputy);
            }
            Event::PersonInvolved { user } => self.involved.name(user),
            Event::CaseAssessed { outcome, .. } => self.advised = Some(*outcome),
            Event::CaseErased { .. } => self.erase(),
            Event::PersonErased { person, part, .. } => match part {
                PartInCase::Reporter => self.reporter = None,
                PartInCase::Involved => self.involved.forget(*person),
            },
            _ => (),
        }
    }

    fn erase(&mut self) {
        self.summary.clear();
        self.searched = searched(self.number, "", "");
        self.involved.forget_all();
        self.reporter = None;
    }

    /// The same row for everybody but the reporter.
    #[must_use]
    pub fn without_reporter(mut self) -> Self {
        self.reporter = None;
        self
    }
}

type Rank = (bool, Option<Time>, Reverse<CaseNumber>);

/// What decides on which lists a row stands, and where.
#[derive(PartialEq)]
struct Place {
    rank: Rank,
    is_open: bool,
    involved: BTreeSet<UserId>,
}

/// Cases in the order of the list, and how many of them somebody is involved in.
#[derive(Debug, Clone, PartialEq, Default)]
struct Order {
    cases: BTreeMap<Rank, CaseId>,
    involving: HashMap<UserId, usize>,
}

impl Order {
    fn put_in(&mut self, case: CaseId, place: &Place) {
        self.cases.insert(place.rank, case);
        for user in &place.involved {
            *self.involving.entry(*user).or_default() += 1;
        }
    }

    fn take_out(&mut self, place: &Place) {
        self.cases.remove(&place.rank);
        for user in &place.involved {
            match self.involving.get_mut(user) {
                Some(cases) if 1 < *cases => *cases -= 1,
                _ => drop(self.involving.remove(user)),
            }
        }
    }

    /// How many there are, without those that `user` is involved in.
    fn count_without(&self, user: UserId) -> usize {
        self.cases.len() - self.involving.get(&user).copied().unwrap_or_default()
    }
}

/// What somebody looks for in the list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Only cases in this phase.
    pub phase: Option<Phase>,
    /// Only open cases, or only closed ones.
    pub closed: Option<bool>,
    /// Only cases in this category.
    pub category: Option<CategoryId>,
    /// Only cases of this unit and the units below it.
    pub unit: Option<UnitId>,
    /// Only cases with this handler.
    pub handler: Option<UserId>,
    /// Only cases in which each of these words occurs, in the number or the report.
    pub words: String,
}

impl Filter {
    /// Whether anything is looked for at all.
    #[must_use]
    pub fn is_search(&self) -> bool {
        !self.words.trim().is_empty()
    }

    /// `words` are the filter's own, in lower case.
    fn matches(&self, words: &str, row: &Row, organisation: &Organisation) -> bool {
        self.phase.is_none_or(|wanted| wanted == row.phase())
            && self.closed.is_none_or(|wanted| wanted == row.phase().is_closed())
            && self.category.as_ref().is_none_or(|wanted| *wanted == row.category)
            && self.unit.is_none_or(|wanted| organisation.is_within(row.unit, wanted))
            && self.handler.is_none_or(|wanted| Some(wanted) == row.handler)
            && words.split_whitespace().all(|word| row.searched.contains(word))
    }
}

/// Every case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inbox {
    rows: HashMap<CaseId, Row>,
    every: Order,
    open: Order,
    by_number: HashMap<CaseNumber, CaseId>,
    /// Of each year, in the block that the number lies in.
    last_sequence: HashMap<(u16, NumberBlock), u32>,
}

impl Inbox {
    /// Takes in one more fact.
    pub fn apply(&mut self, case: CaseId, event: &Event, recorded: &Recorded) {
        if let Event::DeviationReported(report) = event {
            let CaseNumber { year, sequence } = report.number;
            self.by_number.insert(report.number, case);
            let block = (year, report.number.block());
            let last = self.last_sequence.entry(block).or_default();
            *last = (*last).max(sequence);
            let row = row(case, report, recorded.at);
            self.every.put_in(case, &row.place());
            self.open.put_in(case, &row.place());
            self.rows.insert(case, row);
        }
        let is_shown = matches!(
            event,
            Event::CaseFoundSevere { .. }
                | Event::PersonInvolved { .. }
                | Event::PersonErased { .. }
                | Event::CaseAssigned { .. }
        );
        if !is_shown && !Standing::is_moved_by(event) {
            return;
        }
        let Some(row) = self.rows.get_mut(&case) else { return };
        let before = row.place();
        row.apply(event);
        let after = row.place();
        if before == after {
            return;
        }
        self.every.take_out(&before);
        self.every.put_in(case, &after);
        if before.is_open {
            self.open.take_out(&before);
        }
        if after.is_open {
            self.open.put_in(case, &after);
        }
    }

    /// One case's row.
    #[must_use]
    pub fn row(&self, case: CaseId) -> Option<&Row> {
        self.rows.get(&case)
    }

    /// The case with a number.
    #[must_use]
    pub fn case(&self, number: CaseNumber) -> Option<CaseId> {
        self.by_number.get(&number).copied()
    }

    /// The last sequence number used in `year` in a block; the one before the first at the
    /// beginning.
    #[must_use]
    pub fn last_sequence(&self, year: u16, block: NumberBlock) -> u32 {
        self.last_sequence.get(&(year, block)).copied().unwrap_or(block.first() - 1)
    }

    /// How many cases there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no cases.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many rows a filter lists for somebody who sees every case but those they are involved
    /// in, where that is known without looking at the rows: for a filter that asks for nothing
    /// but open or closed.
    #[must_use]
    pub fn known_total(&self, filter: &Filter, user: UserId) -> Option<usize> {
        let is_known = *filter == Filter { closed: filter.closed, ..Filter::default() };
        let (every, open) = (self.every.count_without(user), self.open.count_without(user));
        is_known.then_some(match filter.closed {
            None => every,
            Some(false) => open,
            Some(true) => every - open,
        })
    }

    /// The rows that match `filter` and that `may_see` lets through: running clocks first, the
    /// soonest on top, then the others, the newest on top. None is looked at before it is asked
    /// for.
    pub fn list<'a>(
        &'a self,
        filter: &'a Filter,
        organisation: &'a Organisation,
        may_see: impl Fn(&Row) -> bool + 'a,
    ) -> impl Iterator<Item = &'a Row> + 'a {
        let words = filter.words.to_lowercase();
        let order = if filter.closed == Some(false) { &self.open } else { &self.every };
        let rows = order.cases.values().filter_map(|case| self.rows.get(case));
        rows.filter(move |row| filter.matches(&words, row, organisation) && may_see(row))
    }
}

fn row(case: CaseId, report: &Report, reported_at: Time) -> Row {
    let happened = report.what_happened.get().map_or("", String::as_str);
    let systems = report.systems_and_devices.get().map_or("", String::as_str);
    Row {
        case,
        number: report.number,
        reported_at,
        category: report.category.clone(),
        unit: report.unit,
        handler: None,
        deputy: None,
        personal_data: report.personal_data,
        openness: report.reporter.openness(),
        summary: shortened(happened),
        standing: Standing::reported(report.discovered_at, reported_at),
        severe: false,
        advised: None,
        involved: Involved::default(),
        reporter: report.reporter.identity().and_then(|identity| identity.user),
        searched: searched(report.number, happened, systems),
    }
}

fn searched(number: CaseNumber, happened: &str, systems: &str) -> String {
    let mut searched = format!("{number} {happened} {systems}").to_lowercase();
    if let Some((end, _)) = searched.char_indices().nth(SEARCHED_CHARACTERS_MAX) {
        searched.truncate(end);
    }
    searched
}

/// The first words of a text, on one line.
fn shortened(text: &str) -> String {
    let (mut line, mut characters) = (String::new(), 0);
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
            characters += 1;
        }
        line.push_str(word);
        characters += word.chars().count();
        if SUMMARY_CHARACTERS_MAX < characters {
            break;
        }
    }
    if characters <= SUMMARY_CHARACTERS_MAX {
        return line;
    }
    let kept: String = line.chars().take(SUMMARY_CHARACTERS_MAX - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_one_line_that_says_when_it_was_cut() {
        assert_eq!(shortened(" Mistet \n telefon "), "Mistet telefon");
        let whole = "å".repeat(SUMMARY_CHARACTERS_MAX);
        assert_eq!(shortened(&whole), whole);
        for more in ["å", " å", " å å"] {
            let cut = shortened(&format!("{whole}{more}"));
            assert_eq!(cut.chars().count(), SUMMARY_CHARACTERS_MAX);
            assert!(cut.ends_with('…'), "{cut}");
        }
        assert_eq!(shortened(&format!("{} å", "å".repeat(118))), format!("{} å", "å".repeat(118)));
    }
}
