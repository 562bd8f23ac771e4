//! Lines and columns of byte offsets.

use alloc::{vec, vec::Vec};

/// Knows where the lines of one document begin. Line breaks are `\n`, `\r\n` and a lone `\r`.
#[derive(Clone, Debug)]
pub struct LineIndex<'a> {
    source: &'a str,
    /// Offsets of first characters.
    starts: Vec<u32>,
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
        LineIndex { source, starts }
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
        let (line, before) = self.before(offset);
        (line, before.chars().count() as u32 + 1)
    }

    /// As [`LineIndex::line_column`], the column in UTF-16 units, as browsers and editors count.
    #[must_use]
    pub fn line_column_utf16(&self, offset: u32) -> (u32, u32) {
        let (line, before) = self.before(offset);
        (line, before.encode_utf16().count() as u32 + 1)
    }

    /// The offset in UTF-16 units from the beginning of the document.
    #[must_use]
    pub fn utf16(&self, offset: u32) -> u32 {
        self.source.get(..self.clamp(offset)).unwrap_or("").encode_utf16().count() as u32
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

    /// The line and what stands before `offset` in it.
    fn before(&self, offset: u32) -> (u32, &'a str) {
        let end = self.clamp(offset);
        let line = self.starts.partition_point(|start| *start as usize <= end);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        (line as u32, self.source.get(start as usize..end).unwrap_or(""))
    }

    fn clamp(&self, offset: u32) -> usize {
        let mut end = (offset as usize).min(self.source.len());
        while !self.source.is_char_boundary(end) {
            end -= 1;
        }
        end
    }
}

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
    fn gives_the_text_of_a_line() {
        let index = LineIndex::new("a\r\nb\n\nc");
        assert_eq!([1, 2, 3, 4, 5, 0].map(|line| index.text(line)), ["a", "b", "", "c", "", "a"]);
        assert_eq!([1, 2, 3, 4, 5].map(|line| index.start(line)), [0, 3, 5, 6, 7]);
        assert_eq!(index.count(), 4);
        assert_eq!(LineIndex::new("é😀x").utf16(6), 3);
    }
}
