//! Mail: a message leaves by SMTP, or lands in a folder where there is no mail server.

pub use address::{Address, NotAnAddress};
pub use folder::Folder;
pub use message::{
    Message, MessageId, MessageProblem, NotAMessageId, RECIPIENTS_MAX, SUBJECT_CHARACTERS_MAX,
    TEXT_BYTES_MAX,
};
pub use send_error::{SendError, ServerFault};
pub use smtp::{Credentials, Encryption, SettingsProblem, Smtp, SmtpSettings, TIMEOUT_SECONDS_MAX};

mod address;
mod folder;
mod message;
mod send_error;
mod smtp;

/// The way mail leaves the house.
#[derive(Debug)]
pub enum Mail {
    /// To a mail server.
    Smtp(Smtp),
    /// Into a directory, as `.eml` files a mail program opens.
    Folder(Folder),
}

impl Mail {
    /// Sends the message. After `Ok` it is in the server's care, or on disk. After an error it may
    /// have arrived all the same: sent again, it carries the same Message-ID.
    pub async fn send(&self, message: &Message) -> Result<(), SendError> {
        match self {
            Self::Smtp(smtp) => smtp.send(message).await,
            Self::Folder(folder) => folder.send(message).await,
        }
    }
}
