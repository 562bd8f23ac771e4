//! What a piece of work takes: time, and memory through a counting allocator.
#![allow(unsafe_code, reason = "an allocator cannot be counted otherwise")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The system's allocator, with a count beside it.
struct Counting;

/// Bytes in use, and the most since it was last asked.
static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is handed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(now, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Nobody else allocates meanwhile.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The result of some work, the least time of several runs, and the most memory that it had.
pub(crate) fn cost<T>(work: impl Fn() -> T) -> (T, Duration, usize) {
    let (mut time, mut runs) = (Duration::MAX, 0);
    loop {
        let before = NOW.load(Ordering::Relaxed);
        MOST.store(before, Ordering::Relaxed);
        let began = Instant::now();
        let result = work();
        time = time.min(began.elapsed());
        let bytes = MOST.load(Ordering::Relaxed).saturating_sub(before);
        runs += 1;
        // What is far from the limit needs no second look.
        if runs == 8 || time < Duration::from_millis(25) {
            return (result, time, bytes);
        }
    }
}
