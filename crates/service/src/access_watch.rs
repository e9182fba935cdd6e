//! The watch over the access log: tells, once, where somebody read or took out more than is usual.
//! What is unusual is in `tally.rs`; that it was found is an event, with mails to those who look
//! after it in the same breath (`docs/decisions/0020-who-looked.md`).

mod tally;

use std::collections::BTreeSet;
use std::fmt;

use chrono::TimeDelta;
use domain::case::Acting;
use domain::ids::UserId;
use domain::organisation::command::ReviewUnusualAccess;
use domain::organisation::{AccessOutcome, Organisation, Request, UnusualAccess};
use domain::{Actor, Erasable, Position, Role, Time};
use journal::{AccessLine, AppendError, Journal, OutboxEntry, ReadError};
use tokio::sync::watch;
use views::alerts::{Alert, Review};

use self::tally::{Found, Tally};
use crate::error::{HandleError, LookUpError, Refusal};
use crate::execute::{TEXT_CHARACTERS_MAX, entry};
use crate::look_up::overview;
use crate::open::Service;
use crate::permit::{Overview, SignedIn};
use crate::reactions::{News, Notice, Recipient};
use crate::reporting::bounded;
use crate::secrets::FormKey;

/// Up to which line of the access log everything unusual is recorded.
const WATCHED: &str = "access-watch/watched";

/// Lines that are read at a time.
const LINES_AT_ONCE: usize = 1_024;

/// How far back the lines are read anew at a start: far enough for what is usual.
const READ_ANEW: TimeDelta = TimeDelta::days(60);

/// What was found later than this stands on the list and is mailed to nobody, such as what a
/// crisis copy brings.
const NEWS_FOR: TimeDelta = TimeDelta::hours(24);

/// Unusual reading, as somebody who looks after it sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct AccessAlert {
    /// What was found.
    pub found: UnusualAccess,
    /// What came of looking into it, once somebody has.
    pub reviewed: Option<AlertReviewed>,
    /// Whether it is theirs to look into.
    pub is_theirs: bool,
}

/// What came of looking into unusual reading.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertReviewed {
    /// Who looked into it.
    pub by: Actor,
    /// When.
    pub at: Time,
    /// What came of it.
    pub outcome: AccessOutcome,
    /// What was found, which may tell of cases: for officers, and whoever wrote it.
    pub finding: Option<Erasable<String>>,
}

/// How far the watch has come.
#[derive(Default)]
pub(crate) struct AccessWatch(Option<Watching>);

struct Watching {
    after: Position,
    /// What comes up to here was recorded before a restart.
    recorded: Position,
    tally: Tally,
}

/// Why the watch stopped where it was.
#[derive(Debug)]
enum WatchError {
    /// The log, or how far it was watched, could not be read.
    Read(ReadError),
    /// How far it was watched could not be kept.
    Keep(AppendError),
    /// What was found could not be recorded.
    Record(HandleError),
}

impl fmt::Display for WatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read(_) => "the access log could not be read",
            Self::Keep(_) => "how far it was watched could not be kept",
            Self::Record(_) => "what was found could not be recorded",
        })
    }
}

impl std::error::Error for WatchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(match self {
            Self::Read(error) => error,
            Self::Keep(error) => error,
            Self::Record(error) => error,
        })
    }
}

impl Service {
    /// What was found unusual, the latest on top. The look is noted.
    pub async fn access_alerts(
        &self,
        who: &SignedIn,
        page: &'static str,
    ) -> Result<Vec<AccessAlert>, LookUpError> {
        let ground = overview(who, Overview::AccessAlerts)?;
        self.note_list(who, Overview::AccessAlerts, page, ground).await?;
        let views = self.views();
        let alert = |it: &Alert| {
            let whose = it.found.user;
            let is_theirs = views.organisation.looks_into((who.user, &who.roles), whose);
            let reviewed = it.reviewed.clone().map(|it| {
                let Review { by, at, outcome, finding } = it;
                let reads = who.roles.holds(Role::Dpo) && who.user != whose;
                let reads = reads || by == Actor::User(who.user);
                AlertReviewed { by, at, outcome, finding: reads.then_some(finding) }
            });
            AccessAlert { found: it.found, reviewed, is_theirs }
        };
        Ok(views.alerts.newest_first().map(alert).collect())
    }

    /// Records what came of looking into unusual reading.
    pub async fn review_access(
        &self,
        who: &SignedIn,
        it: ReviewUnusualAccess,
        key: FormKey,
    ) -> Result<(), HandleError> {
        overview(who, Overview::AccessAlerts).map_err(|_| Refusal::NotPermitted)?;
        bounded([&it.finding], TEXT_CHARACTERS_MAX)?;
        self.administer(who, Request::ReviewUnusualAccess(it), key).await
    }

