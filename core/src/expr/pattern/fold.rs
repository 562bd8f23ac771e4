//! Letters that are the same without regard to case (ECMA-262 §22.2.2.7.3).

use alloc::vec::Vec;

/// The one letter that stands for all cases of `code`.
pub(super) fn fold(code: u32, unicode: bool) -> u32 {
    if code < 128 {
        let letter = code as u8;
        return u32::from(if unicode { letter.to_ascii_lowercase() } else { letter.to_ascii_uppercase() });
    }
    let Some(letter) = char::from_u32(code) else { return code };
    if unicode {
        // Simple folding: the small letter of the capital one, where both are single.
        let upper = one(letter.to_uppercase()).unwrap_or(letter);
        return u32::from(one(upper.to_lowercase()).unwrap_or(letter));
    }
    match one(letter.to_uppercase()) {
        // A letter outside ASCII never becomes one inside, nor a pair of units.
        Some(upper) if u32::from(upper) >= 128 && (u32::from(upper) < 0x10000) => u32::from(upper),
        _ => code,
    }
}

/// All letters that fold to the same as `code`, as far as Unicode's single mappings tell.
pub(super) fn family(code: u32, unicode: bool) -> Vec<u32> {
    let folded = fold(code, unicode);
    let mut family = Vec::from([code, folded]);
    let small = char::from_u32(folded).and_then(|letter| one(letter.to_lowercase()));
    family.extend(small.map(u32::from));
    let large = char::from_u32(folded).and_then(|letter| one(letter.to_uppercase()));
    family.extend(large.map(u32::from));
    for letter in ODD.chars().map(u32::from) {
        if fold(letter, unicode) == folded {
            family.push(letter);
        }
    }
    family.retain(|letter| fold(*letter, unicode) == folded);
    family
}

fn one(mut letters: impl Iterator<Item = char>) -> Option<char> {
    let first = letters.next()?;
    if letters.next().is_some() { None } else { Some(first) }
}

/// Letters of which a case has more than one partner.
const ODD: &str = "µſǅǈǋǲͅιϐϑϕϖϰϱϵςẛẞιKÅΩϴ";
