//! Bringing a case together with another, where two streams must tell the same.
//!
//! What the other case must say is recorded there first: if the service stops in between, the
//! same request, sent again, does the rest (`docs/decisions/0014-merging.md`).

use domain::Erasable;
use domain::case::command::Join;
use domain::case::dealings::OtherCase;
use domain::case::{Acting, Case, Request, decide};
use domain::ids::{CaseId, CaseNumber};
use uuid::Uuid;
use views::inbox::{Filter, Row};
use views::similar::{Similar, similar};

use crate::error::{HandleError, LookUpError, Refusal};
use crate::execute::folded;
use crate::open::Service;
use crate::permit::{self, SignedIn, Step};
use crate::secrets::FormKey;

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
    /// two moments of awareness counts there, and whoever is involved here is kept out there.
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
        self.is_open(it).await?;
        let (number, aware_at) = (ending.report.number, ending.clock.deadline.aware_at);
        let take_in = Request::TakeInDuplicate { other: OtherCase { case, number }, aware_at };
        self.carry_out(it.case, acting, take_in, None).await?;
        for (person, user) in ending.involved.iter() {
            let key = FormKey::new(Uuid::from_u128(person.0.as_u128() ^ it.case.0.as_u128()));
            let name = Request::NameInvolved(Erasable::about(key.involved(), user));
            self.carry_out(it.case, Acting::service(), name, None).await?;
        }
        Ok(())
    }

    async fn is_open(&self, it: &Join) -> Result<(), HandleError> {
        let other = folded(&self.read(it.case.into()).await?);
        let refused = case_refusal(it.number);
        if matches!(other, Case::Open(_)) { Ok(()) } else { Err(refused.into()) }
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
