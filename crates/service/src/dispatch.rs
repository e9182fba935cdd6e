//! Carries the outbox out of the house: at least once, with back-off, a failure visible.

mod failure;

use channels::mail::{Address, Message, MessageId};
use chrono::TimeDelta;
use domain::Time;
use domain::case::command::MakeLink;
use domain::case::inquiry::{Inquiry, Respondent};
use domain::case::{Acting, Case, Request};
use domain::ids::{InquiryId, UserId};
use journal::{NextAttempt, PendingMessage};
use tokio::sync::{Mutex, Notify, watch};

use crate::archive::Went;
use crate::execute::folded;
use crate::how_far::mail_of;
use crate::inquiries::link_hash;
use crate::letters::HeldUp;
use crate::notices::{House, SecretLink};
use crate::open::Service;
use crate::reactions::{News, Notice, Recipient};
use crate::secrets;

pub(crate) use failure::Failure;
use failure::Then;

/// Tries before a message is given up and waits for somebody to look.
pub(crate) const TRIES_MAX: u32 = 12;

/// The first pause after a failure; each next one is twice as long.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(30);

/// The longest pause.
const PAUSE_MAX: TimeDelta = TimeDelta::hours(2);

/// How often the outbox is looked through when nothing new wakes the dispatch.
const LOOK_EVERY_SECONDS: u32 = 5;

/// Wakes whoever carries the outbox, one at a time: two would send the same twice.
#[derive(Default)]
pub(crate) struct Post {
    pub(crate) wake: Notify,
    turn: Mutex<()>,
    pub(crate) held_up: HeldUp,
}

impl Service {
    /// Sends everything that is due.
    pub async fn dispatch_once(&self) {
        let _turn = self.post().turn.lock().await;
        let now = self.now();
        for message in self.journal().pending_messages() {
            if is_due(&message, now) {
                self.send_on(message).await;
            }
        }
    }

    pub(crate) async fn dispatch(self, mut stop: watch::Receiver<bool>) {
        let mut ticks = self.clock().ticks();
        loop {
            self.dispatch_once().await;
            tokio::select! {
                () = self.post().wake.notified() => (),
                () = ticks.next(LOOK_EVERY_SECONDS) => (),
                _ = stop.wait_for(|stopped| *stopped) => return,
            }
        }
    }

    async fn send_on(&self, pending: PendingMessage) {
        let id = pending.entry.id;
        let mut attempts = pending.attempts + 1;
        let next = match self.send(&pending).await {
            Ok(()) => None,
            Err(failure) => {
                failure.tell(id, attempts);
                let next = match failure.then() {
                    Then::Never => NextAttempt::Never,
                    Then::Again => after(attempts, self.now()),
                    Then::GoOn => {
                        attempts = 0;
                        self.wake_dispatch();
                        NextAttempt::AtOnce
                    }
                    Then::LookIn(pause) => {
                        attempts = 0;
                        NextAttempt::NotBefore(self.now() + pause)
                    }
                };
                let is_over = next == NextAttempt::Never
                    && self.is_told_on_the_case(&pending, &failure).await;
                (!is_over).then_some(next)
            }
        };
        let noted = match next {
            None => self.journal().mark_sent(id).await,
            Some(next) => self.journal().mark_failed(id, attempts, next).await,
        };
        if let Err(error) = noted {
            let error: &dyn std::error::Error = &error;
            tracing::error!(message.id = %id, error, "how a mail went was not noted");
        }
    }

    /// Whether the case says that it came to a stop, where somebody begins it anew: nothing waits
    /// here any more then.
    async fn is_told_on_the_case(&self, pending: &PendingMessage, failure: &Failure) -> bool {
        let notice = serde_json::from_slice(&pending.entry.payload);
        let Ok(Notice { to: Recipient::People { people }, number: Some(number), .. }) = notice
        else {
            return false;
        };
        let Some(case) = self.find_case(number) else { return false };
        self.give_letters_up(case, people, failure.obstacle()).await
    }

    async fn send(&self, pending: &PendingMessage) -> Result<(), Failure> {
        let notice: Notice =
            serde_json::from_slice(&pending.entry.payload).map_err(|_| Failure::NoRecipient)?;
        let (to, link) = match notice.to {
            Recipient::Archive { package } => return self.archive(&notice, package).await,
            Recipient::User(user) => (self.address(user).ok_or(Failure::NoRecipient)?, None),
            Recipient::Respondent { respondent } => {
                // What was answered or withdrawn meanwhile needs no mail any more.
                let Some(to) = self.outside(&notice, respondent).await? else { return Ok(()) };
                let is_asked = notice.news != News::InquiryOver;
                let link = if is_asked {
                    Some(self.secret_link(&notice, respondent).await?)
                } else {
                    None
                };
                (to, link)
            }
            Recipient::People { people } => return self.send_letters(&notice, people).await,
            Recipient::Reporter(_) => {
                // Who was erased meanwhile, or has left, is told nothing any more.
                let Some(to) = self.reporter(&notice).await? else { return Ok(()) };
                (to, None)
            }
        };
        let words = {
            let organisation = &self.views().organisation.name;
            let house = House { base_url: &self.settings().base_url, organisation };
            self.mail_texts().words(&notice, &house, link.as_ref())
        };
        let message = Message {
            id: MessageId::new(pending.entry.id.to_string()).expect("a UUID is a message id"),
            to: vec![to],
            subject: words.subject,
            text: words.text,
            sent_at: self.now(),
        };
        self.mail().send(&message).await.map_err(|error| {
            if error.is_transient() { Failure::Later(error) } else { Failure::Never(error) }
        })
    }

