//! Opening a case outside one's role: for a stated purpose, for a set time, told to the data
//! protection officers at once (`docs/decisions/0016-need-to-know.md`).

use chrono::TimeDelta;
use domain::case::Request;
use domain::case::command::OpenOutsideRole;
use domain::case::refusal::RequiredText;
use domain::ids::CaseId;
use domain::{Erasable, Time};
use uuid::Uuid;

use crate::error::{HandleError, LookUpError, Refusal};
use crate::open::Service;
use crate::permit::{self, SignedIn};
use crate::reporting::bounded;
use crate::secrets::FormKey;

/// Characters of a purpose that are kept.
pub const PURPOSE_CHARACTERS_MAX: usize = 1_000;

impl Service {
    /// Lets somebody see one case for the time the settings give, whose role foresees it. Whoever
    /// sees the case anyway keeps what they see. An attempt that is refused stands in the access
    /// log, and looks as if there were no such case.
    pub async fn open_outside_role(
        &self,
        who: &SignedIn,
        case: CaseId,
        purpose: String,
        page: &'static str,
        key: Uuid,
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
        let key = FormKey::new(key).idempotency(&format!("{case} opened outside role"));
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
