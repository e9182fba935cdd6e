//! Sessions: a random token in the browser, its hash and whose it is here. They survive a restart
//! and end when they are not used, when they grow old, or when their holder signs out.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use domain::Time;
use domain::ids::UserId;
use serde::{Deserialize, Serialize};

use crate::secrets::{hash, hexadecimal, random};

/// Sessions of one person; beyond it the oldest ends.
const SESSIONS_EACH_MAX: usize = 20;

/// How often the use of a session is noted.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(1);

/// What a browser holds to show who it is.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

/// Tokens stay out of logs.
impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

impl SessionToken {
    /// The token's text, for the cookie.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One session, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) user: UserId,
    pub(crate) began_at: Time,
    pub(crate) used_at: Time,
}

/// How long sessions last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lifetime {
    pub(crate) idle: TimeDelta,
    pub(crate) total: TimeDelta,
}

impl Lifetime {
    fn covers(self, session: &Session, now: Time) -> bool {
        now < session.used_at + self.idle && now < session.began_at + self.total
    }
}

/// Every session that has not ended.
pub(crate) struct Sessions {
    lifetime: Lifetime,
    held: Mutex<HashMap<String, Session>>,
}

/// What is to be kept after a change: the session, or nothing once it ended.
pub(crate) struct Change {
    pub(crate) hash: String,
    pub(crate) session: Option<Session>,
}

impl Sessions {
    pub(crate) fn new(lifetime: Lifetime, kept: HashMap<String, Session>) -> Self {
        Self { lifetime, held: Mutex::new(kept) }
    }

    /// Begins a session, and ends those of the same person that have grown too old or too many.
    pub(crate) fn begin(&self, user: UserId, now: Time) -> (SessionToken, Vec<Change>) {
        let token = hexadecimal(&random::<32>());
        let session = Session { user, began_at: now, used_at: now };
        let mut held = self.lock();
        let mut changes: Vec<Change> = surplus(&held, user, self.lifetime, now)
            .into_iter()
            .map(|hash| Change { hash, session: None })
            .collect();
        for change in &changes {
            held.remove(&change.hash);
        }
        let key = key(&token);
        held.insert(key.clone(), session.clone());
        changes.push(Change { hash: key, session: Some(session) });
        (SessionToken(token), changes)
    }

    /// Whose session it is, while it lasts; and what is to be kept of its use or its end.
    pub(crate) fn find(&self, token: &str, now: Time) -> (Option<UserId>, Option<Change>) {
        let mut held = self.lock();
        let hash = key(token);
        let Some(session) = held.get_mut(&hash) else { return (None, None) };
        if !self.lifetime.covers(session, now) {
            held.remove(&hash);
            return (None, Some(Change { hash, session: None }));
        }
        let user = session.user;
        if now < session.used_at + TOUCH_EVERY {
            return (Some(user), None);
        }
        session.used_at = now;
        let session = Some(session.clone());
        (Some(user), Some(Change { hash, session }))
    }

    /// Ends a session.
    pub(crate) fn end(&self, token: &str) -> Change {
        let hash = key(token);
        self.lock().remove(&hash);
        Change { hash, session: None }
    }

    /// Ends every session of somebody but the one they hold now.
    pub(crate) fn end_others(&self, user: UserId, but: Option<&str>) -> Vec<Change> {
        let mut held = self.lock();
        let kept = but.map(key);
        let ended: Vec<String> = held
            .iter()
            .filter(|(hash, session)| session.user == user && Some(*hash) != kept.as_ref())
            .map(|(hash, _)| hash.clone())
            .collect();
        for hash in &ended {
            held.remove(hash);
        }
        ended.into_iter().map(|hash| Change { hash, session: None }).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Session>> {
        // A panic while the lock was held leaves the map whole.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(token: &str) -> String {
    hash("session", token)
}

fn surplus(
    held: &HashMap<String, Session>,
    user: UserId,
    lifetime: Lifetime,
    now: Time,
) -> Vec<String> {
    let (live, mut ended): (Vec<_>, Vec<_>) = held
        .iter()
        .filter(|(_, session)| session.user == user)
        .partition(|(_, session)| lifetime.covers(session, now));
    let mut live = live;
    live.sort_by_key(|(_, session)| std::cmp::Reverse(session.used_at));
    ended.extend(live.into_iter().skip(SESSIONS_EACH_MAX - 1));
    ended.into_iter().map(|(hash, _)| hash.clone()).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const USER: UserId = UserId(Uuid::from_u128(1));

    fn sessions() -> Sessions {
        let lifetime = Lifetime { idle: TimeDelta::minutes(30), total: TimeDelta::hours(2) };
        Sessions::new(lifetime, HashMap::new())
    }

    fn at(minutes: i64) -> Time {
        Time::from_timestamp(1_772_409_600 + minutes * 60, 0).expect("a time in 2026")
    }

    fn is_live(sessions: &Sessions, token: &SessionToken, minutes: i64) -> bool {
        sessions.find(token.as_str(), at(minutes)).0.is_some()
    }

    #[test]
    fn a_session_lasts_while_it_is_used_and_not_for_ever() {
        let sessions = sessions();
        let (token, _) = sessions.begin(USER, at(0));
        assert!(is_live(&sessions, &token, 29));
        assert!(is_live(&sessions, &token, 58));
        assert!(is_live(&sessions, &token, 87));
        assert!(is_live(&sessions, &token, 116));
        assert!(!is_live(&sessions, &token, 120), "two hours are the end of it");
    }

    #[test]
    fn an_unused_session_ends() {
        let sessions = sessions();
        let (token, _) = sessions.begin(USER, at(0));
        assert!(!is_live(&sessions, &token, 30));
    }

    #[test]
    fn signing_out_ends_a_session() {
        let sessions = sessions();
        let (token, _) = sessions.begin(USER, at(0));
        sessions.end(token.as_str());
        assert!(!is_live(&sessions, &token, 1));
    }

    #[test]
    fn a_new_password_ends_the_other_sessions() {
        let sessions = sessions();
        let (one, _) = sessions.begin(USER, at(0));
        let (other, _) = sessions.begin(USER, at(0));
        sessions.end_others(USER, Some(one.as_str()));
        assert!(is_live(&sessions, &one, 1));
        assert!(!is_live(&sessions, &other, 1));
    }

    #[test]
    fn one_persons_sessions_do_not_pile_up() {
        let sessions = sessions();
        let (first, _) = sessions.begin(USER, at(0));
        for minute in 1..=20 {
            sessions.begin(USER, at(minute));
        }
        assert!(!is_live(&sessions, &first, 21));
        assert_eq!(sessions.lock().len(), SESSIONS_EACH_MAX);
    }
}
