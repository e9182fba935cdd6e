//! The story told from outside: one binary, one file per chapter.
