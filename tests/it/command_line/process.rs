//! The binary as a process: its exit code and what it says, or running until it is told to stop.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;
use tests::{Client, Person};

/// How often, and how long apart, a test looks whether a process has ended: far longer than needed.
const LOOKS: u32 = 1500;
const LOOK_PAUSE: Duration = Duration::from_millis(20);

/// An empty working directory to run the binary in.
pub(crate) struct Place(TempDir);

/// What a process has said, and its exit code.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The binary with these arguments, and no variable of whoever runs the tests.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_avvik-tested"));
        command.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"AVVIK_") {
                command.env_remove(name);
            }
        }
        command
    }

    /// Runs the binary to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        Ended::from(self.command(arguments).output().unwrap())
    }

    pub(crate) fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Ended {
        let mut command = self.command(arguments);
        command.envs(variables.iter().copied());
        Ended::from(command.output().unwrap())
    }

    /// Sets up `data` with the administrator `kari`.
    #[track_caller]
    pub(crate) fn init(&self) -> Ended {
        let organisation = ["--organisation", "Testvik", "--administrator", "kari"];
        let ended = self.run(&[&["init", "--data-dir", "data"], &organisation[..]].concat());
        assert_eq!(ended.code, Some(0), "{ended:?}");
        ended
    }

    /// Starts the service and waits until it answers.
    #[track_caller]
    pub(crate) fn serve(&self, arguments: &[&str]) -> Serving {
        let arguments = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let log = self.path("log");
        let mut command = self.command(&arguments);
        command.stdout(Stdio::piped()).stderr(File::create(&log).unwrap());
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut serving = Serving { child, out, said: Vec::new(), address: String::new() };
        serving.wait_for_address(&log);
        serving
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The service, running; killed when it is dropped.
pub(crate) struct Serving {
    child: Child,
    out: BufReader<ChildStdout>,
    /// The lines said before the address.
    pub(crate) said: Vec<String>,
    address: String,
}

impl Serving {
    #[track_caller]
    fn wait_for_address(&mut self, log: &Path) {
        loop {
            let mut line = String::new();
            let has_ended = self.out.read_line(&mut line).unwrap() == 0;
            assert!(!has_ended, "it did not start: {}", fs::read_to_string(log).unwrap());
            match line.strip_prefix("Avvik answers on http://") {
                Some(address) => {
                    self.address = address.trim_end().to_owned();
                    return;
                }
                None => self.said.push(line.trim_end().to_owned()),
            }
        }
    }

    /// The whole answer to a request, status line first.
    pub(crate) fn get(&self, path: &str, bearer: Option<&str>) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let bearer = bearer.map(|token| format!("Authorization: Bearer {token}\r\n"));
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\n{}Connection: close\r\n\r\n",
            self.address,
            bearer.unwrap_or_default()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Somebody who asks through a program.
    pub(crate) fn api_of(&self, person: &Person) -> Client {
        Client::new(self.address.parse().unwrap(), Some(person))
    }

    /// Somebody at a browser, not signed in.
    pub(crate) fn visitor(&self) -> Client {
        Client::new(self.address.parse().unwrap(), None)
    }

    /// Sends a signal, and waits for the exit code; none where the signal itself was the end.
    #[track_caller]
    pub(crate) fn end_by(mut self, signal: &str) -> Option<i32> {
        let kill = format!("kill -{signal} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        for _ in 0..LOOKS {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            thread::sleep(LOOK_PAUSE);
        }
        panic!("the service did not stop");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed, and need not be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
