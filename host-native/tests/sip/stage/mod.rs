//! A stage for end-to-end tests: the built binary, real sipp, real RTP, a real HTTP server, all
//! on loopback. Nothing here waits by sleeping: everything waits for a condition, with a deadline.
#![allow(dead_code)]

mod serve;
mod server;
mod sipp;
mod voice;

pub(crate) use serve::Serve;
pub(crate) use server::{Reply, Server};
pub(crate) use sipp::{Role, Sipp};
pub(crate) use voice::Voice;

use std::{
    net::UdpSocket,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

/// How long anything may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until a condition gives something.
pub(crate) fn until<T>(what: &str, mut condition: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(value) = condition() {
            return value;
        }
        assert!(Instant::now() < end, "never: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether these tests have to be left out. A machine that must not leave them out says so.
pub(crate) fn no_sipp() -> bool {
    let found = std::process::Command::new("sipp").arg("-v").output().is_ok();
    assert!(found || std::env::var_os("PATCHCORD_REQUIRE_SIPP").is_none(), "sipp is not installed");
    if !found {
        eprintln!("left out: sipp is not installed (Debian: sip-tester)");
    }
    !found
}

/// A UDP port that is free now. Handed out from one counter, so that two calls never give the same.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let step = NEXT.fetch_add(1, Ordering::SeqCst);
        // Below the ports that the system gives out by itself, and apart from other processes.
        let port = 12_000 + ((std::process::id() * 97 + step * 2) % 16_000) as u16;
        if UdpSocket::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// A folder of this test, removed when it is over.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::SeqCst);
        let path = std::env::temp_dir().join(format!("patchcord-{name}-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// Writes a file into it.
    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("left for you: {}", self.0.display());
        } else {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}
