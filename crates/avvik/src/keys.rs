//! `avvik keys rotate`: a new master key, also while the service runs.

use journal::Journal;
use service::Service;

use crate::arguments::{Keys, Place};
use crate::control::{self, Answer, ControlError, Question};
use crate::failure::Failure;
use crate::output::say;
use crate::settings::{Flags, Settings};

const NOT_REPLACED: &str = "the master key was not replaced";

/// Looks after the keys.
pub(crate) async fn run(asked: Keys) -> Result<(), Failure> {
    let Keys::Rotate(place) = asked;
    rotate(place).await?;
    say(
        "The master key was replaced. Copy the new one to where you keep its copy, and destroy the \
         copy of the old one.",
    )
}

/// Replaces the master key: by the service that runs, or here.
async fn rotate(place: Place) -> Result<(), Failure> {
    let flags = Flags { data_dir: place.data_dir, listen: None };
    let settings = Settings::load(place.config.as_deref(), flags)?;
    let answer = control::ask(&settings.data_dir, &Question::RotateKeys);
    match answer.map_err(Failure::Control)? {
        Some(Answer::Rotated) => Ok(()),
        Some(Answer::Refused(reason)) => Err(Failure::Refused { reason }),
        Some(_) => Err(Failure::Control(ControlError::OtherAnswer)),
        None => {
            let opened = Journal::open(&settings.journal(), |_| ());
            let (journal, _feed) = opened.map_err(Failure::house(NOT_REPLACED))?;
            journal.rotate_master_key().await.map_err(Failure::house(NOT_REPLACED))
        }
    }
}

/// Replaces the master key of what the running service holds open.
pub(crate) async fn rotate_of_running(service: &Service) -> Result<(), Failure> {
    service.rotate_master_key().await.map_err(Failure::house(NOT_REPLACED))
}
