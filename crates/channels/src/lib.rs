//! Ways out of the house: mail, and digital post.
//!
//! Invariants: nothing here knows what a case is, reads the clock, or says an address or the text
//! of a message in an error or a log.

pub mod digital_post;
pub mod mail;
