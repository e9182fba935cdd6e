//! `/cases/{year}/{sequence}`: one case.

pub(crate) mod path;
