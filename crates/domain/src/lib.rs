//! Deciding on cases: pure, without I/O, clock or language.
