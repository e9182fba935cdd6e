//! Opening a case outside one's role: for a stated purpose, for a set time, told to the data
//! protection officers at once, who look into it (`docs/decisions/0016-need-to-know.md`).

use std::ops::Range;

use chrono::TimeDelta;
use domain::case::command::OpenOutsideRole;
use domain::case::refusal::RequiredText;
use domain::case::{Event, Request, access};
use domain::ids::{CaseId, CaseNumber};
use domain::{Erasable, Event as AnyEvent, Time};
use views::openings::Opening;

use crate::error::{HandleError, LookUpError, Refusal};
use crate::look_up::{Part, overview};
use crate::open::Service;
use crate::permit::{self, Overview, SignedIn};
use crate::reporting::bounded;
use crate::secrets::FormKey;

/// Characters of a purpose that are kept.
pub const PURPOSE_CHARACTERS_MAX: usize = 1_000;

/// A case that was opened outside somebody's role, as the data protection officer sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// Who opened it, and when.
    pub opening: Opening,
    /// The case's number.
    pub number: CaseNumber,
    /// What for, in their own words.
    pub purpose: Erasable<String>,
    /// What was found by looking into it, once somebody did.
    pub finding: Option<Erasable<String>>,
}

impl Service {
    /// Every time a case was opened outside somebody's role that is theirs to look into, for
    /// officers all but those of cases they are involved in: what nobody looked into first, the
    /// latest on top. The look is noted. Of all there are, `pick` says which are wanted.
    pub async fn openings(
        &self,
        who: &SignedIn,
        page: &'static str,
        pick: impl FnOnce(usize) -> Range<usize>,
    ) -> Result<Part<Opened>, LookUpError> {
        let ground = overview(who, Overview::Openings)?;
        self.note_list(who, Overview::Openings, page, ground).await?;
        let (total, wanted) = {
            let views = self.views();
            let seen: Vec<(Opening, CaseNumber)> = views
                .openings
                .list()
                .into_iter()
                .filter_map(|opening| Some((opening, views.inbox.row(opening.case)?)))
                .filter(|(_, row)| permit::looks_into_openings(who, row, &views.organisation))
                .map(|(opening, row)| (*opening, row.number))
                .collect();
            let here = pick(seen.len());
            let wanted: Vec<_> = seen.iter().skip(here.start).take(here.len()).copied().collect();
            (seen.len(), wanted)
        };
        let mut items = Vec::with_capacity(wanted.len());
        for (opening, number) in wanted {
            items.extend(self.opened(opening, number).await?);
        }
        Ok(Part { items, total, is_whole: true })
    }

    /// What the case says of an opening; nothing where it was erased in the meantime.
    async fn opened(
        &self,
        opening: Opening,
        number: CaseNumber,
    ) -> Result<Option<Opened>, LookUpError> {
        let stream = self.journal().read_stream(opening.case.into()).await;
        let (mut opened_for, mut found) = (None, None);
        for recorded in stream.map_err(LookUpError::Read)? {
            match recorded.event {
                AnyEvent::Case(Event::Access(access::Event::CaseOpenedOutsideRole {
                    user,
                    purpose,
                    until,
                })) if (user, until) == (opening.user, opening.until) => {
                    opened_for = Some(purpose);
                }
                AnyEvent::Case(Event::Access(access::Event::OpeningReviewed {
                    user,
                    until,
                    finding,
                })) if (user, until) == (opening.user, opening.until) => {
                    found = Some(finding);
                }
                _ => (),
            }
        }
        Ok(opened_for.map(|purpose| Opened { opening, number, purpose, finding: found }))
    }

    /// Lets somebody see one case for the time the settings give, whose role foresees it. Whoever
    /// sees the case anyway keeps what they see. An attempt that is refused stands in the access
    /// log, and looks as if there were no such case.
    pub async fn open_outside_role(
        &self,
        who: &SignedIn,
        case: CaseId,
        purpose: String,
        page: &'static str,
        key: FormKey,
    ) -> Result<(), HandleError> {
        bounded([&purpose], PURPOSE_CHARACTERS_MAX)?;
        let purpose = Erasable::known(purpose.trim().to_owned());
        if purpose.is_blank() {
            let missing = domain::case::Refusal::TextMissing { what: RequiredText::Purpose };
            return Err(missing.into());
        }
        let now = self.now();
        let (sees, may_open) = {
            let views = self.views();
            let row = views.inbox.row(case).ok_or(Refusal::NoSuchCase)?;
            let permit = permit::for_case(who, row, &views.organisation, false, now);
            let sees = permit.is_some_and(|permit| permit.sight().is_some());
            (sees, permit::for_opening(who, row).is_some())
        };
        if sees {
            return Ok(());
        }
        if !may_open {
            return Err(match self.note_refused(who, case, page).await {
                // What was not noted is not answered either.
                Err(LookUpError::Note(source)) => HandleError::Record(source),
                _ => Refusal::NoSuchCase.into(),
            });
        }
        let until =
            now + TimeDelta::minutes(i64::from(self.settings().access.outside_role_minutes));
        let request = Request::OpenOutsideRole(OpenOutsideRole { user: who.user, purpose, until });
        let key = key.idempotency(&format!("{case} opened outside role"));
        self.carry_out(case, who.acting(), request, Some(key)).await
    }

    /// Until when somebody sees a case they opened outside their role, if they do now.
    #[must_use]
    pub fn open_until(&self, who: &SignedIn, case: CaseId) -> Option<Time> {
        let views = self.views();
        let row = views.inbox.row(case)?;
        let permit = permit::for_case(who, row, &views.organisation, false, self.now())?;
        let is_outside = permit.ground() == permit::Ground::OutsideRole;
        row.opened.get(&who.user).copied().filter(|_| is_outside)
    }
}
