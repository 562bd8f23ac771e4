//! `patchcord explain`: what a diagnostic's code means, and what a method of SWML does.

use super::Failure;
use patchcord_core::diag::{codes, did_you_mean};
use patchcord_core::dialect::manual::{Example, names, page};

/// Options of `explain`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// A code such as `unknown-field`, or a method of SWML such as `connect`; without one, all codes.
    #[arg(value_name = "CODE|METHOD")]
    name: Option<String>,
}

/// Methods with a flow and a scenario that show them.
static EXAMPLES: &[(&str, &str, &str)] = &include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// Prints the meaning of one code or method, or of all codes.
pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let Some(wanted) = &options.name else {
        for code in codes::ALL {
            println!("{:<18} {:<8} {}", code.id, code.severity.name(), code.meaning);
        }
        return Ok(());
    };
    if let Some(code) = codes::ALL.iter().find(|code| code.id == wanted) {
        println!("{} ({}): {}", code.id, code.severity.name(), code.meaning);
        return Ok(());
    }
    let example = EXAMPLES.iter().find(|(name, ..)| name == wanted);
    let example = example.map(|(_, flow, scenario)| Example { flow, scenario });
    if let Some(page) = page(wanted, example.as_ref()) {
        print!("{page}");
        return Ok(());
    }
    let near = did_you_mean(wanted, codes::ALL.iter().map(|code| code.id).chain(names()));
    let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    Err(Failure::Wrong(format!("patchcord: there is no code or method `{wanted}`{hint}\n")))
}
