//! Putting things into order. The standard library's sort is made for large lists and is compiled
//! anew for every type; a document's lists are short, and the module travels to browsers.

use alloc::vec::Vec;
use core::mem;

/// Sorts by a key; what has equal keys keeps its order.
pub fn sort_by_key<T, K: Ord>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    let keys: Vec<K> = list.iter().map(key).collect();
    if keys.is_sorted() {
        return;
    }
    let places = places(keys.len(), &|a, b| keys.get(a as usize) <= keys.get(b as usize));
    let mut taken: Vec<Option<T>> = list.drain(..).map(Some).collect();
    list.extend(places.into_iter().filter_map(|at| taken.get_mut(at as usize).and_then(Option::take)));
}

/// The indices of `count` things in order, by merging longer and longer runs.
fn places(count: usize, in_order: &dyn Fn(u32, u32) -> bool) -> Vec<u32> {
    let mut from: Vec<u32> = (0..count as u32).collect();
    let mut to: Vec<u32> = Vec::with_capacity(count);
    let mut width = 1;
    while width < count {
        to.clear();
        for pair in from.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some((a, more_left)), Some((b, more_right))) = (left.split_first(), right.split_first()) {
                if in_order(*a, *b) {
                    to.push(*a);
                    left = more_left;
                } else {
                    to.push(*b);
                    right = more_right;
                }
            }
            to.extend_from_slice(left);
            to.extend_from_slice(right);
        }
        mem::swap(&mut from, &mut to);
        width *= 2;
    }
    from
}

#[cfg(test)]
mod tests {
    use super::sort_by_key;
    use alloc::vec::Vec;

    #[test]
    fn sorts_as_the_standard_library_does() {
        let mut state = 7_u32;
        for count in 0..70_u32 {
            let mut list: Vec<(u32, u32)> = (0..count)
                .map(|at| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 28, at)
                })
                .collect();
            let mut expected = list.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_by_key(&mut list, |(key, _)| *key);
            assert_eq!(list, expected);
        }
    }
}
