//! The register of breaches (GDPR art. 33(5)): as it is, and as it was known at a moment, which is
//! read out of the log anew.

use std::ops::{ControlFlow, Range};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::{Event, Needs, Position, Recorded, Time};
use journal::{Journal, ReadError};
use tokio::sync::Semaphore;
use views::Register;
use views::register::{Entry, Period};

use crate::error::LookUpError;
use crate::look_up::{Part, list, overview};
use crate::open::Service;
use crate::permit::{self, Overview, SignedIn};
use crate::who_looked::Leaves;

/// How many views of the past are read out of the log at once: each keeps a core and the disk
/// at work. Whoever comes meanwhile waits, as long as an answer may take.
const READ_AT_ONCE: usize = 1;

/// Which register is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RegisterAsked {
    /// The register as it was known then; as it is known now when absent.
    pub known_at: Option<Time>,
    /// Only breaches reported in this period.
    pub period: Period,
}

/// The turns of those who read the past out of the log.
pub(crate) struct Turns(Arc<Semaphore>);

impl Default for Turns {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(READ_AT_ONCE)))
    }
}

/// Up to where the log is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Past {
    /// What was recorded by then.
    Moment(Time),
    /// What stands up to there.
    Position(Position),
}

impl Past {
    fn read(
        self,
        journal: &Journal,
        needs: Needs,
        each: impl FnMut(Recorded) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        match self {
            Self::Moment(moment) => journal.read_known_at(moment, needs, each),
            Self::Position(until) => journal.read_between(Position(0), until, needs, each),
        }
    }
}

/// Tells the thread that reads that nobody waits for it any more.
struct GivenUp(Arc<AtomicBool>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Service {
    /// The register of breaches, in order of case number: those that somebody may see today. Of
    /// all there are, `pick` says which are wanted. What was erased is told as erased, also as of a
    /// moment before. The look is noted with its rows, and so is the export.
    pub async fn register(
        &self,
        who: &SignedIn,
        asked: RegisterAsked,
        leaves: Leaves,
        page: &'static str,
        pick: impl FnOnce(usize) -> Range<usize>,
    ) -> Result<Part<Entry>, LookUpError> {
        let ground = overview(who, Overview::Register)?;
        let part = match asked.known_at {
            None => self.register_now(who, asked.period, pick),
            Some(moment) => {
                let then = self.register_at(moment, asked.period).await?;
                self.register_then(who, then, pick)
            }
        };
        match leaves {
            Leaves::Yes => {
                self.note_export(who, Overview::Register, page, ground, part.items.len()).await?;
            }
            Leaves::No => {
                let (what, rows) = (list(Overview::Register), part.items.len());
                self.note_rows(who, what, page, ground, rows).await?;
            }
        }
        Ok(part)
    }

    fn register_now(
        &self,
        who: &SignedIn,
        period: Period,
        pick: impl FnOnce(usize) -> Range<usize>,
    ) -> Part<Entry> {
        let (views, now) = (self.views(), self.now());
        let sees = |entry: &Entry| {
            let row = views.inbox.row(entry.case);
            period.holds(entry.reported_at)
                && row.is_some_and(|row| permit::sees(who, row, &views.organisation, now))
        };
        let entries: Vec<&Entry> = views.register.list(sees).collect();
        let total = entries.len();
        let wanted = pick(total);
        let wanted = entries.into_iter().skip(wanted.start).take(wanted.len());
        let mut items: Vec<Entry> = wanted.cloned().collect();
        for entry in &mut items {
            entry.name_only(|number| permit::sees_numbered(who, &views, number, now));
        }
        Part { items, total, is_whole: true }
    }

    /// The register of another time, as far as somebody may see it now.
    fn register_then(
        &self,
        who: &SignedIn,
        then: Register,
        pick: impl FnOnce(usize) -> Range<usize>,
    ) -> Part<Entry> {
        let (views, now) = (self.views(), self.now());
        let entries = then.into_list(|entry| {
            let row = views.inbox.row(entry.case);
            row.is_some_and(|row| permit::sees(who, row, &views.organisation, now))
        });
        let total = entries.len();
        let wanted = pick(total);
        let mut items: Vec<Entry> =
            entries.into_iter().skip(wanted.start).take(wanted.len()).collect();
        // An erasure is on record a moment before its keys are gone.
        let is_erased = |entry: &&mut Entry| {
            views.register.entry(entry.case).is_some_and(|it| it.standing.is_erased())
        };
        items.iter_mut().filter(is_erased).for_each(Entry::erase);
        for entry in &mut items {
            entry.name_only(|number| permit::sees_numbered(who, &views, number, now));
        }
        Part { items, total, is_whole: true }
    }

    async fn register_at(&self, moment: Time, period: Period) -> Result<Register, LookUpError> {
        let take_in = |register: &mut Register, recorded: &Recorded| {
            if let (Some(case), Event::Case(event)) = (recorded.case(), &recorded.event) {
                register.apply(case, event, recorded);
            }
        };
        let past = Past::Moment(moment);
        self.fold_past(past, Register::needed, Register::of(period), take_in).await
    }

    /// Reads what a view was out of the log, on a thread that keeps nobody waiting. It stops when
    /// nobody waits for it any more.
    pub(crate) async fn fold_past<V: Send + 'static>(
        &self,
        past: Past,
        needs: Needs,
        mut view: V,
        take_in: impl Fn(&mut V, &Recorded) + Send + 'static,
    ) -> Result<V, LookUpError> {
        let turns = Arc::clone(&self.register_turns().0);
        let turn = turns.acquire_owned().await.expect("the turns last as long as the service");
        let stop = Arc::new(AtomicBool::new(false));
        let _waits = GivenUp(Arc::clone(&stop));
        let journal = self.journal().clone();
        let read = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let each = |recorded: Recorded| {
                take_in(&mut view, &recorded);
                let is_given_up = stop.load(Ordering::Relaxed);
                if is_given_up { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            past.read(&journal, needs, each).map(|()| view)
        });
        read.await.expect("reading does not panic").map_err(LookUpError::Read)
    }
}
