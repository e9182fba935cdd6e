//! Ways out of the house: mail.
