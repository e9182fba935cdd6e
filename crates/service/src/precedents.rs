//! Equal treatment: the decided cases that one is nearest to, shown before it is decided, and what
//! a decision is held against (`docs/decisions/0025-equal-treatment.md`).

use domain::case::Request;
use domain::case::command::{DecideOnAuthority, DecideOnPeople};
use domain::case::facts::Facts;
use domain::ids::CaseId;
use views::CaseFile;
use views::precedents::{Precedent, authority_practice, nearest, people_practice};
use views::register::Entry;

use crate::error::LookUpError;
use crate::open::Service;
use crate::permit::{self, Overview, SignedIn};

/// The decided cases that one is nearest to.
#[derive(Debug, Clone, PartialEq)]
pub struct Precedents {
    /// What was found out of the case itself; none where nobody has found out anything yet, so that
    /// there is nothing to compare.
    pub facts: Option<Facts>,
    /// The nearest, the nearest first.
    pub nearest: Vec<Precedent>,
}

impl Service {
    /// The decided cases that one is nearest to, among those somebody sees, with why. It is for
    /// those who see every case but their own. The look is noted.
    pub async fn precedents(
        &self,
        who: &SignedIn,
        case: CaseId,
        page: &'static str,
    ) -> Result<Precedents, LookUpError> {
        self.note_case(who, case, page).await?;
        self.precedents_seen(who, case).ok_or(LookUpError::NotPermitted)
    }

    /// The same for a page on which the look at the case is noted already; nothing for those who do
    /// not see every case but their own.
    #[must_use]
    pub fn precedents_seen(&self, who: &SignedIn, case: CaseId) -> Option<Precedents> {
        permit::for_overview(who, Overview::Precedents)?;
        let (views, now) = (self.views(), self.now());
        let sees = |entry: &Entry| {
            let row = views.inbox.row(entry.case);
            row.is_some_and(|row| permit::sees(who, row, &views.organisation, now))
        };
        let entry = views.register.entry(case)?;
        let nearest = nearest(entry, views.register.list(sees).rev());
        Some(Precedents { facts: entry.facts.as_deref().cloned(), nearest })
    }

    /// A decision with what was decided in cases alike, as whoever takes it sees them; any other
    /// request as it is.
    pub(crate) fn with_practice(&self, who: &SignedIn, case: CaseId, request: Request) -> Request {
        let near = || self.precedents_seen(who, case).map(|it| it.nearest).unwrap_or_default();
        match request {
            Request::DecideOnAuthority(it) => {
                let practice = authority_practice(&near());
                Request::DecideOnAuthority(DecideOnAuthority { practice, ..it })
            }
            Request::DecideOnPeople(it) => {
                let practice = people_practice(&near());
                Request::DecideOnPeople(DecideOnPeople { practice, ..it })
            }
            other => other,
        }
    }

    /// A case without the numbers of those it was held against that somebody does not see.
    pub(crate) fn naming_what_they_see(&self, who: &SignedIn, file: CaseFile) -> CaseFile {
        let (views, now) = (self.views(), self.now());
        file.naming_only(|number| permit::sees_numbered(who, &views, number, now))
    }
}
