//! The binary under test, serving a flow.

use super::{Folder, PATIENCE, until};
use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::Instant,
};

/// `patchcord serve`, until dropped.
pub(crate) struct Serve {
    child: Child,
    pub(crate) address: SocketAddr,
    lines: Arc<Mutex<Vec<String>>>,
    pub(crate) folder: Folder,
}

impl Serve {
    /// Serves a flow on a free port.
    pub(crate) fn start(flow: &str, options: &[&str]) -> Serve {
        let folder = Folder::new("serve");
        let mut child = Command::new(env!("CARGO_BIN_EXE_patchcord"))
            .arg("serve")
            .arg(flow)
            .args(["--listen", "127.0.0.1:0", "--seed", "1", "--journal-dir"])
            .arg(folder.0.join("journal"))
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines: Arc<Mutex<Vec<String>>> = Arc::default();
        let (output, told) = (child.stdout.take().unwrap(), Arc::clone(&lines));
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                told.lock().unwrap().push(line);
            }
        });
        let first = until("the address", || {
            let first = lines.lock().unwrap().first().cloned();
            assert!(first.is_some() || child.try_wait().unwrap().is_none(), "it ended at once");
            first
        });
        let address = first.strip_prefix("listening on udp ").unwrap_or_else(|| panic!("{first}")).parse().unwrap();
        Serve { child, address, lines, folder }
    }

    /// What it printed so far.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    /// Waits for a line with all these words.
    pub(crate) fn wait_for_line(&self, words: &[&str]) -> String {
        until(&format!("a line with {words:?} in {:#?}", self.lines()), || {
            self.lines().into_iter().find(|line| words.iter().all(|word| line.contains(word)))
        })
    }

    /// The journals of its calls, oldest first.
    pub(crate) fn journals(&self) -> Vec<std::path::PathBuf> {
        let mut paths: Vec<_> = std::fs::read_dir(self.folder.0.join("journal"))
            .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
            .unwrap_or_default();
        paths.sort();
        paths
    }

    /// Whether it still runs.
    pub(crate) fn is_alive(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Resident memory in kilobytes.
    pub(crate) fn resident_kb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Tells it to stop, and then to hang up what is still under way.
    pub(crate) fn hang_up_all(&self) {
        self.signal();
        self.wait_for_line(&["draining"]);
        self.signal();
    }

    fn signal(&self) {
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
    }

    /// Asks it to stop and waits for it; gives its exit code.
    pub(crate) fn stop(&mut self) -> Option<i32> {
        self.signal();
        until("the end of serve", || self.child.try_wait().unwrap()).code()
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("serve said:\n{}", self.lines().join("\n"));
        }
        for _ in 0..2 {
            self.signal();
            let end = Instant::now() + PATIENCE / 4;
            while Instant::now() < end {
                if let Ok(Some(_)) = self.child.try_wait() {
                    return;
                }
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
