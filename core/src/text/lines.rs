//! Lines and columns of byte offsets.

use alloc::{borrow::Cow, vec, vec::Vec};

/// Knows where the lines of one document begin. Line breaks are `\n`, `\r\n` and a lone `\r`.
#[derive(Clone, Debug)]
pub struct LineIndex<'a> {
    source: &'a str,
    /// Offsets of first characters.
    starts: Cow<'a, [u32]>,
    /// What stands before every so many bytes, so that a long line is not counted again and again.
    milestones: Cow<'a, [Count]>,
}

/// What a [`LineIndex`] knows, without the text.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    starts: Vec<u32>,
    milestones: Vec<Count>,
}

impl Lines {
    /// The index of the text that this was kept of.
    pub(crate) fn of<'a>(&'a self, source: &'a str) -> LineIndex<'a> {
        LineIndex { source, starts: Cow::Borrowed(&self.starts), milestones: Cow::Borrowed(&self.milestones) }
    }
}

/// How much text there is.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    characters: u32,
    utf16: u32,
}

impl<'a> LineIndex<'a> {
    /// Finds the lines of `source`.
    #[must_use]
    pub fn new(source: &'a str) -> LineIndex<'a> {
        let mut starts = vec![0];
        let bytes = source.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                starts.push(at as u32 + 1);
            }
        }
        let mut milestones = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut count = Count::default();
        for piece in bytes.chunks(STRIDE) {
            milestones.push(count);
            count = count.and(piece);
        }
        LineIndex { source, starts: Cow::Owned(starts), milestones: Cow::Owned(milestones) }
    }

    /// What it knows, to be kept beside the text.
    pub(crate) fn keep(self) -> Lines {
        Lines { starts: self.starts.into_owned(), milestones: self.milestones.into_owned() }
    }

    /// How many lines there are; an empty document has one.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// Line and column of a byte offset, both counted from 1, the column in characters.
    /// An offset inside a character counts as its start, one behind the end as the end.
    #[must_use]
    pub fn line_column(&self, offset: u32) -> (u32, u32) {
        let (line, start, end) = self.place(offset);
        (line, self.counted(end).characters - self.counted(start).characters + 1)
    }

    /// As [`LineIndex::line_column`], the column in UTF-16 units, as browsers and editors count.
    #[must_use]
    pub fn line_column_utf16(&self, offset: u32) -> (u32, u32) {
        let (line, start, end) = self.place(offset);
        (line, self.counted(end).utf16 - self.counted(start).utf16 + 1)
    }

    /// The offset in UTF-16 units from the beginning of the document.
    #[must_use]
    pub fn utf16(&self, offset: u32) -> u32 {
        self.counted(self.clamp(offset)).utf16
    }

    /// The text of line `line` (from 1) without its line break; empty where there is none.
    #[must_use]
    pub fn text(&self, line: u32) -> &'a str {
        let index = (line as usize).saturating_sub(1);
        let Some(start) = self.starts.get(index) else { return "" };
        let end = self.starts.get(index + 1).map_or(self.source.len(), |next| *next as usize);
        let text = self.source.get(*start as usize..end).unwrap_or("");
        text.strip_suffix("\r\n").or_else(|| text.strip_suffix(['\n', '\r'])).unwrap_or(text)
    }

    /// Where line `line` (from 1) begins; the end of the document where there is none.
    #[must_use]
    pub fn start(&self, line: u32) -> u32 {
        let index = (line as usize).saturating_sub(1);
        self.starts.get(index).copied().unwrap_or(self.source.len() as u32)
    }

    /// The line of `offset`, where that line begins, and the offset itself.
    fn place(&self, offset: u32) -> (u32, usize, usize) {
        let end = self.clamp(offset);
        let line = self.starts.partition_point(|start| *start as usize <= end);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        (line as u32, start as usize, end)
    }

    /// What stands before `end`.
    fn counted(&self, end: usize) -> Count {
        let stone = (end / STRIDE).min(self.milestones.len().saturating_sub(1));
        let before = self.milestones.get(stone).copied().unwrap_or_default();
        before.and(self.source.as_bytes().get(stone * STRIDE..end).unwrap_or(&[]))
    }

    fn clamp(&self, offset: u32) -> usize {
        let mut end = (offset as usize).min(self.source.len());
        while !self.source.is_char_boundary(end) {
            end -= 1;
        }
        end
    }
}

impl Count {
    /// With the characters that begin in these bytes.
    fn and(self, bytes: &[u8]) -> Count {
        if bytes.is_ascii() {
            let more = bytes.len() as u32;
            return Count { characters: self.characters + more, utf16: self.utf16 + more };
        }
        let begins = |byte: &&u8| (**byte & 0xc0) != 0x80;
        let characters = bytes.iter().filter(begins).count() as u32;
        // Characters of four bytes are two units.
        let wide = bytes.iter().filter(|byte| **byte >= 0xf0).count() as u32;
        Count { characters: self.characters + characters, utf16: self.utf16 + characters + wide }
    }
}

/// Bytes between milestones.
const STRIDE: usize = 128;

#[cfg(test)]
mod tests {
    use super::LineIndex;

    fn check(source: &str, offset: u32, line: u32, column: u32, utf16: u32) {
        let index = LineIndex::new(source);
        assert_eq!(index.line_column(offset), (line, column), "{source:?} at {offset}");
        assert_eq!(index.line_column_utf16(offset), (line, utf16), "{source:?} at {offset}");
    }

    #[test]
    fn counts_from_one_in_characters() {
        check("", 0, 1, 1, 1);
        check("", 9, 1, 1, 1);
        check("ab\ncd", 2, 1, 3, 3);
        check("ab\ncd", 3, 2, 1, 1);
        check("ab\r\ncd", 3, 1, 4, 4);
        check("ab\r\ncd", 4, 2, 1, 1);
        check("ab\rcd", 3, 2, 1, 1);
        check("é😀x", 2, 1, 2, 2);
        check("é😀x", 3, 1, 2, 2);
        check("é😀x", 6, 1, 3, 4);
    }

    #[test]
    fn long_lines_are_counted_alike() {
        let source = "aé😀\n".repeat(300) + &"aé😀".repeat(900);
        let index = LineIndex::new(&source);
        for (at, _) in source.char_indices() {
            let before = source.get(..at).unwrap_or("");
            let line = before.rsplit('\n').next().unwrap_or("");
            let expected = (before.matches('\n').count() as u32 + 1, line.chars().count() as u32 + 1);
            assert_eq!(index.line_column(at as u32), expected);
            assert_eq!(index.line_column_utf16(at as u32).1, line.encode_utf16().count() as u32 + 1);
            assert_eq!(index.utf16(at as u32), before.encode_utf16().count() as u32);
        }
    }

    #[test]
    fn gives_the_text_of_a_line() {
        let index = LineIndex::new("a\r\nb\n\nc");
        assert_eq!([1, 2, 3, 4, 5, 0].map(|line| index.text(line)), ["a", "b", "", "c", "", "a"]);
        assert_eq!([1, 2, 3, 4, 5].map(|line| index.start(line)), [0, 3, 5, 6, 7]);
        assert_eq!(index.count(), 4);
        assert_eq!(LineIndex::new("é😀x").utf16(6), 3);
    }
}
