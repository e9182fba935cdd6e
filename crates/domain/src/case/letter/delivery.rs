//! How a letter gets to each recipient, and how far it came.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Letter, Numbered, Recipient};

/// Letters in one bundle: as many as somebody folds before the next is printed.
pub const BUNDLE_MAX: usize = 100;

/// A way to a recipient.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Channel {
    /// To the digital mailbox they chose.
    DigitalPost,
    /// By e-mail.
    Email,
    /// Printed and posted.
    Print,
    /// By somebody who sees to it that it gets there.
    ByHand,
}

/// How far a letter came.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Progress {
    /// It waits to be sent.
    Queued,
    /// It left the house.
    Sent,
    /// It is known to have arrived.
    Delivered,
    /// It came back.
    Returned,
    /// It could not be sent.
    Failed,
    /// Everything was tried, and they cannot be reached.
    Unreachable,
}

impl Progress {
    /// Whether they were told.
    #[must_use]
    pub fn is_told(self) -> bool {
        matches!(self, Self::Sent | Self::Delivered)
    }

    /// Whether nothing is left to do: they were told, or cannot be.
    #[must_use]
    pub fn is_settled(self) -> bool {
        self.is_told() || self == Self::Unreachable
    }
}

/// How a letter went to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivered {
    /// By which way.
    pub channel: Channel,
    /// How far it came.
    pub progress: Progress,
    /// What the carrier calls it, where one has it.
    pub consignment: Option<Uuid>,
}

impl Delivered {
    /// Whether they were told.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.progress.is_told()
    }
}

/// The way to a recipient as it is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By a channel, without anybody's hand.
    By(Channel),
    /// By hand, and why.
    ByHand(ByHandBecause),
}

/// Why somebody gets a letter by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ByHandBecause {
    /// Their address is protected, and what is sent by itself could tell it.
    AddressProtected,
    /// Nothing on the list leads to them in the ways that were chosen.
    NoAddress,
}

impl Way {
    /// The channel of it.
    #[must_use]
    pub fn channel(self) -> Channel {
        match self {
            Self::By(channel) => channel,
            Self::ByHand(_) => Channel::ByHand,
        }
    }
}

/// The way to a recipient, of those that were chosen. Whoever has a protected address is never sent
/// anything by itself, whatever was chosen.
#[must_use]
pub fn way(recipient: &Recipient, chosen: &BTreeSet<Channel>) -> Way {
    if recipient.is_protected {
        return Way::ByHand(ByHandBecause::AddressProtected);
    }
    let fits = |channel: &&Channel| match channel {
        Channel::Email => !recipient.email.is_empty(),
        Channel::DigitalPost | Channel::Print => recipient.has_address(),
        Channel::ByHand => false,
    };
    let channel = chosen.iter().find(fits);
    channel.map_or(Way::ByHand(ByHandBecause::NoAddress), |channel| Way::By(*channel))
}

/// Those whose letter is printed, in the order of their addresses, as bundles of at most
/// [`BUNDLE_MAX`]. Who was told on paper stays in, so that a posted bundle remains what it was; who
/// was told in another way is in none.
#[must_use]
pub fn bundles<'a>(letter: &Letter, list: &'a [Numbered]) -> Vec<Vec<&'a Numbered>> {
    let is_printed = |it: &&Numbered| {
        let known = letter.deliveries.get(&it.number).filter(|it| it.is_told());
        let channel = known.map(|it| it.channel).or_else(|| letter.waits_for(it));
        channel == Some(Channel::Print)
    };
    let mut printed: Vec<&Numbered> = list.iter().filter(is_printed).collect();
    printed.sort_by_key(|it| {
        let Recipient { country, postcode, name, .. } = &it.recipient;
        (country.to_lowercase(), postcode, name.to_lowercase(), it.number)
    });
    printed.chunks(BUNDLE_MAX).map(<[&Numbered]>::to_vec).collect()
}
