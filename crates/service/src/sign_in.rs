//! Proving who one is: by password and session, or by bearer token.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use chrono::TimeDelta;
use domain::Time;
use domain::case::Acting;
use domain::ids::UserId;
use domain::organisation::{Organisation, Person, Request};
use tokio::sync::Semaphore;

use crate::error::HandleError;
use crate::open::Service;
use crate::permit::SignedIn;
use crate::secrets::hash;
use crate::sessions::SessionToken;

/// Characters a chosen password has at least.
pub const PASSWORD_CHARACTERS_MIN: usize = 12;

/// Characters a password has at most.
pub const PASSWORD_CHARACTERS_MAX: usize = 200;

/// Wrong passwords for one name before the next try has to wait.
const FREE_TRIES: u32 = 5;

/// The longest such wait.
const WAIT_MAX: TimeDelta = TimeDelta::minutes(15);

/// Names for which wrong passwords are remembered.
const REMEMBERED_MAX: usize = 10_000;

/// Passwords hashed at once: each takes 19 MiB and a core.
const HASHED_AT_ONCE: usize = 2;

/// Why signing in failed. It does not tell whether the name exists.
#[derive(Debug)]
pub enum SignInError {
    /// Name or password is wrong.
    Wrong,
    /// Too many wrong tries for this name.
    TooManyTries {
        /// How long to wait before the next one.
        wait_seconds: u64,
    },
}

/// Why a password was not changed.
#[derive(Debug)]
pub enum ChoosePasswordError {
    /// The current password is wrong, or there were too many tries.
    Current(SignInError),
    /// The new one has fewer than [`PASSWORD_CHARACTERS_MIN`] characters.
    TooShort,
    /// The new one has more than [`PASSWORD_CHARACTERS_MAX`] characters.
    TooLong,
    /// The new one is the current one.
    Unchanged,
    /// It was not recorded.
    Handle(HandleError),
}

impl fmt::Display for SignInError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrong => write!(f, "the name or the password is wrong"),
            Self::TooManyTries { wait_seconds } => {
                write!(f, "too many wrong tries; wait {wait_seconds} seconds")
            }
        }
    }
}

impl std::error::Error for SignInError {}

/// Wrong tries by name, and when the last one was.
#[derive(Debug, Default)]
pub(crate) struct WrongTries(Mutex<HashMap<String, (u32, Time)>>);

impl WrongTries {
    /// Seconds until the next try for `name` is heard.
    fn wait(&self, name: &str, now: Time) -> Option<u64> {
        let tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, last) = tries.get(name)?;
        let until = *last + pause_after(*count)?;
        let wait = (until - now).num_seconds();
        u64::try_from(wait).ok().filter(|wait| 0 < *wait)
    }

    fn note(&self, name: String, now: Time) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() == REMEMBERED_MAX {
            tries.retain(|_, (_, last)| now < *last + WAIT_MAX);
        }
        if tries.len() < REMEMBERED_MAX || tries.contains_key(&name) {
            let (count, last) = tries.entry(name).or_insert((0, now));
            *count = if now < *last + WAIT_MAX { *count + 1 } else { 1 };
            *last = now;
        }
    }

    fn forget(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

/// Doubles with every wrong try after the free ones.
fn pause_after(count: u32) -> Option<TimeDelta> {
    let over = count.checked_sub(FREE_TRIES)?;
    Some(TimeDelta::seconds(1i64 << over.min(20)).min(WAIT_MAX))
}

/// Bounds how much work passwords make.
#[derive(Debug)]
pub(crate) struct Hashing(Semaphore);

impl Default for Hashing {
    fn default() -> Self {
        Self(Semaphore::new(HASHED_AT_ONCE))
    }
}

impl Hashing {
    /// Runs costly work on a thread of its own, at most a few at a time.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let _permit = self.0.acquire().await.expect("the semaphore is never closed");
        tokio::task::spawn_blocking(work).await.expect("hashing a password does not panic")
    }
}

/// Argon2id in PHC string form, with a salt of its own.
pub(crate) fn hash_password(password: &str) -> String {
    Argon2::default()
        .hash_password(password.as_bytes())
        .expect("the standard parameters hash any password")
        .to_string()
}

fn verifies(password: &str, kept: &str) -> bool {
    PasswordHash::new(kept)
        .is_ok_and(|kept| Argon2::default().verify_password(password.as_bytes(), &kept).is_ok())
}

impl Service {
    /// Begins a session for somebody who knows their password.
    pub async fn sign_in(
        &self,
        sign_in_name: &str,
        password: &str,
    ) -> Result<SessionToken, SignInError> {
        let user = self.verify_password(sign_in_name, password).await?;
        let (token, changes) = self.sessions().begin(user, self.now());
        self.keep_sessions(changes);
        Ok(token)
    }

    async fn verify_password(
        &self,
        sign_in_name: &str,
        password: &str,
    ) -> Result<UserId, SignInError> {
        let name = sign_in_name.trim().to_lowercase();
        if let Some(wait_seconds) = self.wrong_tries().wait(&name, self.now()) {
            return Err(SignInError::TooManyTries { wait_seconds });
        }
        let known = {
            let views = self.views();
            views.organisation.signs_in_as(&name).and_then(|(user, person)| {
                Some((user, person.password.as_ref()?.hash.get()?.clone()))
            })
        };
        let password: String = password.chars().take(PASSWORD_CHARACTERS_MAX + 1).collect();
        let kept = known.as_ref().map(|(_, hash)| hash.clone());
        let verified = self
            .hashing()
            .run(move || {
                if let Some(kept) = kept {
                    return verifies(&password, &kept);
                }
                // As much work for a name nobody has, so that time tells nothing.
                hash_password(&password);
                false
            })
            .await;
        match known {
            Some((user, _)) if verified => {
                self.wrong_tries().forget(&name);
                Ok(user)
            }
            _ => {
                self.wrong_tries().note(name, self.now());
                Err(SignInError::Wrong)
            }
        }
    }

