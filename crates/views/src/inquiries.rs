//! Every question to somebody who is to help: what a respondent has to answer, which answers are
//! overdue, and which question a secret link leads to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::TimeDelta;
use domain::Time;
use domain::case::Event;
use domain::case::confirmation;
use domain::case::inquiry::{LinkHash, Reminder, reminder};
use domain::ids::{CaseId, CaseNumber, InquiryId, UserId};

/// A question in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Which question.
    pub inquiry: InquiryId,
    /// The case it belongs to.
    pub case: CaseId,
    /// The case's number.
    pub number: CaseNumber,
    /// The member who was asked; nobody where it is somebody outside the organisation.
    pub respondent: Option<UserId>,
    /// When it was asked.
    pub made_at: Time,
    /// When the answer is wanted.
    pub due_at: Time,
    /// Whether it was answered.
    pub is_answered: bool,
    /// Whether no answer is wanted any more.
    pub is_withdrawn: bool,
    reminded: BTreeSet<Reminder>,
}

impl Row {
    /// Whether an answer is waited for.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.is_answered && !self.is_withdrawn
    }

    fn is_to_remind(&self, before: TimeDelta, now: Time) -> bool {
        let reminder = reminder(self.made_at, self.due_at, before, now);
        self.is_open() && reminder.is_some_and(|reminder| !self.reminded.contains(&reminder))
    }
}

/// Every question of every case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inquiries {
    rows: BTreeMap<(CaseId, InquiryId), Row>,
    links: HashMap<LinkHash, (CaseId, InquiryId)>,
    numbers: HashMap<CaseId, CaseNumber>,
    closed: BTreeSet<CaseId>,
}

impl Inquiries {
    /// Takes in one more fact, recorded at a time.
    pub fn apply(&mut self, case: CaseId, event: &Event, at: Time) {
        match event {
            Event::DeviationReported(report) => {
                self.numbers.insert(case, report.number);
            }
            Event::InquiryMade(made) => {
                self.ask(case, made.inquiry, made.respondent.member(), (at, made.due_at));
            }
            Event::Confirmation(confirmation::Event::ConfirmationAsked(asked)) => {
                self.ask(case, asked.inquiry, None, (at, asked.due_at));
            }
            Event::InquiryLinkMade { inquiry, hash, .. } => {
                self.links.insert(hash.clone(), (case, *inquiry));
            }
            Event::InquiryReminded { inquiry, reminder } => self.with(case, *inquiry, |row| {
                row.reminded.insert(*reminder);
            }),
            Event::InquiryAnswered { inquiry, .. }
            | Event::Confirmation(confirmation::Event::ConfirmationGiven { inquiry, .. }) => {
                self.with(case, *inquiry, |row| row.is_answered = true);
            }
            Event::InquiryWithdrawn { inquiry, .. } => {
                self.with(case, *inquiry, |row| row.is_withdrawn = true);
            }
            Event::CaseClosed { .. }
            | Event::ClosedAsNotADeviation { .. }
            | Event::CaseMerged { .. } => {
                self.closed.insert(case);
            }
            Event::CaseErased { .. } => {
                self.closed.insert(case);
                self.rows.retain(|(of, _), _| *of != case);
                self.links.retain(|_, (of, _)| *of != case);
            }
            Event::CaseReopened { .. } => {
                self.closed.remove(&case);
            }
            _ => (),
        }
    }

    fn ask(
        &mut self,
        case: CaseId,
        inquiry: InquiryId,
        respondent: Option<UserId>,
        (made_at, due_at): (Time, Time),
    ) {
        let Some(number) = self.numbers.get(&case).copied() else { return };
        let row = Row {
            inquiry,
            case,
            number,
            respondent,
            made_at,
            due_at,
            is_answered: false,
            is_withdrawn: false,
            reminded: BTreeSet::new(),
        };
        self.rows.insert((case, inquiry), row);
    }

    fn with(&mut self, case: CaseId, inquiry: InquiryId, change: impl FnOnce(&mut Row)) {
        if let Some(row) = self.rows.get_mut(&(case, inquiry)) {
            change(row);
        }
    }

    /// One question, also of a case that has ended: it is answered all the same.
    #[must_use]
    pub fn row(&self, case: CaseId, inquiry: InquiryId) -> Option<&Row> {
        self.rows.get(&(case, inquiry))
    }

    /// The question a link leads to, whether it still works or not.
    #[must_use]
    pub fn by_link(&self, link: &LinkHash) -> Option<(CaseId, InquiryId)> {
        self.links.get(link).copied()
    }

    /// Whether somebody is asked anything in a case, open or ended.
    #[must_use]
    pub fn asks(&self, case: CaseId, user: UserId) -> bool {
        self.of_case(case).any(|row| row.respondent == Some(user) && !row.is_withdrawn)
    }

    /// Whether somebody was ever asked anything in a case, withdrawn or not.
    #[must_use]
    pub fn asked(&self, case: CaseId, user: UserId) -> bool {
        self.of_case(case).any(|row| row.respondent == Some(user))
    }

    /// How many answers should have come by now in a case.
    #[must_use]
    pub fn overdue(&self, case: CaseId, now: Time) -> usize {
        let waits = |row: &&Row| row.is_open() && row.due_at < now;
        let is_open = !self.closed.contains(&case);
        if is_open { self.of_case(case).filter(waits).count() } else { 0 }
    }

    /// What somebody is asked in open cases: what is to be answered first, the soonest on top.
    #[must_use]
    pub fn of_respondent(&self, user: UserId) -> Vec<&Row> {
        let is_theirs = |row: &&Row| {
            row.respondent == Some(user) && !row.is_withdrawn && !self.closed.contains(&row.case)
        };
        let mut rows: Vec<&Row> = self.rows.values().filter(is_theirs).collect();
        rows.sort_by_key(|row| (row.is_answered, row.due_at, row.inquiry));
        rows
    }

    /// The questions of open cases that wait for an answer, the soonest due on top.
    #[must_use]
    pub fn waiting(&self) -> Vec<&Row> {
        let waits = |row: &&Row| row.is_open() && !self.closed.contains(&row.case);
        let mut rows: Vec<&Row> = self.rows.values().filter(waits).collect();
        rows.sort_by_key(|row| (row.due_at, row.number, row.inquiry));
        rows
    }

    /// The open cases in which somebody is to be reminded by now, for the first time so long
    /// `before` their answer is due.
    #[must_use]
    pub fn with_reminders(&self, before: TimeDelta, now: Time) -> BTreeSet<CaseId> {
        let due = self.rows.values().filter(|row| row.is_to_remind(before, now));
        let due = due.map(|row| row.case);
        due.filter(|case| !self.closed.contains(case)).collect()
    }

    fn of_case(&self, case: CaseId) -> impl Iterator<Item = &Row> {
        let rows = self.rows.range((case, InquiryId::FIRST)..);
        rows.take_while(move |((of, _), _)| *of == case).map(|(_, row)| row)
    }
}
