//! An evidence pack from a stranger.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| journal_fuzz::evidence_pack(input));
