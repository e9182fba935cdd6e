//! A stored event, its bytes taken for true.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| journal::fuzzing::record(input));
