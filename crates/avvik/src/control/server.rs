//! Answering on the control socket while the service runs.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::ids::CaseNumber;
use journal::SignedCheckpoint;
use service::Service;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::{Answer, ControlError, QUESTION_BYTES_MAX, Question, Secret, fits, socket_in};
use crate::failure::Failure;
use crate::{backup, checkpoint, erase, export, keys, proof, token, verify};

/// Commands answered at once; more of them wait their turn.
const COMMANDS_MAX: usize = 4;

/// A command asks at once; who says nothing is hung up on.
const QUESTION_SECONDS_MAX: u64 = 10;

/// How long to wait where the system has no room for one more connection.
const REST: Duration = Duration::from_secs(1);

/// The socket of the data directory this process has open.
#[derive(Debug)]
pub(crate) struct Control {
    listener: UnixListener,
    path: PathBuf,
}

impl Control {
    /// Listens, for this user alone. Whoever holds the data directory open may replace a socket
    /// that is there: it was left behind.
    pub(crate) fn bind(data_dir: &Path) -> Result<Self, ControlError> {
        let path = socket_in(data_dir);
        let unfinished = path.with_extension("new");
        fits(&unfinished)?;
        let bind = || {
            // Nobody can connect before the permissions are right: it gets its name last.
            fs::remove_file(&unfinished).or_else(|error| match error.kind() {
                std::io::ErrorKind::NotFound => Ok(()),
                _ => Err(error),
            })?;
            let listener = UnixListener::bind(&unfinished)?;
            fs::set_permissions(&unfinished, fs::Permissions::from_mode(0o600))?;
            fs::rename(&unfinished, &path)?;
            Ok(listener)
        };
        match bind() {
            Ok(listener) => Ok(Self { listener, path }),
            Err(source) => Err(ControlError::NotMade { path, source }),
        }
    }

    /// Answers until `stop` is done; what is being answered then is broken off.
    pub(crate) async fn serve(self, service: Service, stop: impl Future<Output = ()>) {
        let mut answering = JoinSet::new();
        tokio::select! {
            () = stop => (),
            () = self.accept(&service, &mut answering) => (),
        }
        answering.shutdown().await;
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!(%error, "the control socket was not removed");
        }
    }

    /// Takes in one command after the other, and never returns.
    async fn accept(&self, service: &Service, answering: &mut JoinSet<()>) {
        let turns = Arc::new(Semaphore::new(COMMANDS_MAX));
        loop {
            let turn = Arc::clone(&turns).acquire_owned().await;
            let turn = turn.expect("the semaphore is never closed");
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    answering.spawn(answer_logged(stream, service.clone(), turn));
                }
                Err(error) => {
                    tracing::warn!(%error, "the control socket took in no command");
                    sleep(REST).await;
                }
            }
            while answering.try_join_next().is_some() {}
        }
    }
}

async fn answer_logged(stream: UnixStream, service: Service, _turn: OwnedSemaphorePermit) {
    if let Err(error) = answer(stream, &service).await {
        tracing::warn!(%error, "a command was not answered");
    }
}

async fn answer(mut stream: UnixStream, service: &Service) -> Result<(), ControlError> {
    let broke_off = |source| ControlError::BrokeOff { source };
    let mut line = Vec::new();
    let mut reader = BufReader::new(&mut stream).take(QUESTION_BYTES_MAX as u64);
    timeout(Duration::from_secs(QUESTION_SECONDS_MAX), reader.read_until(b'\n', &mut line))
        .await
        .map_err(|_| ControlError::TooSlow)?
        .map_err(broke_off)?;
    if line.len() == QUESTION_BYTES_MAX && !line.ends_with(b"\n") {
        return Err(ControlError::TooLong);
    }
    let question =
        serde_json::from_slice(&line).map_err(|source| ControlError::NotUnderstood { source })?;
    let answer = match question {
        Question::Verify { checkpoints } => {
            let anchored = SignedCheckpoint::read_all(&checkpoints).whole;
            Answer::Verified(verify::of_running(service, anchored).await)
        }
        Question::Checkpoint => answered(checkpoint::make(service).await, Answer::Checkpointed),
        Question::Proof { year, sequence } => {
            let pack = proof::make(service, CaseNumber { year, sequence }).await;
            answered(pack, |pack| Answer::Proven(STANDARD.encode(pack)))
        }
        Question::Export(wanted) => {
            let made = export::make(service, wanted).await;
            answered(made, |bytes| Answer::Exported(STANDARD.encode(bytes)))
        }
        Question::IssueToken(wanted) => {
            answered(token::issue(service, wanted).await, Answer::Issued)
        }
        Question::Erase(ordered) => {
            answered(erase::carry_out(service, ordered).await, Answer::Erased)
        }
        Question::BeginBackup => {
            let begun = backup::begin_of_running(service).await;
            answered(begun, |it| Answer::BackupBegun(Box::new(it)))
        }
        Question::BackupSegment(wanted) => {
            let segment = backup::segment_of_running(service, wanted).await;
            answered(segment, |bytes| Answer::BackupSegment(STANDARD.encode(bytes)))
        }
        Question::BackupAttachment(id) => {
            let sealed = service.backup_attachment(id).await;
            Answer::BackupAttachment(sealed.map(|bytes| STANDARD.encode(bytes)))
        }
        Question::BackupKeys => {
            let keys = backup::keys_of_running(service).await;
            answered(keys, |keys| Answer::BackupKeys(Secret(STANDARD.encode(&*keys.to_bytes()))))
        }
        Question::RotateKeys => {
            answered(keys::rotate_of_running(service).await, |()| Answer::Rotated)
        }
    };
    let mut line = serde_json::to_vec(&answer).expect("an answer has text keys alone");
    line.push(b'\n');
    stream.write_all(&line).await.map_err(broke_off)
}

/// What was done, or why it was not.
fn answered<T>(done: Result<T, Failure>, answer: impl FnOnce(T) -> Answer) -> Answer {
    done.map_or_else(|failure| Answer::Refused(failure.chain()), answer)
}
