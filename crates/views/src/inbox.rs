//! Every case as a row of a list: what the workbench, a leader and a reporter look through.

mod filter;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::{cmp::Reverse, ops::Range};

use domain::case::erasure::PartInCase;
use domain::case::event::Outcome;
use domain::case::report::{Openness, PersonalDataAffected, Report};
use domain::case::{Event, Involved, Phase, Standing, access, correction, custody};
use domain::category::CategoryId;
use domain::deadline::Deadline;
use domain::ids::{CaseId, CaseNumber, NumberBlock, UnitId, UserId};
use domain::organisation::Organisation;
use domain::{Recorded, Time};

pub use filter::Filter;

/// Characters of what happened that a row shows.
const SUMMARY_CHARACTERS_MAX: usize = 120;

/// Characters of a report that are compared with other reports.
const SAID_CHARACTERS_MAX: usize = 2_000;

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
    /// When it was closed, while it is.
    pub closed_at: Option<Time>,
    /// Those who opened the case outside their role, and until when they see it.
    pub opened: BTreeMap<UserId, Time>,
    /// The auditors who were granted a look, and until when they see it.
    pub audits: BTreeMap<UserId, Time>,
    /// The signed-in user who reported, where that may be known to themselves.
    pub reporter: Option<UserId>,
    said: String,
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

    fn is_open(&self) -> bool {
        !self.phase().is_closed()
    }

    fn users_involved(&self) -> BTreeSet<UserId> {
        self.involved.iter().map(|(_, user)| user).collect()
    }

    fn apply(&mut self, event: &Event, at: Time) {
        self.standing.apply(event);
        match event {
            Event::CaseClosed { .. }
            | Event::ClosedAsNotADeviation { .. }
            | Event::CaseMerged { .. } => self.closed_at = Some(at),
            Event::CaseReopened { .. } => self.closed_at = None,
            Event::CaseFoundSevere { .. } => self.severe = true,
            Event::CaseReceived { category, unit, handler, .. } => {
                (self.category, self.unit) = (category.clone(), *unit);
                self.handler = Some(*handler);
            }
            Event::Custody(custody::Event::CaseReclassified { category, unit, .. }) => {
                (self.category, self.unit) = (category.clone(), *unit);
            }
            Event::CaseAssigned { handler, deputy } => {
                (self.handler, self.deputy) = (Some(*handler), *deputy);
            }
            Event::PersonInvolved { user } => self.involved.name(user),
            Event::Access(event) => self.apply_access(event),
            Event::Correction(correction::Event::InvolvementWithdrawn { person, .. }) => {
                self.involved.withdraw(*person);
            }
            Event::CaseAssessed { outcome, .. } => self.advised = Some(*outcome),
            Event::CaseErased { .. } => self.erase(),
            Event::PersonErased { person, part, .. } => match part {
                PartInCase::Reporter => self.reporter = None,
                PartInCase::Involved => self.involved.forget(*person),
            },
            _ => (),
        }
    }

    fn apply_access(&mut self, event: &access::Event) {
        match event {
            access::Event::CaseOpenedOutsideRole { user, until, .. } => {
                self.opened.insert(*user, *until);
            }
            access::Event::AuditGranted { auditor, until, .. } => {
                self.audits.insert(*auditor, *until);
            }
            access::Event::AuditRevoked { auditor, .. } => {
                self.audits.remove(auditor);
            }
            access::Event::OpeningReviewed { .. } => (),
        }
    }

    fn erase(&mut self) {
        self.summary.clear();
        self.said.clear();
        self.involved.forget_all();
        self.opened.clear();
        self.audits.clear();
        self.reporter = None;
    }

    /// What was reported, in lower case, for comparing it with other reports.
    pub(crate) fn said(&self) -> &str {
        &self.said
    }

    /// The same row for everybody but the reporter.
    #[must_use]
    pub fn without_reporter(self) -> Self {
        Self { reporter: None, ..self }
    }
}

type Rank = (bool, Option<Time>, Reverse<CaseNumber>);

/// Cases in the order of the list.
type Order = BTreeMap<Rank, CaseId>;

/// Every case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inbox {
    rows: HashMap<CaseId, Row>,
    every: Order,
    open: Order,
    closed: Order,
    /// The cases in which somebody is involved.
    involving: HashMap<UserId, BTreeSet<CaseId>>,
    by_number: HashMap<CaseNumber, CaseId>,
    /// Of each year, in the block that the number lies in.
    last_sequence: HashMap<(u16, NumberBlock), u32>,
}

