//! The pages, one file for each noun.

pub(crate) mod absence;
pub(crate) mod access_log;
pub(crate) mod administration;
pub(crate) mod calendar;
pub(crate) mod case;
mod case_row;
pub(crate) mod clocks;
pub(crate) mod decisions;
pub(crate) mod erasure;
pub(crate) mod follow_up;
mod handed_out;
pub(crate) mod inbox;
pub(crate) mod inquiries;
pub(crate) mod measures;
pub(crate) mod outside_role;
pub(crate) mod password;
pub(crate) mod post;
pub(crate) mod receipt;
pub(crate) mod register;
pub(crate) mod report;
pub(crate) mod reports;
pub(crate) mod secret_link;
pub(crate) mod sign_in;
pub(crate) mod start;
pub(crate) mod steps;
