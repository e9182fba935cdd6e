//! The story told from outside: one binary, one file per chapter.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

mod access_log;
mod administration;
mod advice;
mod api;
mod as_of;
mod attachments;
mod case_page;
mod categories;
mod checkpoints;
mod closing;
mod command_line;
mod crash;
mod deputies;
mod duties;
mod erasure;
mod faults;
mod follow_up;
mod forms_kept;
mod glossary;
mod lists;
mod logs;
mod mail;
mod notices;
mod other_versions;
mod outside_role;
mod page_safety;
mod permissions;
mod power_cut;
mod register;
mod reminders;
mod report;
mod restart;
mod saved_filters;
mod search;
mod secrecy;
mod seventy_two_hours;
mod starting;
mod step_forms;
mod stories;
mod tampering;
mod tidy;
mod traces;
mod unusual_reading;
mod who_looked;
