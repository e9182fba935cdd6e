//! The story told from outside: one binary, one file per chapter.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

mod access_log;
mod checkpoints;
mod closing;
mod command_line;
mod follow_up;
mod mail;
mod notices;
mod page_safety;
mod report;
mod restart;
mod seventy_two_hours;
mod starting;
mod tampering;
mod tidy;
