//! What waits to be mailed, and what could not be: for those who look after it.

use domain::ids::CaseNumber;
use journal::{Access, NextAttempt};
use uuid::Uuid;

use crate::error::LookUpError;
use crate::look_up::overview;
use crate::open::Service;
use crate::permit::{Overview, SignedIn};
use crate::reactions::{News, Notice, Recipient};

/// A message that has not gone out.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// Which message.
    pub message: Uuid,
    /// Whom it goes to.
    pub to: Recipient,
    /// The case it is about, where it is about one.
    pub number: Option<CaseNumber>,
    /// What it tells.
    pub news: News,
    /// How often it was tried in vain.
    pub attempts: u32,
    /// When it is tried next.
    pub next: NextAttempt,
}

impl Service {
    /// Every message that has not gone out, the oldest first, but for those about cases one is
    /// involved in.
    pub async fn waiting_post(
        &self,
        who: &SignedIn,
        page: &'static str,
    ) -> Result<Vec<Waiting>, LookUpError> {
        let ground = overview(who, Overview::Post)?;
        self.note(who, Access::List(<&str>::from(Overview::Post).to_owned()), page, ground).await?;
        Ok(self.waiting_for(who).collect())
    }

    /// Has a message tried again at once, as somebody asks who looks after the post.
    pub async fn resend(&self, who: &SignedIn, message: Uuid) -> Result<(), LookUpError> {
        overview(who, Overview::Post)?;
        if !self.waiting_for(who).any(|waiting| waiting.message == message) {
            return Err(LookUpError::NotFound);
        }
        let again = self.journal().mark_failed(message, 0, NextAttempt::AtOnce).await;
        again.map_err(LookUpError::Note)?;
        self.wake_dispatch();
        Ok(())
    }

    fn waiting_for(&self, who: &SignedIn) -> impl Iterator<Item = Waiting> {
        let pending = self.journal().pending_messages().into_iter();
        let waiting = pending.filter_map(|pending| {
            let notice: Notice = serde_json::from_slice(&pending.entry.payload).ok()?;
            Some(Waiting {
                message: pending.entry.id,
                to: notice.to,
                number: notice.number,
                news: notice.news,
                attempts: pending.attempts,
                next: pending.next_attempt,
            })
        });
        waiting.filter(|it| !it.number.is_some_and(|number| self.is_involved(who, number)))
    }

    /// Whether somebody is involved in the case with that number, and hence kept from it.
    fn is_involved(&self, who: &SignedIn, number: CaseNumber) -> bool {
        let views = self.views();
        let row = views.inbox.case(number).and_then(|case| views.inbox.row(case));
        row.is_some_and(|row| row.involved.contains(&who.user))
    }
}
