//! The service's own binary as a process, started on a data directory, stopped in any way.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// What the service says before its address.
const GREETING: &str = "Avvik answers on http://";

/// The binary, and with which variables it runs.
#[derive(Debug, Clone)]
pub struct Binary {
    path: PathBuf,
    variables: Vec<(String, String)>,
    /// A command that runs it, with its arguments; none where it is run as it is.
    within: Vec<String>,
}

/// A service that was started; killed when it is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    out: BufReader<ChildStdout>,
    log: PathBuf,
}

/// A service that ended instead of answering.
#[derive(Debug)]
pub struct NotStarted {
    /// Its exit code; none where a signal was its end.
    pub code: Option<i32>,
    /// What it said on standard error.
    pub told: String,
}

impl Binary {
    /// The binary at `path`.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), variables: Vec::new(), within: Vec::new() }
    }

    /// The same with a variable set.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same run by another command, such as `prlimit`.
    #[must_use]
    pub fn within(self, command: &[&str]) -> Self {
        Self { within: command.iter().map(|&it| it.to_owned()).collect(), ..self }
    }

    /// A command on a data directory, with no variable of whoever runs the tests.
    #[must_use]
    pub fn command(&self, name: &str, data: &Path) -> Command {
        let mut command = match self.within.split_first() {
            None => Command::new(&self.path),
            Some((outer, arguments)) => {
                let mut command = Command::new(outer);
                command.args(arguments).arg(&self.path);
                command
            }
        };
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"AVVIK_") {
                command.env_remove(name);
            }
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.args([name, "--data-dir"]).arg(data).stdin(Stdio::null());
        command
    }

    /// Runs a command on a data directory to its end.
    ///
    /// # Panics
    /// If it cannot be run.
    #[must_use]
    pub fn run(&self, name: &str, data: &Path, more: &[&str]) -> Output {
        self.command(name, data).args(more).output().expect("the binary can be run")
    }

    /// Starts the service on any free port; what it logs is added to `log`.
    ///
    /// # Panics
    /// If it cannot be run.
    #[must_use]
    pub fn start(&self, data: &Path, log: &Path) -> Process {
        let mut command = self.command("serve", data);
        command.args(["--listen", "127.0.0.1:0"]);
        Process::start(command, log)
    }
}

impl Process {
    /// Starts a command that serves; what it logs is added to `log`.
    ///
    /// # Panics
    /// If it cannot be run.
    #[must_use]
    pub fn start(mut command: Command, log: &Path) -> Self {
        let file = File::options().create(true).append(true).open(log).expect("a log is made");
        command.stdout(Stdio::piped()).stderr(file);
        let mut child = command.spawn().expect("the binary can be run");
        let out = BufReader::new(child.stdout.take().expect("it was asked for"));
        Self { child, out, log: log.to_owned() }
    }

    /// Waits until it answers, and says where.
    ///
    /// # Errors
    /// If it ends instead.
    ///
    /// # Panics
    /// If its address is none.
    pub fn address(&mut self) -> Result<SocketAddr, NotStarted> {
        loop {
            let mut line = String::new();
            if self.out.read_line(&mut line).unwrap_or(0) == 0 {
                let code = self.child.wait().ok().and_then(|status| status.code());
                return Err(NotStarted { code, told: self.logged() });
            }
            if let Some(address) = line.strip_prefix(GREETING) {
                return Ok(address.trim_end().parse().expect("an address"));
            }
        }
    }

    /// What it has logged, and those before it into the same file.
    #[must_use]
    pub fn logged(&self) -> String {
        let bytes = fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Its number.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal, such as `STOP`.
    ///
    /// # Panics
    /// If that cannot be done.
    pub fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        let status = Command::new("sh").args(["-c", &kill]).status().expect("there is a shell");
        assert!(status.success(), "{kill}");
    }

    /// Stops it, and returns once each of its threads stands still: a signal is on its way for a
    /// while when everything is busy, and until then one thread goes on answering.
    ///
    /// # Panics
    /// If that cannot be done.
    pub fn freeze(&self) {
        self.signal("STOP");
        while !self.is_frozen() {
            std::thread::yield_now();
        }
    }

    fn is_frozen(&self) -> bool {
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id()));
        let threads = threads.expect("it was not waited for").filter_map(Result::ok);
        threads.map(|it| it.path()).all(|thread| {
            // The state follows the name, which stands in round brackets; a thread may have ended.
            let told = fs::read_to_string(thread.join("stat")).unwrap_or_default();
            told.rsplit_once(") ").is_none_or(|(_, rest)| rest.starts_with(['T', 'Z', 'X']))
        })
    }

    /// Ends it by SIGKILL, at once.
    ///
    /// # Panics
    /// If it does not end.
    pub fn kill(mut self) {
        self.child.kill().expect("one's own child can be killed");
        self.child.wait().expect("one's own child can be waited for");
    }

    /// Ends it as whoever runs it would, and says with which exit code it went.
    ///
    /// # Panics
    /// If it does not end.
    #[must_use]
    pub fn stop(mut self) -> Option<i32> {
        self.signal("TERM");
        self.child.wait().expect("one's own child can be waited for").code()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed, and need not be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
