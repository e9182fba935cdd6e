//! Somebody's running clocks for their calendar: at an address with a secret in it, since calendars
//! cannot sign in. What it shows is what they may see themselves, and each look is noted.

use domain::duty::Verdict;
use domain::ids::UserId;
use domain::review::ReviewNumber;
use domain::{Time, organisation};
use journal::Access;

use crate::clocks::{RunningClock, WaitingQuestion};
use crate::error::{HandleError, LookUpError, Refusal};
use crate::look_up::overview;
use crate::open::Service;
use crate::permit::{Overview, SignedIn};
use crate::secrets::{self, FormKey};

/// The name of the feed in the access log.
const CALENDAR: &str = "calendar";

/// Clocks in a feed, and questions likewise: the soonest of them.
const CLOCKS_MAX: usize = 1_000;

/// What stands in a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarClocks {
    /// The clocks that run in cases, the soonest first.
    pub cases: Vec<RunningClock>,
    /// The questions that wait for an answer, likewise.
    pub questions: Vec<WaitingQuestion>,
    /// After which management review the next is due, and when.
    pub review: Option<(ReviewNumber, Time)>,
}

impl Service {
    /// Gives somebody a new secret for their calendar address, which is shown this once and kept
    /// nowhere; the one before stops working. The same form sent twice gives the same secret.
    pub async fn open_calendar(&self, who: &SignedIn, key: FormKey) -> Result<String, HandleError> {
        overview(who, Overview::Clocks).map_err(|_| Refusal::NotPermitted)?;
        let secret = key.calendar();
        let request = organisation::Request::OpenCalendarFeed(hash(&secret));
        let key = key.idempotency("calendar");
        self.change(who.acting(), request, Some(key)).await?;
        Ok(secret)
    }

    /// Makes somebody's calendar address stop working.
    pub async fn close_calendar(&self, who: &SignedIn) -> Result<(), HandleError> {
        let request = organisation::Request::CloseCalendarFeed;
        self.change(who.acting(), request, None).await
    }

    /// Whether somebody has a calendar address.
    #[must_use]
    pub fn has_calendar(&self, user: UserId) -> bool {
        self.views().organisation.calendar_feeds.contains_key(&user)
    }

    /// The clocks that whoever's address has that secret may see.
    pub async fn calendar(
        &self,
        secret: &str,
        page: &'static str,
    ) -> Result<CalendarClocks, LookUpError> {
        let holder = {
            let views = self.views();
            views.organisation.calendar_feed_of(&hash(secret)).map(|(user, _)| user)
        };
        let who = holder.and_then(|user| self.signed_in(user)).ok_or(LookUpError::NotFound)?;
        let ground = overview(&who, Overview::Clocks).map_err(|_| LookUpError::NotFound)?;
        self.note(&who, Access::Export(CALENDAR.to_owned()), page, ground).await?;
        let cases = self.clocks_seen(&who, Verdict::Yes, |total| 0..total.min(CLOCKS_MAX)).items;
        let mut questions = self.questions_waiting(&who);
        questions.truncate(CLOCKS_MAX);
        Ok(CalendarClocks { cases, questions, review: self.next_review(&who) })
    }
}

fn hash(secret: &str) -> String {
    secrets::hash(CALENDAR, secret)
}
