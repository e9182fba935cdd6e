//! File systems of a test's own, for what only a real one shows: a full disk, one that turns
//! read-only, a power cut. They need root; whoever lacks it is told what was not tried.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// How often, and how long apart, unmounting is tried while a process that was killed lets go.
const UNMOUNT_TRIES: u32 = 50;
const UNMOUNT_PAUSE: Duration = Duration::from_millis(40);

/// A mounted file system; unmounted when it is dropped, and its loop device freed.
#[derive(Debug)]
pub struct Mounted(PathBuf);

impl Mounted {
    /// A file system in memory, at an empty directory, with room for so many bytes.
    ///
    /// # Errors
    /// If it cannot be had here; why, in words.
    pub fn in_memory(at: &Path, bytes: u64) -> Result<Self, String> {
        let size = format!("size={bytes},mode=0700");
        run("mount", &["-t", "tmpfs", "-o", &size, "avvik-test", path(at)])?;
        Ok(Self(at.to_owned()))
    }

    /// The file system in an image, at an empty directory, through a loop device.
    ///
    /// # Errors
    /// If it cannot be had here; why, in words.
    pub fn image(image: &Path, at: &Path, options: &str) -> Result<Self, String> {
        let options = format!("loop,{options}");
        run("mount", &["-t", "ext4", "-o", &options, path(image), path(at)])?;
        Ok(Self(at.to_owned()))
    }

    /// Where it is mounted.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The block device it is on.
    ///
    /// # Panics
    /// If the system does not say.
    #[must_use]
    pub fn device(&self) -> String {
        run("findmnt", &["-n", "-o", "SOURCE", path(&self.0)]).expect("it is mounted").trim().into()
    }

    /// Mounts it anew with other options, such as `remount,ro`.
    ///
    /// # Errors
    /// If the system refuses; why, in words.
    pub fn remount(&self, options: &str) -> Result<(), String> {
        run("mount", &["-o", &format!("remount,{options}"), path(&self.0)]).map(drop)
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        for _ in 0..UNMOUNT_TRIES {
            if run("umount", &[path(&self.0)]).is_ok() {
                return;
            }
            thread::sleep(UNMOUNT_PAUSE);
        }
        // Somebody holds it still; it goes when they do.
        let _ = run("umount", &["-l", path(&self.0)]);
    }
}

/// Makes an image with an empty ext4 file system in it, as large as said and taking up nothing.
///
/// # Errors
/// If it cannot be had here; why, in words.
pub fn make_image(image: &Path, bytes: u64) -> Result<(), String> {
    let file = std::fs::File::create(image).map_err(|error| error.to_string())?;
    file.set_len(bytes).map_err(|error| error.to_string())?;
    run("mkfs.ext4", &["-q", "-F", path(image)]).map(drop)
}

/// Tells on standard error, past any capturing of it, what was not tried and why.
pub fn skip(what: &str, why: &str) {
    let told = format!("NOT TRIED: {what}: {why}\n");
    // Where nobody can be told, nobody is.
    let _ = std::io::stderr().write_all(told.as_bytes());
}

/// Runs a system's command to its end, and hands back what it says.
///
/// # Errors
/// If there is none, or it fails; what it says then.
pub fn run(command: &str, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(command).args(arguments).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("{command}: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let told = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(format!("{command} {}: {told}", arguments.join(" ")))
}

fn path(path: &Path) -> &str {
    path.to_str().expect("the tests' paths are UTF-8")
}
