//! The process; everything else is in the library of the same name, which tests run too.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A start makes events on one thread and frees them on another, which the C library's own
/// allocator does slowly (`docs/decisions/0012-speed.md`).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    avvik::main()
}
