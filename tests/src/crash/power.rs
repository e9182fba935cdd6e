//! A disk whose power fails: an ext4 file system in an image, of which only what was truly written
//! is left.
//!
//! What a program writes lies in the kernel's memory until it is synced. The image holds what has
//! reached the disk; a copy of it, made while the writer is stopped and without any sync, is what a
//! power cut would have left.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::mount::{self, Mounted};

/// The size of the disk. The image takes up only what is written.
const DISK_BYTES: u64 = 1024 * 1024 * 1024;

/// Where memory can be used as files, so that rounds are quick.
const IN_MEMORY: &str = "/dev/shm";

/// A disk in an image, and where it is mounted.
pub struct Disk {
    // Dropped first: what is mounted lies in the directory.
    mounted: Option<Mounted>,
    directory: TempDir,
}

impl Disk {
    /// An empty disk.
    ///
    /// # Errors
    /// If there is no root here, or no loop device; why, in words.
    pub fn new() -> Result<Self, String> {
        let at = Path::new(IN_MEMORY);
        let directory = if at.is_dir() { tempfile::tempdir_in(at) } else { tempfile::tempdir() };
        let directory = directory.map_err(|error| error.to_string())?;
        let mut disk = Self { mounted: None, directory };
        fs::create_dir(disk.mount_point()).map_err(|error| error.to_string())?;
        mount::make_image(&disk.image(), DISK_BYTES)?;
        disk.mount()?;
        Ok(disk)
    }

    /// The data directory on it.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.mount_point().join("data")
    }

    /// Keeps what has reached the disk by now.
    ///
    /// # Panics
    /// If that cannot be done.
    pub fn cut_power(&self) {
        let (image, cut) = (self.image(), self.cut_image());
        let copied = mount::run("cp", &["--sparse=always", text(&image), text(&cut)]);
        copied.expect("there is room for a second image");
    }

    /// Goes on from what was kept.
    ///
    /// # Panics
    /// If the file system does not mount.
    pub fn power_up(&mut self) {
        self.mounted = None;
        fs::rename(self.cut_image(), self.image()).expect("it was kept before");
        self.mount().expect("a journalling file system mounts after a power cut");
    }

    fn mount(&mut self) -> Result<(), String> {
        self.mounted = Some(Mounted::image(&self.image(), &self.mount_point(), "rw")?);
        Ok(())
    }

    fn mount_point(&self) -> PathBuf {
        self.directory.path().join("mounted")
    }

    fn image(&self) -> PathBuf {
        self.directory.path().join("image")
    }

    fn cut_image(&self) -> PathBuf {
        self.directory.path().join("cut")
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the tests' paths are UTF-8")
}
