//! What brings sending to a stop without anybody stopping it.

use serde::{Deserialize, Serialize};

/// Why a letter is not sent any further by itself. NOTE: part of the stored form.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Obstacle {
    /// Something in it must not go by e-mail.
    HeldBack,
    /// The organisation has no carrier of digital post any more.
    NoCarrier,
    /// Nobody took letters for hours, or none could be made.
    NotTaken,
}
