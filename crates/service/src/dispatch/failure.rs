//! Why a message did not go out, and what becomes of it then.

use std::error::Error;

use channels::digital_post::PostError;
use channels::mail::SendError;
use chrono::TimeDelta;
use domain::case::letter::Obstacle;
use uuid::Uuid;

use super::pause;
use crate::archive::NotHandedOver;
use crate::error::HandleError;

/// How often a carrier is asked how far letters came.
const ASKED_EVERY: TimeDelta = TimeDelta::hours(6);

/// How often the archive's receipt is looked for.
const RECEIPT_LOOKED_FOR_EVERY: TimeDelta = TimeDelta::minutes(15);

/// Why a message did not go out.
pub(crate) enum Failure {
    /// It may go out later.
    Later(SendError),
    /// It will not go out as it is.
    Never(SendError),
    /// The payload is no notice, or its recipient has no address or is gone.
    NoRecipient,
    /// The case that knows whom it goes to could not be read now.
    NotRead(HandleError),
    /// The link it is to carry could not be made now.
    NoLink(HandleError),
    /// A batch of letters went out, and how they went was not recorded.
    NotRecorded(HandleError),
    /// A batch of letters went out, and it is to be seen what is left.
    More,
    /// The carrier of digital post may take it later.
    PostLater(PostError),
    /// The carrier of digital post will not take it as it is.
    NeverPosted(PostError),
    /// Letters are to go by digital post, and nobody carries it.
    NoCarrier,
    /// All went out but some that a server put off, for the given time in a row.
    HeldUp {
        /// How often that was so.
        rounds: u32,
    },
    /// Letters are with the carrier of digital post, which is asked again later.
    UnderWay,
    /// Something in a letter must not go by e-mail.
    HeldBack,
    /// The archive has not got the package.
    Archive(NotHandedOver),
    /// The archive has the package before it, and has not answered yet.
    ReceiptAwaited,
}

/// What becomes of a message that did not go out.
pub(super) enum Then {
    /// It waits for somebody to look.
    Never,
    /// It is tried again after a pause that grows.
    Again,
    /// Nothing is wrong, and there is more to do.
    GoOn,
    /// Nothing is wrong, and it is looked at again after so long.
    LookIn(TimeDelta),
}

impl Failure {
    pub(super) fn then(&self) -> Then {
        match self {
            Self::Later(_)
            | Self::NotRead(_)
            | Self::NoLink(_)
            | Self::NotRecorded(_)
            | Self::PostLater(_)
            | Self::Archive(_) => Then::Again,
            Self::Never(_)
            | Self::NoRecipient
            | Self::NeverPosted(_)
            | Self::NoCarrier
            | Self::HeldBack => Then::Never,
            Self::More => Then::GoOn,
            Self::HeldUp { rounds } => Then::LookIn(pause(*rounds)),
            Self::UnderWay => Then::LookIn(ASKED_EVERY),
            Self::ReceiptAwaited => Then::LookIn(RECEIPT_LOOKED_FOR_EVERY),
        }
    }

    /// What of it stands in the way of a letter to the people affected.
    pub(super) fn obstacle(&self) -> Obstacle {
        match self {
            Self::HeldBack => Obstacle::HeldBack,
            Self::NoCarrier => Obstacle::NoCarrier,
            _ => Obstacle::NotTaken,
        }
    }

    /// Whether somebody was there and put off this one letter: another may leave meanwhile.
    pub(crate) fn is_about_one(&self) -> bool {
        match self {
            Self::Later(error) => error.is_about_one_message(),
            Self::PostLater(error) => error.is_about_one_letter(),
            _ => false,
        }
    }

    /// Tells the log, where something is wrong.
    pub(super) fn tell(&self, id: Uuid, attempts: u32) {
        let Some((what, error)) = self.told() else { return };
        if matches!(self.then(), Then::Never) {
            tracing::error!(message.id = %id, error, "{what}");
        } else {
            tracing::warn!(message.id = %id, attempts, error, "{what}");
        }
    }

    fn told(&self) -> Option<(&'static str, Option<&(dyn Error + 'static)>)> {
        Some(match self {
            Self::Later(error) => ("a mail did not go out", Some(error)),
            Self::Never(error) => ("a mail cannot go out", Some(error)),
            Self::NoRecipient => ("a mail has nobody to go to", None),
            Self::NotRead(error) => ("a mail has no address for now", Some(error)),
            Self::NoLink(error) => ("a link was not made", Some(error)),
            Self::NotRecorded(error) => ("letters are not recorded", Some(error)),
            Self::PostLater(error) => ("digital post did not go out", Some(error)),
            Self::NeverPosted(error) => ("digital post cannot go out", Some(error)),
            Self::NoCarrier => ("digital post is not set up any more", None),
            Self::HeldBack => ("letters hold what must not go by e-mail", None),
            Self::Archive(error) => ("a case was not archived", Some(error)),
            Self::HeldUp { .. } => ("some letters were put off", None),
            Self::More | Self::UnderWay | Self::ReceiptAwaited => return None,
        })
    }
}
