//! Asking the service that runs on a data directory.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use super::{
    ANSWER_BYTES_MAX, Answer, ControlError, QUESTION_BYTES_MAX, Question, fits, socket_in,
};

/// Verifying a long log takes its time.
const ANSWER_SECONDS_MAX: u64 = 600;

/// The running service's answer; none when no service runs on that directory.
pub(crate) fn ask(data_dir: &Path, question: &Question) -> Result<Option<Answer>, ControlError> {
    let path = socket_in(data_dir);
    fits(&path)?;
    let stream = match UnixStream::connect(&path) {
        Ok(stream) => stream,
        // A socket that nobody listens on was left behind by a service that was killed.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused
            ) =>
        {
            return Ok(None);
        }
        Err(source) => return Err(ControlError::BrokeOff { source }),
    };
    exchange(&stream, question).map(Some)
}

fn exchange(mut stream: &UnixStream, question: &Question) -> Result<Answer, ControlError> {
    let mut line = serde_json::to_vec(question).expect("a question has text keys alone");
    line.push(b'\n');
    if QUESTION_BYTES_MAX < line.len() {
        return Err(ControlError::TooLong);
    }
    stream.set_read_timeout(Some(Duration::from_secs(ANSWER_SECONDS_MAX))).map_err(broke_off)?;
    stream.write_all(&line).map_err(broke_off)?;
    let mut answer = Vec::new();
    let mut reader = BufReader::new(stream).take(ANSWER_BYTES_MAX as u64);
    reader.read_until(b'\n', &mut answer).map_err(broke_off)?;
    if answer.len() == ANSWER_BYTES_MAX && !answer.ends_with(b"\n") {
        return Err(ControlError::TooLong);
    }
    serde_json::from_slice(&answer).map_err(|source| ControlError::NotUnderstood { source })
}

fn broke_off(source: io::Error) -> ControlError {
    match source.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => ControlError::TooSlow,
        _ => ControlError::BrokeOff { source },
    }
}
