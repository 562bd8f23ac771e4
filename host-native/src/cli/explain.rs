//! `patchcord explain`: what a diagnostic's code means.

use super::Failure;
use patchcord_core::diag::{codes, did_you_mean};

/// Options of `explain`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// A code such as `unknown-field`; without it, all of them.
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Prints the meaning of one code, or of all.
pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let Some(wanted) = &options.code else {
        for code in codes::ALL {
            println!("{:<18} {:<8} {}", code.id, code.severity.name(), code.meaning);
        }
        return Ok(());
    };
    match codes::ALL.iter().find(|code| code.id == wanted) {
        Some(code) => {
            println!("{} ({}): {}", code.id, code.severity.name(), code.meaning);
            Ok(())
        }
        None => {
            let near = did_you_mean(wanted, codes::ALL.iter().map(|code| code.id));
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            Err(Failure::Wrong(format!("patchcord: there is no code `{wanted}`{hint}\n")))
        }
    }
}
