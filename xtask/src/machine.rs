//! What the tests need on the machine, installed where it is missing.

use crate::run::{Failure, has, root, run};

/// Programs and the Debian packages that bring them.
const PROGRAMS: &[(&str, &str)] =
    &[("node", "nodejs"), ("npm", "npm"), ("chromium", "chromium"), ("sipp", "sip-tester"), ("espeak-ng", "espeak-ng")];

/// Installs what is missing with apt. Elsewhere it only says what is missing; the tests skip it.
pub(crate) fn prepare() -> Result<(), Failure> {
    let missing: Vec<&(&str, &str)> = PROGRAMS.iter().filter(|(program, _)| !has(program)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|(_, package)| *package).collect();
    if !has("apt-get") {
        eprintln!("xtask: not found, and there is no apt-get to install it: {}", packages.join(", "));
        return Ok(());
    }
    let root = root();
    let install = [&["apt-get", "install", "--yes", "--no-install-recommends"], packages.as_slice()].concat();
    let update = ["apt-get", "update"];
    for command in [update.as_slice(), install.as_slice()] {
        let result = if has("sudo") {
            run(&root, "sudo", command)
        } else {
            let (program, arguments) =
                command.split_first().map_or(("true", &[] as &[&str]), |(first, rest)| (*first, rest));
            run(&root, program, arguments)
        };
        if let Err(Failure(message)) = result {
            eprintln!("xtask: {message}; going on without {}", packages.join(", "));
            return Ok(());
        }
    }
    Ok(())
}