    /// Who a browser's token belongs to, while its session lasts.
    #[must_use]
    pub fn session(&self, token: &str) -> Option<SignedIn> {
        let (user, change) = self.sessions().find(token, self.now());
        self.keep_sessions(change);
        self.signed_in(user?)
    }

    /// Ends a session.
    pub fn sign_out(&self, token: &str) {
        let change = self.sessions().end(token);
        self.keep_sessions([change]);
    }

    /// Who a bearer token acts for, until it expires or is withdrawn. While its holder has a
    /// one-time password to replace, it opens no case and no overview.
    #[must_use]
    pub fn bearer(&self, token: &str) -> Option<SignedIn> {
        let hash = hash("token", token);
        let user = {
            let views = self.views();
            let mut tokens = views.organisation.tokens.values();
            let held = tokens.find(|held| held.hash == hash)?;
            (self.now() < held.expires_at).then_some(held.user)?
        };
        self.signed_in(user)
    }

    /// Whoever signs in with a name, as the person at the machine acts for them on their written
    /// order; no password is asked of them there.
    #[must_use]
    pub fn on_behalf_of(&self, sign_in_name: &str) -> Option<SignedIn> {
        let user = self.views().organisation.signs_in_as(sign_in_name).map(|(user, _)| user)?;
        Some(SignedIn { must_choose_password: false, ..self.signed_in(user)? })
    }

    pub(crate) fn signed_in(&self, user: UserId) -> Option<SignedIn> {
        let views = self.views();
        let person = views.organisation.people.get(&user).filter(|person| person.active)?;
        Some(to_signed_in(user, person))
    }

    /// Chooses a new password, as its holder, and ends every other session of theirs.
    pub async fn choose_password(
        &self,
        who: &SignedIn,
        session: Option<&str>,
        current: &str,
        new: &str,
    ) -> Result<(), ChoosePasswordError> {
        match new.chars().count() {
            count if count < PASSWORD_CHARACTERS_MIN => return Err(ChoosePasswordError::TooShort),
            count if PASSWORD_CHARACTERS_MAX < count => return Err(ChoosePasswordError::TooLong),
            _ if new == current => return Err(ChoosePasswordError::Unchanged),
            _ => (),
        }
        let name = sign_in_name(&self.views().organisation, who.user)
            .ok_or(ChoosePasswordError::Current(SignInError::Wrong))?;
        self.verify_password(&name, current).await.map_err(ChoosePasswordError::Current)?;
        let hash = self.hash_password(new.to_owned()).await;
        let request = Request::SetPassword { user: who.user, hash, one_time: false };
        self.change(Acting::user(who.user, who.roles.clone()), request, None)
            .await
            .map_err(ChoosePasswordError::Handle)?;
        let ended = self.sessions().end_others(who.user, session);
        self.keep_sessions(ended);
        Ok(())
    }

    /// Argon2id hash of a password, made on a thread of its own.
    pub(crate) async fn hash_password(&self, password: String) -> String {
        self.hashing().run(move || hash_password(&password)).await
    }

    /// Ends every session of somebody.
    pub(crate) fn end_sessions(&self, user: UserId) {
        let ended = self.sessions().end_others(user, None);
        self.keep_sessions(ended);
    }
}

fn sign_in_name(organisation: &Organisation, user: UserId) -> Option<String> {
    organisation.people.get(&user)?.sign_in_name.get().cloned()
}

fn to_signed_in(user: UserId, person: &Person) -> SignedIn {
    SignedIn {
        user,
        name: person.name.get().cloned().unwrap_or_default(),
        roles: person.roles.clone(),
        unit: person.unit,
        must_choose_password: person.password.as_ref().is_some_and(|it| it.one_time),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Time {
        Time::from_timestamp(1_772_409_600 + seconds, 0).expect("a time in 2026")
    }

    #[test]
    fn a_password_verifies_against_its_own_hash_alone() {
        let kept = hash_password("correct horse battery");
        assert!(kept.starts_with("$argon2id$"));
        assert!(verifies("correct horse battery", &kept));
        assert!(!verifies("correct horse batterz", &kept));
        assert!(!verifies("correct horse battery", "not a hash"));
    }

    #[test]
    fn wrong_tries_make_the_next_one_wait_longer_and_longer() {
        let tries = WrongTries::default();
        for _ in 0..4 {
            tries.note("kari".to_owned(), at(0));
        }
        assert_eq!(tries.wait("kari", at(0)), None);
        tries.note("kari".to_owned(), at(0));
        assert_eq!(tries.wait("kari", at(0)), Some(1));
        tries.note("kari".to_owned(), at(1));
        assert_eq!(tries.wait("kari", at(1)), Some(2));
        assert_eq!(tries.wait("ola", at(1)), None);
        tries.forget("kari");
        assert_eq!(tries.wait("kari", at(1)), None);
    }

    #[test]
    fn a_wait_is_never_longer_than_a_quarter_of_an_hour() {
        assert_eq!(pause_after(1_000), Some(WAIT_MAX));
    }
}
