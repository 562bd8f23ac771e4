//! A guest that is still running when its time is up: is it busy, or is the machine?
//!
//! Epochs count wall-clock time. On a machine with more to do than cores, a thread may stand
//! still for longer than a guest may take, and that is not the guest's doing. So the first time
//! its time is up, a guest gets as much again, and is then judged by what it really computed.

use std::time::Duration;
use wasmtime::UpdateDeadline;

/// Extensions that a guest may get before it is stopped whatever it computed.
const MAX_EXTENSIONS: u32 = 20;

/// How far over its time one input is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Overrun {
    /// Processor time of this thread when the time was up.
    since: Option<Duration>,
    extensions: u32,
}

impl Overrun {
    /// The time is up, again.
    pub(super) fn judge(&mut self, limit: Duration, ticks: u64) -> UpdateDeadline {
        self.judge_by(processor_time(), limit, ticks)
    }

    fn judge_by(&mut self, now: Option<Duration>, limit: Duration, ticks: u64) -> UpdateDeadline {
        let busy = match (now, self.since) {
            // Nothing to judge by.
            (None, _) => true,
            (Some(_), None) => false,
            (Some(now), Some(since)) => now.saturating_sub(since) >= limit / 2,
        };
        if busy || self.extensions == MAX_EXTENSIONS {
            return UpdateDeadline::Interrupt;
        }
        self.since = self.since.or(now);
        self.extensions += 1;
        UpdateDeadline::Continue(ticks)
    }
}

/// What this thread computed so far, where the system tells it.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stops(readings: &[Option<u64>]) -> Vec<bool> {
        let mut overrun = Overrun::default();
        let mut judge = |ms: &Option<u64>| {
            let now = ms.map(Duration::from_millis);
            matches!(overrun.judge_by(now, Duration::from_millis(200), 21), UpdateDeadline::Interrupt)
        };
        readings.iter().map(&mut judge).collect()
    }

    #[test]
    fn the_busy_are_stopped_and_the_unlucky_are_not() {
        assert_eq!(stops(&[Some(50), Some(250)]), [false, true]);
        assert_eq!(stops(&[Some(50), Some(60), Some(140), Some(150)]), [false, false, false, true]);
        assert_eq!(stops(&[None]), [true]);
    }

    #[test]
    fn nobody_is_extended_for_ever() {
        let stopped = stops(&[Some(1); 30]);
        assert_eq!(stopped.iter().position(|stopped| *stopped), Some(MAX_EXTENSIONS as usize));
    }
}
