//! Changing the organisation: units, people, what they are and how they sign in.

use chrono::TimeDelta;
use domain::case::Acting;
use domain::ids::{TokenId, UserId};
use domain::organisation::command::IssueToken;
use domain::organisation::{Command, Organisation, Request, decide, fold};
use domain::{Event, Recorded, StreamId, Time};
use journal::{Access, Append, AppendError, Idempotency, OutboxEntry};

use crate::error::{HandleError, LookUpError, Refusal};
use crate::execute::{once, version};
use crate::look_up::overview;
use crate::open::Service;
use crate::permit::{Overview, SignedIn};
use crate::secrets::{self, FormKey};

/// How often a decision is taken anew when others keep changing the organisation.
const TRIES_MAX: u32 = 8;

impl Service {
    /// Units, people and tokens, for those who keep them. The look is noted.
    pub async fn administered(
        &self,
        who: &SignedIn,
        page: &'static str,
    ) -> Result<Organisation, LookUpError> {
        let ground = overview(who, Overview::Organisation)?;
        let name = <&str>::from(Overview::Organisation).to_owned();
        self.note(who, Access::List(name), page, ground).await?;
        Ok(self.organisation())
    }

    /// Changes the organisation as somebody signed in; the rules say who may.
    pub async fn administer(
        &self,
        who: &SignedIn,
        request: Request,
        key: FormKey,
    ) -> Result<(), HandleError> {
        if who.must_choose_password && !matches!(request, Request::SetPassword { .. }) {
            return Err(Refusal::NotPermitted.into());
        }
        // A request's debug form names its kind and nothing else.
        let key = key.idempotency(&format!("{request:?}"));
        self.change(who.acting(), request, Some(key)).await
    }

    /// Records that somebody is away until a time, or back.
    pub async fn be_away(
        &self,
        who: &SignedIn,
        until: Option<Time>,
        key: FormKey,
    ) -> Result<(), HandleError> {
        let user = who.user;
        let request = match until {
            Some(until) => Request::RecordAbsence { user, until },
            None => Request::EndAbsence(user),
        };
        self.administer(who, request, key).await
    }

    /// Changes the organisation as the service itself: setting up, and the command line.
    pub async fn set_up(&self, request: Request) -> Result<(), HandleError> {
        self.change(Acting::service(), request, None).await
    }

    /// Issues a bearer token for `user`, good for `days`, and answers with the token, which is kept
    /// nowhere. `by` is an administrator, or nobody when the command line asks.
    pub async fn issue_token(
        &self,
        by: Option<&SignedIn>,
        user: UserId,
        label: String,
        days: u16,
    ) -> Result<String, HandleError> {
        let token = secrets::token();
        let request = Request::IssueToken(IssueToken {
            token: TokenId(secrets::random_id()),
            user,
            label,
            hash: secrets::hash("token", &token),
            expires_at: self.now() + TimeDelta::days(i64::from(days)),
        });
        self.change(by.map_or_else(Acting::service, SignedIn::acting), request, None).await?;
        Ok(token)
    }

    /// Gives somebody a one-time password, and answers with it. It is kept nowhere.
    pub async fn give_one_time_password(
        &self,
        by: Option<&SignedIn>,
        user: UserId,
    ) -> Result<String, HandleError> {
        let password = secrets::one_time_password();
        let hash = self.hash_password(password.clone()).await;
        let request = Request::SetPassword { user, hash, one_time: true };
        self.change(by.map_or_else(Acting::service, SignedIn::acting), request, None).await?;
        self.end_sessions(user);
        Ok(password)
    }

    pub(crate) async fn change(
        &self,
        by: Acting,
        request: Request,
        idempotency: Option<Idempotency>,
    ) -> Result<(), HandleError> {
        self.change_and_tell(by, request, idempotency, Vec::new()).await
    }

    /// The same, with messages that leave once it is recorded.
    pub(crate) async fn change_and_tell(
        &self,
        by: Acting,
        request: Request,
        idempotency: Option<Idempotency>,
        outbox: Vec<OutboxEntry>,
    ) -> Result<(), HandleError> {
        if self.was_carried_out(idempotency).await? {
            return Ok(());
        }
        let command = Command { at: self.now(), by, request };
        for _ in 0..TRIES_MAX {
            let stream = self.read(StreamId::ORGANISATION).await?;
            let events = decide(&folded(&stream), &command)?;
            if events.is_empty() {
                return Ok(());
            }
            let append = Append {
                stream: StreamId::ORGANISATION,
                expected: version(&stream),
                events: events.into_iter().map(Event::from).collect(),
                at: command.at,
                by: command.by.actor,
                idempotency,
                outbox: outbox.clone(),
            };
            match self.append(append).await {
                Err(AppendError::Conflict { .. }) => (),
                other => {
                    return other.map_err(HandleError::Record).and_then(|it| once(it, idempotency));
                }
            }
        }
        Err(HandleError::Contended)
    }
}

fn folded(stream: &[Recorded]) -> Organisation {
    fold(stream.iter().filter_map(|recorded| match &recorded.event {
        Event::Organisation(event) => Some(event),
        Event::Case(_) | Event::Review(_) => None,
    }))
}