    /// Looks at every line of the access log that was not looked at before.
    pub async fn watch_accesses_once(&self) {
        let mut watch = self.access_watch().lock().await;
        if let Err(error) = self.watch_on(&mut watch).await {
            // Counted anew; what is recorded already stays so.
            *watch = AccessWatch::default();
            let error: &dyn std::error::Error = &error;
            tracing::error!(error, "the watch over the access log stopped, and tries again");
        }
    }

    pub(crate) async fn watch_accesses(self, mut stop: watch::Receiver<bool>) {
        let mut ticks = self.clock().ticks();
        loop {
            tokio::select! {
                () = self.watch_accesses_once() => (),
                _ = stop.wait_for(|stopped| *stopped) => return,
            }
            tokio::select! {
                () = self.index_accesses() => (),
                _ = stop.wait_for(|stopped| *stopped) => return,
            }
            tokio::select! {
                () = ticks.next(self.settings().watch_seconds) => (),
                _ = stop.wait_for(|stopped| *stopped) => return,
            }
        }
    }

    async fn watch_on(&self, watch: &mut AccessWatch) -> Result<(), WatchError> {
        let watching = match &mut watch.0 {
            Some(watching) => watching,
            none => none.insert(self.begin_to_watch().await?),
        };
        loop {
            let lines = self.journal().read_accesses(watching.after, LINES_AT_ONCE).await;
            let lines = lines.map_err(WatchError::Read)?;
            let Some(last) = lines.last().map(|(position, _)| *position) else { return Ok(()) };
            for (position, line) in lines {
                let found = {
                    let views = self.views();
                    let closed_at = |case| views.inbox.row(case)?.closed_at;
                    watching.tally.take(&line, closed_at)
                };
                for found in found.into_iter().filter(|_| watching.recorded < position) {
                    self.tell(found, position, &line).await.map_err(WatchError::Record)?;
                }
            }
            watching.after = last;
            if watching.recorded < last {
                watching.recorded = last;
                let kept = Some(last.0.to_be_bytes().to_vec());
                let kept = self.journal().put_state(vec![(WATCHED.to_owned(), kept)]).await;
                kept.map_err(WatchError::Keep)?;
            }
        }
    }

    async fn begin_to_watch(&self) -> Result<Watching, WatchError> {
        let recorded = self.journal().state(WATCHED).await.map_err(WatchError::Read)?;
        let recorded = recorded.and_then(|bytes| bytes.try_into().ok());
        let recorded = Position(recorded.map_or(0, u64::from_be_bytes));
        let after = before(self.journal(), self.now() - READ_ANEW).await;
        let after = after.map_err(WatchError::Read)?.min(recorded);
        let settings = self.settings();
        let tally = Tally::new(settings.access.clone(), settings.zone);
        Ok(Watching { after, recorded, tally })
    }

    /// Records what was found, and has those told who look after it.
    async fn tell(
        &self,
        found: Found,
        line: Position,
        looked: &AccessLine,
    ) -> Result<(), HandleError> {
        let Found { rule, user, day, count, limit } = found;
        let looked_at = looked.at;
        let found = UnusualAccess { rule, user, count, limit, looked_at, line };
        let key = FormKey::new(user.0);
        let key = key.idempotency(&format!("unusual access {} {day}", <&str>::from(rule)));
        let is_news = self.now() - looked_at < NEWS_FOR;
        let told = if is_news { told(&self.views().organisation, user) } else { BTreeSet::new() };
        let notice = |to| {
            let (to, news) = (Recipient::User(to), News::UnusualAccess);
            entry(&Notice { to, number: None, news })
        };
        let outbox: Vec<OutboxEntry> = told.into_iter().map(notice).collect();
        let request = Request::RecordUnusualAccess(found);
        self.change_and_tell(Acting::service(), request, Some(key), outbox).await
    }
}

/// Who is told of somebody's unusual reading: the data protection officers, and the auditors too
/// where it is one of the officers; nobody is told of their own alone. Where nobody is left, the
/// controller is told.
fn told(organisation: &Organisation, user: UserId) -> BTreeSet<UserId> {
    let holders = |role| organisation.holders(role).map(|(user, _)| user);
    let is_officer = organisation.people.get(&user).is_some_and(|it| it.roles.holds(Role::Dpo));
    let mut told: BTreeSet<UserId> = holders(Role::Dpo).collect();
    if is_officer {
        told.extend(holders(Role::Auditor));
    }
    told.remove(&user);
    if told.is_empty() {
        told.extend(holders(Role::Controller).filter(|controller| *controller != user));
    }
    told
}

/// The last line of the access log from before a moment. Lines of a crisis copy stand later than
/// their time says, which costs a few days of what is usual.
async fn before(journal: &Journal, moment: Time) -> Result<Position, ReadError> {
    let (mut low, mut high) = (0, journal.last_access().await?.0);
    while low < high {
        let middle = low + (high - low) / 2;
        let line = journal.read_accesses(Position(middle), 1).await?;
        if line.first().is_some_and(|(_, line)| line.at < moment) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(Position(low))
}