impl Inbox {
    /// Takes in one more fact.
    pub fn apply(&mut self, case: CaseId, event: &Event, recorded: &Recorded) {
        if let Event::DeviationReported(report) = event {
            self.by_number.insert(report.number, case);
            let block = (report.number.year, report.number.block());
            let last = self.last_sequence.entry(block).or_default();
            *last = (*last).max(report.number.sequence);
            let row = row(case, report, recorded.at);
            self.every.insert(row.rank(), case);
            self.open.insert(row.rank(), case);
            self.rows.insert(case, row);
        }
        let moves_people = matches!(
            event,
            Event::PersonInvolved { .. }
                | Event::PersonErased { .. }
                | Event::CaseErased { .. }
                | Event::Correction(correction::Event::InvolvementWithdrawn { .. })
        );
        let is_shown = moves_people
            || matches!(
                event,
                Event::CaseFoundSevere { .. }
                    | Event::CaseAssigned { .. }
                    | Event::Custody(_)
                    | Event::Access(_)
            );
        if !is_shown && !Standing::is_moved_by(event) {
            return;
        }
        let Some(row) = self.rows.get_mut(&case) else { return };
        let before = (row.rank(), row.is_open());
        let involved = moves_people.then(|| row.users_involved());
        row.apply(event, recorded.at);
        let after = (row.rank(), row.is_open());
        let still_involved = involved.as_ref().map(|_| row.users_involved());
        if before != after {
            self.every.remove(&before.0);
            self.every.insert(after.0, case);
            self.of(before.1).remove(&before.0);
            self.of(after.1).insert(after.0, case);
        }
        if let (Some(before), Some(after)) = (involved, still_involved) {
            self.involve(case, &before, &after);
        }
    }

    fn of(&mut self, is_open: bool) -> &mut Order {
        if is_open { &mut self.open } else { &mut self.closed }
    }

    fn involve(&mut self, case: CaseId, before: &BTreeSet<UserId>, after: &BTreeSet<UserId>) {
        for user in after.difference(before) {
            self.involving.entry(*user).or_default().insert(case);
        }
        for user in before.difference(after) {
            if let Some(cases) = self.involving.get_mut(user) {
                cases.remove(&case);
            }
        }
        self.involving.retain(|_, cases| !cases.is_empty());
    }

    /// One case's row.
    #[must_use]
    pub fn row(&self, case: CaseId) -> Option<&Row> {
        self.rows.get(&case)
    }

    /// The cases that somebody is involved in.
    pub fn involving(&self, user: UserId) -> impl Iterator<Item = &Row> {
        let cases = self.involving.get(&user).into_iter().flatten();
        cases.filter_map(|case| self.rows.get(case))
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

    /// What a filter lists for somebody who sees every case but those they are involved in, found
    /// without looking at every row; nothing where the filter asks for more than open or closed.
    #[must_use]
    pub fn known(&self, filter: &Filter, user: UserId) -> Option<Known<'_>> {
        let is_known = *filter == Filter { closed: filter.closed, ..Filter::default() };
        let own = self.involving.get(&user);
        let order = self.order(filter);
        let is_listed = |case: &CaseId| {
            let is_open = self.rows.get(case).is_some_and(Row::is_open);
            filter.closed.is_none_or(|closed| closed != is_open)
        };
        let own_listed = own.into_iter().flatten().filter(|case| is_listed(case)).count();
        is_known.then(|| Known { inbox: self, order, own, total: order.len() - own_listed })
    }

    fn order(&self, filter: &Filter) -> &Order {
        match filter.closed {
            None => &self.every,
            Some(false) => &self.open,
            Some(true) => &self.closed,
        }
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
        let rows = self.order(filter).values().filter_map(|case| self.rows.get(case));
        rows.filter(move |row| filter.matches(row, organisation) && may_see(row))
    }
}

/// A list whose length is known before its rows are looked at.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    inbox: &'a Inbox,
    order: &'a Order,
    own: Option<&'a BTreeSet<CaseId>>,
    /// How many rows are on it.
    pub total: usize,
}

impl<'a> Known<'a> {
    /// The rows at these places, counted off from the nearer end.
    #[must_use]
    pub fn rows(&self, places: Range<usize>) -> Vec<&'a Row> {
        let (start, end) = (places.start.min(self.total), places.end.min(self.total));
        let length = end.saturating_sub(start);
        let is_own = |case: &CaseId| self.own.is_some_and(|own| own.contains(case));
        let cases = self.order.values().filter(|case| !is_own(case));
        let row = |case: &CaseId| &self.inbox.rows[case];
        if start < self.total / 2 {
            return cases.skip(start).take(length).map(row).collect();
        }
        let from_end = cases.rev().skip(self.total - end).take(length);
        let mut rows: Vec<&Row> = from_end.map(row).collect();
        rows.reverse();
        rows
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
        standing: Standing::reported(report.known_since(), reported_at),
        severe: false,
        advised: None,
        involved: Involved::default(),
        closed_at: None,
        opened: BTreeMap::new(),
        audits: BTreeMap::new(),
        reporter: report.reporter.identity().and_then(|identity| identity.user),
        said: said(happened, systems),
    }
}

fn said(happened: &str, systems: &str) -> String {
    let mut said = format!("{happened} {systems}").to_lowercase();
    if let Some((end, _)) = said.char_indices().nth(SAID_CHARACTERS_MAX) {
        said.truncate(end);
    }
    said
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
mod tests;
