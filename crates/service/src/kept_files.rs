//! Files chosen in a form that came back to be corrected, or whose session was over: kept for a
//! while, so that nobody chooses them twice. In memory alone, and never handed out again: whoever
//! sends the form on says by its random key which are meant.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;
use domain::Time;
use tokio::sync::watch;
use uuid::Uuid;

use crate::attachments::FileLimits;
use crate::open::Service;
use crate::secrets::FormKey;

/// For how many minutes files are kept.
pub const KEPT_MINUTES: u32 = 30;

/// How many forms have files kept at one time.
const FORMS_MAX: usize = 100;

/// How many times what one form may bring is kept in all.
const FORMS_FULL: usize = 2;

/// How often it is looked whose time is over.
const LOOK_EVERY_SECONDS: u32 = 60;

/// A file somebody chose.
#[derive(Clone, PartialEq, Eq)]
pub struct ChosenFile {
    /// Which of the form's files it is, however often the form comes back.
    pub id: Uuid,
    /// The name it was sent under.
    pub name: String,
    /// The media type it was sent with.
    pub declared: Option<String>,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// What people attach stays out of logs.
impl fmt::Debug for ChosenFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChosenFile").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// The files of each form, by a digest of its key.
pub(crate) struct KeptFiles {
    forms: Mutex<HashMap<Uuid, Kept>>,
    bytes_max: usize,
}

struct Kept {
    files: Vec<ChosenFile>,
    until: Time,
}

impl Kept {
    fn bytes(&self) -> usize {
        self.files.iter().map(|file| file.bytes.len()).sum()
    }
}

impl KeptFiles {
    pub(crate) fn new(limits: FileLimits) -> Self {
        let one_form = limits.bytes_max.saturating_mul(limits.files_max);
        Self { forms: Mutex::default(), bytes_max: one_form.saturating_mul(FORMS_FULL) }
    }

    /// Keeps these files of a form and no others; nothing of it where there is no room.
    fn keep(&self, form: Uuid, files: Vec<ChosenFile>, now: Time) -> bool {
        let mut forms = self.lock();
        forms.retain(|_, kept| now < kept.until);
        forms.remove(&form);
        if files.is_empty() {
            return true;
        }
        let kept = Kept { files, until: now + TimeDelta::minutes(i64::from(KEPT_MINUTES)) };
        let bytes: usize = forms.values().map(Kept::bytes).sum::<usize>() + kept.bytes();
        let has_room = forms.len() < FORMS_MAX && bytes <= self.bytes_max;
        if has_room {
            forms.insert(form, kept);
        }
        has_room
    }

    fn of(&self, form: Uuid, now: Time) -> Vec<ChosenFile> {
        let forms = self.lock();
        let kept = forms.get(&form).filter(|kept| now < kept.until);
        kept.map(|kept| kept.files.clone()).unwrap_or_default()
    }

    fn clear(&self, now: Time) {
        self.lock().retain(|_, kept| now < kept.until);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, Kept>> {
        self.forms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Service {
    /// Keeps these files of a form and no others, for [`KEPT_MINUTES`] or until the service stops.
    /// `false`, and none kept, where too much is kept already.
    #[must_use]
    pub fn keep_files(&self, form: Uuid, files: Vec<ChosenFile>) -> bool {
        self.files_kept().keep(digest(form), files, self.now())
    }

    /// The files that are kept of a form.
    #[must_use]
    pub fn kept_files(&self, form: Uuid) -> Vec<ChosenFile> {
        self.files_kept().of(digest(form), self.now())
    }

    pub(crate) async fn clear_kept_files(self, mut stop: watch::Receiver<bool>) {
        let mut ticks = self.clock().ticks();
        loop {
            self.files_kept().clear(self.now());
            tokio::select! {
                () = ticks.next(LOOK_EVERY_SECONDS) => (),
                _ = stop.wait_for(|stopped| *stopped) => return,
            }
        }
    }
}

/// What a form's files are kept under: from its own number the follow-up code is made.
fn digest(form: Uuid) -> Uuid {
    FormKey::new(form).idempotency("files").key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: usize) -> ChosenFile {
        let id = Uuid::from_u128(bytes as u128);
        ChosenFile { id, name: "a".to_owned(), declared: None, bytes: vec![0; bytes].into() }
    }

    fn minute(minute: i64) -> Time {
        Time::default() + TimeDelta::minutes(minute)
    }

    /// Room for twenty bytes.
    fn kept() -> KeptFiles {
        KeptFiles::new(FileLimits { bytes_max: 5, files_max: 2 })
    }

    const A: Uuid = Uuid::from_u128(1);
    const B: Uuid = Uuid::from_u128(2);

    #[test]
    fn a_form_has_the_files_it_was_last_sent_with_for_a_while() {
        let kept = kept();
        assert!(kept.keep(A, vec![file(3), file(4)], minute(0)));
        assert!(kept.keep(A, vec![file(4)], minute(1)));
        assert_eq!(kept.of(A, minute(30)), [file(4)]);
        assert_eq!(kept.of(B, minute(1)), []);
        assert_eq!(kept.of(A, minute(31)), []);
        kept.clear(minute(31));
        assert!(kept.lock().is_empty(), "the bytes are gone, not merely out of reach");
    }

    #[test]
    fn where_there_is_no_room_nothing_is_kept_until_time_has_passed() {
        let kept = kept();
        assert!(kept.keep(A, vec![file(15)], minute(0)));
        assert!(!kept.keep(B, vec![file(6)], minute(1)));
        assert_eq!((kept.of(B, minute(1)), kept.of(A, minute(1))), (vec![], vec![file(15)]));
        assert!(kept.keep(A, Vec::new(), minute(1)), "a form gives up its own");
        assert!(kept.keep(B, vec![file(20)], minute(1)));
        assert!(kept.keep(A, vec![file(20)], minute(31)));
    }

    #[test]
    fn the_files_of_so_many_forms_are_kept_and_no_more() {
        let kept = kept();
        let keep = |form: usize| kept.keep(Uuid::from_u128(form as u128), vec![file(0)], minute(0));
        assert!((0..FORMS_MAX).all(keep));
        assert!(!keep(FORMS_MAX));
    }
}
