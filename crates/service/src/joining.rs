//! Bringing a case together with another, where two streams must tell the same.
//!
//! What the other case must say is recorded there first: if the service stops in between, the
//! same request, sent again, does the rest (`docs/decisions/0014-merging.md`).

use std::collections::BTreeSet;

use domain::Erasable;
use domain::case::command::Join;
use domain::case::dealings::OtherCase;
use domain::case::state::Closing;
use domain::case::{Acting, Case, OpenCase, Outstanding, Request, decide};
use domain::duty::{DutyId, Verdict};
use domain::ids::{CaseId, CaseNumber, UserId};
use views::inbox::{Filter, Row};
use views::similar::{Similar, similar};

use crate::error::{HandleError, LookUpError, Refusal};
use crate::execute::folded;
use crate::open::Service;
use crate::permit::{self, SignedIn, Step};
use crate::secrets::{FormKey, random_id};

/// How many cases, the newest first, are looked through for those a case resembles.
const LOOKED_THROUGH_MAX: usize = 5_000;

/// The cases that one resembles.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarCases {
    /// The most alike first, each with why.
    pub cases: Vec<Similar>,
    /// Whether whoever looks may link or merge them.
    pub may_join: bool,
}

impl Service {
    /// The cases that one resembles, among those somebody sees, with why.
    pub async fn similar(
        &self,
        who: &SignedIn,
        case: CaseId,
        page: &'static str,
    ) -> Result<SimilarCases, LookUpError> {
        let steps = self.note_case(who, case, page).await?;
        let (views, now) = (self.views(), self.now());
        let row = views.inbox.row(case).ok_or(LookUpError::NotFound)?;
        let every = Filter::default();
        let sees = |other: &Row| permit::sees(who, other, &views.organisation, now);
        let others = views.inbox.list(&every, &views.organisation, sees);
        let found = similar(row, others.take(LOOKED_THROUGH_MAX));
        let without_reporter =
            |it: Similar| Similar { row: it.row.without_reporter(), reasons: it.reasons };
        let cases = found.into_iter().map(without_reporter).collect();
        Ok(SimilarCases { cases, may_join: steps.contains(&Step::Merge) })
    }

    /// A request to join with the case it names by number.
    pub(crate) fn found(&self, join: Join) -> Result<Join, Refusal> {
        let case = self.find_case(join.number).ok_or(Refusal::NoSuchOtherCase)?;
        Ok(Join { case, ..join })
    }

    /// Has the other case say that the two belong together.
    pub(crate) async fn link_other(
        &self,
        who: &SignedIn,
        case: CaseId,
        it: &Join,
    ) -> Result<(), HandleError> {
        let acting = self.permit_other(who, it.case, Step::Link)?;
        let number = self.number_of(case).ok_or(Refusal::NoSuchCase)?;
        let back = Join { number, case, reason: it.reason.clone() };
        self.carry_out(it.case, acting, Request::Link(back), None).await
    }

    /// Has the other case take this one in, before this one ends: from then on the earlier of the
    /// two moments of awareness counts there, and whoever is involved in one is kept out of both.
    /// A duty whose clock runs here and not there is not lost in the merge: the case does not end.
    pub(crate) async fn hand_over(
        &self,
        who: &SignedIn,
        case: CaseId,
        it: &Join,
    ) -> Result<(), HandleError> {
        let acting = self.permit_other(who, it.case, Step::Merge)?;
        let ending = folded(&self.read(case.into()).await?);
        if let Case::Closed(_) = ending {
            // Said a second time, or no longer possible: the case itself knows which.
            return Ok(());
        }
        let ending = decide::may_end(&ending)?;
        if it.reason.is_blank() || ending.report.number == it.number {
            // The case refuses it with the right words.
            return Ok(());
        }
        let other = self.open_case(it).await?;
        if self.has_duty_of_its_own(ending, &other) {
            let outstanding = vec![Outstanding::FulfilDuties];
            return Err(
                Refusal::Case(domain::case::Refusal::NotReadyToClose { outstanding }).into()
            );
        }
        let (number, aware_at) = (ending.report.number, ending.clock.deadline.aware_at);
        let take_in = Request::TakeInDuplicate { other: OtherCase { case, number }, aware_at };
        self.carry_out(it.case, acting, take_in, None).await?;
        for (_, user) in ending.involved.iter() {
            self.keep_out(it.case, user).await?;
        }
        for (_, user) in other.involved.iter() {
            self.keep_out(case, user).await?;
        }
        Ok(())
    }

    /// Keeps somebody who was named in a case out of those it is one with by a merge, too.
    pub(crate) async fn name_in_joined(
        &self,
        case: CaseId,
        user: UserId,
    ) -> Result<(), HandleError> {
        let (mut met, mut next) = (BTreeSet::from([case]), vec![case]);
        while let Some(case) = next.pop() {
            let case = folded(&self.read(case.into()).await?);
            let into = match &case {
                Case::Closed(it) => match it.closing {
                    Closing::Merged { into } => Some(into.case),
                    Closing::ByController { .. } | Closing::NotADeviation { .. } => None,
                },
                Case::Unreported | Case::Open(_) | Case::Erased(_) => None,
            };
            let taken_in = case.known().into_iter().flat_map(|it| &it.duplicates);
            for other in taken_in.map(|it| it.case).chain(into) {
                if met.insert(other) {
                    self.keep_out(other, user).await?;
                    next.push(other);
                }
            }
        }
        Ok(())
    }

    /// Names somebody as involved in a case. An identifier made from theirs would still tell who it
    /// was once the name is erased.
    async fn keep_out(&self, case: CaseId, user: UserId) -> Result<(), HandleError> {
        let person = FormKey::new(random_id()).involved();
        let name = Request::NameInvolved(Erasable::about(person, user));
        self.carry_out(case, Acting::service(), name, None).await
    }

    /// Whether a duty that not every case has applies to `ending` for sure, and runs there and not
    /// in `other`.
    fn has_duty_of_its_own(&self, ending: &OpenCase, other: &OpenCase) -> bool {
        let runs_there =
            |duty: &DutyId| other.duties.running().iter().any(|(it, _)| it.duty == *duty);
        let is_triggered =
            |duty: &DutyId| self.duties().get(duty).is_none_or(|it| !it.triggers.is_empty());
        ending.duties.running().into_iter().any(|(it, _)| {
            it.verdict == Verdict::Yes && is_triggered(&it.duty) && !runs_there(&it.duty)
        })
    }

    async fn open_case(&self, it: &Join) -> Result<Box<OpenCase>, HandleError> {
        match folded(&self.read(it.case.into()).await?) {
            Case::Open(other) => Ok(other),
            _ => Err(case_refusal(it.number).into()),
        }
    }

    fn permit_other(&self, who: &SignedIn, case: CaseId, step: Step) -> Result<Acting, Refusal> {
        let views = self.views();
        let row = views.inbox.row(case).ok_or(Refusal::NoSuchOtherCase)?;
        let permit = permit::for_case(who, row, &views.organisation, false, self.now());
        let permit = permit.filter(|permit| permit.steps().contains(&step));
        Ok(permit.ok_or(Refusal::NoSuchOtherCase)?.acting().clone())
    }
}

fn case_refusal(other: CaseNumber) -> Refusal {
    Refusal::Case(domain::case::Refusal::OtherCaseNotOpen { other })
}