    async fn archive(&self, notice: &Notice, version: u32) -> Result<(), Failure> {
        let case = notice.number.and_then(|it| self.find_case(it)).ok_or(Failure::NoRecipient)?;
        match self.hand_package_over(case, version).await.map_err(Failure::Archive)? {
            Went::Settled => Ok(()),
            Went::ReceiptAwaited => Err(Failure::ReceiptAwaited),
        }
    }

    /// The address of somebody outside who was asked; nothing once no answer is waited for, or, to
    /// say that, while one is.
    async fn outside(
        &self,
        notice: &Notice,
        inquiry: InquiryId,
    ) -> Result<Option<Address>, Failure> {
        let case = notice.number.and_then(|it| self.find_case(it)).ok_or(Failure::NoRecipient)?;
        let stream = self.read(case.into()).await.map_err(Failure::NotRead)?;
        let folded = folded(&stream);
        let known = folded.known().filter(|_| !matches!(folded, Case::Erased(_)));
        let asked = known.and_then(|known| known.inquiries.get(&inquiry));
        let waits = |it: &Inquiry| it.is_open() && matches!(folded, Case::Open(_));
        let is_over = notice.news == News::InquiryOver;
        let is_news = |it: &&Inquiry| if is_over { !waits(it) } else { waits(it) };
        let Some(asked) = asked.filter(is_news) else { return Ok(None) };
        let Respondent::Outside(contact) = &asked.respondent else {
            return Err(Failure::NoRecipient);
        };
        let address = contact.get().and_then(|contact| contact.email.parse().ok());
        address.map(Some).ok_or(Failure::NoRecipient)
    }

    /// A new link, whose secret is in the mail and nowhere else. Those mailed before work too, so
    /// that a mail that arrives late does not lead nowhere.
    async fn secret_link(
        &self,
        notice: &Notice,
        inquiry: InquiryId,
    ) -> Result<SecretLink, Failure> {
        let case = notice.number.and_then(|it| self.find_case(it)).ok_or(Failure::NoRecipient)?;
        let secret = secrets::link_secret();
        let days = self.settings().case.link_days;
        let expires_at = self.now() + TimeDelta::days(i64::from(days));
        let link = MakeLink { inquiry, hash: link_hash(&secret), expires_at };
        let made = self.carry_out(case, Acting::service(), Request::MakeLink(link), None).await;
        made.map_err(Failure::NoLink)?;
        Ok(SecretLink { secret, days })
    }

    /// The address of whoever reported; nothing once it is not known any more.
    async fn reporter(&self, notice: &Notice) -> Result<Option<Address>, Failure> {
        let case = notice.number.and_then(|it| self.find_case(it)).ok_or(Failure::NoRecipient)?;
        let stream = self.read(case.into()).await.map_err(Failure::NotRead)?;
        let folded = folded(&stream);
        let organisation = &self.views().organisation;
        Ok(folded.known().and_then(|case| mail_of(&case.report.reporter, organisation)))
    }

    fn address(&self, user: UserId) -> Option<Address> {
        let views = self.views();
        let person = views.organisation.people.get(&user).filter(|person| person.active)?;
        person.email.as_ref()?.get()?.parse().ok()
    }
}

fn is_due(message: &PendingMessage, now: Time) -> bool {
    match message.next_attempt {
        NextAttempt::AtOnce => true,
        NextAttempt::NotBefore(at) => at <= now,
        NextAttempt::Never => false,
    }
}

fn after(attempts: u32, now: Time) -> NextAttempt {
    if TRIES_MAX <= attempts {
        return NextAttempt::Never;
    }
    NextAttempt::NotBefore(now + pause(attempts))
}

/// The pause after so many failures in a row.
fn pause(failures: u32) -> TimeDelta {
    let doubled = FIRST_PAUSE * (1i32 << failures.saturating_sub(1).min(16));
    doubled.min(PAUSE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let now = Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026");
        assert_eq!(after(1, now), NextAttempt::NotBefore(now + TimeDelta::seconds(30)));
        assert_eq!(after(3, now), NextAttempt::NotBefore(now + TimeDelta::seconds(120)));
        assert_eq!(after(11, now), NextAttempt::NotBefore(now + PAUSE_MAX));
        assert_eq!(after(12, now), NextAttempt::Never);
    }
}
