//! A whole backup, looked at and restored.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| journal_fuzz::restore(input));
