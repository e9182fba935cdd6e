//! A chunk of stored events, as whoever can write the store may leave it.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| journal::fuzzing::chunk(input));
