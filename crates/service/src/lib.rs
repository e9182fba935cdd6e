//! The shell: reads the clock, writes the journal, answers the pages, sends the mail.

pub mod categories;
