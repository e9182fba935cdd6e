//! Opening the service: the journal, the views built from it, and the tasks that run beside the
//! pages.

mod error;
mod kept_sessions;
mod outside;
mod tasks;
mod written;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLockReadGuard};
use std::thread;

use channels::digital_post::DigitalPost;
use channels::mail::Mail;
use chrono::Datelike;
use domain::ids::{CaseNumber, NumberBlock};
use domain::organisation::Organisation;
use domain::{Position, Recorded, Time};
use journal::{Journal, JournalError, KeysOf, SignedCheckpoint, Verification};
use tokio::sync::{OnceCell, watch};
use tokio::task::JoinHandle;
use views::Views;

use crate::access_watch::AccessWatch;
use crate::archive::grounds::Grounds;
use crate::archive::papers::Papers;
use crate::assessment::Rulebooks;
use crate::categories::Categories;
use crate::clock::Clock;
use crate::dispatch::Post;
use crate::duties::Duties;
use crate::erasure::keys_erased;
use crate::kept_files::KeptFiles;
use crate::notices::MailTexts;
use crate::notification::Notifications;
use crate::projector::{Projection, project};
use crate::register::Turns;
use crate::reviews::Reviewing;
use crate::search::{Indexer, Texts};
use crate::sessions::Sessions;
use crate::settings::Settings;
use crate::sign_in::{Hashing, WrongTries};
use crate::statistics::KeptFigures;
use crate::who_looked::LooksIndex;

pub use error::OpenError;
pub use kept_sessions::SESSIONS;

/// How many events go to whoever builds the views at a time, and how many batches may wait there.
const BATCH: usize = 1024;
const BATCHES_AHEAD: usize = 8;

/// The shell around the journal and the views; cheap to clone.
#[derive(Clone)]
pub struct Service(Arc<Inner>);

