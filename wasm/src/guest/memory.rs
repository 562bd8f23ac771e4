//! Bytes in and out. The only pointers of the repository are in here and in `primitives`.
#![allow(unsafe_code)]

use std::cell::RefCell;

thread_local! {
    /// The latest reply; valid until the next one.
    static REPLY: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Room for an argument.
#[unsafe(no_mangle)]
extern "C" fn alloc(len: u32) -> u32 {
    let room = vec![0_u8; len as usize].into_boxed_slice();
    Box::into_raw(room).cast::<u8>() as usize as u32
}

/// Gives room back that `alloc` gave.
#[unsafe(no_mangle)]
extern "C" fn free(ptr: u32, len: u32) {
    // SAFETY: the contract says that `ptr` and `len` are those of one `alloc` that was not freed yet.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(ptr as usize as *mut u8, len as usize)) });
}

/// The argument that a host wrote. It lives as long as the host leaves it there: for this export.
pub(super) fn argument<'a>(ptr: u32, len: u32) -> &'a [u8] {
    // SAFETY: the contract says that `ptr` and `len` are those of one `alloc` that was not freed yet.
    unsafe { std::slice::from_raw_parts(ptr as usize as *const u8, len as usize) }
}

/// Keeps a reply and tells where it is.
pub(super) fn give(bytes: Vec<u8>) -> u64 {
    REPLY.with_borrow_mut(|reply| {
        *reply = bytes;
        (reply.as_ptr() as usize as u64) << 32 | reply.len() as u64
    })
}
