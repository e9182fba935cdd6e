//! The duties of a case as it is looked at, and every clock that runs across cases.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use domain::Time;
use domain::case::Judgement;
use domain::case::duties::unsettled;
use domain::category::CategoryId;
use domain::duty::{Condition, Duty, Reading, Verdict};
use domain::ids::{CaseId, CaseNumber, InquiryId, UnitId};
use domain::organisation::Organisation;
use views::{CaseFile, Views};

use crate::error::LookUpError;
use crate::look_up::{Part, overview};
use crate::open::Service;
use crate::permit::{self, Overview, SignedIn};

/// A duty of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseDuty {
    /// The duty, as it was when the case was judged by it.
    pub duty: Arc<Duty>,
    /// How it was judged.
    pub judgement: Judgement,
    /// When it is due, while its clock runs, for sure or possibly: in no case that is closed.
    pub running_until: Option<Time>,
    /// What would settle whether it applies, where that is not known.
    pub unsettled: Vec<Condition>,
    /// Its deadline as Regulation 1182/71 can be read, while it has one.
    pub reading: Option<Reading>,
}

/// A clock that runs, in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct RunningClock {
    /// In which case.
    pub case: CaseId,
    /// The case's number.
    pub number: CaseNumber,
    /// The category the case is handled under.
    pub category: CategoryId,
    /// The unit it belongs to.
    pub unit: UnitId,
    /// Of which duty, in the version the case was judged by.
    pub duty: Arc<Duty>,
    /// Whether the duty applies for sure, or is only possible.
    pub verdict: Verdict,
    /// The last instant that is in time.
    pub due_at: Time,
}

/// A question that waits for an answer, as the lists of clocks have it: nothing of what is asked,
/// or of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitingQuestion {
    /// In which case.
    pub case: CaseId,
    /// The case's number.
    pub number: CaseNumber,
    /// Which question.
    pub inquiry: InquiryId,
    /// When the answer is wanted.
    pub due_at: Time,
}

impl Service {
    /// Every duty a case was judged by: those whose clocks run first, the soonest on top, then what
    /// is done, then what does not apply.
    #[must_use]
    pub fn case_duties(&self, file: &CaseFile) -> Vec<CaseDuty> {
        let known = &file.known;
        let book = self.duty_book(Some(known));
        let is_open = !file.standing.phase().is_closed();
        let mut duties: Vec<CaseDuty> = known
            .duties
            .judged
            .values()
            .filter_map(|judgement| {
                let duty = self.duty_as_of(&judgement.duty, judgement.version)?;
                let running_until = judgement.running_until().filter(|_| is_open);
                let runs = running_until.is_some();
                let asks = runs && judgement.verdict == Verdict::Unknown;
                let unsettled = if asks { unsettled(known, &duty, &book) } else { Vec::new() };
                let reading = judgement.starts_at.filter(|_| runs && !duty.own_target);
                let reading = reading.map(|start| book.calendar.reading(start, duty.length));
                Some(CaseDuty {
                    duty,
                    judgement: judgement.clone(),
                    running_until,
                    unsettled,
                    reading,
                })
            })
            .collect();
        duties.sort_by_key(|it| {
            let runs = it.running_until.is_some();
            let applies = Reverse((runs, it.judgement.verdict));
            (applies, it.judgement.due_at, it.duty.order)
        });
        duties
    }

    /// The clocks that run in the cases somebody may see, the soonest first: those of duties that
    /// apply, or those of duties that are only possible. Of all there are, `pick` says which are
    /// wanted.
    pub async fn clocks(
        &self,
        who: &SignedIn,
        verdict: Verdict,
        page: &'static str,
        pick: impl FnOnce(usize) -> Range<usize>,
    ) -> Result<Part<RunningClock>, LookUpError> {
        let ground = overview(who, Overview::Clocks)?;
        self.note_list(who, Overview::Clocks, page, ground).await?;
        Ok(self.clocks_seen(who, verdict, pick))
    }

    /// The same without a line in the access log, which whoever asks has written.
    pub(crate) fn clocks_seen(
        &self,
        who: &SignedIn,
        verdict: Verdict,
        pick: impl FnOnce(usize) -> Range<usize>,
    ) -> Part<RunningClock> {
        let (now, views) = (self.now(), self.views());
        let organisation = &views.organisation;
        let sees = |case: CaseId| {
            let row = views.inbox.row(case);
            row.is_some_and(|row| permit::sees(who, row, organisation, now))
        };
        let running: Vec<_> = views
            .deadlines
            .running()
            .filter(|running| running.verdict == verdict && sees(running.case))
            .collect();
        let total = running.len();
        let wanted = pick(total);
        let wanted = running.into_iter().skip(wanted.start).take(wanted.len());
        let items = wanted.filter_map(|it| self.running_clock(&views, &it)).collect();
        Part { items, total, is_whole: true }
    }

    /// The questions that wait for an answer in the cases whose clocks somebody sees, the soonest
    /// due first. Of all there are, `pick` says which are wanted.
    pub async fn question_clocks(
        &self,
        who: &SignedIn,
        page: &'static str,
        pick: impl FnOnce(usize) -> Range<usize>,
    ) -> Result<Part<WaitingQuestion>, LookUpError> {
        let ground = overview(who, Overview::Clocks)?;
        self.note_list(who, Overview::Clocks, page, ground).await?;
        Ok(self.questions_seen(who, pick))
    }

    /// The same without a line in the access log, which whoever asks has written.
    #[must_use]
    pub fn questions_seen(
        &self,
        who: &SignedIn,
        pick: impl FnOnce(usize) -> Range<usize>,
    ) -> Part<WaitingQuestion> {
        let waiting = self.questions_waiting(who);
        let (total, wanted) = (waiting.len(), pick(waiting.len()));
        let items = waiting.into_iter().skip(wanted.start).take(wanted.len()).collect();
        Part { items, total, is_whole: true }
    }

    /// All of them, without a line in the access log, which whoever asks has written.
    pub(crate) fn questions_waiting(&self, who: &SignedIn) -> Vec<WaitingQuestion> {
        if overview(who, Overview::Clocks).is_err() {
            return Vec::new();
        }
        let (now, views) = (self.now(), self.views());
        let sees = |case: CaseId| {
            let row = views.inbox.row(case);
            row.is_some_and(|row| permit::sees(who, row, &views.organisation, now))
        };
        let waiting = views.inquiries.waiting().into_iter().filter(|row| sees(row.case));
        let shown = |row: &views::inquiries::Row| WaitingQuestion {
            case: row.case,
            number: row.number,
            inquiry: row.inquiry,
            due_at: row.due_at,
        };
        waiting.map(shown).collect()
    }

    fn running_clock(
        &self,
        views: &Views,
        running: &views::deadlines::Running,
    ) -> Option<RunningClock> {
        let row = views.inbox.row(running.case)?;
        Some(RunningClock {
            case: running.case,
            number: row.number,
            category: row.category.clone(),
            unit: row.unit,
            duty: self.duty_in(&views.organisation, running)?,
            verdict: running.verdict,
            due_at: running.due_at,
        })
    }

    fn duty_in(
        &self,
        organisation: &Organisation,
        running: &views::deadlines::Running,
    ) -> Option<Arc<Duty>> {
        let recorded =
            running.version.and_then(|version| organisation.duty(&running.duty, version));
        let now = || self.duties().get(&running.duty).cloned().map(Arc::new);
        recorded.cloned().or_else(now)
    }
}
