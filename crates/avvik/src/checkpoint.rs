//! `avvik checkpoint`: how far the log has come, signed and handed to the anchors, also while the
//! service runs.

use journal::Kept;
use serde::{Deserialize, Serialize};
use service::{Clock, Service};

use crate::arguments::Report;
use crate::control::{self, Answer, ControlError, Question};
use crate::failure::Failure;
use crate::output::{remark, say};
use crate::settings::{Flags, Settings};
use crate::start;

/// A checkpoint that was made.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Made {
    /// Which one, from 1.
    number: u32,
    /// How many events it covers.
    size: u64,
    /// Where it is kept.
    file: String,
    /// The checkpoint itself.
    checkpoint: String,
}

impl From<Kept> for Made {
    fn from(it: Kept) -> Self {
        Self {
            number: it.number,
            size: it.signed.checkpoint.size,
            file: it.path.display().to_string(),
            checkpoint: it.signed.text().to_owned(),
        }
    }
}

/// Makes a checkpoint: by the service that runs, or by one opened for the purpose.
pub(crate) async fn run(asked: Report) -> Result<(), Failure> {
    let flags = Flags { data_dir: asked.place.data_dir, listen: None };
    let settings = Settings::load(asked.place.config.as_deref(), flags)?;
    let answer = control::ask(&settings.data_dir, &Question::Checkpoint);
    let made = match answer.map_err(Failure::Control)? {
        Some(Answer::Checkpointed(made)) => made,
        Some(Answer::Refused(reason)) => return Err(Failure::Refused { reason }),
        Some(_) => return Err(Failure::Control(ControlError::OtherAnswer)),
        None => {
            let for_service = settings.for_service(settings.server.listen)?;
            let service = start::open(for_service, Clock::system()).await?;
            let made = make(&service).await;
            service.close().await;
            made?
        }
    };
    tell(&made, asked.json)
}

/// Makes a checkpoint through an open service.
pub(crate) async fn make(service: &Service) -> Result<Made, Failure> {
    let kept = service.checkpoint().await;
    kept.map(Made::from).map_err(Failure::house("there is no checkpoint"))
}

/// The checkpoint alone on standard output, to be put into a file; what it is beside it.
fn tell(made: &Made, json: bool) -> Result<(), Failure> {
    if json {
        return say(&serde_json::to_string(made).expect("a checkpoint has text keys alone"));
    }
    let Made { number, size, file, checkpoint } = made;
    remark(&format!("Checkpoint {number} covers {size} events, and is kept as {file}:"));
    say(checkpoint.trim_end())
}
