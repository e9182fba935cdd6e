//! sled's flush made real: `docs/decisions/0002-a-flush-that-is-one.md`.
//!
//! On Linux sled ends its flush with `sync_file_range`, which neither writes the metadata that a
//! growing file needs nor empties the disk's own cache. The symbol defined here takes its place:
//! the linker prefers it to the one in the C library. [`calls`] proves that it did.
#![expect(
    unsafe_code,
    reason = "a C symbol can only be replaced by an exported function of that name"
)]

use std::ffi::{c_int, c_uint};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

static CALLS: AtomicU64 = AtomicU64::new(0);

#[cfg(target_os = "linux")]
unsafe extern "C" {
    fn fdatasync(descriptor: c_int) -> c_int;
}

/// What sled calls to reach the disk. It answers as the C library would: 0, or -1 with `errno`.
#[cfg(target_os = "linux")]
#[unsafe(no_mangle)]
extern "C" fn sync_file_range(descriptor: c_int, _from: i64, _bytes: i64, _how: c_uint) -> c_int {
    CALLS.fetch_add(1, Ordering::Relaxed);
    // SAFETY: fdatasync takes any integer, and answers EBADF when it is no open descriptor.
    unsafe { fdatasync(descriptor) }
}

/// How often this process has gone through to the disk on sled's behalf. Elsewhere than on Linux
/// sled asks for a real sync itself, so that there is nothing to count.
pub(crate) fn calls() -> u64 {
    if cfg!(target_os = "linux") {
        CALLS.load(Ordering::Relaxed)
    } else {
        CALLS.fetch_add(1, Ordering::Relaxed)
    }
}

/// Makes the names of new files in `directory` survive a power cut.
pub(crate) fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

/// Makes the name of a new file survive a power cut.
pub(crate) fn sync_name(file: &Path) -> io::Result<()> {
    // A bare name lies in the working directory, and its parent is written as nothing.
    let directory = file.parent().filter(|it| !it.as_os_str().is_empty());
    sync_directory(directory.unwrap_or(Path::new(".")))
}

/// Makes every file in `directory`, and the names of them, survive a power cut.
pub(crate) fn sync_files(directory: &Path) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            File::open(entry.path())?.sync_all()?;
        }
    }
    sync_directory(directory)
}

/// Writes a new file that is there whole or not at all, also after a power cut.
pub(crate) fn write_whole(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let unfinished = path.with_extension("new");
    // One that was broken off would keep its own permissions.
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => (),
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    sync_name(path)
}