struct Inner {
    settings: Settings,
    clock: Clock,
    journal: Journal,
    projection: Arc<Projection>,
    categories: Categories,
    rulebooks: Rulebooks,
    duties: Duties,
    notifications: Notifications,
    logo: Option<Arc<[u8]>>,
    grounds: Grounds,
    papers: OnceLock<Arc<dyn Papers>>,
    duties_recorded: OnceCell<()>,
    duties_taken_up: OnceCell<()>,
    mail: Mail,
    digital_post: Option<DigitalPost>,
    mail_texts: MailTexts,
    texts: Texts,
    register_turns: Turns,
    figures: KeptFigures,
    reviewing: Reviewing,
    sessions: Sessions,
    wrong_tries: WrongTries,
    hashing: Hashing,
    numbered: Mutex<HashMap<u16, u32>>,
    kept_files: KeptFiles,
    post: Post,
    checkpointing: tokio::sync::Mutex<()>,
    access_watch: tokio::sync::Mutex<AccessWatch>,
    looks_index: tokio::sync::Mutex<LooksIndex>,
    stop: watch::Sender<bool>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl Service {
    /// Opens the data directory, builds the views from the log and starts the watches over
    /// deadlines and checkpoints and the dispatch of mail.
    pub async fn open(settings: Settings, clock: Clock) -> Result<Self, OpenError> {
        let categories =
            Categories::load(settings.categories_dir.as_deref()).map_err(OpenError::Categories)?;
        let rulebooks =
            Rulebooks::load(settings.rules_dir.as_deref()).map_err(OpenError::Rulebooks)?;
        let duties =
            Duties::load(settings.duties.directory.as_deref()).map_err(OpenError::Duties)?;
        let notifications = Notifications::load(
            settings.notification.directory.as_deref(),
            settings.duties.calendar.jurisdiction,
        )
        .map_err(|fault| OpenError::Notifications(Box::new(fault)))?;
        let logo = settings.logo.as_deref().map(crate::rendering::logo).transpose()?;
        let grounds =
            Grounds::load(settings.archive.grounds_file.as_deref()).map_err(OpenError::Grounds)?;
        let mail = outside::mail(&settings.mail)?;
        let digital_post = outside::digital_post(settings.digital_post.as_deref())?;
        let mail_texts = MailTexts::load(&settings.language).map_err(OpenError::MailTexts)?;
        let Opened { journal, views, feed, erased } = open_journal(&settings).await?;
        categories.hold_against(&views.organisation).map_err(OpenError::Categories)?;
        rulebooks.hold_against(&views.organisation).map_err(OpenError::Rulebooks)?;
        duties
            .hold(&settings.duties, &categories, &views.organisation, clock.now())
            .map_err(OpenError::Duties)?;
        finish_erasures(&journal, erased).await?;
        let sessions = kept_sessions::read(&journal, &settings).await?;
        let projection = Projection::new(views);
        let (indexer, search) = Indexer::start().map_err(OpenError::Search)?;
        let (stop, _) = watch::channel(false);
        let service = Self(Arc::new(Inner {
            kept_files: KeptFiles::new(settings.files),
            settings,
            clock,
            journal,
            projection: Arc::clone(&projection),
            categories,
            rulebooks,
            duties,
            notifications,
            logo,
            grounds,
            papers: OnceLock::new(),
            duties_recorded: OnceCell::new(),
            duties_taken_up: OnceCell::new(),
            mail,
            digital_post,
            mail_texts,
            texts: Texts::new(search),
            register_turns: Turns::default(),
            figures: KeptFigures::default(),
            reviewing: Reviewing::default(),
            sessions,
            wrong_tries: WrongTries::default(),
            hashing: Hashing::default(),
            numbered: Mutex::default(),
            post: Post::default(),
            checkpointing: tokio::sync::Mutex::default(),
            access_watch: tokio::sync::Mutex::default(),
            looks_index: tokio::sync::Mutex::default(),
            stop,
            tasks: Mutex::default(),
        }));
        service.start(tokio::spawn(project(projection, feed)));
        service.start_watches(indexer);
        Ok(service)
    }

    /// Whether anything can still be recorded. After a failed write it cannot, until a restart.
    #[must_use]
    pub fn takes_in(&self) -> bool {
        self.journal().halted().is_none()
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Time {
        self.0.clock.now()
    }

    pub(crate) fn duties_recorded(&self) -> &OnceCell<()> {
        &self.0.duties_recorded
    }

    /// Set once every open case was judged by the duties as they are since this start.
    pub(crate) fn duties_taken_up(&self) -> &OnceCell<()> {
        &self.0.duties_taken_up
    }

    /// Whether the service was asked to close.
    pub(crate) fn is_stopping(&self) -> bool {
        *self.0.stop.borrow()
    }

    /// Units and people as they are now.
    #[must_use]
    pub fn organisation(&self) -> Organisation {
        self.views().organisation.clone()
    }

    /// The views as they are now; not to be held across an await.
    pub fn views(&self) -> RwLockReadGuard<'_, Views> {
        self.0.projection.read()
    }

    /// Checks, while the service runs, that every byte of the logs is what was written.
    pub async fn verify(&self) -> Verification {
        self.journal().verify().await
    }

    /// The same, also against checkpoints from outside.
    pub async fn verify_against(&self, anchored: Vec<SignedCheckpoint>) -> Verification {
        self.journal().verify_against(anchored).await
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub(crate) fn journal(&self) -> &Journal {
        &self.0.journal
    }

    pub(crate) fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    pub(crate) fn wrong_tries(&self) -> &WrongTries {
        &self.0.wrong_tries
    }

    pub(crate) fn hashing(&self) -> &Hashing {
        &self.0.hashing
    }

    pub(crate) fn mail(&self) -> &Mail {
        &self.0.mail
    }

    pub(crate) fn mail_texts(&self) -> &MailTexts {
        &self.0.mail_texts
    }

    pub(crate) fn files_kept(&self) -> &KeptFiles {
        &self.0.kept_files
    }

    /// Held while a checkpoint is made and handed over, so that each is there once.
    pub(crate) fn checkpointing(&self) -> &tokio::sync::Mutex<()> {
        &self.0.checkpointing
    }

    /// Held while the access log is watched, so that each line is counted once.
    pub(crate) fn access_watch(&self) -> &tokio::sync::Mutex<AccessWatch> {
        &self.0.access_watch
    }

    /// Which parts of the access log hold what; held while it is read on.
    pub(crate) fn looks_index(&self) -> &tokio::sync::Mutex<LooksIndex> {
        &self.0.looks_index
    }

    pub(crate) fn wake_dispatch(&self) {
        self.0.post.wake.notify_one();
    }

    /// Finds cases by their texts.
    pub(crate) fn texts(&self) -> &Texts {
        &self.0.texts
    }

    /// Held while a register of the past is read out of the log.
    pub(crate) fn register_turns(&self) -> &Turns {
        &self.0.register_turns
    }

    /// What is held while reviews are begun and looked at.
    pub(crate) fn reviewing(&self) -> &Reviewing {
        &self.0.reviewing
    }

    /// What figures are told from.
    pub(crate) fn kept_figures(&self) -> &KeptFigures {
        &self.0.figures
    }

    /// Returns once something was recorded after `position`, and the views have seen it.
    pub(crate) async fn wait_until_past(&self, position: Position) {
        self.0.projection.wait_for(Position(position.0 + 1)).await;
    }

    pub(crate) async fn wait_until_seen(&self, position: Position) {
        self.0.projection.wait_for(position).await;
    }

    /// The next case number of this year. One whose report is never recorded stays unused.
    pub(crate) fn next_number(&self) -> CaseNumber {
        let year = self.now().with_timezone(&self.settings().zone).year();
        let year = u16::try_from(year).expect("the year of our time");
        let recorded = {
            let views = self.views();
            let is_copy = views.organisation.crisis_copy_since.is_some();
            let block = if is_copy { NumberBlock::CrisisCopy } else { NumberBlock::Ordinary };
            views.inbox.last_sequence(year, block)
        };
        let mut numbered = self.0.numbered.lock().unwrap_or_else(PoisonError::into_inner);
        let last = numbered.entry(year).or_default();
        *last = (*last).max(recorded) + 1;
        CaseNumber { year, sequence: *last }
    }
}

/// The journal, and what was built from it.
struct Opened {
    journal: Journal,
    views: Views,
    feed: journal::Feed,
    /// The keys whose erasure is on record.
    erased: HashSet<KeysOf>,
}

async fn open_journal(settings: &Settings) -> Result<Opened, OpenError> {
    let directory = settings.data_dir.clone();
    let master_key = settings.master_key_file.clone();
    let opened = tokio::task::spawn_blocking(move || build(directory, master_key));
    opened.await.expect("opening does not panic").map_err(|error| OpenError::Journal(error.into()))
}

/// Reads the whole log. The views take it in beside the reading, a batch at a time.
fn build(directory: PathBuf, master_key: Option<PathBuf>) -> Result<Opened, JournalError> {
    let settings = journal::Settings { data_directory: directory, master_key };
    thread::scope(|scope| {
        let (sender, batches) = sync_channel::<Vec<Recorded>>(BATCHES_AHEAD);
        let building = scope.spawn(move || {
            let (mut views, mut erased) = (Views::default(), HashSet::new());
            for recorded in batches.into_iter().flatten() {
                views.apply(&recorded);
                erased.extend(keys_erased(&recorded));
            }
            (views, erased)
        });
        let send = |batch| sender.send(batch).expect("whoever builds the views listens to the end");
        let mut batch = Vec::with_capacity(BATCH);
        let opened = Journal::open_for(&settings, Views::needed, |recorded| {
            batch.push(recorded);
            if batch.len() == BATCH {
                send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH)));
            }
        });
        send(batch);
        drop(sender);
        let (mut views, erased) = building.join().expect("building the views does not panic");
        let (journal, feed) = opened?;
        views.pass(journal.position());
        Ok(Opened { journal, views, feed, erased })
    })
}

/// Destroys what was recorded as erased and is still there: the process ended in between, or an
/// older copy of the keyring was put back.
async fn finish_erasures(journal: &Journal, erased: HashSet<KeysOf>) -> Result<(), OpenError> {
    let keys = journal.destroy_keys(erased).await.map_err(OpenError::Erasure)?;
    if 0 < keys {
        tracing::warn!(keys, "an erasure that was broken off is finished");
    }
    Ok(())
}
