//! The fields of an event, in any form, read and written again.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| journal::fuzzing::event(input));
