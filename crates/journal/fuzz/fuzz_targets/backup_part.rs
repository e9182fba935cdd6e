//! A file of a backup, taken for each kind there is.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| journal::fuzzing::backup_part(input));
